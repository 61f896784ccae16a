/** Where cgroups are mounted here (cgroups(7)), and where a stage puts its own. */
import {EngineError} from '../errors.ts';
import {slurp} from '../facts/proc.ts';

/** A mounted hierarchy: one of v1 with its controllers, or the tree of v2 with those that it has to give. */
export interface Tree {
  version: 1 | 2;
  /** Mount point, as this process sees it. */
  mount: string;
  controllers: string[];
}

/** The cgroups of one stage: in each tree a group of this name, under which lies everything that the stage makes. */
export interface StageGroups {
  name: string;
  trees: StageTree[];
}

/** A tree, and where in it a stage's group lies; paths below the mount point, '' is the tree's own root. */
export interface StageTree extends Tree {
  /** The group in which the stage's is made: '', '/system.slice/glassbox-ID.scope'. */
  base: string;
  /** The group that the keeper came from: '' or '/user.slice'. */
  origin: string;
  /** Controllers of v2 that are switched on in `base` for this stage, and off again when nobody needs them any more. */
  switched: string[];
  /** A v1 tree with cpuset: what a new group has to be given before anybody may enter it (cpuset(7)). */
  fill?: {cpus: string; mems: string};
  /** `base` is a scope of systemd's, which removes it with all below when its last process has ended. */
  scope?: boolean;
}

/** What a session has switched on, which whoever ends last switches off. */
export interface Switched {
  /** A cgroup.subtree_control. */
  file: string;
  controllers: string[];
}

/** Path of the stage's group below the mount point. */
export const stagePath = ({name}: Pick<StageGroups, 'name'>, {base}: Pick<StageTree, 'base'>): string =>
  `${base}/${name}`;

/** The same as a folder, as the machine sees it. */
export const stageFolder = (groups: Pick<StageGroups, 'name'>, tree: StageTree): string =>
  `${tree.mount}${stagePath(groups, tree)}`;

/** What a stage can limit, by v2's names. */
export const supported = ['cpu', 'memory', 'pids', 'cpuset', 'io'] as const;

/** What labs ask for, and what an administrator is told to hand over. */
export const usual = ['cpu', 'memory', 'pids'] as const;

/** Escapes of /proc/self/mountinfo: spaces and the like as octal numbers (proc_pid_mountinfo(5)). */
const plain = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, oct) => String.fromCharCode(parseInt(oct, 8)));

export interface Mounted {
  tree: Tree;
  /** Which folder of the hierarchy the mount point shows. */
  root: string;
}

/**
 * The hierarchies in the text of /proc/self/mountinfo, each once, at its first mount point. `v2Controllers` reads
 * cgroup.controllers of a v2 mount. A v1 hierarchy without controllers (name=systemd) is left out.
 */
export function parseMounts(mountinfo: string, v2Controllers: (mount: string) => string[]): Mounted[] {
  const found = new Map<string, Mounted>();
  for (const line of mountinfo.split('\n')) {
    const [left = '', right = ''] = line.split(' - ');
    const [, , device = '', root = '/', where = ''] = left.split(' ');
    const [type, , options = ''] = right.split(' ');
    if ((type !== 'cgroup' && type !== 'cgroup2') || found.has(device)) continue;
    const mount = plain(where);
    const named = options.split(',').filter(option => /^[a-z_]+$/.test(option) && !notControllers.has(option));
    // v2's name for it goes along: what is asked for is 'io' on both.
    const both = named.flatMap(name => (name === 'blkio' ? [name, 'io'] : [name]));
    const controllers = type === 'cgroup2' ? v2Controllers(mount) : both;
    if (type === 'cgroup' && controllers.length === 0) continue;
    found.set(device, {tree: {version: type === 'cgroup2' ? 2 : 1, mount, controllers}, root: plain(root)});
  }
  return [...found.values()];
}

const notControllers = new Set(['rw', 'ro', 'none', 'noprefix', 'clone_children', 'xattr']);

/** Paths by the controllers of /proc/PID/cgroup's second field; '' is v2's. */
export function parseMembership(text: string): Map<string, string> {
  const paths = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, id, list, path] = /^(\d+):([^:]*):(.*)$/.exec(line) ?? [];
    if (id === undefined || path === undefined) continue;
    // A group that was removed while its last process is not reaped yet.
    const clean = path.replace(/ \(deleted\)$/, '');
    for (const name of list ? list.split(',') : ['']) paths.set(name, clean);
  }
  return paths;
}

/** Path of a process's group in a tree, from the text of /proc/PID/cgroup. */
export function pathIn(tree: Tree, membership: ReadonlyMap<string, string>): string | undefined {
  return membership.get(tree.version === 2 ? '' : (tree.controllers[0] ?? ''));
}

/** The hierarchies of this machine, as this process sees them. */
export function readTrees(): Mounted[] {
  const controllers = (mount: string): string[] =>
    (slurp(`${mount}/cgroup.controllers`) ?? '').split(/\s+/).filter(Boolean);
  return parseMounts(slurp('/proc/self/mountinfo') ?? '', controllers);
}

/** The tree that a controller is on; undefined: it is on none. */
export function treeOf<T extends Tree>(trees: readonly T[], controller: string): T | undefined {
  return trees.find(tree => tree.controllers.includes(controller));
}

/**
 * The trees in which a stage needs groups for these controllers: their own; one to hold a container's processes together (v2,
 * which can kill and freeze; else v1's freezer); and where no v2 counts, v1's cpuacct for what cpu limits. Throws
 * 'cgroup.no-controller' {controller, known}.
 */
export function chooseTrees(all: readonly Tree[], wanted: readonly string[]): Tree[] {
  const chosen = new Set<Tree>();
  const second = all.find(tree => tree.version === 2);
  for (const controller of wanted) {
    const tree = (supported as readonly string[]).includes(controller) ? treeOf(all, controller) : undefined;
    const known = supported.filter(name => treeOf(all, name)).join(', ') || '–';
    if (!tree) throw new EngineError({code: 'cgroup.no-controller', params: {controller, known}});
    chosen.add(tree);
    // cpu.stat of v2 counts without any controller; each tree less is some 70 us less for every container.
    const counting = controller === 'cpu' && tree.version === 1 && !second ? treeOf(all, 'cpuacct') : undefined;
    if (counting) chosen.add(counting);
  }
  const holding = second ?? treeOf(all, 'freezer');
  if (holding) chosen.add(holding);
  return [...chosen];
}

/** Folders of the stage's groups, as the machine sees them. */
export const stageFolders = (groups: StageGroups): string[] => groups.trees.map(tree => stageFolder(groups, tree));

/** Path of a process's group below a tree's mount point; '' is what the mount point shows. */
export function pathBelow({tree, root}: Mounted, membership: ReadonlyMap<string, string>): string {
  const path = pathIn(tree, membership) ?? '/';
  const below = root === '/' ? path : path.startsWith(`${root}/`) ? path.slice(root.length) : '/';
  return below === '/' ? '' : below;
}
