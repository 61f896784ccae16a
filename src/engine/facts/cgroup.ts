/** The cgroup of a process, its CPU limits, what the kernel has counted, and the share that follows from two looks at it. */
import {readdirSync} from 'node:fs';
import {parseCpuMax} from '../cgroup/limits.ts';
import {
  parseMembership,
  pathIn,
  readTrees,
  type StageGroups,
  type StageTree,
  stagePath,
  type Tree,
  treeOf,
} from '../cgroup/trees.ts';
import type {FactContext} from '../facts-context.ts';
import type {Facts} from '../types.ts';
import {limitFacts} from './limits.ts';
import {slurp} from './proc.ts';
import {type Count, ShareWindow} from './share.ts';

/** Between looks that nobody asked for; a share is known this much later than it could be. */
const lookEveryMs = 200;
/** So long after the last question looks go on. */
const patienceMs = 10_000;

export interface GroupReader {
  /**
   * Facts 'cgroup', 'cpu', 'memory' and 'pids' of a process's group (rows of factTable): those of the stage's own groups.
   * @param machine also the limits that the machine's groups set, where the stage has none of its own
   */
  facts(pid: number, machine?: boolean): Facts;
}

/** Trees do not come and go while a stage lives. */
export function createGroupReader(ctx: FactContext): GroupReader {
  const {groups} = ctx.stage;
  const all = readTrees().map(({tree}) => tree);
  const trees = groups?.trees ?? all;
  /** By process, with the moment when it was last asked about. */
  const windows = new Map<number, {window: ShareWindow; asked: number}>();
  let timer: NodeJS.Timeout | undefined;

  const look = (): void => {
    for (const [pid, {window, asked}] of windows) {
      const seen = performance.now() - asked < patienceMs ? see(trees, pid) : undefined;
      if (seen) window.note(seen.key, seen.count);
      else windows.delete(pid);
    }
    if (windows.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };

  return {
    facts(pid, machine = false) {
      const membership = parseMembership(slurp(`/proc/${pid}/cgroup`) ?? '');
      const cgroup = groups ? placeOnStage(groups, ctx.stage.kind, membership) : placeOf(all, membership);
      const limits = limitFacts(machine ? all : (groups?.trees ?? []), membership, groups);
      const seen = groups || machine ? see(trees, pid) : undefined;
      if (!seen) return {...cgroup, ...limits};
      if (!groups) return {...cgroup, cpu: onlyLimits(seen.facts), ...limits};
      timer ??= setInterval(look, lookEveryMs).unref();
      const window = windows.get(pid)?.window ?? new ShareWindow();
      windows.set(pid, {window, asked: performance.now()});
      window.note(seen.key, seen.count);
      const pids = {...(cgroup.cgroup as Facts), pids: seen.pids, ...frozenIn(trees, membership)};
      return {cgroup: pids, cpu: {...seen.facts, ...shares(window)}, ...limits};
    },
  };
}

/** In the machine's groups the rest is counted of everybody. */
const limitNames = new Set(['quota', 'period', 'shares', 'weight']);
const onlyLimits = (facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => limitNames.has(name)));

function shares(window: ShareWindow): Facts {
  const [now, proof] = [window.share(500), window.proof(5000)];
  return {
    ...(now === undefined ? {} : {share: BigInt(now)}),
    ...(proof === undefined ? {} : {share_5s: BigInt(proof)}),
  };
}

const cpuTree = <T extends Tree>(trees: readonly T[]): T | undefined =>
  treeOf(trees, 'cpu') ?? trees.find(one => one.version === 2);

/** Which interface, and where. */
function placeOf(trees: readonly Tree[], membership: ReadonlyMap<string, string>): Facts {
  const tree = cpuTree(trees);
  const path = tree && pathIn(tree, membership);
  if (!tree || path === undefined) return {};
  const facts = {version: BigInt(tree.version), path, dir: `${tree.mount}${path === '/' ? '' : path}`};
  return {cgroup: facts};
}

/** The same as whoever lives on the stage sees it, and the groups that are on the stage. */
function placeOnStage(
  groups: StageGroups,
  kind: 'private' | 'real-host',
  membership: ReadonlyMap<string, string>,
): Facts {
  const tree: StageTree | undefined = cpuTree(groups.trees);
  const path = tree && pathIn(tree, membership);
  if (!tree || path === undefined) return {};
  const root = stagePath(groups, tree);
  const below = `${path}/`.startsWith(`${root}/`) ? path.slice(root.length) : path;
  const inside = kind === 'private' ? below : path;
  return {
    cgroup: {
      version: BigInt(tree.version),
      path: below || '/',
      dir: `${tree.mount}${inside === '/' ? '' : inside}`,
      root: `${tree.mount}${kind === 'private' ? '' : root}`,
      groups: groupsBelow(`${tree.mount}${root}`),
    },
  };
}

const mostGroups = 100;
const deepest = 4;

/** Paths of the groups below a folder, as 'box' and 'box/kid', in order; at most 100, four levels deep. */
function groupsBelow(folder: string, prefix = ''): string[] {
  let names: string[];
  try {
    const entries = readdirSync(`${folder}/${prefix}`, {withFileTypes: true});
    names = entries.flatMap(entry => (entry.isDirectory() ? [prefix + entry.name] : []));
  } catch {
    return []; // removed meanwhile
  }
  if (prefix.split('/').length >= deepest) return names;
  return names
    .sort()
    .flatMap(name => [name, ...groupsBelow(folder, `${name}/`)])
    .slice(0, mostGroups);
}

/** How often this group and those above it were throttled: a quota above holds it back without being counted here. */
function throttledUpwards(tree: Tree, path: string): number {
  let sum = 0;
  for (let at = path; at.length > 1; at = at.slice(0, at.lastIndexOf('/'))) {
    sum += Number(numbers(slurp(`${tree.mount}${at}/cpu.stat`)).get('nr_throttled') ?? 0n);
  }
  return sum;
}

/** Whether its group is frozen: cgroup.events of v2 (cgroup-v2.rst), freezer.state of v1. Empty where neither can tell. */
function frozenIn(trees: readonly Tree[], membership: ReadonlyMap<string, string>): Facts {
  const tree = trees.find(one => one.version === 2) ?? treeOf(trees, 'freezer');
  const path = tree && pathIn(tree, membership);
  if (!tree || path === undefined) return {};
  if (tree.version === 1) {
    const state = slurp(`${tree.mount}${path}/freezer.state`)?.trim();
    return state === undefined ? {} : {frozen: state === 'FROZEN'};
  }
  const frozen = numbers(slurp(`${tree.mount}${path}/cgroup.events`)).get('frozen');
  return frozen === undefined ? {} : {frozen: frozen === 1n};
}

interface Seen {
  facts: Facts;
  pids: bigint[];
  count: Count;
  /** Changes whenever what was counted before says nothing about now: another group, other limits, other members. */
  key: string;
}

const numbers = (text: string | undefined): Map<string, bigint> =>
  new Map([...(text ?? '').matchAll(/^(\w+) (\d+)$/gm)].map(([, name, value]) => [name!, BigInt(value!)]));

function see(trees: readonly Tree[], pid: number): Seen | undefined {
  const membership = parseMembership(slurp(`/proc/${pid}/cgroup`) ?? '');
  const tree = treeOf(trees, 'cpu');
  const path = tree && pathIn(tree, membership);
  if (!tree || path === undefined) return undefined;
  const dir = `${tree.mount}${path}`;
  const stat = numbers(slurp(`${dir}/cpu.stat`));
  const pids = (slurp(`${dir}/cgroup.procs`) ?? '').split('\n').filter(Boolean).map(BigInt);
  const read = tree.version === 2 ? secondVersion(dir, stat) : firstVersion(tree, dir, stat, trees, membership);
  if (!read) return undefined;
  const {facts, usage, counter} = read;
  const count = {
    ms: performance.now(),
    usageUs: Number(usage),
    throttled: throttledUpwards(tree, path),
    idleMs: idleMs(),
    cpus,
  };
  return {facts, pids, count, key: [dir, counter, facts.quota, facts.period, ...pids].join(' ')};
}

interface Read {
  facts: Facts;
  usage: bigint;
  /** Which group counted. */
  counter: string;
}

/** cpu.max, cpu.weight, cpu.stat (cgroup-v2.rst). The root has no limits. */
function secondVersion(dir: string, stat: Map<string, bigint>): Read | undefined {
  const usage = stat.get('usage_usec');
  if (usage === undefined) return undefined;
  const max = slurp(`${dir}/cpu.max`);
  const weight = slurp(`${dir}/cpu.weight`);
  const facts: Facts = {
    ...(max ? {...parseCpuMax(max)} : {}),
    ...(weight ? {weight: BigInt(weight.trim())} : {}),
    usage_us: usage,
  };
  copy(facts, stat, {nr_periods: 'nr_periods', nr_throttled: 'nr_throttled', throttled_us: 'throttled_usec'});
  return {facts, usage, counter: dir};
}

/** How many folders two paths of groups have in common from the top. */
function inCommon(one: string, other: string): number {
  const [a, b] = [one, other].map(path => path.split('/').filter(Boolean)) as [string[], string[]];
  const end = a.findIndex((name, i) => name !== b[i]);
  return end < 0 ? a.length : end;
}

/**
 * Time that the group of a v1 tree of cpu has used. Another tree counts it: cpuacct (often mounted together), or v2, in whichever the
 * process is nearest to the same group.
 */
function counted(
  cpu: Tree,
  trees: readonly Tree[],
  membership: ReadonlyMap<string, string>,
): Omit<Read, 'facts'> | undefined {
  const path = pathIn(cpu, membership) ?? '/';
  const near = (tree: Tree | undefined): number => inCommon(path, (tree && pathIn(tree, membership)) ?? '/');
  const counting = treeOf(trees, 'cpuacct');
  const second = trees.find(({version}) => version === 2);
  if (second && (!counting || near(second) > near(counting))) {
    const counter = `${second.mount}${pathIn(second, membership)}`;
    const usage = numbers(slurp(`${counter}/cpu.stat`)).get('usage_usec');
    if (usage !== undefined) return {usage, counter};
  }
  const counter = `${counting?.mount}${counting && pathIn(counting, membership)}`;
  const usage = counting && slurp(`${counter}/cpuacct.usage`);
  return usage ? {usage: BigInt(usage.trim()) / 1000n, counter} : undefined;
}

/** cpu.cfs_* (sched-bwc.rst); what is used may be counted in another tree. */
function firstVersion(
  tree: Tree,
  dir: string,
  stat: Map<string, bigint>,
  trees: readonly Tree[],
  membership: ReadonlyMap<string, string>,
): Read | undefined {
  const used = counted(tree, trees, membership);
  if (!used) return undefined;
  const facts: Facts = {usage_us: used.usage};
  for (const [name, file] of Object.entries({
    quota: 'cpu.cfs_quota_us',
    period: 'cpu.cfs_period_us',
    shares: 'cpu.shares',
  })) {
    const text = slurp(`${dir}/${file}`);
    if (text) facts[name] = BigInt(text.trim());
  }
  copy(facts, stat, {nr_periods: 'nr_periods', nr_throttled: 'nr_throttled'});
  const ns = stat.get('throttled_time');
  if (ns !== undefined) facts.throttled_us = ns / 1000n;
  return {facts, ...used};
}

function copy(facts: Facts, stat: Map<string, bigint>, names: Readonly<Record<string, string>>): void {
  for (const [name, field] of Object.entries(names)) {
    const value = stat.get(field);
    if (value !== undefined) facts[name] = value;
  }
}

/** Idle time of all CPUs since boot (proc_uptime(5)): cheaper than /proc/stat. */
function idleMs(): number {
  return Number((slurp('/proc/uptime') ?? '').split(' ')[1] ?? 0) * 1000;
}

/** How many there are: '0-3,5'. */
const cpus = (slurp('/sys/devices/system/cpu/online') ?? '0')
  .trim()
  .split(',')
  .reduce((sum, range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return sum + last - first + 1;
  }, 0);
