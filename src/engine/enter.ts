/** Processes that join single namespaces of another one, as nsenter(1) does. */
import {closeSync} from 'node:fs';
import {EngineError} from './errors.ts';
import {parseStat, slurp} from './facts/proc.ts';
import type {Keeper} from './keeper.ts';
import {pidfdOpen, pidfdSignal} from './library.ts';
import {encode} from './plan/encode.ts';
import {planEnter} from './plan/exec.ts';
import {linkName} from './plan/namespaces.ts';
import type {PlanOptions} from './plan/parts.ts';
import {type EngineProcess, launch} from './process.ts';
import {sightOf} from './program.ts';
import {parseSpec} from './spec.ts';
import type {ContainerState, NamespaceType, ProcessSpec} from './types.ts';

/** A container, by its first process. */
export interface Entered {
  id: string;
  pid: number;
  state: ContainerState;
}

export interface Entry {
  /** Name of the process that is made. */
  id: string;
  /** Whose namespaces: a process by its PID, or a container by its id. */
  target: number | string;
  namespaces: readonly NamespaceType[];
  process: ProcessSpec;
  options: Omit<PlanOptions, 'program'>;
}

/** Whether a process descends from the keeper: no other one is ours to look into. */
function isOnStage(pid: number, keeper: number): boolean {
  for (let at = pid; at > 1; at = parseStat(slurp(`/proc/${at}/stat`) ?? '')?.ppid ?? 0) if (at === keeper) return true;
  return false;
}

/** A descriptor that names the target. Throws 'process.not-on-stage', 'container.state'. */
function openTarget(target: number | Entered, keeper: number): {pid: number; pidfd: number} {
  const foreign = (pid: number): EngineError => new EngineError({code: 'process.not-on-stage', params: {pid}});
  if (typeof target !== 'number' && target.state !== 'running' && target.state !== 'created') {
    const {id, state} = target;
    throw new EngineError({code: 'container.state', params: {id, state, expected: 'running'}});
  }
  const pid = typeof target === 'number' ? target : target.pid;
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid >= 2 ** 22 || !isOnStage(pid, keeper)) throw foreign(pid);
  let pidfd: number;
  try {
    pidfd = pidfdOpen(pid);
  } catch {
    throw foreign(pid);
  }
  // It was there when the descriptor was made, and still is: so it is no later one of the same number.
  if (isOnStage(pid, keeper) && pidfdSignal(pidfd, 0)) return {pid, pidfd};
  closeSync(pidfd);
  throw foreign(pid);
}

/**
 * Runs a process in these namespaces of the target and, for the rest, on the stage, with what its own specification says
 * and no rights of the target's. Rejects with 'process.not-on-stage' {pid}, 'container.absent' {id}, 'container.state', what a specification is refused with
 * (paths begin with linux.namespaces), and as launch() does.
 */
export async function enter(
  keeper: Keeper,
  {id, target, namespaces, process, options}: Entry,
  find: (id: string) => Entered | undefined,
): Promise<EngineProcess> {
  const found = typeof target === 'number' ? target : find(target);
  if (found === undefined) throw new EngineError({code: 'container.absent', params: {id: target}});
  if (namespaces.length === 0) {
    const params = {path: 'linux.namespaces', got: '[]', expected: Object.keys(linkName).join(' | ')};
    throw new EngineError({code: 'spec.value', params});
  }
  const path = (type: NamespaceType): string => `/proc/self/ns/${linkName[type]}`;
  const spec = parseSpec({process, linux: {namespaces: namespaces.map(type => ({type, path: path(type)}))}});
  const {pid, pidfd} = openTarget(found, keeper.pid);
  try {
    const {process: launched} = await launch(keeper, {
      id,
      process: spec.process,
      sight: sightOf(namespaces.includes('mount') ? pid : keeper.pid),
      plan: start => encode(planEnter(spec, {...options, ...start})),
      fds: [pidfd],
    });
    return launched;
  } finally {
    closeSync(pidfd);
  }
}
