import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parseNames, parseTable} from '../../../src/engine/facts/ipc.ts';
import {overlayBranches} from '../../../src/engine/facts/layers.ts';
import {parseLimit} from '../../../src/engine/facts/limits.ts';
import {parseMountinfo} from '../../../src/engine/facts/mountinfo.ts';
import {mountFacts} from '../../../src/engine/facts/mounts.ts';
import {countersOf, neighboursOf} from '../../../src/engine/facts/network.ts';
import {idInside, parseMap} from '../../../src/engine/facts/owners.ts';
import {integers, normalizeTable, parseStat, parseStatus} from '../../../src/engine/facts/proc.ts';
import {parseUtsname} from '../../../src/engine/facts/uts.ts';
import {parseCgroups} from '../../../src/engine/host/cgroups.ts';
import {parseFilesystems} from '../../../src/engine/host/kernel.ts';
import {near, nearText} from './support.ts';

const own = (name: string): string => readFileSync(`/proc/self/${name}`, 'utf8');
const sysv = readFileSync('/proc/sysvipc/shm', 'utf8');
const overlay = 'rw,lowerdir=/a\\:b:/c,upperdir=/u,workdir=/w';
const messages = 'key msqid perms\n 0 1 600\n 0 2 600\n';

/** Each takes a text of /proc that a process may have shaped: names, mount points, options, hosts, neighbours. */
const readers: [string, (text: string) => unknown, string[]][] = [
  ['stat', parseStat, [own('stat'), '1 ((sh) ) S 0 1 1 0 -1']],
  ['status', parseStatus, [own('status')]],
  ['numbers of a line', integers, ['1 2\t3', own('status')]],
  ['a table', normalizeTable, [own('uid_map')]],
  ['mountinfo', parseMountinfo, [own('mountinfo')]],
  ['facts of mountinfo', mountFacts, [own('mountinfo')]],
  ['uid_map', text => idInside(parseMap(text), 5, 65534), [own('uid_map'), '0 100000 65536\n']],
  ['sysvipc', text => parseTable([text], 'shmid'), [sysv]],
  ['sysvipc in pages', text => parseTable([messages, text], 'msqid'), [messages]],
  ['arp', neighboursOf, [readFileSync('/proc/net/arp', 'utf8'), 'head\n10.0.0.1 0x1 0x2 aa:bb * eth0\n']],
  ['snmp', text => countersOf(text, 'Tcp'), [readFileSync('/proc/net/snmp', 'utf8')]],
  ['a limit', parseLimit, ['max\n', '123\n']],
  ['options of an overlay', overlayBranches, [overlay]],
  ['/proc/mounts and /proc/cgroups', text => parseCgroups(own('mounts'), text), ['cpu\t1\t2\t1\n']],
  ['/proc/mounts', text => parseCgroups(text, 'cpu\t1\t2\t1\n'), [own('mounts')]],
  ['filesystems', parseFilesystems, ['nodev\tproc\n\text4\n']],
];

describe('a text of /proc that is damaged, cut or hostile', () => {
  it.each(readers)('%s: is read or left out, and nothing is thrown', (_, read, samples) => {
    fc.assert(
      fc.property(nearText(...samples), text => void read(text)),
      {numRuns: 500},
    );
  });

  it('stat: whatever a program calls itself, the numbers behind it are its own', () => {
    const name = fc
      .array(fc.constantFrom('a', ')', '(', ' ', 'S', '1', '\n', 'é'), {maxLength: 15})
      .map(letters => letters.join(''));
    fc.assert(
      fc.property(name, fc.nat(4_000_000), fc.bigInt({min: 0n, max: 2n ** 63n}), (comm, ppid, start) => {
        const rest = Array.from({length: 44}, () => '0');
        rest[0] = String(start);
        const stat = parseStat(`7 (${comm}) S ${ppid} 2 3 4 5 ${Array(13).fill('0').join(' ')} ${rest.join(' ')}\n`);
        expect(stat).toMatchObject({pid: 7, comm, state: 'S', ppid, pgrp: 2, session: 3, tpgid: 5, start});
      }),
    );
  });

  it('mountinfo: what a mount is called never changes how many there are, or where', () => {
    const word = fc.string({unit: 'grapheme', minLength: 1, maxLength: 12}).filter(text => !text.includes('\0'));
    const escaped = (text: string): string =>
      text.replace(/[ \t\n\\]/g, c => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`);
    const mount = fc.record({point: word, type: fc.constantFrom('tmpfs', 'ext4', 'fuse.-'), source: word});
    const dash = {point: '-', type: '-', source: '-'};
    fc.assert(
      fc.property(fc.array(fc.oneof(mount, fc.constant(dash)), {maxLength: 5}), mounts => {
        const text = mounts
          .map((m, i) => `${i} 1 0:1 / ${escaped(m.point)} rw shared:9 - ${m.type} ${escaped(m.source)} rw\n`)
          .join('');
        expect(parseMountinfo(text).map(({point, type, source}) => ({point, type, source}))).toEqual(mounts);
      }),
    );
  });
});

describe('bytes that a call wrote', () => {
  const entry = (name: string): Buffer => {
    const bytes = Buffer.alloc((19 + name.length + 8) & ~7);
    bytes.writeUInt16LE(bytes.length, 16);
    bytes.write(name, 19);
    return bytes;
  };
  const listing = Buffer.concat(['.', '..', 'queue', 'b'].map(entry));

  it('names of a folder: damaged entries end the list, they do not hang it', () => {
    expect(parseNames(listing)).toEqual(['b', 'queue']);
    expect(parseNames(Buffer.alloc(64))).toEqual([]);
    fc.assert(fc.property(near(listing), bytes => void parseNames(bytes)));
  });

  it('struct new_utsname', () => {
    fc.assert(fc.property(near(Buffer.alloc(390, 'x')), bytes => void parseUtsname(bytes)));
  });
});
