/** ContainerSpec → Plan: a pure function. What a container is can be read here, call by call. */
import {type BesideOps, type JoinOps, planBeside, planGroup, planJoin, planLimits} from '../cgroup/plan.ts';
import {CLONE} from '../flags.ts';
import {planNetwork} from '../network/plan.ts';
import type {ContainerSpec} from '../types.ts';
import {mapBuffers, planIds, writeMaps} from './ids.ts';
import {copyInit} from './init.ts';
import {planMounts} from './mounts.ts';
import {has, type NamespaceOps, namespacesOf, planNamespaces} from './namespaces.ts';
import {
  clone,
  conclude,
  dieWithParent,
  finish,
  go,
  held,
  noJoin,
  type PlanOptions,
  sync,
  untraceable,
  wait,
} from './parts.ts';
import {planOom, planSysctl} from './security.ts';
import {pipe, pipeBuffer, stdio} from './stdio.ts';
import {planTimes} from './times.ts';
import type {BufferSpec, Op, Plan} from './types.ts';

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

/** Its group: made before it, or where that is possible and it has a root to build, meanwhile. */
function joinOps(spec: ContainerSpec, {group, mayMove}: PlanOptions): JoinOps & Partial<BesideOps> {
  if (!group) return noJoin;
  const resources = spec.linux?.resources ?? {};
  // What a mount of cgroups shows depends on the groups of whoever mounts it.
  const shown = spec.mounts?.some(({type}) => type === 'cgroup' || type === 'cgroup2') ?? false;
  const first = group.trees.some(({version}) => version === 1);
  if (mayMove && spec.root && first && !shown) return planBeside(group, resources);
  const join = planJoin(group);
  return {...join, main: [...planGroup(group), ...planLimits(group, resources), ...join.main]};
}

/**
 * What the parent does after the clone: for the child's namespaces, and for its groups; the child waits for each where it needs
 * them. What clone3 made is there at once: then the child meanwhile does what it can do without, and finds the word to go on.
 * Namespaces that the child makes itself are there when it says so.
 */
function meanwhile({child}: Pick<NamespaceOps, 'child'>, spaces?: readonly Op[], groups: readonly Op[] = []): Op[] {
  const isLast = ({call}: Op): boolean => call === 'close'; // of files of limits: the child need not wait for it
  return [
    ...(spaces ? [...(child.length > 0 ? [wait] : []), ...spaces, go] : []),
    ...(groups.length > 0 ? [...groups.filter(op => !isLast(op)), go, ...groups.filter(isLast)] : []),
  ];
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
  const inMounts = has(spaces, 'mount') || spec.root !== undefined || (spec.mounts?.length ?? 0) > 0;
  const join = joinOps(spec, options);
  const times = planTimes(spec.linux);
  const flags = times ? ns.flags & ~CLONE.CLONE_NEWTIME : ns.flags;
  const cloned = clone(flags + join.flags, 'process.clone');
  const may = {
    makeDevices: (options.mayMakeDevices ?? true) && !has(spaces, 'user'),
    files: options.files ?? [],
    dir: options.dir,
  };
  const network = planNetwork(spec.network, options.wiring);
  const maps = spaces.fresh.has('user') ? writeMaps(spec.linux ?? {}) : undefined;
  const waits = maps !== undefined || network.main.length > 0;
  return {
    buffers: {
      ...io.buffers,
      ...start.buffers,
      ...(maps ? mapBuffers() : {}),
      ...network.buffers,
      ...join.buffers,
      ...cloned.buffers,
    },
    main: [
      ...io.main,
      ...start.main,
      ...copyInit(options),
      ...ns.main,
      ...join.main,
      ...(times?.main ?? []),
      ...cloned.main,
      ...meanwhile(ns, waits ? [...(maps ?? []), ...network.main] : undefined, join.beside),
      ...conclude(options, io.last),
    ],
    child: [
      dieWithParent,
      ...planOom(spec.process),
      ...join.child,
      ...io.child,
      ...(spaces.joined.has('user') ? [untraceable] : []),
      ...ns.child,
      ...(waits ? [ns.child.length > 0 ? sync : held] : []),
      ...ids.first,
      ...(join.beside ? [] : ns.later),
      ...network.child,
      ...planSysctl(spec),
      ...(inMounts ? planMounts(spec, spaces.fresh.has('mount'), may, io.inside) : []),
      ...names(spec),
      // A new cgroup namespace shows the groups that the process is in as "/".
      ...(join.beside ? [held, ...ns.later] : []),
      ...finish(spec.process, spec, ids, options),
    ],
    final: [...ns.final, ...(times?.final ?? [])],
  };
}
