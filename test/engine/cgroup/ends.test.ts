import {spawn} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {setTimeout as delay} from 'node:timers/promises';
import {describe, expect, it, onTestFinished} from 'vitest';
import {patience} from '../../../src/course/patience.ts';
import {Group, removeGroup} from '../../../src/engine/cgroup/group.ts';
import {type Tree, treeOf} from '../../../src/engine/cgroup/trees.ts';
import type {Facts} from '../../../src/engine/index.ts';
import {killIf} from '../../../src/engine/strays.ts';
import {sweepAll} from '../../../src/engine/sweep.ts';
import {openStage, running, uniqueSeconds, until} from '../support.ts';
import {cpu, groupOf, groupsOf, limited, read, sleeper, trees} from './groups.ts';

describe('killing and freezing', () => {
  it('what is frozen stands still, and is thawed to be removed', async () => {
    const stage = await openStage({controllers: ['cpu']});
    const loop = {args: ['sh', '-c', 'while :; do :; done']};
    const box = await stage.run('box', {process: loop, linux: limited});
    const used = async (): Promise<bigint> => ((await stage.facts('box'))!.cpu as Facts).usage_us as bigint;
    await box.pause();
    const before = await used();
    await delay(150);
    expect(await used()).toBe(before);
    await box.resume();
    await until('it runs again', () => read(`/proc/${box.pid}/stat`).includes(') R '));
    await box.pause();
    await box.remove();
    expect(existsSync(`${groupOf(stage)}/box`)).toBe(false);
  });

  it('daemons are known by their group, also without a namespace', async () => {
    const stage = await openStage({controllers: ['cpu']});
    const word = uniqueSeconds();
    const script = `(setsid sh -c "sleep ${word} & sleep ${word}" &); exec sleep ${word}`;
    const box = await stage.run('box', {process: {args: ['sh', '-c', script]}, linux: {cgroupsPath: 'box'}});
    const other = await stage.spawn('other', {args: ['sleep', word]});
    // sh -c "…", with the word in its text, is no argument of its own.
    await until('all run', () => running(word).length === 4);
    await box.remove();
    expect(running(word)).toEqual([other.pid]);
  });

  it('a stranger in a group is not killed with it, but moved out', async () => {
    const stage = await openStage({controllers: ['cpu']});
    const box = await stage.run('box', {process: sleeper, linux: {cgroupsPath: 'box'}});
    const stranger = spawn('sleep', ['1000']);
    onTestFinished(() => void stranger.kill('SIGKILL'));
    writeFileSync(`${groupOf(stage)}/box/cgroup.procs`, String(stranger.pid));
    if (cpu.version === 2) return; // there it is one of the container's: the only tree says so
    await box.remove();
    expect(read(`/proc/${stranger.pid}/cgroup`)).toMatch(new RegExp(`:cpu(,cpuacct)?:/glassbox-${stage.id}$`, 'm'));
    await stage.close();
    expect(groupsOf(stage.id)).toEqual([]);
    expect(read(`/proc/${stranger.pid}/cgroup`)).toMatch(/:cpu(,cpuacct)?:\/$/m);
    expect(stranger.exitCode).toBeNull();
  });

  const kinds: [string, Tree | undefined, string][] = [
    ['v2', trees.find(tree => tree.version === 2), 'cgroup.freeze'],
    ['the freezer of v1', treeOf(trees, 'freezer'), 'freezer.state'],
  ];
  it.each(kinds.filter(([, tree]) => tree))(
    'a group of %s kills its frozen members, and goes',
    async (_, tree, file) => {
      const folder = `${tree!.mount}/glassbox-test-${process.pid}`;
      const group = new Group([{tree: tree!, folder}]);
      mkdirSync(folder);
      onTestFinished(async () => {
        await group.kill();
        await removeGroup(folder);
      });
      const child = spawn('sleep', ['1000']);
      const ended = new Promise(resolve => child.once('exit', (_code, signal) => resolve(signal)));
      writeFileSync(`${folder}/cgroup.procs`, String(child.pid));
      expect(group.pids()).toEqual([child.pid]);
      await group.freeze();
      expect(read(`${folder}/${file}`)).toBe(file === 'cgroup.freeze' ? '1' : 'FROZEN');
      await group.kill();
      expect(await ended).toBe('SIGKILL');
      await group.remove(() => tree!.mount);
      expect(existsSync(folder)).toBe(false);
    },
  );
});

type Role = 'app' | 'keeper' | 'guard';
describe('a session that is killed', () => {
  const matrix: [Role[], boolean][] = [
    [['app'], true],
    [['keeper'], true],
    [['app', 'keeper'], true],
    [['app', 'keeper', 'guard'], false],
  ];
  it.each(matrix)('%j: its groups go, those made by hand too', async (roles, byItself) => {
    const handedOn = cpu.version === 2 ? read(`${cpu.mount}/cgroup.subtree_control`) : '';
    const word = uniqueSeconds();
    const file = new URL('victim.ts', import.meta.url).pathname;
    const env = {...process.env, VICTIM_WORD: word};
    const child = spawn(process.execPath, ['--no-warnings', file], {env, stdio: ['ignore', 'pipe', 'inherit']});
    onTestFinished(() => {
      child.kill('SIGKILL');
      for (const pid of running(word)) killIf(pid, () => running(word).includes(pid));
    });
    const {value} = await createInterface({input: child.stdout!})[Symbol.asyncIterator]().next();
    const pids = JSON.parse(value ?? '{}') as Record<Role, number> & {id: string};
    expect(groupsOf(pids.id).length).toBeGreaterThan(0);
    expect(readdirSync(groupOf(pids))).toEqual(expect.arrayContaining(['box', 'by-hand']));
    for (const role of roles) process.kill(pids[role], 'SIGSTOP');
    for (const role of roles) process.kill(pids[role], 'SIGKILL');
    // As the next starts do; another session's start may come first, and the dying must be dead.
    let left: unknown[] = [];
    const end = Date.now() + 30_000 * patience();
    while (!byItself && (groupsOf(pids.id).length > 0 || left.length > 0) && Date.now() < end) {
      ({left} = await sweepAll());
      await delay(50);
    }
    expect(left).toEqual([]);
    await until('no group is left', () => groupsOf(pids.id).length === 0);
    if (cpu.version === 2)
      await until('all is off again', () => read(`${cpu.mount}/cgroup.subtree_control`) === handedOn);
    await until('no process is left', () => running(word).length === 0);
  });
});
