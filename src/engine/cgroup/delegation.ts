/**
 * Where this user may make control groups: anywhere as root, in what systemd gives for the asking, in a group that
 * somebody has handed over, or nowhere. Only reads. Sources: cgroups(7), Control Group v2 (section Delegation), systemd's
 * CGROUP_DELEGATION, sd_booted(3).
 */
import {accessSync, constants, lstatSync, statSync} from 'node:fs';
import {slurp} from '../facts/proc.ts';
import {type Mounted, parseMembership, pathBelow, readTrees, supported, type Tree, treeOf, usual} from './trees.ts';

/** A tree that may be used, and the group in it under which ours may lie ('' is its root). */
export interface Place {
  tree: Tree;
  base: string;
  /** The group that this process is in. */
  origin: string;
}

export interface Delegated {
  /** 'systemd': a scope has to be asked for, and the trees' bases are not known before. */
  how: 'machine' | 'systemd' | 'group' | 'none';
  places: Place[];
  /** What can be limited there: some of cpu, memory, pids. */
  controllers: string[];
  /** The bus where systemd is asked, with `how` 'systemd'. */
  bus?: 'system' | 'user';
  /** Why it is nothing, or not all: code of src/course/words, with the command that mends it. */
  lack?: {code: string; params: {missing: string; command: string}};
}

export interface Surroundings {
  uid: number;
  runtimeDir?: string | undefined;
  trees: readonly Mounted[];
  /** Text of /proc/self/cgroup. */
  membership: string;
  booted: boolean;
  isSocket(file: string): boolean;
  mayWrite(file: string): boolean;
  read(file: string): string | undefined;
}

const words = (text: string | undefined): string[] => (text ?? '').split(/\s+/).filter(Boolean);

function mayWrite(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const isSocket = (file: string): boolean => statSync(file, {throwIfNoEntry: false})?.isSocket() ?? false;

/** This process's own. */
export const surroundings = (): Surroundings => ({
  uid: process.geteuid?.() ?? 0,
  runtimeDir: process.env.XDG_RUNTIME_DIR,
  trees: readTrees(),
  membership: slurp('/proc/self/cgroup') ?? '',
  booted: lstatSync('/run/systemd/system', {throwIfNoEntry: false})?.isDirectory() ?? false,
  isSocket,
  mayWrite,
  read: slurp,
});

/** The folder with the socket of a user's own bus (pam_systemd(8)); a login by `su` leaves the variable out. */
export const runtimeDir = (uid: number, given?: string): string =>
  given?.startsWith('/') ? given : `/run/user/${uid}`;

/** Control groups that this user may have. Takes a millisecond; runs nothing and changes nothing. */
export function delegatedGroups(around: Surroundings = surroundings()): Delegated {
  const {uid, booted, trees} = around;
  const membership = parseMembership(around.membership);
  const places = trees.map(one => ({tree: one.tree, base: '', origin: pathBelow(one, membership)}));
  const all = usable(places);
  if (uid === 0) {
    if (booted && around.isSocket('/run/dbus/system_bus_socket')) {
      return {how: 'systemd', bus: 'system', places, controllers: all};
    }
    return ofRoot(around, places);
  }
  const own = handedOver(around, places);
  const fromGroup: Delegated = {how: own.length > 0 ? 'group' : 'none', places: own, controllers: usable(own)};
  const fromSystemd = booted ? ofUserManager(around, places) : undefined;
  const best = fromSystemd && fromSystemd.controllers.length >= fromGroup.controllers.length ? fromSystemd : fromGroup;
  const missing = usual.filter(name => all.includes(name) && !best.controllers.includes(name));
  return missing.length === 0 ? best : {...best, lack: lackOf(missing, around, fromSystemd !== undefined)};
}

/** The controllers that the trees of these places have; v1's cpu only with a tree that counts. */
function usable(places: readonly Place[]): string[] {
  const trees = places.map(({tree}) => tree);
  const counts = treeOf(trees, 'cpuacct') ?? trees.find(({version}) => version === 2);
  return supported.filter(name => treeOf(trees, name) && (name !== 'cpu' || counts));
}

/**
 * The whole tree. In a container of somebody else's its root is a group like others: one that holds processes cannot hand
 * controllers on (Control Group v2, No Internal Process Constraint).
 */
function ofRoot({read}: Surroundings, places: Place[]): Delegated {
  const all = usable(places);
  const full = places.find(({tree}) => {
    const of = (file: string): string => read(`${tree.mount}/${file}`) ?? '';
    const isOn = tree.controllers.every(name => words(of('cgroup.subtree_control')).includes(name));
    return tree.version === 2 && of('cgroup.type') !== '' && !isOn && words(of('cgroup.procs')).length > 0;
  });
  if (!full) return {how: 'machine', places, controllers: all};
  const {mount, controllers} = full.tree;
  const command = `mkdir ${mount}/init && for p in $(cat ${mount}/cgroup.procs); do echo $p > ${mount}/init/cgroup.procs; done`;
  const left = places.map(one => (one === full ? {...one, tree: {...one.tree, controllers: []}} : one));
  const missing = usual.filter(name => all.includes(name) && controllers.includes(name)).join(' ');
  const lack = {code: 'host.delegation.occupied', params: {missing, command}};
  return {how: 'machine', places: left, controllers: usable(left), ...(missing && {lack})};
}

/** systemd --user may give away what its own service was given: user@UID.service, of v2 only. */
function ofUserManager(around: Surroundings, places: readonly Place[]): Delegated | undefined {
  const {uid} = around;
  const place = places.find(({tree}) => tree.version === 2);
  if (!place || !around.isSocket(`${runtimeDir(uid, around.runtimeDir)}/bus`)) return undefined;
  const manager = `${place.tree.mount}/user.slice/user-${uid}.slice/user@${uid}.service`;
  const controllers = words(around.read(`${manager}/cgroup.controllers`));
  const tree = {...place.tree, controllers};
  return {how: 'systemd', bus: 'user', places: [{...place, tree}], controllers: usable([{...place, tree}])};
}

/**
 * Groups that belong to us: the one this process is in, or one above it. On v2 the topmost counts, since a process can be
 * moved only below a group that both its places have in common; and it must hold no processes itself.
 */
function handedOver(around: Surroundings, places: readonly Place[]): Place[] {
  return places.flatMap(place => {
    const {tree, origin} = place;
    const names = origin.split('/').filter(Boolean);
    const paths = ['', ...names.map((_, i) => `/${names.slice(0, i + 1).join('/')}`)];
    const ours = (path: string): boolean => {
      const folder = `${tree.mount}${path}`;
      const files = ['', '/cgroup.procs', ...(tree.version === 2 ? ['/cgroup.subtree_control'] : [])];
      return files.every(file => around.mayWrite(folder + file));
    };
    const base = paths.find(ours);
    if (base === undefined) return [];
    if (tree.version === 1) return [{...place, base}];
    const folder = `${tree.mount}${base}`;
    // Who hands controllers on holds no processes; without controllers it may hold them.
    const controllers = words(around.read(`${folder}/cgroup.controllers`));
    const occupied = words(around.read(`${folder}/cgroup.procs`)).length > 0;
    return [{...place, base, tree: {...tree, controllers: occupied ? [] : controllers}}];
  });
}

function lackOf(missing: string[], {uid}: Surroundings, hasManager: boolean): NonNullable<Delegated['lack']> {
  const all = usual.join(' ');
  const dropIn = '/etc/systemd/system/user@.service.d/delegate.conf';
  const command = hasManager
    ? `mkdir -p ${dropIn.slice(0, dropIn.lastIndexOf('/'))} && printf '[Service]\\nDelegate=${all}\\n' > ${dropIn} && systemctl daemon-reload && systemctl restart user@${uid}.service`
    : `loginctl enable-linger ${uid}`;
  const code = hasManager ? 'host.delegation.not-given' : 'host.delegation.none';
  return {code, params: {missing: missing.join(' '), command}};
}
