/** Processes of a container that its first process did not take along: daemons that set off on their own (setsid(2)). */
import {closeSync, readdirSync, readFileSync, readlinkSync} from 'node:fs';
import {pidfdOpen, pidfdSignal} from './library.ts';
import {linkName} from './plan/namespaces.ts';
import type {ContainerSpec} from './types.ts';

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // the process is gone
  }
};

/** "uts:[4026531838]" of a process's namespace; undefined when the process is gone. */
export function namespaceOf(pid: number, link: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/${link}`);
  } catch {
    return undefined;
  }
}

/** Direct children of a process with one thread (proc_pid_task(5); found by their parents where that file is missing). */
export function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return readdirSync('/proc')
      .filter(
        name => /^\d+$/.test(name) && new RegExp(`^\\d+ \\(.*\\) . ${pid} `, 's').test(read(`/proc/${name}/stat`)),
      )
      .map(Number);
  }
}

const isZombie = (pid: number): boolean => / [ZXx] /.test(read(`/proc/${pid}/stat`).replace(/^.*\)/s, ''));

/** Who has other owners than the container that is removed. */
export interface Others {
  /** First processes of containers, processes entered into them, and those of the host side. */
  pids: ReadonlySet<number>;
  /** Whether a process shares the namespaces of another container. */
  claim(pid: number): boolean;
}

export interface Strays {
  /** Whether orphans are there that nobody answers for: possible strays, or processes that are just being made. */
  suspects(others: Others): number[];
  /** Kills those that belong to the container: how many it hit. Only valid while no process is just being made. */
  kill(others: Others): number;
  /** Whether a process shares all namespaces that were made for the container. */
  claim(pid: number): boolean;
}

/**
 * Undefined where the kernel itself leaves no strays: PID 1 of a namespace takes all others along (pid_namespaces(7)).
 * Otherwise: orphans become children of the keeper (a subreaper), so they are found among these. An orphan is the
 * container's when it shares every namespace that was made for it. A container that shares all of them with the stage
 * can't be told from the stage by the kernel either: its daemons end with the stage.
 */
export function strayFinder(spec: ContainerSpec, pid: number, keeperPid: number): Strays | undefined {
  const made = (spec.linux?.namespaces ?? []).filter(n => n.path === undefined);
  if (made.length === 0 || made.some(n => n.type === 'pid')) return undefined;
  const fresh = made.map(n => linkName[n.type]);
  const own = new Map(fresh.map(link => [link, namespaceOf(pid, link)]));
  const stage = new Map(fresh.map(link => [link, namespaceOf(keeperPid, link)]));
  // It ended before we could look: then a stray is who is in none of the stage's namespaces and nobody else's.
  const known = ![...own.values()].includes(undefined);
  const claim = (child: number): boolean => known && fresh.every(link => namespaceOf(child, link) === own.get(link));
  const foreign = (child: number): boolean =>
    fresh.every(link => ![undefined, stage.get(link)].includes(namespaceOf(child, link)));
  const suspects = ({pids}: Others): number[] => childrenOf(keeperPid).filter(child => !pids.has(child));
  return {
    claim,
    suspects,
    kill(others) {
      const belongs = (child: number): boolean =>
        childrenOf(keeperPid).includes(child) && (known ? claim(child) : foreign(child) && !others.claim(child));
      return suspects(others).filter(child => killIf(child, () => belongs(child))).length;
    },
  };
}

/**
 * SIGKILL for a process of which `is` holds: asked when a pidfd already names the process, so that no later process of
 * the same number can be hit. True when it was hit (a zombie is not: it only waits for its parent).
 */
export function killIf(pid: number, is: () => boolean): boolean {
  let pidfd: number;
  try {
    pidfd = pidfdOpen(pid);
  } catch {
    return false; // gone meanwhile: as wanted
  }
  try {
    return !isZombie(pid) && is() && pidfdSignal(pidfd, 9);
  } finally {
    closeSync(pidfd);
  }
}
