import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {usualSeccomp} from '../../../src/engine/profile/calls.ts';
import {isolated} from '../../../src/engine/profile/isolated.ts';
import {compileSeccomp} from '../../../src/engine/seccomp/compile.ts';
import {callsOf, nativeArchitecture} from '../../../src/engine/seccomp/table.ts';
import {specProblems} from '../../../src/engine/spec.ts';
import type {ContainerSpec} from '../../../src/engine/types.ts';
import {openStage, output, rootFolder} from '../support.ts';
import {runFilter} from './bpf.ts';

/** The machine's programs, and what a program may try in there. */
function spec(script: string): ContainerSpec {
  const {root, mounts, dir} = rootFolder();
  mkdirSync(path.join(dir, 'dev'));
  return {root, mounts, process: {args: ['sh', '-c', script]}};
}

async function run(profile: 'default' | 'strict', script: string, more: Partial<ContainerSpec> = {}): Promise<string> {
  const stage = await openStage({controllers: ['memory', 'pids']});
  return output(await stage.run('box', isolated({...spec(script), ...more}, profile)));
}

describe.each(['default', 'strict'] as const)('the profile %s', profile => {
  it('is a specification', () => {
    expect(specProblems(isolated({process: {args: ['true']}}, profile))).toEqual([]);
    expect(specProblems(isolated(spec('true'), profile, {limits: false}))).toEqual([]);
  });

  it('runs ordinary commands', async () => {
    const text = await run(
      profile,
      'id -u; echo a b | tr " " "\\n" | sort -r | head -n 1; (sleep 0 & wait); ls /dev | wc -l; bash -c "echo <(true)"; python3 -c "import threading as t; x = t.Thread(target=lambda: print(7)); x.start(); x.join()"',
    );
    expect(text).toBe('0\nb\n11\n/dev/fd/63\n7\n');
  });

  it('keeps the walls up', async () => {
    const tries = [
      'mount -t tmpfs x /tmp',
      'unshare -U true',
      'unshare -m true',
      'nsenter -t 1 -m true',
      'hostname evil',
      // Its own value: what is proved is the wall, should it ever be missing.
      'cat /proc/sys/kernel/panic > /proc/sys/kernel/panic',
      'test -s /proc/kcore',
      'ip link add x type dummy',
      'python3 -c "import socket; socket.socket(40, socket.SOCK_STREAM)"',
      'python3 -c "import socket; socket.socket(38, socket.SOCK_SEQPACKET)"',
      'strace -o /tmp/x true',
    ];
    const script = tries.map((line, i) => `(${line}) >/dev/null 2>&1 && echo "${i} got through"`).join('; ');
    expect(await run(profile, `${script}; echo end`)).toBe('end\n');
    // Without the profile most of the same do get through: so it is the walls that were tried. None of them harms.
    const stage = await openStage();
    const plain = spec(`${script}; echo end`);
    const open = await stage.run('open', {
      ...plain,
      mounts: [...plain.mounts!, {destination: '/proc', type: 'proc'}],
      linux: {
        namespaces: (['mount', 'pid', 'uts', 'network', 'ipc'] as const).map(type => ({type})),
        defaultDevices: true,
      },
    });
    expect((await output(open)).match(/got through/g)?.length).toBeGreaterThan(6);
  });
});

it('what a specification says itself stays', () => {
  const own = isolated({
    process: {args: ['true'], capabilities: {}, noNewPrivileges: false},
    linux: {namespaces: [{type: 'network', path: '/proc/1/ns/net'}], maskedPaths: [], resources: {pids: {limit: 3}}},
  });
  expect(own.process).toMatchObject({capabilities: {}, noNewPrivileges: false});
  expect(own.linux?.namespaces?.filter(n => n.type === 'network')).toEqual([{type: 'network', path: '/proc/1/ns/net'}]);
  expect(own.linux?.maskedPaths).toEqual([]);
  expect(own.linux?.resources).toMatchObject({pids: {limit: 3}, memory: {limit: 512 * 2 ** 20}});
});

it('a network that is asked for stays, and none is made beside it', () => {
  for (const mode of ['none', 'host', 'bridge', 'container:a'] as const) {
    expect(specProblems(isolated({process: {args: ['true']}, network: {mode}}))).toEqual([]);
  }
});

it('its filter answers an unknown call as an older kernel would, and is short', () => {
  const program = compileSeccomp(usualSeccomp());
  const arch = nativeArchitecture === 'SCMP_ARCH_X86_64' ? 0xc000003e : 0xc00000b7;
  const ask = (name: string, ...args: bigint[]) =>
    runFilter(program, {nr: callsOf(nativeArchitecture).get(name)!, arch, args});
  expect(runFilter(program, {nr: 900, arch})).toBe(0x50000 | 38);
  expect(ask('read')).toBe(0x7fff0000);
  expect(ask('execve')).toBe(0x7fff0000);
  expect(ask('clone3')).toBe(0x50000 | 38);
  expect(ask('clone', 0x10000000n)).toBe(0x50001);
  expect(ask('clone', 0x3d0f00n)).toBe(0x7fff0000);
  expect(ask('mount')).toBe(0x50001);
  expect(program.length / 8).toBeLessThan(300);
});
