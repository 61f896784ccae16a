/** linux.devices and the set that every OCI container has: made by mknod(2), or shown from the host. */
import path from 'node:path';
import {AT, AT_FDCWD, MOVE_MOUNT, O, OPEN_TREE, S} from '../flags.ts';
import type {ContainerSpec, DeviceSpec} from '../types.ts';
import {openInside} from './places.ts';
import type {Arg, Op} from './types.ts';

/** Config-linux.md of the runtime-spec, "Default Devices". /dev/console is left out: terminals are in /dev/pts. */
const defaults: readonly DeviceSpec[] = (
  [
    ['null', 1, 3],
    ['zero', 1, 5],
    ['full', 1, 7],
    ['random', 1, 8],
    ['urandom', 1, 9],
    ['tty', 5, 0],
  ] as const
).map(([name, major, minor]) => ({type: 'c', path: `/dev/${name}`, major, minor}));

/** [name in /dev, what it leads to] */
const links = [
  ['fd', '/proc/self/fd'],
  ['stdin', '/proc/self/fd/0'],
  ['stdout', '/proc/self/fd/1'],
  ['stderr', '/proc/self/fd/2'],
  ['ptmx', 'pts/ptmx'],
] as const;

const format = {c: S.S_IFCHR, u: S.S_IFCHR, b: S.S_IFBLK, p: S.S_IFIFO};

/** The kernel's packing of a device number (new_encode_dev, include/linux/kdev_t.h). */
const encodeDevice = (major: number, minor: number): number => (minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12);

export interface DeviceOps {
  /** While the old root is still the root. */
  before: Op[];
  after: Op[];
}

/**
 * Opens a folder, made if need be, component by component and never through a link of /proc: such a link, laid into the
 * root by somebody, could lead out of it.
 */
class Folders {
  readonly ops: Op[] = [];
  private readonly open = new Map<string, Arg>([['/', AT_FDCWD]]);

  at(folder: string): Arg {
    const known = this.open.get(folder);
    if (known !== undefined) return known;
    const parent = this.at(path.dirname(folder));
    // Relative to a descriptor where there is one; the first component is absolute.
    const name = parent === AT_FDCWD ? folder : path.basename(folder);
    const as = `device.folder ${folder}`;
    this.ops.push(
      {call: 'mkdirat', args: [parent, name, 0o755], purpose: 'device.folder', tolerate: 'EEXIST'},
      openInside(parent, name, as, 'device.folder', O.O_DIRECTORY),
    );
    this.open.set(folder, {slot: as});
    return {slot: as};
  }
}

function make(device: DeviceSpec, folder: Arg, name: string): Op[] {
  const {type, major = 0, minor = 0, fileMode = 0o666, uid = 0, gid = 0} = device;
  const number = type === 'p' ? 0 : encodeDevice(major, minor);
  const ops: Op[] = [
    {
      call: 'mknodat',
      args: [folder, name, format[type] | fileMode, number],
      purpose: 'device.make',
      tolerate: 'EEXIST',
    },
  ];
  if (uid !== 0 || gid !== 0) {
    const args = [folder, name, uid, gid, AT.AT_SYMLINK_NOFOLLOW];
    ops.push({call: 'fchownat', args, purpose: 'device.owner'});
  }
  return ops;
}

/** Where mknod(2) is not allowed, the host's device of the same path is shown: its owner and mode are the host's. */
function show(tree: string, folder: Arg, name: string): Op[] {
  return [
    {
      call: 'mknodat',
      args: [folder, name, S.S_IFREG | 0o644, 0],
      purpose: 'device.place',
      tolerate: 'EEXIST',
    },
    {
      call: 'move_mount',
      args: [{slot: tree}, '', folder, name, MOVE_MOUNT.MOVE_MOUNT_F_EMPTY_PATH],
      purpose: 'device.show',
    },
  ];
}

/** `mayMake`: mknod(2) of devices is allowed (not in a user namespace). Everything happens when the root is "/". */
export function planDevices({linux}: ContainerSpec, mayMake: boolean): DeviceOps {
  const given = linux?.devices ?? [];
  const paths = new Set(given.map(d => path.resolve(d.path)));
  const devices = [...(linux?.defaultDevices ? defaults.filter(d => !paths.has(d.path)) : []), ...given];
  if (devices.length === 0) return {before: [], after: []};
  const folders = new Folders();
  const before: Op[] = [];
  const after = devices.flatMap((device, i) => {
    const where = path.resolve(device.path);
    const folder = folders.at(path.dirname(where));
    if (mayMake || device.type === 'p') return make(device, folder, path.basename(where));
    const as = `device.${i}`;
    before.push({
      call: 'open_tree',
      args: [AT_FDCWD, where, OPEN_TREE.OPEN_TREE_CLONE | OPEN_TREE.OPEN_TREE_CLOEXEC],
      purpose: 'device.show',
      as,
      fd: true,
    });
    return show(as, folder, path.basename(where));
  });
  if (linux?.defaultDevices) {
    const dev = folders.at('/dev');
    for (const [name, to] of links) {
      after.push({call: 'symlinkat', args: [to, dev, name], purpose: 'device.link', tolerate: 'EEXIST'});
    }
  }
  const umask = (value: Arg, as?: string): Op => ({
    call: 'umask',
    args: [value],
    purpose: 'device.mode',
    ...(as ? {as} : {}),
  });
  return {before, after: [...folders.ops, umask(0, 'umask.before'), ...after, umask({slot: 'umask.before'})]};
}
