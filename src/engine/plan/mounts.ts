/** What a process sees as files: propagation, mounts, and a root of its own (mount_namespaces(7), pivot_root(2)). */
import {AT_FDCWD, MNT, MS} from '../flags.ts';
import type {ContainerSpec, MountSpec} from '../types.ts';
import type {Op} from './types.ts';

/** mount(8)'s words for flags: [set, cleared]. */
const flagOptions: Readonly<Record<string, readonly [number, number]>> = {
  async: [0, MS.MS_SYNCHRONOUS],
  atime: [0, MS.MS_NOATIME],
  bind: [MS.MS_BIND, 0],
  defaults: [0, 0],
  dev: [0, MS.MS_NODEV],
  diratime: [0, MS.MS_NODIRATIME],
  dirsync: [MS.MS_DIRSYNC, 0],
  exec: [0, MS.MS_NOEXEC],
  lazytime: [MS.MS_LAZYTIME, 0],
  noatime: [MS.MS_NOATIME, 0],
  nodev: [MS.MS_NODEV, 0],
  nodiratime: [MS.MS_NODIRATIME, 0],
  noexec: [MS.MS_NOEXEC, 0],
  norelatime: [0, MS.MS_RELATIME],
  nosuid: [MS.MS_NOSUID, 0],
  nosymfollow: [MS.MS_NOSYMFOLLOW, 0],
  rbind: [MS.MS_BIND | MS.MS_REC, 0],
  relatime: [MS.MS_RELATIME, 0],
  remount: [MS.MS_REMOUNT, 0],
  ro: [MS.MS_RDONLY, 0],
  rw: [0, MS.MS_RDONLY],
  strictatime: [MS.MS_STRICTATIME, 0],
  suid: [0, MS.MS_NOSUID],
  sync: [MS.MS_SYNCHRONOUS, 0],
};

const propagationOptions: Readonly<Record<string, number>> = {
  private: MS.MS_PRIVATE,
  rprivate: MS.MS_PRIVATE | MS.MS_REC,
  rshared: MS.MS_SHARED | MS.MS_REC,
  rslave: MS.MS_SLAVE | MS.MS_REC,
  runbindable: MS.MS_UNBINDABLE | MS.MS_REC,
  shared: MS.MS_SHARED,
  slave: MS.MS_SLAVE,
  unbindable: MS.MS_UNBINDABLE,
};

export interface MountOptions {
  flags: number;
  /** One mount(2) each: propagation can't be combined with other flags. */
  propagation: number[];
  /** What the file system itself understands. */
  data: string | null;
}

/** Options as in mount(8) and fstab(5); the last one of a contradiction wins. */
export function parseOptions(options: readonly string[]): MountOptions {
  let flags = 0;
  const propagation: number[] = [];
  const data: string[] = [];
  for (const option of options) {
    const flag = flagOptions[option];
    const way = propagationOptions[option];
    if (flag) flags = (flags | flag[0]) & ~flag[1];
    else if (way !== undefined) propagation.push(way);
    else data.push(option);
  }
  return {flags, propagation, data: data.length > 0 ? data.join(',') : null};
}

const remountable =
  MS.MS_RDONLY | MS.MS_NOSUID | MS.MS_NODEV | MS.MS_NOEXEC | MS.MS_NOATIME | MS.MS_NODIRATIME | MS.MS_RELATIME;

const OPEN_TREE = {OPEN_TREE_CLONE: 1, OPEN_TREE_CLOEXEC: 0o2000000, AT_RECURSIVE: 0x8000};
const MOVE_MOUNT_F_EMPTY_PATH = 4;

const mount = (args: Op['args'], purpose: string): Op => ({call: 'mount', args, purpose});

/** mount(2) copies one page of options, its NUL included. */
const optionBytes = 4095;
const FSCONFIG = {SET_FLAG: 0, SET_STRING: 1, CMD_CREATE: 6};
const CLOEXEC = 1;

/**
 * An overlay with more layers than one page of options can name: each is told by a call of its own (fsconfig(2),
 * "lowerdir+" since Linux 6.5), and what came of it is moved to its place.
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
    {
      call: 'move_mount',
      args: [{slot: 'overlay.mount'}, '', AT_FDCWD, destination, MOVE_MOUNT_F_EMPTY_PATH],
      purpose,
    },
  ];
}

/** Flags such as read-only hold for a bind mount only after a remount; propagation is a call of its own. */
function afterwards(spec: MountSpec, {flags, propagation}: MountOptions): Op[] {
  const ops: Op[] = [];
  if (flags & MS.MS_BIND && flags & remountable) {
    const again = MS.MS_REMOUNT | MS.MS_BIND | (flags & remountable);
    ops.push(mount([null, spec.destination, null, again, null], 'mount.bind.flags'));
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
 * One entry of mounts[]. With a root of its own, everything is mounted when that root is already "/": a link inside it
 * can't lead out. What is bound comes from outside, so it is picked up before, by descriptor.
 */
function planMount(spec: MountSpec, index: number, pivots: boolean): MountOps {
  const options = parseOptions(spec.options ?? []);
  const {flags, data} = options;
  const bind = (flags & MS.MS_BIND) !== 0 || spec.type === 'bind';
  const rest = afterwards(spec, {...options, flags: bind ? flags | MS.MS_BIND : flags});
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
  const how = OPEN_TREE.OPEN_TREE_CLONE | OPEN_TREE.OPEN_TREE_CLOEXEC | (recursive ? OPEN_TREE.AT_RECURSIVE : 0);
  return {
    before: [
      {call: 'open_tree', args: [AT_FDCWD, spec.source ?? spec.destination, how], purpose: 'mount.bind', as, fd: true},
    ],
    after: [
      {
        call: 'move_mount',
        args: [{slot: as}, '', AT_FDCWD, spec.destination, MOVE_MOUNT_F_EMPTY_PATH],
        purpose: 'mount.bind',
      },
      ...rest,
    ],
  };
}

const isRoot = (m: MountSpec): boolean => /^\/+$/.test(m.destination);

/**
 * The folder that is to be the root has to be a mount point: a mount with the destination "/" makes it one (an overlay,
 * for instance), otherwise it is bound onto itself.
 */
function rootMounts(root: string, mounts: readonly MountSpec[]): Op[] {
  if (mounts.length === 0) return [mount([root, root, null, MS.MS_BIND | MS.MS_REC, null], 'root.bind')];
  return mounts.flatMap(m => planMount({...m, destination: root}, 0, false).after);
}

function pivot(root: NonNullable<ContainerSpec['root']>, all: readonly MountSpec[], way: number | undefined): Op[] {
  const mounts = all.filter(m => !isRoot(m)).map((m, i) => planMount(m, i, true));
  const ops: Op[] = [
    ...rootMounts(root.path, all.filter(isRoot)),
    ...mounts.flatMap(m => m.before),
    {call: 'chdir', args: [root.path], purpose: 'root.enter'},
    {call: 'pivot_root', args: ['.', '.'], purpose: 'root.pivot'},
    // The old root lies on top of the new one until here, which a user namespace needs for mounting its /proc.
    ...mounts.flatMap(m => m.after),
    {call: 'umount2', args: ['.', MNT.MNT_DETACH], purpose: 'root.detach'},
  ];
  if (root.readonly) {
    ops.push(mount([null, '/', null, MS.MS_REMOUNT | MS.MS_BIND | MS.MS_RDONLY, null], 'root.readonly'));
  }
  if (way !== undefined) ops.push(mount([null, '/', null, way, null], 'mount.root.propagation'));
  return ops;
}

/** All that the mount namespace needs, in the child. `fresh`: the namespace is new, so "/" is ours to detach. */
export function planMounts(spec: ContainerSpec, fresh: boolean): Op[] {
  const asked = spec.linux?.rootfsPropagation;
  const way = asked && propagationOptions[`r${asked}`];
  const mounts = spec.mounts ?? [];
  const own = MS.MS_REC | MS.MS_PRIVATE;
  // pivot_root refuses shared mounts: with a root of its own, what was asked for is set when that root is "/".
  const first = mount([null, '/', null, spec.root ? own : (way ?? own), null], 'mount.root.propagation');
  const rest = spec.root ? pivot(spec.root, mounts, way) : mounts.flatMap((m, i) => planMount(m, i, false).after);
  return fresh ? [first, ...rest] : rest;
}
