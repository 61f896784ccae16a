/** What a process sees as files: propagation, mounts, and a root of its own (mount_namespaces(7), pivot_root(2)). */
import path from 'node:path';
import {AT, AT_FDCWD, MNT, MOUNT_ATTR, MS, O, OPEN_TREE} from '../flags.ts';
import type {ContainerSpec, MountSpec, RootSpec} from '../types.ts';
import {planDevices} from './devices.ts';
import {planCovers} from './hidden.ts';
import {type MountOptions, optionBytes, parseOptions, propagationOptions} from './mount-options.ts';
import {attach, planPlace} from './places.ts';
import type {Op} from './types.ts';

const remountable =
  MS.MS_RDONLY |
  MS.MS_NOSUID |
  MS.MS_NODEV |
  MS.MS_NOEXEC |
  MS.MS_NOATIME |
  MS.MS_NODIRATIME |
  MS.MS_NOSYMFOLLOW |
  MS.MS_RELATIME |
  MS.MS_STRICTATIME;

const mount = (args: Op['args'], purpose: string): Op => ({call: 'mount', args, purpose});

const FSCONFIG = {SET_FLAG: 0, SET_STRING: 1, CMD_CREATE: 6};
const CLOEXEC = 1;

/**
 * An overlay with more layers than one page of options can name: each is told by a call of its own (fsconfig(2),
 * "lowerdir+" since Linux 6.8), and what came of it is moved to its place.
 */
function overlayByParts({destination}: MountSpec, {flags, data}: MountOptions): Op[] {
  const purpose = 'mount.overlay';
  const fs = {slot: 'overlay.fs'};
  const told = (command: number, key: string | null, value: string | null): Op => ({
    call: 'fsconfig',
    args: [fs, command, key, value, 0],
    purpose,
  });
  const options = (data ?? '').split(/(?<!\\),/).flatMap(option => {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(option) ?? [];
    if (key === undefined || value === undefined) return [told(FSCONFIG.SET_FLAG, option, null)];
    if (key !== 'lowerdir') return [told(FSCONFIG.SET_STRING, key, value)];
    // A single path is taken as it is, without backslashes.
    const layers = value.split(/(?<!\\):/).map(layer => layer.replace(/\\(.)/g, '$1'));
    return layers.map(layer => told(FSCONFIG.SET_STRING, 'lowerdir+', layer));
  });
  const attributes = flags & (MS.MS_RDONLY | MS.MS_NOSUID | MS.MS_NODEV | MS.MS_NOEXEC); // the same bits there
  return [
    {call: 'fsopen', args: ['overlay', CLOEXEC], purpose, as: 'overlay.fs', fd: true},
    ...options,
    told(FSCONFIG.CMD_CREATE, null, null),
    {call: 'fsmount', args: [fs, CLOEXEC, attributes], purpose, as: 'overlay.mount', fd: true},
    attach('overlay.mount', destination, purpose),
  ];
}

/** Flags of mount(2) as mount_setattr(2) has them: [set, cleared]. */
function attributesOf(flags: number): readonly [number, number] {
  const same = MS.MS_RDONLY | MS.MS_NOSUID | MS.MS_NODEV | MS.MS_NOEXEC;
  const access = MS.MS_NOATIME | MS.MS_RELATIME | MS.MS_STRICTATIME;
  const set =
    (flags & same) |
    (flags & MS.MS_NODIRATIME && MOUNT_ATTR.MOUNT_ATTR_NODIRATIME) |
    (flags & MS.MS_NOSYMFOLLOW && MOUNT_ATTR.MOUNT_ATTR_NOSYMFOLLOW) |
    (flags & MS.MS_NOATIME && MOUNT_ATTR.MOUNT_ATTR_NOATIME) |
    (flags & MS.MS_STRICTATIME && MOUNT_ATTR.MOUNT_ATTR_STRICTATIME);
  return [set, flags & access && MOUNT_ATTR.MOUNT_ATTR__ATIME];
}

/** A remount takes away what it does not name; a user namespace may not, where the mount came with it from outside. */
function setFlags(place: string, flags: number, mayClear: boolean, purpose: string): Op {
  if (mayClear) return mount([null, place, null, MS.MS_REMOUNT | MS.MS_BIND | flags, null], purpose);
  const [set, clear] = attributesOf(flags);
  return {call: 'mount_setattr', args: [AT_FDCWD, place, 0, {cells: [set, clear, 0, 0]}, 32], purpose};
}

/** Flags such as read-only hold for a bind mount only when it is there; propagation is a call of its own. */
function afterwards(spec: MountSpec, {flags, propagation, recursive}: MountOptions, mayClear: boolean): Op[] {
  const ops: Op[] = [];
  if (flags & MS.MS_BIND && flags & remountable) {
    ops.push(setFlags(spec.destination, flags & remountable, mayClear, 'mount.bind.flags'));
  }
  if (recursive) {
    const attributes = {cells: [recursive.set, recursive.clear, 0, 0]};
    ops.push({
      call: 'mount_setattr',
      args: [AT_FDCWD, spec.destination, AT.AT_RECURSIVE, attributes, 32],
      purpose: 'mount.recursive',
    });
  }
  for (const way of propagation) {
    ops.push(mount([null, spec.destination, null, way, null], 'mount.propagation'));
  }
  return ops;
}

const purposeOf = (spec: MountSpec, bind: boolean): string =>
  bind
    ? 'mount.bind'
    : `mount.${['proc', 'sysfs', 'tmpfs', 'devpts', 'mqueue', 'overlay', 'cgroup', 'cgroup2'].includes(spec.type ?? '') ? spec.type : 'other'}`;

interface MountOps {
  /** While the old root is still the root. */
  before: Op[];
  after: Op[];
}

/**
 * One entry of mounts[]. With a root of its own, everything is mounted when paths end at that root: a link inside it
 * can't lead out. What is bound comes from outside, so it is picked up before, by descriptor.
 */
function planMount(spec: MountSpec, index: number, pivots: boolean, mayClear: boolean): MountOps {
  const options = parseOptions(spec.options ?? []);
  const {flags, data} = options;
  const bind = (flags & MS.MS_BIND) !== 0 || spec.type === 'bind';
  const rest = afterwards(spec, {...options, flags: bind ? flags | MS.MS_BIND : flags}, mayClear);
  if (spec.type === 'overlay' && Buffer.byteLength(data ?? '') > optionBytes) {
    return {before: [], after: [...overlayByParts(spec, options), ...rest]};
  }
  if (!bind) {
    const source = spec.source ?? spec.type ?? 'none';
    const args = [source, spec.destination, spec.type ?? null, flags, data];
    return {before: [], after: [mount(args, purposeOf(spec, false)), ...rest]};
  }
  const recursive = flags & MS.MS_REC;
  if (!pivots) {
    const args = [spec.source ?? spec.destination, spec.destination, null, MS.MS_BIND | recursive, null];
    return {before: [], after: [mount(args, 'mount.bind'), ...rest]};
  }
  const as = `bind.${index}`;
  const how = OPEN_TREE.OPEN_TREE_CLONE | OPEN_TREE.OPEN_TREE_CLOEXEC | (recursive ? AT.AT_RECURSIVE : 0);
  return {
    before: [
      {call: 'open_tree', args: [AT_FDCWD, spec.source ?? spec.destination, how], purpose: 'mount.bind', as, fd: true},
    ],
    after: [attach(as, spec.destination, 'mount.bind'), ...rest],
  };
}

export const isBind = ({type, options = []}: MountSpec): boolean =>
  type === 'bind' || options.includes('bind') || options.includes('rbind');

/**
 * Without a root of its own the places are those of the stage, and nothing is made there. But a tmpfs begins empty: what
 * is mounted below one of the same list (/dev/pts, /dev/shm) has its folders made.
 */
function foldersFor(mounts: readonly MountSpec[], index: number): Op[] {
  const one = mounts[index]!;
  if (isBind(one)) return [];
  const place = path.resolve('/', one.destination);
  const holds = (folder: string): boolean => folder !== place && place.startsWith(folder === '/' ? '/' : `${folder}/`);
  const above = mounts
    .slice(0, index)
    .map(m => ({folder: path.resolve('/', m.destination), empty: m.type === 'tmpfs' && !isBind(m)}))
    .filter(({folder}) => holds(folder));
  // The deepest one, and of those on the same place the uppermost.
  const below = above.reduce((best, m) => (m.folder.length >= best.folder.length ? m : best), {
    folder: '',
    empty: false,
  });
  if (!below.empty) return [];
  const names = path.relative(below.folder, place).split('/');
  return names.map((_, i) => ({
    call: 'mkdirat',
    args: [AT_FDCWD, path.join(below.folder, ...names.slice(0, i + 1)), 0o755],
    purpose: 'mount.folder',
    tolerate: 'EEXIST',
  }));
}

const isRoot = (m: MountSpec): boolean => /^\/+$/.test(m.destination);

/**
 * The folder that is to be the root has to be a mount point for pivot_root and for flags of its own: a mount with the
 * destination "/" makes it one (an overlay, for instance), otherwise it is bound onto itself.
 */
function rootMounts(root: string, mounts: readonly MountSpec[], asPoint: boolean, may: MountRights): Op[] {
  if (mounts.length === 0) return asPoint ? [mount([root, root, null, MS.MS_BIND | MS.MS_REC, null], 'root.bind')] : [];
  const relative = mounts.some(m => m.type === 'overlay' && /(^|,)lowerdir=[^/]/.test((m.options ?? []).join(',')));
  return [
    ...(relative && may.dir !== undefined
      ? [{call: 'chdir', args: [may.dir], purpose: 'mount.overlay.from'} satisfies Op]
      : []),
    ...mounts.flatMap(m => planMount({...m, destination: root}, 0, false, may.makeDevices).after),
  ];
}

/**
 * `spec` has a root. It is filled while the old one is still there, which a user namespace needs for mounting its /proc.
 * Until pivot_root, chroot(2) makes paths end at the new root. Afterwards would be too late: pivot_root leaves the old root
 * on top of the new one, where every ".." that has come to "/" steps onto it, openat2's RESOLVE_IN_ROOT or not.
 * Where chroot was asked for, that is all.
 */
function enterRoot(spec: ContainerSpec, root: RootSpec, may: MountRights, inside: readonly Op[], way?: number): Op[] {
  const stays = root.enter === 'chroot';
  const all = spec.mounts ?? [];
  const mounts = all.flatMap((m, i) => {
    if (isRoot(m)) return [];
    const {before, after} = planMount(m, i, true, may.makeDevices);
    const kind = isBind(m) && may.files?.includes(m.source ?? m.destination) ? 'file' : 'folder';
    return [{before, after: [...planPlace(m.destination, kind), ...after]}];
  });
  const devices = planDevices(spec, may.makeDevices);
  const covers = planCovers(spec);
  const outer = {purpose: 'root.old'};
  const folder = O.O_PATH | O.O_DIRECTORY | O.O_CLOEXEC;
  const old: Op = {call: 'openat', args: [AT_FDCWD, '/', folder, 0], ...outer, as: 'root.old', fd: true};
  const ops: Op[] = [
    ...rootMounts(root.path, all.filter(isRoot), !stays || root.readonly === true || way !== undefined, may),
    ...mounts.flatMap(m => m.before),
    ...devices.before,
    ...covers.before,
    ...(stays ? [] : [old]),
    {call: 'chdir', args: [root.path], purpose: 'root.enter'},
    {call: 'chroot', args: ['.'], purpose: stays ? 'root.chroot' : 'root.look-up'},
    ...mounts.flatMap(m => m.after),
    ...devices.after,
    ...inside,
    ...covers.after,
  ];
  if (!stays) {
    ops.push(
      {call: 'fchdir', args: [{slot: 'root.old'}], ...outer},
      {call: 'chroot', args: ['.'], ...outer},
      {call: 'chdir', args: [root.path], purpose: 'root.enter'},
      {call: 'pivot_root', args: ['.', '.'], purpose: 'root.pivot'},
      {call: 'umount2', args: ['.', MNT.MNT_DETACH], purpose: 'root.detach'},
    );
  }
  // The stage's folder has flags that a user namespace must keep.
  if (root.readonly) ops.push(setFlags('/', MS.MS_RDONLY, may.makeDevices, 'root.readonly'));
  if (way !== undefined) ops.push(mount([null, '/', null, way, null], 'mount.root.propagation'));
  return ops;
}

export interface MountRights {
  /** mknod(2) of devices, and clearing flags of mounts that came from outside: not so in a user namespace. */
  makeDevices: boolean;
  /** Sources of bind mounts that are no folders. */
  files?: readonly string[];
  /** What relative names of layers are relative to. */
  dir?: string | undefined;
}

/**
 * All that the mount namespace needs, in the child. `fresh`: the namespace is new, so "/" is ours to detach. `inside` is done when
 * mounts and devices are there and paths end at the root.
 */
export function planMounts(spec: ContainerSpec, fresh: boolean, may: MountRights, inside: readonly Op[] = []): Op[] {
  const asked = spec.linux?.rootfsPropagation;
  const way = asked && propagationOptions[`r${asked}`];
  const mounts = spec.mounts ?? [];
  const own = MS.MS_REC | MS.MS_PRIVATE;
  // pivot_root refuses shared mounts: with a root of its own, what was asked for is set when that root is "/".
  const first = mount([null, '/', null, spec.root ? own : (way ?? own), null], 'mount.root.propagation');
  // Of the root alone (config-linux.md): what is mounted in it has words of its own.
  const ofRoot = asked && propagationOptions[asked];
  const rest = spec.root
    ? enterRoot(spec, spec.root, may, inside, ofRoot)
    : [
        ...mounts.flatMap((m, i) => [...foldersFor(mounts, i), ...planMount(m, i, false, may.makeDevices).after]),
        ...inside,
        ...planCovers(spec).after,
      ];
  return fresh ? [first, ...rest] : rest;
}
