/** linux.maskedPaths and readonlyPaths. */
import {AT, AT_FDCWD, MOUNT_ATTR, MS, O} from '../flags.ts';
import type {ContainerSpec} from '../types.ts';
import {within} from './places.ts';
import type {Op} from './types.ts';

export interface CoverOps {
  /** While the old root is still the root. */
  before: Op[];
  /** When all mounts are there, and the old root is not yet detached. */
  after: Op[];
}

const emptyFolder = MS.MS_RDONLY | MS.MS_NOSUID | MS.MS_NODEV | MS.MS_NOEXEC;

/** mount_setattr(2) adds read-only to whatever flags there are, which a user namespace may not take away. */
const readonlyAt = (path: string): Op => ({
  call: 'mount_setattr',
  args: [AT_FDCWD, path, AT.AT_RECURSIVE, {cells: [MOUNT_ATTR.MOUNT_ATTR_RDONLY, 0, 0, 0]}, 32],
  purpose: 'readonly.set',
  tolerate: 'absent',
});

/**
 * What a path is, no plan knows: an empty folder is mounted over it, which the kernel does for folders alone (ENOTDIR),
 * and then /dev/null, which it does for files alone. `source` is the host's /dev/null and has been found to be there, so
 * that its absence is never mistaken for that of the path.
 */
const mask = (path: string, source: string): Op[] => [
  within(path, 'mask.place'),
  {
    call: 'mount',
    args: ['tmpfs', path, 'tmpfs', emptyFolder, 'size=4k'],
    purpose: 'mask.folder',
    tolerate: 'absent',
  },
  {call: 'mount', args: [source, path, null, MS.MS_BIND, null], purpose: 'mask.file', tolerate: 'absent'},
  // Through a place that may be written, root could change mode and owner of the machine's own /dev/null.
  {...readonlyAt(path), purpose: 'mask.readonly'},
];

const readonly = (path: string): Op[] => [
  within(path, 'readonly.place'),
  {call: 'mount', args: [path, path, null, MS.MS_BIND | MS.MS_REC, null], purpose: 'readonly.bind', tolerate: 'absent'},
  readonlyAt(path),
];

export function planCovers({root, linux}: ContainerSpec): CoverOps {
  const masked = linux?.maskedPaths ?? [];
  const readonlyOps = (linux?.readonlyPaths ?? []).flatMap(readonly);
  if (masked.length === 0) return {before: [], after: readonlyOps};
  const open = O.O_PATH | O.O_CLOEXEC;
  const purpose = 'mask.source';
  if (!root) {
    const found: Op = {call: 'openat', args: [AT_FDCWD, '/dev/null', open, 0], purpose, as: 'mask.null', fd: true};
    return {before: [], after: [...readonlyOps, found, ...masked.flatMap(path => mask(path, '/dev/null'))]};
  }
  // The container's own /dev/null may be anything: the host's is reached from a folder that was opened before.
  const old = {slot: 'mask.host'};
  return {
    before: [
      {call: 'openat', args: [AT_FDCWD, '/', open | O.O_DIRECTORY, 0], purpose, as: 'mask.host', fd: true},
      {call: 'openat', args: [old, 'dev/null', open, 0], purpose, as: 'mask.null', fd: true},
    ],
    after: [
      ...readonlyOps,
      {call: 'fchdir', args: [old], purpose},
      ...masked.flatMap(path => mask(path, 'dev/null')),
      {call: 'chdir', args: ['/'], purpose: 'mask.return'},
    ],
  };
}
