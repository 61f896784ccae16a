/**
 * Places inside a container's root. The root may be a stranger's: its links count as they do for a process whose root it
 * is, and a link of /proc ("/proc/1/root", "/proc/self/fd/7") is never followed, since it alone could lead out.
 */
import path from 'node:path';
import {AT_FDCWD, MOVE_MOUNT, O, RESOLVE, S} from '../flags.ts';
import type {Arg, Op} from './types.ts';

/**
 * A descriptor of `name`. The process has been put into the root, where ".." and absolute links end: with magic links barred this is what
 * RESOLVE_IN_ROOT gives (openat2(2)), and components may be opened one from the other.
 */
export const openInside = (parent: Arg, name: string, as: string, purpose: string, flags = 0): Op => ({
  call: 'openat2',
  args: [parent, name, {cells: [O.O_PATH | O.O_CLOEXEC | flags, 0, RESOLVE.RESOLVE_NO_MAGICLINKS]}, 24],
  purpose,
  as,
  fd: true,
});

/** Puts the mount that a slot's descriptor holds at its place. */
export const attach = (slot: string, place: string, purpose: string): Op => {
  const how = MOVE_MOUNT.MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT.MOVE_MOUNT_T_SYMLINKS;
  return {call: 'move_mount', args: [{slot}, '', AT_FDCWD, place, how], purpose};
};

/** Fails where a path leads out of the root; what is not there is passed over. */
export const within = (file: string, purpose: string): Op => ({
  ...openInside(AT_FDCWD, file, 'inside', purpose),
  tolerate: 'absent',
});

/**
 * Makes the place of a mount where it is missing, as runc does: folders, and at their end a folder or an empty file. Each
 * is made by the descriptor of the one above, so that nothing is ever made outside.
 */
export function planPlace(destination: string, kind: 'folder' | 'file'): Op[] {
  const as = 'mount.place';
  const names = path.resolve('/', destination).split('/').filter(Boolean);
  return names.flatMap((part, i): Op[] => {
    const parent: Arg = i === 0 ? AT_FDCWD : {slot: as};
    const name = i === 0 ? `/${part}` : part;
    const asFile = kind === 'file' && i === names.length - 1;
    const make: Pick<Op, 'call' | 'args'> = asFile
      ? {call: 'mknodat', args: [parent, name, S.S_IFREG | 0o644, 0]}
      : {call: 'mkdirat', args: [parent, name, 0o755]};
    const purpose = asFile ? 'mount.file' : 'mount.folder';
    return [{...make, purpose, tolerate: 'EEXIST'}, openInside(parent, name, as, 'mount.place')];
  });
}
