/** Which namespaces a process gets: new ones by clone3 or unshare, others by setns. */
import {AT_FDCWD, CLONE, O} from '../flags.ts';
import type {ContainerSpec, NamespaceSpec, NamespaceType} from '../types.ts';
import type {Op} from './types.ts';

export const cloneFlag: Readonly<Record<NamespaceType, number>> = {
  pid: CLONE.CLONE_NEWPID,
  network: CLONE.CLONE_NEWNET,
  mount: CLONE.CLONE_NEWNS,
  ipc: CLONE.CLONE_NEWIPC,
  uts: CLONE.CLONE_NEWUTS,
  user: CLONE.CLONE_NEWUSER,
  cgroup: CLONE.CLONE_NEWCGROUP,
  time: CLONE.CLONE_NEWTIME,
};

/** Name of the link in /proc/PID/ns (namespaces(7)). */
export const linkName: Readonly<Record<NamespaceType, string>> = {
  pid: 'pid',
  network: 'net',
  mount: 'mnt',
  ipc: 'ipc',
  uts: 'uts',
  user: 'user',
  cgroup: 'cgroup',
  time: 'time',
};

/** Order of joining: those that the joining process needs its old rights for come first, and user comes last. */
const joinOrder: readonly NamespaceType[] = ['cgroup', 'ipc', 'uts', 'network', 'time', 'mount', 'user'];

export interface Namespaces {
  /** Types that are new, and those that are joined with their paths. */
  fresh: ReadonlySet<NamespaceType>;
  joined: ReadonlyMap<NamespaceType, string>;
}

export function namespacesOf(spec: ContainerSpec): Namespaces {
  const list: readonly NamespaceSpec[] = spec.linux?.namespaces ?? [];
  return {
    fresh: new Set(list.filter(n => n.path === undefined).map(n => n.type)),
    joined: new Map(list.flatMap(n => (n.path === undefined ? [] : [[n.type, n.path] as const]))),
  };
}

/** Whether the process is in a namespace of this type other than its parent's. */
export const has = ({fresh, joined}: Namespaces, type: NamespaceType): boolean => fresh.has(type) || joined.has(type);

export interface NamespaceOps {
  /** Flags for clone3. */
  flags: number;
  /** Before clone3, in the parent; `final` brings the parent back. */
  main: Op[];
  final: Op[];
  /** In the child, first of all. */
  child: Op[];
  /** In the child, when its ids are mapped. */
  later: Op[];
}

const openNamespace = (path: string, as: string, purpose: string): Op => ({
  call: 'openat',
  args: [AT_FDCWD, path, O.O_CLOEXEC, 0],
  purpose,
  as,
  fd: true,
});

/** setns(2) in the parent around clone3, since a process can't change its own PID namespace, only its children's. */
function joinPid(path: string): Pick<NamespaceOps, 'main' | 'final'> {
  return {
    main: [
      openNamespace('/proc/self/ns/pid', 'ns.pid.own', 'namespace.pid.remember'),
      openNamespace(path, 'ns.pid', 'namespace.pid.open'),
      {call: 'setns', args: [{slot: 'ns.pid'}, CLONE.CLONE_NEWPID], purpose: 'namespace.pid.join'},
    ],
    final: [{call: 'setns', args: [{slot: 'ns.pid.own'}, CLONE.CLONE_NEWPID], purpose: 'namespace.pid.return'}],
  };
}

/**
 * New namespaces come from clone3 itself; only the cgroup namespace is unshared later, when the process sits in its own
 * cgroups, which that namespace then shows as "/". Where others are joined beside a new user namespace, or a user
 * namespace is joined, what is new must wait until after setns: owner is the user namespace in which it is made.
 */
export function planNamespaces(spaces: Namespaces): NamespaceOps {
  const {fresh, joined} = spaces;
  const ops: NamespaceOps = {flags: 0, main: [], final: [], child: [], later: []};
  const others = joinOrder.filter(type => joined.has(type));
  const afterJoin = joined.has('user') || (fresh.has('user') && others.length > 0);
  const pidPath = joined.get('pid');
  if (pidPath !== undefined) {
    const {main, final} = joinPid(pidPath);
    ops.main.push(...main);
    ops.final.push(...final);
  }
  for (const type of others) {
    ops.main.push(openNamespace(joined.get(type)!, `ns.${type}`, `namespace.${type}.open`));
    const args = [{slot: `ns.${type}`}, cloneFlag[type]];
    ops.child.push({call: 'setns', args, purpose: `namespace.${type}.join`});
  }
  let unshared = 0;
  for (const type of fresh) {
    if (type === 'cgroup') continue;
    // A PID or time namespace can't be changed by the process itself: only clone3 puts it there.
    if (afterJoin && type !== 'pid' && type !== 'time') unshared |= cloneFlag[type];
    else ops.flags |= cloneFlag[type];
  }
  if (unshared !== 0) ops.child.push({call: 'unshare', args: [unshared], purpose: 'namespace.unshare'});
  if (fresh.has('cgroup')) {
    ops.later.push({call: 'unshare', args: [CLONE.CLONE_NEWCGROUP], purpose: 'namespace.cgroup.new'});
  }
  return ops;
}
