/** What the group of a process may use besides the CPU, and how much of it is used: memory and processes (cgroups(7)). */
import {pathIn, type StageGroups, stagePath, type Tree, treeOf} from '../cgroup/trees.ts';
import type {Facts} from '../types.ts';
import {slurp} from './proc.ts';

/** Without a limit v1 gives the largest number that its counters hold; no machine has an exbibyte. */
const nothingSet = 1n << 60n;

const files = {
  memory: {
    limit: {1: 'memory.limit_in_bytes', 2: 'memory.max'},
    used: {1: 'memory.usage_in_bytes', 2: 'memory.current'},
    usedName: 'usage',
    events: {
      peak: {1: ['memory.max_usage_in_bytes'], 2: ['memory.peak']},
      reached: {1: ['memory.failcnt'], 2: ['memory.events', 'max']},
      oom_kills: {1: ['memory.oom_control', 'oom_kill'], 2: ['memory.events', 'oom_kill']},
    },
  },
  pids: {
    limit: {1: 'pids.max', 2: 'pids.max'},
    used: {1: 'pids.current', 2: 'pids.current'},
    usedName: 'current',
    events: {reached: {1: ['pids.events', 'max'], 2: ['pids.events', 'max']}},
  },
} as const;

/** A limit as it is written there: -1 is "no limit"; undefined for what is no number. */
export function parseLimit(text: string | undefined): bigint | undefined {
  const value = text?.trim() ?? '';
  if (value === 'max') return -1n;
  if (!/^\d+$/.test(value)) return undefined;
  return BigInt(value) >= nothingSet ? -1n : BigInt(value);
}

/** The number in a file that holds one, or that of the line which begins with a name. */
export function countIn(text: string | undefined, line?: string): bigint | undefined {
  const lines = (text ?? '').split('\n');
  const value = line === undefined ? lines[0] : lines.find(one => one.startsWith(`${line} `))?.slice(line.length + 1);
  return value && /^\d+$/.test(value) ? BigInt(value) : undefined;
}

/**
 * Facts 'memory' and 'pids' of a process's group in these trees; absent where a tree is without them (the root has no
 * limits). What is used is told of the stage's own groups only: in the machine's it is everybody's.
 */
export function limitFacts(
  trees: readonly Tree[],
  membership: ReadonlyMap<string, string>,
  groups: StageGroups | undefined,
): Facts {
  const facts: Facts = {};
  for (const [controller, {limit, used, usedName, events}] of Object.entries(files)) {
    const tree = treeOf(trees, controller);
    const path = tree && pathIn(tree, membership);
    if (!tree || path === undefined) continue;
    const folder = `${tree.mount}${path}`;
    const own: Facts = {};
    const most = parseLimit(slurp(`${folder}/${limit[tree.version]}`));
    if (most !== undefined) own.limit = most;
    const staged = groups && treeOf(groups.trees, controller);
    const ours = groups && staged && `${path}/`.startsWith(`${stagePath(groups, staged)}/`);
    const now = ours ? parseLimit(slurp(`${folder}/${used[tree.version]}`)) : undefined;
    if (now !== undefined) own[usedName] = now;
    for (const [name, where] of ours ? Object.entries(events) : []) {
      const [file, line] = where[tree.version];
      const count = countIn(slurp(`${folder}/${file}`), line);
      if (count !== undefined) own[name] = count;
    }
    if (Object.keys(own).length > 0) facts[controller] = own;
  }
  return facts;
}
