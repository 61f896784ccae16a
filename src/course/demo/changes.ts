/** What a hand has changed: facts before and after, without those that change by themselves or say the same twice. */
import type {Facts, FactValue} from '../../engine/index.ts';
import type {HandedBack} from '../events.ts';
import type {Side} from '../lab.ts';

/**
 * Facts of which a change is no news: counters and loads, states of a moment, numbers of processes (they come and go with
 * every command), and what only repeats another fact. Paths of factTable; a group stands for all below it.
 */
export const NOISE: ReadonlySet<string> = new Set([
  ...['pid', 'nspid', 'nspids', 'ppid', 'pgid', 'sid', 'children', 'processes', 'state', 'comm', 'stage', 'kernel'],
  ...['signals', 'caps.inheritable', 'caps.permitted', 'caps.bounding', 'caps.ambient', 'ns.pid_for_children'],
  ...['ns.time_for_children', 'root_id', 'root_inode', 'folder.disk', 'folder.links', 'filesystems', 'mounts.count'],
  ...['mounts.types', 'mounts.slave', 'mounts.unbindable', 'layers.holds', 'layers.serves', 'layers.permissions'],
  ...['net.index', 'net.peer', 'net.kinds', 'net.neighbours', 'net.echo_requests', 'net.echo_replies', 'net.sysfs'],
  ...['cgroup.pids', 'cgroup.dir', 'cpu.usage_us', 'cpu.nr_periods', 'cpu.nr_throttled', 'cpu.throttled_us'],
  ...['cpu.share', 'cpu.share_5s', 'memory.usage', 'memory.reached', 'pids.current', 'pids.reached'],
  ...['threads', 'uids', 'gids', 'memory.peak', 'mounts.readonly', 'mounts.masked', 'seccomp_filters'],
]);

/** True where a path below a side (without its name) is worth a sentence. */
export function isNews(path: string): boolean {
  const parts = path.split('.');
  return !parts.some((_, i) => NOISE.has(parts.slice(0, i + 1).join('.')));
}

/**
 * What is different now, host first. A side that has gone is one change, at its name; one that has come is none: the
 * screen shows it. Of a map, each entry that differs is named by itself: `box.folder.text["a.txt"]`.
 */
export function handedBack(before: Record<Side, Facts | null>, now: Record<Side, Facts | null>): HandedBack[] {
  return Object.keys(before).flatMap(side => {
    const [old, fresh] = [before[side], now[side]];
    if (!old) return [];
    if (!fresh) return [{path: side, before: old.pid ?? null, now: null}];
    return differences(old, fresh, '').map(one => ({...one, path: `${side}.${one.path}`}));
  });
}

function differences(old: Facts, fresh: Facts, above: string): HandedBack[] {
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])].flatMap(key => {
    const path = join(above, key);
    if (!isNews(path)) return [];
    const [before, now] = [old[key], fresh[key]];
    if (isMap(before) && isMap(now)) return differences(before, now, path);
    return same(before, now) ? [] : [{path, before: before ?? null, now: now ?? null}];
  });
}

/** Names of files may hold dots. */
function join(above: string, key: string): string {
  if (above === '') return key;
  return /^\w+$/.test(key) ? `${above}.${key}` : `${above}[${JSON.stringify(key)}]`;
}

function isMap(value: FactValue | undefined): value is Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function same(a: FactValue | undefined, b: FactValue | undefined): boolean {
  const text = (value: FactValue | undefined) =>
    JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? `${one}n` : one)) ?? '';
  return text(a) === text(b);
}
