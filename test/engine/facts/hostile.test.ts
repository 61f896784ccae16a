/** Text of /proc with names that anybody may choose: blanks, newlines, brackets, octal escapes, very long. */
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseMembership, parseMounts} from '../../../src/engine/cgroup/trees.ts';
import {countIn, parseLimit} from '../../../src/engine/facts/limits.ts';
import {parseMountinfo} from '../../../src/engine/facts/mountinfo.ts';
import {mountFacts} from '../../../src/engine/facts/mounts.ts';
import {countersOf, neighboursOf} from '../../../src/engine/facts/network.ts';
import {integers, normalizeTable, parseStat, parseStatus} from '../../../src/engine/facts/proc.ts';
import {statusFacts, timeOffsets} from '../../../src/engine/facts/process.ts';
import {rlimitFacts, terminalName} from '../../../src/engine/facts/rights.ts';

/** What stands between fields, and what looks as if it did. */
const nasty = fc.constantFrom(
  ' ',
  '\n',
  '\t',
  '\\',
  '\\040',
  '\\012',
  '\\134',
  '-',
  ' - ',
  ')',
  '(',
  ') S 1',
  ':',
  '/',
  '#',
  'é',
  '中',
  '🙂',
);
const name = fc.oneof(
  fc.string({minLength: 1, maxLength: 40}),
  fc.array(fc.oneof(nasty, fc.string({maxLength: 4})), {minLength: 1, maxLength: 30}).map(parts => parts.join('')),
  fc.integer({min: 3000, max: 5000}).map(length => 'x'.repeat(length)),
);
/** A file's name as the kernel may have it. */
const path = name.map(text => `/${text.replaceAll('\0', '')}`);
/** As seq_path writes it (mangle: blank, tab, newline, backslash, and # where a line may begin with it). */
const written = (text: string): string =>
  text.replace(/[ \t\n\\#]/g, char => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);

describe('names come back as they are', () => {
  test('a command in /proc/PID/stat', () => {
    fc.assert(
      fc.property(name, fc.nat(), (comm, start) => {
        const tail = `34816 7 0 0 0 0 0 0 0 0 0 20 -5 1 0 ${start} 0 0`;
        expect(parseStat(`12 (${comm}) S 3 4 5 ${tail}`)).toMatchObject({pid: 12, comm, ppid: 3, session: 5, nice: -5});
      }),
    );
  });

  test('mount points, sources and roots in mountinfo', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(path, path, path), {maxLength: 5}), mounts => {
        const text = mounts
          .map(
            ([root, point, source]) =>
              `7 1 0:5 ${written(root)} ${written(point)} ro,nosuid shared:3 - tmpfs ${written(source)} rw\n`,
          )
          .join('');
        const parsed = parseMountinfo(text);
        expect(parsed.map(({root, point, source}) => [root, point, source])).toEqual(mounts);
        const points = mounts.map(([, point]) => point);
        expect(mountFacts(text)).toMatchObject({
          count: BigInt(mounts.length),
          points,
          shared: points,
          readonly: points,
        });
      }),
    );
  });

  test('where a hierarchy of control groups is mounted', () => {
    fc.assert(
      fc.property(path, point => {
        const line = `7 1 0:5 / ${written(point)} rw - cgroup cgroup rw,cpu,cpuacct\n`;
        expect(parseMounts(line, () => []).map(({tree}) => tree)).toEqual([
          {version: 1, mount: point, controllers: ['cpu', 'cpuacct']},
        ]);
      }),
    );
  });

  test('a group in /proc/PID/cgroup: all but newlines, which the kernel does not let a group have', () => {
    const group = path.map(text => text.replaceAll('\n', '')).filter(text => !text.endsWith(' (deleted)'));
    fc.assert(
      fc.property(group, where => {
        const all = parseMembership(`4:cpu,cpuacct:${where}\n0::${where}\n`);
        expect([...all]).toEqual([
          ['cpu', where],
          ['cpuacct', where],
          ['', where],
        ]);
      }),
    );
  });

  test('a name in /proc/PID/status stands on its own line (newlines escaped) and forges no other', () => {
    fc.assert(
      fc.property(name, text => {
        const line = text.replace(/[\n\\]/g, char => (char === '\n' ? '\\n' : '\\\\'));
        expect(statusFacts(`Name:\t${line}\nUid:\t1\t2\t3\t4\nNSpid:\t9\t1\n`)).toMatchObject({uid: 2n, nspid: 1n});
      }),
    );
  });
});

test('numbers are kept whole: up to 64 bits, with and without limit', () => {
  const limit = fc.option(fc.bigInt({min: 0n, max: 2n ** 64n - 2n}), {nil: undefined});
  fc.assert(
    fc.property(limit, limit, (soft, hard) => {
      const row = `Max open files            ${String(soft ?? 'unlimited').padEnd(20)} ${String(hard ?? 'unlimited').padEnd(20)} files     \n`;
      expect(rlimitFacts(row)).toEqual({soft: {RLIMIT_NOFILE: soft ?? -1n}, hard: {RLIMIT_NOFILE: hard ?? -1n}});
    }),
  );
});

test('whatever comes, nothing throws, and every number is one', () => {
  const lines = fc
    .array(
      fc.oneof(
        name,
        fc.constantFrom('CapEff:\tzz', 'Seccomp:\t', 'SigBlk:\t-1', 'Max open files 1', 'Icmp: InEchos', '1 2 3'),
      ),
      {maxLength: 8},
    )
    .map(list => list.join('\n'));
  const isFact = (value: unknown): boolean =>
    typeof value === 'object' && value !== null
      ? Object.values(value).every(isFact)
      : ['string', 'bigint', 'boolean'].includes(typeof value);
  fc.assert(
    fc.property(fc.oneof(lines, fc.string({maxLength: 300})), text => {
      parseStat(text);
      parseStatus(text);
      integers(text);
      normalizeTable(text);
      neighboursOf(text);
      countersOf(text, 'Icmp');
      parseLimit(text);
      countIn(text, 'oom_kill');
      parseMembership(text);
      parseMounts(text, () => []);
      for (const facts of [statusFacts(text), mountFacts(text), rlimitFacts(text), timeOffsets(text)]) {
        expect(isFact(facts)).toBe(true);
      }
    }),
    {numRuns: 300},
  );
});

test('terminals by their numbers', () => {
  expect([0, 0x8803, 0x0401, 0x0501].map(terminalName)).toEqual(['', 'pts/3', 'tty1', '5:1']);
});
