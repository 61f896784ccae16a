/** ContainerSpec → Plan: a pure function. What a container is can be read here, call by call. */
import {type ContainerGroup, type JoinOps, planGroup, planJoin, planLimits} from '../cgroup/plan.ts';
import {AT_FDCWD, CLONE, CLOSE_RANGE, O, PR} from '../flags.ts';
import {planNetwork} from '../network/plan.ts';
import type {Wiring} from '../network/types.ts';
import type {ContainerSpec, ProcessSpec} from '../types.ts';
import {type IdOps, mapBuffers, planIds, writeMaps} from './ids.ts';
import {planMounts} from './mounts.ts';
import {cloneFlag, has, type NamespaceOps, type Namespaces, namespacesOf, planNamespaces} from './namespaces.ts';
import {openInside} from './places.ts';
import {planLimitsOf, planOom, planSecurity, planSysctl} from './security.ts';
import {pipe, pipeBuffer, stdio} from './stdio.ts';
import {planTimes} from './times.ts';
import type {BufferSpec, Op, Plan} from './types.ts';

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
  /** Environment that every process of the stage gets besides its own. */
  marker?: readonly string[];
  /** How it is wired to a bridge of the stage. */
  wiring?: Wiring;
  /** The container's cgroup, in the trees of the stage. Undefined: it stays where the keeper is. */
  group?: ContainerGroup;
}

const SIGCHLD = 17;
const SIGKILL = 9;

const dieWithParent: Op = {call: 'prctl', args: [PR.PR_SET_PDEATHSIG, SIGKILL], purpose: 'process.die-with-keeper'};
/**
 * Whoever joins a user namespace is the keeper's copy, with its ids and descriptors, until it takes ids of that namespace. Root there
 * may trace processes: not one that is undumpable (ptrace(2), PR_SET_DUMPABLE(2const)). execve sets it back.
 */
const untraceable: Op = {call: 'prctl', args: [PR.PR_SET_DUMPABLE, 0], purpose: 'process.untraceable'};
const sync: Op = {call: 'SYNC', args: [0], purpose: 'sync.child'};
const go: Op = {call: 'GO', args: [], purpose: 'sync.go'};
const wait: Op = {call: 'WAIT', args: [], purpose: 'sync.wait'};

/**
 * What the parent does for the child's namespaces. Those that clone3 made are there: then the child meanwhile does what it can do
 * without, and finds the word to go on at its sync point. Those that the child makes itself are there when it comes to that point.
 */
const beside = ({child}: Pick<NamespaceOps, 'child'>, ops: readonly Op[]): Op[] =>
  child.length === 0 ? [...ops, go, wait] : [wait, ...ops, go];

/** clone3(2): a copy of the keeper in new namespaces, named by a descriptor from the first moment on. */
function clone(flags: number, purpose: string): {buffers: Record<string, BufferSpec>; main: Op[]} {
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
  if (!ownRoot) return [{call: 'chdir', args: [cwd], purpose}];
  return [openInside(AT_FDCWD, cwd, 'cwd', purpose, O.O_DIRECTORY), {call: 'fchdir', args: [{slot: 'cwd'}], purpose}];
}

/** The end of every child: what it may do, who it is, where it stands, and the program. */
function finish(process: ProcessSpec, spec: ContainerSpec, ids: IdOps, options: PlanOptions): Op[] {
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
  const execve = [
    options.program,
    {strings: process.args},
    {strings: [...(process.env ?? []), ...(options.marker ?? [])]},
  ];
  return [...ops, ...security.last, {call: 'execve', args: execve, purpose: 'process.exec'}];
}

/** The end of every main: the child is released for the last time, or seen through its execve. */
function conclude(options: PlanOptions, last: readonly Op[]): Op[] {
  if (options.hold) return [wait, ...last, go];
  return [{call: 'EXECED', args: [], purpose: 'sync.exec'}, ...last];
}

const noJoin: JoinOps = {main: [], flags: 0, child: []};

const startPipe = (options: PlanOptions): {buffers: Record<string, BufferSpec>; main: Op[]} =>
  options.hold
    ? {
        buffers: {...pipeBuffer('start'), 'start.byte': {size: 1}},
        main: pipe('start.read', 'start', 'inner', 'process.start-pipe'),
      }
    : {buffers: {}, main: []};

function names(spec: ContainerSpec): Op[] {
  const ops: Op[] = [];
  const {hostname, domainname} = spec;
  if (hostname !== undefined) {
    ops.push({call: 'sethostname', args: [hostname, Buffer.byteLength(hostname)], purpose: 'uts.sethostname'});
  }
  if (domainname !== undefined) {
    ops.push({call: 'setdomainname', args: [domainname, Buffer.byteLength(domainname)], purpose: 'uts.setdomainname'});
  }
  return ops;
}

/**
 * The plan that creates a container and runs its program. It hands out: pidfd, and "master", or "stdout" and "stderr",
 * and with `hold` "start". `spec` has been validated; nothing is read from the machine.
 */
export function planContainer(spec: ContainerSpec, options: PlanOptions): Plan {
  const spaces = namespacesOf(spec);
  const ids = planIds(spec, spec.process, spaces, options.mayGroups ?? true);
  const io = stdio(spec, spec.process, ids.owner);
  const start = startPipe(options);
  const ns = planNamespaces(spaces);
  const join = options.group ? planJoin(options.group) : noJoin;
  const times = planTimes(spec.linux);
  const flags = times ? ns.flags & ~CLONE.CLONE_NEWTIME : ns.flags;
  const cloned = clone(flags + join.flags, 'process.clone');
  const may = {
    makeDevices: (options.mayMakeDevices ?? true) && !has(spaces, 'user'),
    files: options.files ?? [],
    dir: options.dir,
  };
  const inMounts = has(spaces, 'mount') || spec.root !== undefined || (spec.mounts?.length ?? 0) > 0;
  const network = planNetwork(spec.network, options.wiring);
  const maps = spaces.fresh.has('user') ? writeMaps(spec.linux ?? {}) : undefined;
  const waits = maps !== undefined || network.main.length > 0;
  return {
    buffers: {...io.buffers, ...start.buffers, ...(maps ? mapBuffers() : {}), ...network.buffers, ...cloned.buffers},
    main: [
      ...io.main,
      ...start.main,
      ...ns.main,
      ...(options.group
        ? [...planGroup(options.group), ...planLimits(options.group, spec.linux?.resources ?? {}), ...join.main]
        : []),
      ...(times?.main ?? []),
      ...cloned.main,
      ...(waits ? beside(ns, [...(maps ?? []), ...network.main]) : []),
      ...conclude(options, io.last),
    ],
    child: [
      dieWithParent,
      ...planOom(spec.process),
      ...join.child,
      ...io.child,
      ...(spaces.joined.has('user') ? [untraceable] : []),
      ...ns.child,
      ...(waits ? [sync] : []),
      ...ids.first,
      ...ns.later,
      ...network.child,
      ...planSysctl(spec),
      ...(inMounts ? planMounts(spec, spaces.fresh.has('mount'), may, io.inside) : []),
      ...names(spec),
      ...finish(spec.process, spec, ids, options),
    ],
    final: [...ns.final, ...(times?.final ?? [])],
  };
}

/** Namespaces of a container that a further process has to join: all that its specification names. */
function joinFlags(spaces: Namespaces): {flags: number; pid: boolean} {
  let flags = 0;
  for (const type of [...spaces.fresh, ...spaces.joined.keys()]) if (type !== 'pid') flags |= cloneFlag[type];
  return {flags, pid: has(spaces, 'pid')};
}

/** What a further process has in common with the first one where its own specification says nothing. */
function inherited(first: ProcessSpec, further: ProcessSpec): ProcessSpec {
  const {capabilities, noNewPrivileges, rlimits, oomScoreAdj, scheduler, ioPriority} = first;
  const given = {capabilities, noNewPrivileges, rlimits, oomScoreAdj, scheduler, ioPriority};
  return {...given, ...further};
}

/**
 * The plan that runs a process in those namespaces that `spec` names, of the process whose pidfd comes as "target"; the rest is
 * the keeper's. Where the mount namespace is another one, so is the root.
 */
export const planEnter = (spec: ContainerSpec, options: PlanOptions): Plan => {
  const {namespaces = []} = spec.linux ?? {};
  const elsewhere = namespaces.some(({type}) => type === 'mount');
  return planExec({...spec, ...(elsewhere && {root: {path: '/'}})}, spec.process, options);
};

/** Joining a mount namespace leads to its own root, not to the folder that chroot(2) has made one for a process in it. */
function chosenRoot({root}: ContainerSpec, first: number | undefined): {take: Op[]; enter: Op[]} {
  if (root?.enter !== 'chroot' || first === undefined) return {take: [], enter: []};
  const purpose = 'root.own';
  const flags = O.O_PATH | O.O_DIRECTORY | O.O_CLOEXEC;
  return {
    take: [{call: 'openat', args: [AT_FDCWD, `/proc/${first}/root`, flags, 0], purpose, as: 'root.own', fd: true}],
    enter: [
      {call: 'fchdir', args: [{slot: 'root.own'}], purpose},
      {call: 'chroot', args: ['.'], purpose},
      // It lives still: the number was not another process's meanwhile.
      {call: 'pidfd_send_signal', args: [{slot: 'target.number'}, 0, null, 0], purpose},
    ],
  };
}

/**
 * The plan that runs one more process in a container (setns(2) with the pidfd of its first process, which comes with the
 * plan as "target"). Its PID namespace is joined by the parent around clone3: so no second fork is needed.
 */
export function planExec(spec: ContainerSpec, further: ProcessSpec, options: PlanOptions): Plan {
  const process = inherited(spec.process, further);
  const spaces = namespacesOf(spec);
  const {flags, pid} = joinFlags(spaces);
  const inside: Namespaces = {
    fresh: new Set(),
    joined: new Map(has(spaces, 'user') ? [['user', '']] : []),
  };
  const linux = spec.linux ?? {};
  const ids = planIds({...spec, linux}, process, inside, options.mayGroups ?? true);
  const unmapped = spaces.fresh.has('user') && !linux.uidMappings?.length;
  const io = stdio(spec, process, ids.owner);
  const join = options.group ? planJoin(options.group) : noJoin;
  const cloned = clone(join.flags, 'process.clone');
  const root = chosenRoot(spec, options.first);
  const own = {call: 'openat', args: [AT_FDCWD, '/proc/self/ns/pid', O.O_CLOEXEC, 0]} as const;
  const target = {slot: 'target'};
  return {
    fds: ['target'],
    buffers: {...io.buffers, ...cloned.buffers},
    main: [
      // So that the journal knows the descriptor's number in the keeper.
      {call: 'MOVE', args: [target], purpose: 'process.pidfd', as: 'target.number'},
      ...io.main,
      ...(pid
        ? ([
            {...own, purpose: 'namespace.pid.remember', as: 'ns.pid.own', fd: true},
            {call: 'setns', args: [{slot: 'target.number'}, CLONE.CLONE_NEWPID], purpose: 'namespace.pid.join'},
          ] satisfies Op[])
        : []),
      ...join.main,
      ...cloned.main,
      ...conclude(options, io.last),
    ],
    child: [
      dieWithParent,
      ...planOom(process),
      ...join.child,
      ...io.child,
      ...root.take,
      ...(has(spaces, 'user') ? [untraceable] : []),
      ...(flags !== 0
        ? [{call: 'setns', args: [{slot: 'target.number'}, flags], purpose: 'namespace.join-all'} satisfies Op]
        : []),
      ...root.enter,
      ...(unmapped ? [] : ids.first),
      ...io.inside,
      ...finish(process, spec, ids, options),
    ],
    final: pid
      ? [{call: 'setns', args: [{slot: 'ns.pid.own'}, CLONE.CLONE_NEWPID], purpose: 'namespace.pid.return'}]
      : [],
  };
}
