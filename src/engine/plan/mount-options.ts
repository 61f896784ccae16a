/** Options of mounts, by their words in mount(8) and in the OCI runtime-spec. */
import {MOUNT_ATTR, MS} from '../flags.ts';

/** Words for flags: [set, cleared]. */
const flagOptions: Readonly<Record<string, readonly [number, number]>> = {
  async: [0, MS.MS_SYNCHRONOUS],
  atime: [0, MS.MS_NOATIME],
  bind: [MS.MS_BIND, 0],
  defaults: [0, 0],
  dev: [0, MS.MS_NODEV],
  diratime: [0, MS.MS_NODIRATIME],
  dirsync: [MS.MS_DIRSYNC, 0],
  exec: [0, MS.MS_NOEXEC],
  iversion: [MS.MS_I_VERSION, 0],
  lazytime: [MS.MS_LAZYTIME, 0],
  loud: [0, MS.MS_SILENT],
  mand: [MS.MS_MANDLOCK, 0],
  noatime: [MS.MS_NOATIME, 0],
  nodev: [MS.MS_NODEV, 0],
  nodiratime: [MS.MS_NODIRATIME, 0],
  noexec: [MS.MS_NOEXEC, 0],
  noiversion: [0, MS.MS_I_VERSION],
  nolazytime: [0, MS.MS_LAZYTIME],
  nomand: [0, MS.MS_MANDLOCK],
  norelatime: [0, MS.MS_RELATIME],
  nostrictatime: [0, MS.MS_STRICTATIME],
  nosuid: [MS.MS_NOSUID, 0],
  nosymfollow: [MS.MS_NOSYMFOLLOW, 0],
  rbind: [MS.MS_BIND | MS.MS_REC, 0],
  relatime: [MS.MS_RELATIME, 0],
  remount: [MS.MS_REMOUNT, 0],
  ro: [MS.MS_RDONLY, 0],
  rw: [0, MS.MS_RDONLY],
  silent: [MS.MS_SILENT, 0],
  strictatime: [MS.MS_STRICTATIME, 0],
  suid: [0, MS.MS_NOSUID],
  symfollow: [0, MS.MS_NOSYMFOLLOW],
  sync: [MS.MS_SYNCHRONOUS, 0],
};

export const propagationOptions: Readonly<Record<string, number>> = {
  private: MS.MS_PRIVATE,
  rprivate: MS.MS_PRIVATE | MS.MS_REC,
  rshared: MS.MS_SHARED | MS.MS_REC,
  rslave: MS.MS_SLAVE | MS.MS_REC,
  runbindable: MS.MS_UNBINDABLE | MS.MS_REC,
  shared: MS.MS_SHARED,
  slave: MS.MS_SLAVE,
  unbindable: MS.MS_UNBINDABLE,
};

const ATIME = MOUNT_ATTR.MOUNT_ATTR__ATIME;

/** For a mount and all mounts below it (mount_setattr(2)): [set, cleared]. */
const recursiveOptions: Readonly<Record<string, readonly [number, number]>> = {
  // Of the ways to keep the time of access, the kernel lets all be cleared together or none.
  ratime: [0, ATIME],
  rdev: [0, MOUNT_ATTR.MOUNT_ATTR_NODEV],
  rdiratime: [0, MOUNT_ATTR.MOUNT_ATTR_NODIRATIME],
  rexec: [0, MOUNT_ATTR.MOUNT_ATTR_NOEXEC],
  rnoatime: [MOUNT_ATTR.MOUNT_ATTR_NOATIME, ATIME],
  rnodev: [MOUNT_ATTR.MOUNT_ATTR_NODEV, 0],
  rnodiratime: [MOUNT_ATTR.MOUNT_ATTR_NODIRATIME, 0],
  rnoexec: [MOUNT_ATTR.MOUNT_ATTR_NOEXEC, 0],
  rnorelatime: [0, ATIME],
  rnostrictatime: [0, ATIME],
  rnosuid: [MOUNT_ATTR.MOUNT_ATTR_NOSUID, 0],
  rnosymfollow: [MOUNT_ATTR.MOUNT_ATTR_NOSYMFOLLOW, 0],
  rrelatime: [0, ATIME],
  rro: [MOUNT_ATTR.MOUNT_ATTR_RDONLY, 0],
  rrw: [0, MOUNT_ATTR.MOUNT_ATTR_RDONLY],
  rstrictatime: [MOUNT_ATTR.MOUNT_ATTR_STRICTATIME, ATIME],
  rsuid: [0, MOUNT_ATTR.MOUNT_ATTR_NOSUID],
  rsymfollow: [0, MOUNT_ATTR.MOUNT_ATTR_NOSYMFOLLOW],
};

/** Words of the runtime-spec that the engine does not carry out. */
export const refusedOptions: ReadonlySet<string> = new Set(['idmap', 'ridmap', 'tmpcopyup']);

/** mount(2) copies one page of options, its NUL included. */
export const optionBytes = 4095;

export interface MountOptions {
  flags: number;
  /** A bind mount was asked for by an option. */
  bind: boolean;
  /** One mount(2) each: propagation can't be combined with other flags. */
  propagation: number[];
  /** One mount_setattr(2) for the whole tree; undefined: none of its words was there. */
  recursive: {set: number; clear: number} | undefined;
  /** What the file system itself understands. */
  data: string | null;
}

/** Not "constructor" and its kind, which every object has. */
const own = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;

/** Options as in mount(8) and fstab(5); the last one of a contradiction wins. */
export function parseOptions(options: readonly string[]): MountOptions {
  let flags = 0;
  let recursive: MountOptions['recursive'];
  const propagation: number[] = [];
  const data: string[] = [];
  for (const option of options) {
    const flag = own(flagOptions, option);
    const way = own(propagationOptions, option);
    const attribute = own(recursiveOptions, option);
    if (flag) flags = (flags | flag[0]) & ~flag[1];
    else if (way !== undefined) propagation.push(way);
    else if (attribute) {
      const [set, clear] = attribute;
      recursive ??= {set: 0, clear: 0};
      recursive = {set: (recursive.set & ~clear) | set, clear: (recursive.clear & ~set) | clear};
    } else data.push(option);
  }
  const bind = (flags & MS.MS_BIND) !== 0;
  return {flags, bind, propagation, recursive, data: data.length > 0 ? data.join(',') : null};
}
