import {existsSync, readdirSync} from 'node:fs';
import {setTimeout as delay} from 'node:timers/promises';
import {describe, expect, it} from 'vitest';
import {patience} from '../../../src/course/patience.ts';
import {supported, treeOf} from '../../../src/engine/cgroup/trees.ts';
import type {Facts, Resources} from '../../../src/engine/index.ts';
import {openStage, output, rootFolder, running, uniqueSeconds} from '../support.ts';
import {cpu, groupOf, groupsOf, limited, quota, read, sleeper, trees} from './groups.ts';

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
