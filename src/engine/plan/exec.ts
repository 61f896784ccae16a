/** One more process, in namespaces that are there already. */
import {planJoin} from '../cgroup/plan.ts';
import {AT_FDCWD, CLONE, O} from '../flags.ts';
import type {ContainerSpec, ProcessSpec} from '../types.ts';
import {planIds} from './ids.ts';
import {copyInit} from './init.ts';
import {cloneFlag, has, type Namespaces, namespacesOf} from './namespaces.ts';
import {clone, conclude, dieWithParent, finish, noJoin, type PlanOptions, untraceable} from './parts.ts';
import {planOom} from './security.ts';
import {stdio} from './stdio.ts';
import type {Op, Plan} from './types.ts';

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
      ...copyInit(options),
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
