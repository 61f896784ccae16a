/** What a container sees as files: --rootfs, --programs, --volume, --tmpfs, --device, --read-only, --no-pivot. */
import {type Stats, statSync} from 'node:fs';
import path from 'node:path';
import type {DeviceSpec, MountSpec, RootSpec} from '../../../engine/index.ts';
import {wrong} from '../failure.ts';
import type {Point} from '../types.ts';
import {tmpfs} from './values.ts';

export interface FileOptions {
  rootfs?: string;
  programs?: string;
  volume?: string[];
  tmpfs?: string[];
  device?: string[];
  readOnly?: boolean;
  /** commander's word for --no-pivot: false. */
  pivot?: boolean;
}

export interface Files {
  root?: RootSpec;
  mounts: MountSpec[];
  devices: DeviceSpec[];
  /** Of a root that is made on the stage: what is mounted upon. */
  points: Point[];
}

const look = (file: string): Stats | undefined => {
  try {
    return statSync(file);
  } catch {
    return undefined; // not there, or not for us to see: the kernel says so later
  }
};

/** "SRC:DST", "SRC:DST:ro" */
function volume(got: string): MountSpec {
  const [source = '', destination = '', mode = 'rw', ...more] = got.split(':');
  const fits = source !== '' && destination.startsWith('/') && more.length === 0 && (mode === 'ro' || mode === 'rw');
  if (!fits) throw wrong('expected.volume', {option: '--volume', got});
  const from = path.resolve(source);
  if (!look(from)) throw wrong('absent', {option: '--volume', got: from});
  return {destination, type: 'bind', source: from, options: ['rbind', ...(mode === 'ro' ? ['rro'] : [])]};
}

const kindOf = (stat: Stats): DeviceSpec['type'] | undefined =>
  stat.isCharacterDevice() ? 'c' : stat.isBlockDevice() ? 'b' : undefined;

/** "/dev/fuse", "/dev/fuse:/dev/other" */
function device(got: string): DeviceSpec {
  const [from = '', to = from, mode = 'rwm', ...more] = got.split(':');
  const fits = from.startsWith('/') && to.startsWith('/') && mode === 'rwm' && more.length === 0;
  if (!fits) throw wrong('expected.device', {option: '--device', got});
  const stat = look(from);
  const type = stat && kindOf(stat);
  if (!stat || !type) throw wrong('expected.device', {option: '--device', got});
  // gnu_dev_major(3), gnu_dev_minor(3)
  const {rdev} = stat;
  const major = (rdev >>> 8) & 0xfff;
  const minor = (rdev & 0xff) | ((rdev >>> 12) & 0xfff00);
  return {type, path: to, major, minor, fileMode: stat.mode & 0o777, uid: stat.uid, gid: stat.gid};
}

/** /proc, /dev and /sys as every OCI container has them. */
function usual(ownNetwork: boolean): MountSpec[] {
  const safe = ['nosuid', 'noexec', 'nodev'];
  return [
    {destination: '/proc', type: 'proc', source: 'proc', options: safe},
    {destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'strictatime', 'mode=755', 'size=64k']},
    {
      destination: '/dev/pts',
      type: 'devpts',
      source: 'devpts',
      options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620'],
    },
    {destination: '/dev/shm', type: 'tmpfs', source: 'shm', options: [...safe, 'mode=1777', 'size=64m']},
    // Only the owner of a network namespace may mount its /sys (sysfs(5)).
    ...(ownNetwork ? [{destination: '/sys', type: 'sysfs', source: 'sysfs', options: [...safe, 'ro']}] : []),
  ];
}

/** `rootfs` is a folder that is used as it is, or with ":O" the lowest layer of one that is thrown away. */
function chooseRoot({rootfs, programs, readOnly, pivot = true}: FileOptions): {
  root?: RootSpec;
  in?: string;
  over?: string;
} {
  const how: Partial<RootSpec> = {...(readOnly ? {readonly: true} : {}), ...(pivot ? {} : {enter: 'chroot'})};
  if (rootfs !== undefined && programs !== undefined) {
    throw wrong('not-together', {one: '--rootfs', other: '--programs'});
  }
  if (programs !== undefined) {
    const list = programs.split(',').filter(Boolean);
    if (list.length === 0) throw wrong('expected.programs', {option: '--programs', got: programs});
    return {root: {path: 'root', programs: list, ...how}, in: 'root'};
  }
  if (rootfs === undefined) {
    if (readOnly) throw wrong('needs', {option: '--read-only', needs: '--rootfs, --programs'});
    if (!pivot) throw wrong('needs', {option: '--no-pivot', needs: '--rootfs, --programs'});
    return {};
  }
  const over = rootfs.endsWith(':O');
  const folder = path.resolve(over ? rootfs.slice(0, -2) : rootfs);
  if (!look(folder)?.isDirectory()) throw wrong('expected.folder', {option: '--rootfs', got: folder});
  if (!over) return {root: {path: folder, ...how}, over: folder};
  return {root: {path: 'root', layers: ['points', folder], ...how}, in: 'points', over: folder};
}

/** Throws where a value is none, and where something is to be mounted upon what is not there. */
export function files(options: FileOptions, ownNetwork: boolean): Files {
  const {root, in: within, over} = chooseRoot(options);
  // "/a/../b" is /b also where there is no /a, as with Docker.
  const own = [...(options.tmpfs ?? []).map(tmpfs), ...(options.volume ?? []).map(volume)].map(mount => ({
    ...mount,
    destination: path.posix.normalize(mount.destination),
  }));
  const devices = (options.device ?? []).map(device);
  if (!root) {
    if (devices.length > 0) throw wrong('needs', {option: '--device', needs: '--rootfs, --programs'});
    return {mounts: own, devices, points: []};
  }
  const taken = new Set(own.map(m => path.posix.normalize(m.destination)));
  const mounts = [...usual(ownNetwork).filter(m => !taken.has(m.destination)), ...own];
  // What lies below /dev is made by the engine, in the fresh tmpfs there.
  const missing = mounts
    .map(({destination, type, source}) => ({
      to: path.posix.normalize(destination),
      file: type === 'bind' && look(source ?? '')?.isDirectory() === false,
    }))
    .filter(({to}) => !to.startsWith('/dev/') && (over === undefined || !look(over + to)));
  if (within === undefined && missing[0]) throw wrong('no-mount-point', {folder: over ?? '', point: missing[0].to});
  const points = within === undefined ? [] : missing.map(({to, file}) => ({at: path.join(within, to), file}));
  return {root, mounts, devices, points};
}
