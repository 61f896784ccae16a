/** What the mount table says: a shared root, file systems that start no programs, a /proc with lids on it. */
import type {HostFinding} from '../types.ts';
import {bad, good, partly} from './find.ts';

export interface MountLine {
  where: string;
  /** Options of this mount point: ro, noexec, nosuid … */
  options: string[];
  /** "shared:1", "master:2", "unbindable"; none: private. */
  propagation: string[];
  type: string;
}

/** Octal escapes of proc_pid_mountinfo(5): space, tab, newline, backslash. */
const plainPath = (path: string): string =>
  path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

/** Lines of /proc/self/mountinfo (proc_pid_mountinfo(5)); what is no such line is left out. */
export function parseMountInfo(text: string): MountLine[] {
  return text.split('\n').flatMap(line => {
    const parts = line.split(' ');
    const dash = parts.indexOf('-', 6);
    if (dash < 0) return [];
    return [
      {
        where: plainPath(parts[4]!),
        options: parts[5]!.split(','),
        propagation: parts.slice(6, dash),
        type: parts[dash + 1] ?? '',
      },
    ];
  });
}

/** The mount that a path lies on: the last one of the longest mount point above it. */
export function mountOf(path: string, mounts: readonly MountLine[]): MountLine | undefined {
  let best: MountLine | undefined;
  for (const mount of mounts) {
    const above = mount.where === '/' || path === mount.where || path.startsWith(`${mount.where}/`);
    if (above && mount.where.length >= (best?.where.length ?? 0)) best = mount;
  }
  return best;
}

/** Folders of /proc that are made to be mounted on, and hide nothing (proc_create_mount_point in the kernel's sources). */
const emptyByDesign = ['/proc/sys/fs/binfmt_misc', '/proc/fs/nfsd', '/proc/openprom'];

/**
 * What lies over /proc. A user namespace may mount a proc of its own only where nothing of the old one is hidden
 * (mount_too_revealing() in fs/namespace.c). "ro": the whole is read-only.
 */
export function procLids(mounts: readonly MountLine[]): string[] {
  const lids = mounts
    .map(one => one.where)
    .filter(where => where.startsWith('/proc/') && !emptyByDesign.includes(where));
  const proc = mounts.findLast(one => one.where === '/proc');
  return [...new Set([...(proc?.options.includes('ro') ? ['/proc (ro)'] : []), ...lids])];
}

/** @param folders the one that the program was started from, and the one that holds stages */
export function mountFindings(
  mounts: readonly MountLine[],
  root: boolean,
  folders: {program: string; stages: string},
): HostFinding[] {
  const top = mountOf('/', mounts);
  const shared = top?.propagation.some(one => one.startsWith('shared')) ?? false;
  const lids = procLids(mounts);
  const list = lids.slice(0, 3).join(' ') + (lids.length > 3 ? ' …' : '');
  return [
    good('mount.root', top?.propagation[0] ?? 'private', shared ? 'host.mount.shared' : 'host.mount.private'),
    lids.length === 0
      ? good('mount.proc', '/proc', 'host.proc.whole')
      : root
        ? good('mount.proc', list, 'host.proc.lids-root')
        : bad('mount.proc', list, 'host.proc.lids', {list}, 'host.cure.proc'),
    programsFinding(mounts, folders.program),
    stagesFinding(mounts, folders.stages),
  ];
}

function programsFinding(mounts: readonly MountLine[], directory: string): HostFinding {
  const id = 'mount.program';
  const mount = mountOf(directory, mounts);
  if (!mount?.options.includes('noexec')) return good(id, directory, 'host.mount.program');
  const params = {directory, where: mount.where, command: `mount -o remount,exec ${mount.where}`};
  return bad(id, `${mount.where}: noexec`, 'host.mount.program-noexec', params, 'host.cure.command');
}

/** A private stage lies on a tmpfs of its own, whose flags are its own: noexec below it matters to the real host's alone. */
function stagesFinding(mounts: readonly MountLine[], directory: string): HostFinding {
  const id = 'mount.run';
  const mount = mountOf(directory, mounts);
  const flags = ['ro', 'noexec', 'nosuid'].filter(flag => mount?.options.includes(flag)).join(' ');
  const found = `${mount?.where ?? '/'}${flags && `: ${flags}`}`;
  const params = {directory, where: mount?.where ?? '/', flags};
  if (flags.includes('ro')) {
    const command = `mount -o remount,rw ${params.where}`;
    return bad(id, found, 'host.mount.run-read-only', {...params, command}, 'host.cure.command');
  }
  if (flags.includes('noexec')) return partly(id, found, 'host.mount.run-noexec', params);
  return good(id, found, 'host.mount.run', params);
}
