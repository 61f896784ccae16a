/** What a process may use, when it runs and what is hidden from it: each fact on the kernel, in two worlds that differ. */
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type ContainerSpec, type Engine, type Facts, openEngine, type Stage} from '../../../src/engine/index.ts';

let engine: Engine;
let stage: Stage;
beforeAll(async () => {
  engine = await openEngine();
  stage = await engine.stage();
});
afterAll(() => engine.close());

/** Facts of a container that waits; `process` and `linux` are added to what every such container has. */
async function factsOf(process: Partial<ContainerSpec['process']>, more: Partial<ContainerSpec> = {}): Promise<Facts> {
  const box = await stage.run('box', {process: {args: ['sleep', '1000'], ...process}, ...more});
  try {
    return (await stage.facts('box'))!;
  } finally {
    await box.remove();
  }
}

const soft = (facts: Facts) => (facts.rlimits as {soft: Record<string, bigint>}).soft;
const hard = (facts: Facts) => (facts.rlimits as {hard: Record<string, bigint>}).hard;
const masks = (facts: Facts) => (facts.mounts as {masked: string[]}).masked;
const readonly = (facts: Facts) => (facts.mounts as {readonly: string[]}).readonly;

test('resource limits', async () => {
  const limited = await factsOf({rlimits: [{type: 'RLIMIT_NOFILE', soft: 60, hard: 70}]});
  expect([soft(limited).RLIMIT_NOFILE, hard(limited).RLIMIT_NOFILE]).toEqual([60n, 70n]);
  const other = await factsOf({rlimits: [{type: 'RLIMIT_NOFILE', soft: 61, hard: 71}]});
  expect([soft(other).RLIMIT_NOFILE, hard(other).RLIMIT_NOFILE]).toEqual([61n, 71n]);
  const host = (await stage.facts('host'))!;
  expect(Object.keys(soft(host)).sort()).toEqual(Object.keys(hard(host)).sort());
  expect(Object.keys(soft(host))).toHaveLength(16);
});

test('its place before the OOM killer', async () => {
  expect((await factsOf({oomScoreAdj: 321})).oom_score_adj).toBe(321n);
  expect((await factsOf({oomScoreAdj: 322})).oom_score_adj).toBe(322n);
});

test('scheduling', async () => {
  expect(await factsOf({scheduler: {policy: 'SCHED_BATCH', nice: 7}})).toMatchObject({
    policy: 'SCHED_BATCH',
    nice: 7n,
    rt_priority: 0n,
  });
  expect(await factsOf({scheduler: {policy: 'SCHED_OTHER', nice: 3}})).toMatchObject({policy: 'SCHED_OTHER', nice: 3n});
  // Where a group of v1 has no real time to give, the kernel refuses.
  const fifo = await factsOf({scheduler: {policy: 'SCHED_FIFO', priority: 5}}).catch(() => undefined);
  if (fifo) expect(fifo).toMatchObject({policy: 'SCHED_FIFO', rt_priority: 5n});
});

test('the CPUs that it may run on', async () => {
  const all = (await stage.facts('host'))!;
  const box = await stage.run('one', {process: {args: ['taskset', '-c', '0', 'sleep', '1000']}});
  await expect.poll(async () => (await stage.facts('one'))?.comm, {timeout: 20_000}).toBe('sleep');
  const one = (await stage.facts('one'))!;
  await box.remove();
  expect(one.cpus).toBe('0');
  expect(all.cpus).toMatch(/^\d+([-,]\d+)*$/);
  expect(one.mems).toBe(all.mems);
});

test('a terminal of its own, or none', async () => {
  expect((await factsOf({terminal: true})).tty).toMatch(/^pts\/\d+$/);
  expect((await factsOf({})).tty).toBe('');
});

test('threads', async () => {
  const script = 'const {Worker} = require("worker_threads"); new Worker("setInterval(() => {}, 1e6)", {eval: true})';
  expect((await factsOf({})).threads).toBe(1n);
  const box = await stage.run('many', {process: {args: [process.execPath, '-e', script]}});
  await expect
    .poll(async () => Number((await stage.facts('many'))?.threads ?? 0n), {timeout: 20_000})
    .toBeGreaterThan(1);
  await box.remove();
});

test('who it is in four ways, and what its files do not get', async () => {
  const somebody = await factsOf({user: {uid: 1234, gid: 2345, umask: 0o27}});
  expect(somebody).toMatchObject({
    uids: [1234n, 1234n, 1234n, 1234n],
    gids: [2345n, 2345n, 2345n, 2345n],
    umask: '0027',
  });
  expect(await factsOf({user: {uid: 0, gid: 0, umask: 0o77}})).toMatchObject({
    uids: [0n, 0n, 0n, 0n],
    gids: [0n, 0n, 0n, 0n],
    umask: '0077',
  });
});

test('how many filters it has', async () => {
  const without = (await factsOf({})).seccomp_filters as bigint;
  const linux = {seccomp: {defaultAction: 'SCMP_ACT_ALLOW' as const}};
  expect((await factsOf({}, {linux})).seccomp_filters).toBe(without + 1n);
});

test('what is masked, and what can only be read', async () => {
  const linux = {namespaces: [{type: 'mount' as const}]};
  const open = await factsOf({}, {linux});
  const mounts = [
    {destination: '/proc/irq', type: 'tmpfs', source: 'tmpfs', options: ['ro']},
    {destination: '/proc/timer_list', type: 'bind', source: '/dev/null', options: ['bind']},
  ];
  const covered = await factsOf({}, {linux, mounts});
  const more = masks(covered).filter(point => !masks(open).includes(point));
  expect(more).toEqual(expect.arrayContaining(['/proc/irq', '/proc/timer_list']));
  expect(readonly(covered)).toContain('/proc/irq');
  expect(readonly(open)).not.toContain('/proc/irq');
});

test('whether its network passes packets on: a setting of the namespace that only whoever is inside reads', async () => {
  const namespaces = [{type: 'network' as const}];
  const forwards = async (value: string) =>
    ((await factsOf({}, {linux: {namespaces, sysctl: {'net.ipv4.ip_forward': value}}})).net as Facts).forwards;
  expect(await forwards('1')).toBe(true);
  expect(await forwards('0')).toBe(false);
});

test('a group that is frozen and thawed, and the most memory that it has used', async () => {
  const grouped = await engine.stage({controllers: ['cpu', 'memory']});
  try {
    const linux = {resources: {memory: {limit: 200_000_000}}};
    const box = await grouped.run('box', {process: {args: ['sleep', '1000']}, linux});
    const at = async () => (await grouped.facts('box')) as {cgroup: Facts; memory: Facts};
    const before = await at();
    if (before.cgroup.frozen !== undefined) {
      expect(before.cgroup.frozen).toBe(false);
      await box.pause();
      expect((await at()).cgroup.frozen).toBe(true);
      await box.resume();
      expect((await at()).cgroup.frozen).toBe(false);
    }
    if (before.memory.peak !== undefined) {
      const fill = 'x=$(head -c 20000000 /dev/zero | tr "\\0" x); echo ${#x}';
      await (await box.exec({args: ['sh', '-c', fill]})).wait();
      expect((await at()).memory.peak).toBeGreaterThan((before.memory.peak as bigint) + 10_000_000n);
    }
  } finally {
    await grouped.close();
  }
});
