/** Who descends from whom: /proc/PID/task/TID/children, read downwards from one process instead of over all of /proc. */
import {readdirSync} from 'node:fs';
import {namespaceInode, parseStat, slurp} from './proc.ts';

/** A family larger than this is not told: reading it would cost more than a sample may. */
const most = 256;

/**
 * Children of a process that live, by the machine's numbers in ascending order; zombies are left out. A thread's children
 * are its process's. Undefined when the process is gone (proc_tid_children(5)).
 */
export function readChildren(pid: number): bigint[] | undefined {
  const stat = slurp(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  return ascending(childrenOf(pid, stat).filter(child => living(slurp(`/proc/${child}/stat`)))).map(BigInt);
}

/**
 * The living processes below `ancestor`, itself included, that are in the PID namespace with this inode: the machine's
 * numbers, ascending. Processes that entered the namespace later are among them, since the keeper is the ancestor of
 * everything on its stage. Undefined for more than 256 processes.
 */
export function readMembers(ancestor: number, inode: bigint): bigint[] | undefined {
  const members: number[] = [];
  const all = [ancestor];
  // The list grows while it is read.
  for (const pid of all) {
    if (all.length > most) return undefined;
    const stat = slurp(`/proc/${pid}/stat`);
    if (stat === undefined || !living(stat)) continue;
    if (namespaceInode(pid, 'pid') === inode) members.push(pid);
    all.push(...childrenOf(pid, stat));
  }
  return ascending(members).map(BigInt);
}

/** Whether a process descends from another one, by /proc/PID/stat; not of itself. */
export function descends(pid: number, ancestor: number): boolean {
  for (let at = pid, steps = 0; at > 1 && steps < most; steps++) {
    const parent = parseStat(slurp(`/proc/${at}/stat`) ?? '')?.ppid ?? 0;
    if (parent === ancestor) return true;
    at = parent;
  }
  return false;
}

/** Children of a process and of its threads, zombies too; `stat`: the text of its /proc/PID/stat. Empty when it is gone. */
export function childrenOf(pid: number, stat: string): number[] {
  // Field 20 is num_threads; what stands behind the command's name begins with field 3.
  const threads = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[17]);
  const ids = threads > 1 ? threadsOf(pid) : [String(pid)];
  return ids.flatMap(id => (slurp(`/proc/${pid}/task/${id}/children`) ?? '').split(' ').filter(Boolean).map(Number));
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function living(text: string | undefined): boolean {
  const stat = text === undefined ? undefined : parseStat(text);
  return stat !== undefined && !'ZXx'.includes(stat.state);
}

function ascending(numbers: number[]): number[] {
  return numbers.sort((a, b) => a - b);
}
