/** What every plan that makes a process has in common: how it begins, waits and ends. */
import type {ContainerGroup, JoinOps} from '../cgroup/plan.ts';
import {AT_FDCWD, CLONE, CLOSE_RANGE, O, PR} from '../flags.ts';
import type {Wiring} from '../network/types.ts';
import type {ContainerSpec, ProcessSpec} from '../types.ts';
import type {IdOps} from './ids.ts';
import {type InitProgram, startProgram} from './init.ts';
import {openInside} from './places.ts';
import {planLimitsOf, planSecurity} from './security.ts';
import type {BufferSpec, Op} from './types.ts';

export interface PlanOptions {
  /** Path that execve is given: args[0], looked up in PATH. */
  program: string;
  /** The process waits before execve until a byte comes through the descriptor "start". */
  hold?: boolean;
  /** setgroups(2) is possible on this stage. */
  mayGroups?: boolean;
  /** mknod(2) of devices is possible on this stage. */
  mayMakeDevices?: boolean;
  /** Sources of bind mounts that are no folders: a place that is missing has to be a file too. */
  files?: readonly string[];
  /** The stage's folder: what relative names of a root's layers are relative to. */
  dir?: string;
  /** The highest capability that the kernel has. */
  lastCapability?: number;
  /** PID of the first process, for a further one: where chroot made its root, that is where the root is found. */
  first?: number;
  /** What starts the program, where the process asks for it. */
  init?: InitProgram;
  /** Environment that every process of the stage gets besides its own. */
  marker?: readonly string[];
  /** How it is wired to a bridge of the stage. */
  wiring?: Wiring;
  /** Whoever makes the plan's groups may also move others into them (root of the machine, on v1). */
  mayMove?: boolean;
  /** The container's cgroup, in the trees of the stage. Undefined: it stays where the keeper is. */
  group?: ContainerGroup;
}

const SIGCHLD = 17;
const SIGKILL = 9;

export const dieWithParent: Op = {
  call: 'prctl',
  args: [PR.PR_SET_PDEATHSIG, SIGKILL],
  purpose: 'process.die-with-keeper',
};
/**
 * Whoever joins a user namespace is the keeper's copy, with its ids and descriptors, until it takes ids of that namespace. Root there
 * may trace processes: not one that is undumpable (ptrace(2), PR_SET_DUMPABLE(2const)). execve sets it back.
 */
export const untraceable: Op = {call: 'prctl', args: [PR.PR_SET_DUMPABLE, 0], purpose: 'process.untraceable'};
export const sync: Op = {call: 'SYNC', args: [0], purpose: 'sync.child'};
/** The child waits for its parent, which need not know when. */
export const held: Op = {call: 'HOLD', args: [], purpose: 'sync.child'};
export const go: Op = {call: 'GO', args: [], purpose: 'sync.go'};
export const wait: Op = {call: 'WAIT', args: [], purpose: 'sync.wait'};

/** clone3(2): a copy of the keeper in new namespaces, named by a descriptor from the first moment on. */
export function clone(flags: number, purpose: string): {buffers: Record<string, BufferSpec>; main: Op[]} {
  const all = BigInt(flags) | BigInt(CLONE.CLONE_PIDFD) | BigInt(CLONE.CLONE_CLEAR_SIGHAND);
  const cells = [all, {buffer: 'pidfd'}, 0, 0, SIGCHLD, 0, 0, 0, 0, 0, 0];
  return {
    buffers: {pidfd: {size: 4}, clone: {cells}},
    main: [
      {call: 'CLONE', args: [{buffer: 'clone'}, 8 * cells.length], purpose, as: 'pid'},
      {call: 'LOAD', args: [{buffer: 'pidfd'}, 4], purpose: 'process.pidfd', as: 'pidfd', fd: true, out: true},
    ],
  };
}

/** chdir(2). In a root of its own, a link of /proc must not lead out of it through a descriptor of ours. */
function enterFolder(cwd: string, ownRoot: boolean): Op[] {
  const purpose = 'process.cwd';
  // "/" is no link.
  if (!ownRoot || cwd === '/') return [{call: 'chdir', args: [cwd], purpose}];
  return [openInside(AT_FDCWD, cwd, 'cwd', purpose, O.O_DIRECTORY), {call: 'fchdir', args: [{slot: 'cwd'}], purpose}];
}

/** The end of every child: what it may do, who it is, where it stands, and the program. */
export function finish(process: ProcessSpec, spec: ContainerSpec, ids: IdOps, options: PlanOptions): Op[] {
  const ownRoot = spec.root !== undefined;
  const changes = ids.last.some(op => op.call === 'setresuid');
  const security = planSecurity(process, spec.linux, changes, options.lastCapability);
  const ops: Op[] = [...planLimitsOf(process, spec.linux), ...security.first];
  if (process.user?.umask !== undefined) {
    ops.push({call: 'umask', args: [process.user.umask], purpose: 'process.umask'});
  }
  ops.push(...ids.last);
  // A change of ids clears the parent-death signal (prctl(2)).
  if (ids.first.length + ids.last.length > 0) ops.push(dieWithParent);
  ops.push(...enterFolder(process.cwd ?? '/', ownRoot));
  ops.push(...security.own, {
    call: 'close_range',
    args: [3, 0xffffffff, CLOSE_RANGE.CLOSE_RANGE_CLOEXEC],
    purpose: 'process.close-others',
  });
  if (options.hold) {
    ops.push(sync, {
      call: 'read',
      args: [{slot: 'start.read'}, {buffer: 'start.byte'}, 1],
      purpose: 'process.wait-for-start',
    });
  }
  return [...ops, ...security.last, startProgram(process, options)];
}

/** The end of every main: the child is released for the last time, or seen through its execve. */
export function conclude(options: PlanOptions, last: readonly Op[]): Op[] {
  if (options.hold) return [wait, ...last, go];
  return [{call: 'EXECED', args: [], purpose: 'sync.exec'}, ...last];
}

export const noJoin: JoinOps = {main: [], flags: 0, child: []};
