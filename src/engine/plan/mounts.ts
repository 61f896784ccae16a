/** What a process sees as files: propagation, mounts, and a root of its own (mount_namespaces(7), pivot_root(2)). */
import {AT, AT_FDCWD, MNT, MS} from '../flags.ts';
import type {ContainerSpec, MountSpec} from '../types.ts';
import {planDevices} from './devices.ts';
import {planCovers} from './hidden.ts';
import {type MountOptions, parseOptions, propagationOptions} from './mount-options.ts';
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
function afterwards(spec: MountSpec, {flags, propagation, recursive}: MountOptions): Op[] {
  const ops: Op[] = [];
  if (flags & MS.MS_BIND && flags & remountable) {
    const again = MS.MS_REMOUNT | MS.MS_BIND | (flags & remountable);
    ops.push(mount([null, spec.destination, null, again, null], 'mount.bind.flags'));
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

/** `spec` has a root. */
function pivot(spec: ContainerSpec, root: {path: string; readonly?: boolean}, may: MountRights, way?: number): Op[] {
  const all = spec.mounts ?? [];
  const mounts = all.filter(m => !isRoot(m)).map((m, i) => planMount(m, i, true));
  const devices = planDevices(spec, may.makeDevices);
  const covers = planCovers(spec);
  const ops: Op[] = [
    ...rootMounts(root.path, all.filter(isRoot)),
    ...mounts.flatMap(m => m.before),
    ...devices.before,
    ...covers.before,
    {call: 'chdir', args: [root.path], purpose: 'root.enter'},
    {call: 'pivot_root', args: ['.', '.'], purpose: 'root.pivot'},
    // The old root lies on top of the new one until here, which a user namespace needs for mounting its /proc.
    ...mounts.flatMap(m => m.after),
    ...devices.after,
    ...covers.after,
    {call: 'umount2', args: ['.', MNT.MNT_DETACH], purpose: 'root.detach'},
  ];
  if (root.readonly) {
    ops.push(mount([null, '/', null, MS.MS_REMOUNT | MS.MS_BIND | MS.MS_RDONLY, null], 'root.readonly'));
  }
  if (way !== undefined) ops.push(mount([null, '/', null, way, null], 'mount.root.propagation'));
  return ops;
}

export interface MountRights {
  /** mknod(2) of devices: not so in a user namespace. */
  makeDevices: boolean;
}

/** All that the mount namespace needs, in the child. `fresh`: the namespace is new, so "/" is ours to detach. */
export function planMounts(spec: ContainerSpec, fresh: boolean, may: MountRights): Op[] {
  const asked = spec.linux?.rootfsPropagation;
  const way = asked && propagationOptions[`r${asked}`];
  const mounts = spec.mounts ?? [];
  const own = MS.MS_REC | MS.MS_PRIVATE;
  // pivot_root refuses shared mounts: with a root of its own, what was asked for is set when that root is "/".
  const first = mount([null, '/', null, spec.root ? own : (way ?? own), null], 'mount.root.propagation');
  const rest = spec.root
    ? pivot(spec, spec.root, may, way)
    : [...mounts.flatMap((m, i) => planMount(m, i, false).after), ...planCovers(spec).after];
  return fresh ? [first, ...rest] : rest;
}
