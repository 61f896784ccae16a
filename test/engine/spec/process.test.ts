/** Who a process is: further groups, and rights that no program gives back. */
import {chmodSync, copyFileSync, mkdtempSync, rmSync} from 'node:fs';
import {describe, expect, it, onTestFinished} from 'vitest';
import type {ContainerSpec} from '../../../src/engine/types.ts';
import {maps, namespace, openStage, output, until} from '../support.ts';
import {prints, problemsOf, refused, sh} from './support.ts';

type Linux = NonNullable<ContainerSpec['linux']>;
const mapped: Linux = {namespaces: [{type: 'user'}], ...maps};
const groups = (...additionalGids: number[]) => ({user: {uid: 0, gid: 0, additionalGids}});

describe('process.user.additionalGids', () => {
  it('are all that the program has besides its own', async () => {
    expect(await sh('id -G', groups(5, 7))).toBe('0 5 7\n');
    expect(await sh('id -G', groups(5, 7), {linux: mapped})).toBe('0 5 7\n');
    // Another user loses those that the engine has.
    expect(await sh('id -G', {user: {uid: 1000, gid: 1000}})).toBe('1000\n');
  });

  it('one that the map does not hold is refused by the kernel', async () => {
    const call = {call: 'setgroups', errno: 'EINVAL', purpose: 'user.groups'};
    expect(await refused(groups(70_000), {linux: mapped})).toMatchObject({code: 'call.failed', call});
    expect(problemsOf(groups(-1))).toEqual(['spec.range process.user.additionalGids[0]']);
  });

  it('where setgroups(2) is not allowed they are refused, and never left out', async () => {
    const stage = await openStage();
    // Its map is one id long: setgroups is "deny" from then on (user_namespaces(7)).
    const other = await stage.run('other', {process: {args: ['unshare', '--map-root-user', 'sleep', '1000']}});
    const own = namespace(stage.keeperPid, 'user');
    await until('it has a namespace of its own', () => namespace(other.pid, 'user') !== own);
    const setgroups = async () => output(await stage.enter('other', ['user'], {args: ['cat', '/proc/self/setgroups']}));
    for (let said = ''; said !== 'deny\n'; ) said = await setgroups();
    const linux: Linux = {namespaces: [{type: 'user', path: `/proc/${other.pid}/ns/user`}]};
    const run = (...gids: number[]) => stage.run('box', {process: {args: ['id', '-u'], ...groups(...gids)}, linux});
    await expect(run(0)).rejects.toMatchObject({code: 'call.failed', call: {call: 'setgroups', errno: 'EPERM'}});
    expect(await output(await run())).toBe('0\n');
  });
});

/** `id` as a program that makes everybody root. */
function privileged(): string {
  const dir = mkdtempSync('/tmp/glassbox-test-');
  onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
  chmodSync(dir, 0o755);
  copyFileSync('/usr/bin/id', `${dir}/id`);
  chmodSync(`${dir}/id`, 0o4755);
  return `${dir}/id`;
}

describe('process.noNewPrivileges', () => {
  const user = {uid: 1000, gid: 1000};

  it('is said by the kernel', async () => {
    const line = ['grep', 'NoNewPrivs', '/proc/self/status'];
    expect(await prints(line, {noNewPrivileges: true})).toBe('NoNewPrivs:\t1\n');
    expect(await prints(line, {noNewPrivileges: false})).toBe('NoNewPrivs:\t0\n');
  });

  it('a set-user-ID program gives nothing; without it, it does', async () => {
    const program = privileged();
    expect(await prints([program, '-u'], {user, noNewPrivileges: true})).toBe('1000\n');
    expect(await prints([program, '-u'], {user})).toBe('0\n');
  });
});

describe('ociVersion', () => {
  it('1 is what this engine understands', async () => {
    for (const ociVersion of ['1.0.0', '1.2.1', '1.0.2-dev', '1.3.0+build.7']) {
      expect(problemsOf({}, {ociVersion})).toEqual([]);
    }
    expect(await prints(['echo', 'on'], {}, {ociVersion: '1.2.0'})).toBe('on\n');
  });

  it('what is none, or another one, is refused before anything is made', async () => {
    for (const ociVersion of ['2.0.0', '0.9.0', '1', '1.2', 'v1.2.0', '1.2.0 ', '']) {
      expect(problemsOf({}, {ociVersion})).toEqual(['spec.value ociVersion']);
    }
    expect(await refused({}, {ociVersion: '2.0.0'})).toMatchObject({
      code: 'spec.value',
      params: {path: 'ociVersion', got: '"2.0.0"', expected: '1.x.y'},
    });
  });
});
