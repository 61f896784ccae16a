import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {describe, expect, it, onTestFinished} from 'vitest';
import {engineWords} from '../../../src/course/words/engine.ts';
import {childrenOf} from '../../../src/engine/strays.ts';
import type {ContainerSpec, EngineErrorInfo} from '../../../src/engine/types.ts';
import {maps, openStage, output, quietMachine} from '../support.ts';

/** Descriptors that a process holds. */
const descriptors = (pid: number | 'self'): string[] => readdirSync(`/proc/${pid}/fd`);

async function failure(attempt: Promise<unknown>): Promise<EngineErrorInfo> {
  return attempt.then(
    () => expect.unreachable('it should have failed'),
    (error: EngineErrorInfo) => error,
  );
}

function scratch(): string {
  const dir = mkdtempSync('/tmp/glassbox-test-');
  onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
  writeFileSync(`${dir}/data`, 'no program', {mode: 0o755});
  writeFileSync(`${dir}/plain`, '#!/bin/sh\n', {mode: 0o644});
  writeFileSync(`${dir}/script`, '#!/no/such/interpreter\n', {mode: 0o755});
  mkdirSync(`${dir}/root`);
  symlinkSync('loop', `${dir}/loop`);
  return dir;
}

const ns = (...types: string[]) => ({namespaces: types.map(type => ({type}))}) as NonNullable<ContainerSpec['linux']>;
const sh = {args: ['/bin/sh']};

/** [what, its specification on a scratch folder, the call that must fail, its errno, who made it] */
const cases: [string, (dir: string) => ContainerSpec, string, string, 'child' | 'keeper'][] = [
  ['a program that is a folder', dir => ({process: {args: [dir]}}), 'execve', 'EACCES', 'child'],
  ['a program that may not be executed', dir => ({process: {args: [`${dir}/plain`]}}), 'execve', 'EACCES', 'child'],
  ['a program in no known format', dir => ({process: {args: [`${dir}/data`]}}), 'execve', 'ENOEXEC', 'child'],
  ['a script whose interpreter is missing', dir => ({process: {args: [`${dir}/script`]}}), 'execve', 'ENOENT', 'child'],
  [
    'a program behind links that go in a circle',
    dir => ({process: {args: [`${dir}/loop`]}}),
    'execve',
    'ELOOP',
    'child',
  ],
  [
    'arguments that are too long',
    () => ({process: {args: ['/bin/true', 'x'.repeat(140_000)]}}),
    'execve',
    'E2BIG',
    'child',
  ],
  [
    'a working directory that is not there',
    dir => ({process: {...sh, cwd: `${dir}/none`}}),
    'chdir',
    'ENOENT',
    'child',
  ],
  ['a working directory that is a file', dir => ({process: {...sh, cwd: `${dir}/data`}}), 'chdir', 'ENOTDIR', 'child'],
  [
    'a mount on nothing',
    dir => ({process: sh, mounts: [{destination: `${dir}/none`, type: 'tmpfs'}], linux: ns('mount')}),
    'mount',
    'ENOENT',
    'child',
  ],
  [
    'a file system that is none',
    dir => ({process: sh, mounts: [{destination: `${dir}/root`, type: 'nosuchfs'}], linux: ns('mount')}),
    'mount',
    'ENODEV',
    'child',
  ],
  [
    'a mount option that is none',
    dir => ({
      process: sh,
      mounts: [{destination: `${dir}/root`, type: 'tmpfs', options: ['nosuch=1']}],
      linux: ns('mount'),
    }),
    'mount',
    'EINVAL',
    'child',
  ],
  [
    'a root that is not there',
    dir => ({process: sh, root: {path: `${dir}/none`}, linux: ns('mount')}),
    'mount',
    'ENOENT',
    'child',
  ],
  [
    'a namespace file of another type',
    () => ({process: sh, linux: {namespaces: [{type: 'uts', path: '/proc/self/ns/ipc'}]}}),
    'setns',
    'EINVAL',
    'child',
  ],
  [
    'a namespace file that is not there',
    dir => ({process: sh, linux: {namespaces: [{type: 'uts', path: `${dir}/none`}]}}),
    'openat',
    'ENOENT',
    'keeper',
  ],
  [
    'a PID namespace of another type',
    () => ({process: sh, linux: {namespaces: [{type: 'pid', path: '/proc/self/ns/ipc'}]}}),
    'setns',
    'EINVAL',
    'keeper',
  ],
  [
    'a user that the map does not hold',
    () => ({process: {...sh, user: {uid: 70000, gid: 0}}, linux: {...ns('user'), ...maps}}),
    'setresuid',
    'EINVAL',
    'child',
  ],
  [
    'a map with the same id twice',
    () => ({process: sh, linux: {...ns('user'), uidMappings: [...maps.uidMappings, ...maps.uidMappings]}}),
    'write',
    'EINVAL',
    'keeper',
  ],
];

describe('a call that fails', () => {
  it.each(cases)('%s', async (_what, spec, call, errno, who) => {
    const stage = await openStage();
    const before = {fds: descriptors(stage.keeperPid).length, own: descriptors('self').length};
    const error = await failure(stage.run('box', spec(scratch())));
    expect(error).toMatchObject({
      code: 'call.failed',
      params: {call, errno, who},
      call: {call, errno, who, result: -1n},
    });
    // The journal holds the whole attempt: what ran, then the failure, then what never ran.
    const {journal = []} = error;
    const at = journal.findIndex(e => e.errno === errno && e.call === call);
    expect(at).toBeGreaterThan(0);
    expect(journal.filter(e => e.call === 'clone3').length).toBe(1);
    for (const later of journal
      .filter(e => e.who === 'child')
      .slice(journal.filter(e => e.who === 'child').findIndex(e => e.errno) + 1)) {
      if (who === 'child') expect(later).not.toHaveProperty('result');
    }
    // Nothing is left: no process, no descriptor, no container.
    expect(childrenOf(stage.keeperPid)).toEqual([]);
    expect({fds: descriptors(stage.keeperPid).length, own: descriptors('self').length}).toEqual(before);
    expect(stage.container('box')).toBeUndefined();
    // And the stage works on.
    expect(await output(await stage.run('box', {process: {args: ['echo', 'fine']}}))).toBe('fine\n');
    expect(engineWords[`errno.${errno}`]).toBeDefined();
  });

  it('on the way to start() is told there, and the container is stopped', async () => {
    const stage = await openStage();
    const container = await stage.create('box', {process: {args: ['/etc/passwd']}});
    await expect(container.start()).rejects.toMatchObject({
      code: 'call.failed',
      params: {call: 'execve', errno: 'EACCES'},
    });
    await container.wait();
    expect(container.state).toBe('stopped');
    await container.remove();
  });

  it('in exec() leaves the container as it was', async () => {
    const stage = await openStage();
    const container = await stage.run('box', {process: {args: ['sleep', '1000']}, linux: ns('pid', 'uts')});
    await expect(container.exec({args: ['/etc/passwd']})).rejects.toMatchObject({params: {errno: 'EACCES'}});
    await expect(container.exec({args: ['nosuchprogram']})).rejects.toMatchObject({code: 'program.missing'});
    expect(container.state).toBe('running');
    expect(await output(await container.exec({args: ['sh', '-c', 'ls /proc/self/fd | wc -l']}))).toBe('4\n');
  });
});

describe('a program that is not there', () => {
  it.each([
    ['by name', {args: ['nosuchprogram'], env: ['PATH=/bin:/usr/bin']}, '/bin:/usr/bin'],
    ['by path', {args: ['/no/such/program']}, '/no/such/program'],
    ['by a relative path', {args: ['./program'], cwd: '/tmp'}, '/tmp/program'],
  ])('%s', async (_how, process, searched) => {
    const stage = await openStage();
    const error = await failure(stage.run('box', {process}));
    expect(error).toMatchObject({code: 'program.missing', params: {program: process.args[0], searched}});
    expect(childrenOf(stage.keeperPid)).toEqual([]);
  });

  it("in the container's own root, though it is there outside", async () => {
    const stage = await openStage();
    const dir = scratch();
    const spec = {process: {args: ['sh'], env: ['PATH=/bin']}, root: {path: `${dir}/root`}, linux: ns('mount')};
    await expect(stage.run('box', spec)).rejects.toMatchObject({code: 'program.missing', params: {program: 'sh'}});
    await expect(stage.run('box', {...spec, process: {args: ['/bin/sh']}})).rejects.toMatchObject({
      code: 'program.missing',
    });
  });
});

it('a plan that is too large for a message is refused in words, and the keeper lives on', async () => {
  const stage = await openStage();
  const args = ['/bin/true', ...Array.from({length: 400}, (_, i) => `${i}`.padEnd(1000, 'x'))];
  const error = await failure(stage.run('box', {process: {args}}));
  expect(['plan.refused', 'keeper.send']).toContain(error.code);
  expect(await output(await stage.spawn('after', {args: ['echo', 'fine']}))).toBe('fine\n');
});

it('nothing of all this has touched the machine', async () => {
  const before = quietMachine();
  const stage = await openStage({hostname: 'elsewhere'});
  const dir = scratch();
  await failure(stage.run('a', {hostname: 'x', process: {args: ['/no']}, linux: ns('uts')}));
  await failure(stage.run('b', {hostname: 'x', domainname: 'y', process: {args: ['/no']}}));
  await failure(stage.run('c', {process: {args: ['/no']}, mounts: [{destination: `${dir}/root`, type: 'tmpfs'}]}));
  await output(
    await stage.spawn('d', {
      args: [
        'sh',
        '-c',
        'hostname z; ipcmk -Q; mount -t tmpfs x /mnt; ip link add dummy0 type dummy 2>/dev/null; true',
      ],
    }),
  );
  expect(quietMachine()).toEqual(before);
  await stage.close();
  expect(quietMachine()).toEqual(before);
  expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain('glassbox');
});
