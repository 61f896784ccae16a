/** What the probe said, as facts that two runtimes can be held against each other by. */
import type {Outcome} from './runtimes.ts';

export type Said = Record<string, string>;

/** "mounts.3" → a mount as its place, its options and what it shows; not its number, its device or the host's path. */
function mountFact(line: string): [string, string] {
  const [left, right] = line.split(' - ');
  const [, , , , place, options, ...shared] = left!.split(' ');
  const [type, , own = ''] = right!.split(' ');
  // Numbers of peer groups are the kernel's next free ones.
  const propagation = shared.map(text => text.replace(/:\d+/, '')).filter(text => text !== 'propagate_from');
  // Device numbers, inode limits (a share of this moment's memory) and ids of the host's file system are no facts of a specification.
  const kept = own.split(',').filter(option => !/^(inode64|nr_inodes=|lowerdir=|upperdir=|workdir=)/.test(option));
  return [`mount ${place}`, [options, ...propagation, type, kept.join(',')].join(' ')];
}

/** Values that differ from run to run by nature: what is left of each, and why. */
function plain(key: string, value: string, said: Said, outer: readonly string[], joined: readonly string[]): string {
  if (key.startsWith('ns.')) {
    // Inodes are numbers of the moment; what counts is whose namespace it is.
    if (outer.includes(value)) return 'outer';
    return joined.includes(value) ? 'joined' : 'new';
  }
  // In a PID namespace that was there before, numbers are whatever is free.
  const before = [...outer, ...joined].includes(said['ns.pid']!);
  if (key === 'pid' || key === 'ppid') return before && value !== '0' ? 'a number' : value;
  // Which group it is in is the runtime's affair; that it sees it as "/" in a namespace of its own is not.
  if (key.startsWith('cgroup.')) return value.replace(outer.includes(said['ns.cgroup']!) ? /^\d+|\/.*$/g : /^\d+/, '');
  // Where standard input and output lead is the affair of whoever starts it: a pipe or a socket.
  if (/^fd\.[012]$/.test(key)) return value.replace(/^(010000|140000)$/, 'a pipe');
  // Counters of packets.
  if (key.startsWith('interfaces.')) return value.trim().split(/[: ]/)[0]!;
  return value;
}

/** What crun has and ours has not, on purpose: docs/engine.md. */
const meant = new Set(['/dev/core']);

/** Facts by name; lists of files and mounts sorted by their name. */
export function factsOf({text, outer}: Outcome, joined: readonly string[] = []): Said {
  const said: Said = {};
  const mounts: [string, string][] = [];
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const [key, value] = line.split(/\t(.*)/s) as [string, string | undefined];
    if (value === undefined || meant.has(key)) continue;
    if (/^mounts\.\d+$/.test(key)) mounts.push(mountFact(value));
    else said[key] = value;
  }
  const facts = Object.entries(said).map(([key, value]): [string, string] => [
    key,
    plain(key, value, said, outer, joined),
  ]);
  // Mounts on the same place: the uppermost is the last one.
  mounts.forEach(([place, what]) => {
    const n = facts.filter(([key]) => key.replace(/ #\d+$/, '') === place).length;
    facts.push([n === 0 ? place : `${place} #${n + 1}`, what]);
  });
  return Object.fromEntries(facts.sort(([a], [b]) => (a < b ? -1 : 1)));
}
