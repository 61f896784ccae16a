import {spawn} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {setTimeout as delay} from 'node:timers/promises';
import {describe, expect, it, onTestFinished} from 'vitest';
import {patience} from '../../../src/course/patience.ts';
import {Group, removeGroup} from '../../../src/engine/cgroup/group.ts';
import {readTrees, supported, type Tree, treeOf} from '../../../src/engine/cgroup/trees.ts';
import type {Facts, Resources} from '../../../src/engine/index.ts';
import {killIf} from '../../../src/engine/strays.ts';
import {sweepAll} from '../../../src/engine/sweep.ts';
import {openStage, output, rootFolder, running, uniqueSeconds, until} from '../support.ts';

const trees = readTrees().map(({tree}) => tree);
const cpu = treeOf(trees, 'cpu')!;
const read = (file: string): string => readFileSync(file, 'utf8').trim();
const quota = (folder: string): string =>
  cpu.version === 1 ? read(`${folder}/cpu.cfs_quota_us`) : read(`${folder}/cpu.max`).split(' ')[0]!;
/** Folders of a stage's groups: at the root of the trees, or in a scope of systemd's. */
const groupsIn = (tree: Tree, id: string): string[] =>
  ['', 'system.slice/', `system.slice/glassbox-${id}.scope/`]
    .map(above => `${tree.mount}/${above}glassbox-${id}`)
    .filter(existsSync);
const groupsOf = (id: string): string[] => trees.flatMap(tree => groupsIn(tree, id));
/** Folder of a stage's group in the tree of cpu. */
const groupOf = ({id}: {id: string}): string => groupsIn(cpu, id)[0] ?? `${cpu.mount}/none`;
const limited = {resources: {cpu: {quota: 20000, period: 100000}}};
const sleeper = {args: ['sleep', '1000']};

describe('a container in a group', () => {
  it('is a member before its program runs, with its limits, and its children are too', async () => {
    const stage = await openStage({controllers: ['cpu']});
    const script = 'cat /proc/self/cgroup; sh -c "cat /proc/self/cgroup"';
    const box = await stage.run('box', {process: {args: ['sh', '-c', script]}, linux: limited});
    const lines = (await output(box)).split('\n').filter(line => /:cpu(,|:)|^0::/.test(line));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/:\/box$/);
    expect(quota(`${groupOf(stage)}/box`)).toBe('20000');
    await box.remove();
    expect(
      groupsOf(stage.id)
        .flatMap(folder => readdirSync(folder))
        .filter(name => name === 'box'),
    ).toEqual([]);
  });

  it.each([false, true])(
    'with a root and a cgroup namespace too, held (%j): "/" is its group, seen from there',
    async hold => {
      const stage = await openStage({controllers: ['cpu']});
      const {root, mounts} = rootFolder();
      const spec = {
        process: {args: ['/bin/cat', '/proc/self/cgroup']},
        root,
        mounts: [...mounts, {destination: '/proc', type: 'proc', source: 'proc'}],
        linux: {
          ...limited,
          namespaces: (['mount', 'pid', 'cgroup'] as const).map(type => ({type})),
          cgroupsPath: 'box',
        },
      };
      const box = await (hold ? stage.create('box', spec) : stage.run('box', spec));
      if (hold) {
        // Held before its program: a member already, with its limits.
        expect(quota(`${groupOf(stage)}/box`)).toBe('20000');
        expect(read(`${groupOf(stage)}/box/cgroup.procs`)).toBe(String(box.pid));
        await box.start();
      }
      const lines = (await output(box)).split('\n').filter(line => /:cpu(,|:)|^0::/.test(line));
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) expect(line).toMatch(/:\/$/);
    },
  );

  it('a group that cannot be had ends it: no process, no group, the call and its errno', async () => {
    const stage = await openStage({controllers: ['cpu']});
    const {root, mounts} = rootFolder();
    const linux = {namespaces: [{type: 'mount' as const}], resources: {cpu: {quota: 1, period: 100000}}};
    const word = uniqueSeconds();
    const made = stage.run('box', {process: {args: ['/bin/sleep', word]}, root, mounts, linux});
    await expect(made).rejects.toMatchObject({
      code: 'call.failed',
      params: {call: 'write', errno: 'EINVAL', who: 'keeper'},
    });
    expect(running(word)).toEqual([]);
    expect(existsSync(`${groupOf(stage)}/box`)).toBe(false);
  });

  it('sees its group as "/" in a cgroup namespace of its own; whoever enters it is in the group', async () => {
    const stage = await openStage({controllers: ['cpu']});
    const linux = {...limited, namespaces: [{type: 'cgroup' as const}], cgroupsPath: '/deep/box'};
    const box = await stage.run('box', {process: sleeper, linux});
    const inside = await output(await box.exec({args: ['cat', '/proc/self/cgroup']}));
    expect(inside).toMatch(cpu.version === 1 ? /:cpu[^:]*:\/$/m : /^0::\/$/m);
    const folder = `${groupOf(stage)}/deep/box`;
    expect(read(`${folder}/cgroup.procs`)).toBe(String(box.pid));
  });

  it('gets other limits while it runs; the kernel’s refusal is told with call and errno', async () => {
    const stage = await openStage({controllers: ['cpu']});
    const box = await stage.run('box', {process: sleeper, linux: limited});
    const folder = `${groupOf(stage)}/box`;
    await box.update({cpu: {quota: 50000}});
    expect(quota(folder)).toBe('50000');
    await expect(box.update({cpu: {quota: 500}})).rejects.toMatchObject({
      code: 'call.failed',
      params: {call: 'write', errno: 'EINVAL', purpose: 'cgroup.limit.cpu'},
    });
    expect(quota(folder)).toBe('50000');
    await expect(box.update({memory: {limit: 1e9}})).rejects.toMatchObject({code: 'cgroup.not-on-stage'});
  });

  it('whose limits the kernel refuses is not made, and leaves no group', async () => {
    const stage = await openStage({controllers: ['cpu']});
    const bad = {process: sleeper, linux: {resources: {cpu: {quota: 500}}}};
    await expect(stage.run('bad', bad)).rejects.toMatchObject({params: {errno: 'EINVAL'}});
    for (const folder of groupsOf(stage.id)) expect(readdirSync(folder)).not.toContain('bad');
  });

  it('needs a stage with groups', async () => {
    const stage = await openStage();
    await expect(stage.run('box', {process: sleeper, linux: limited})).rejects.toMatchObject({
      code: 'cgroup.not-on-stage',
      params: {path: 'linux.resources.cpu'},
    });
    const box = await stage.run('plain', {process: sleeper});
    await expect(box.pause()).rejects.toMatchObject({code: 'container.no-cgroup'});
    expect((await stage.facts('plain'))!.cpu).toBeUndefined();
  });
});

describe('a loop with a fifth of a CPU', () => {
  it('gets that by the kernel’s own count, is throttled, and the facts say so', async () => {
    const stage = await openStage({controllers: ['cpu']});
    const loop = {args: ['sh', '-c', 'while :; do :; done']};
    await stage.run('box', {process: loop, linux: limited});
    const facts = async (): Promise<{cgroup: Facts; cpu: Facts}> => (await stage.facts('box')) as never;
    const first = await facts();
    expect(first.cgroup).toMatchObject({version: BigInt(cpu.version), path: '/box', dir: `${cpu.mount}/box`});
    expect(first.cgroup.groups).toContain('box');
    expect(first.cpu).toMatchObject({quota: 20000n, period: 100000n});
    expect(first.cpu.share).toBeUndefined();
    let last = first;
    for (const end = Date.now() + 20_000; last.cpu.share_5s === undefined && Date.now() < end; last = await facts()) {
      await delay(50);
    }
    expect(Number(last.cpu.share_5s)).toBeLessThanOrEqual(220);
    expect(Number(last.cpu.share_5s)).toBeGreaterThan(50);
    for (const name of ['usage_us', 'nr_periods', 'nr_throttled', 'throttled_us']) {
      expect(last.cpu[name]! > first.cpu[name]!, name).toBe(true);
    }
  });
});

describe('what the kernel counts', () => {
  it('time of each container alone, in whichever tree that is counted', async () => {
    const stage = await openStage({controllers: ['cpu']});
    await stage.run('busy', {process: {args: ['sh', '-c', 'while :; do :; done']}, linux: {cgroupsPath: 'busy'}});
    await stage.run('idle', {process: sleeper, linux: {cgroupsPath: 'idle'}});
    const used = async (id: string): Promise<number> => Number(((await stage.facts(id))!.cpu as Facts).usage_us);
    const enough = 1_000_000 * patience();
    let busy = 0;
    for (const end = Date.now() + 50_000 * patience(); busy < enough && Date.now() < end; busy = await used('busy')) {
      await delay(50);
    }
    expect(busy).toBeGreaterThanOrEqual(enough);
    expect(await used('idle')).toBeLessThan(busy / 2);
  });

  const box = async (resources: Resources, script: string, controllers: string[]): Promise<() => Promise<Facts>> => {
    const stage = await openStage({controllers});
    await stage.run('box', {process: {args: ['sh', '-c', script]}, linux: {resources}});
    return async () => (await stage.facts('box'))!;
  };

  it.runIf(treeOf(trees, 'memory'))('memory: how often its limit was reached, and who was killed for it', async () => {
    const limit = 32 * 2 ** 20;
    const facts = await box({memory: {limit}}, 'tail /dev/zero; sleep 1000', ['memory']);
    const memory = async (): Promise<Facts> => (await facts()).memory as Facts;
    while (((await memory()).oom_kills as bigint) === 0n) await delay(20);
    const {reached, usage, ...rest} = await memory();
    expect(rest).toMatchObject({limit: BigInt(limit), oom_kills: 1n});
    expect(Number(reached)).toBeGreaterThan(0);
    expect(Number(usage)).toBeLessThanOrEqual(limit);
  });

  it.runIf(treeOf(trees, 'pids'))('processes: how often one more was refused', async () => {
    const script = '(for i in 1 2 3 4 5; do sleep 1000 & done) 2>/dev/null; exec sleep 1000';
    const facts = await box({pids: {limit: 3}}, script, ['pids']);
    const pids = async (): Promise<Facts> => (await facts()).pids as Facts;
    while (((await pids()).reached as bigint) === 0n) await delay(20);
    expect((await pids()).limit).toBe(3n);
  });
});

describe('controllers of v2 that nobody had switched on', () => {
  const file = `${cpu.mount}/cgroup.subtree_control`;
  const on = (): string => read(file);
  const wanted = cpu.version === 2 ? supported.find(name => !on().split(' ').includes(name)) : undefined;

  it.runIf(wanted)('are on for as long as one session needs them', async () => {
    const before = on();
    const [first, second] = [await openStage({controllers: [wanted!]}), await openStage({controllers: [wanted!]})];
    expect(on()).toContain(wanted);
    await first!.close();
    expect(on()).toContain(wanted);
    await second!.close();
    expect(on()).toBe(before);
  });
});

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
