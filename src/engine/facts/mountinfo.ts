/** /proc/PID/mountinfo: what is mounted where, as one process sees it (proc_pid_mountinfo(5)). */
import {closeSync, openSync, readSync} from 'node:fs';

export interface Mount {
  id: number;
  parent: number;
  /** "major:minor", as st_dev of files on it. */
  device: string;
  /** Which part of the file system is mounted. */
  root: string;
  /** In the process's own root. */
  point: string;
  /** Options of the mount itself: 'ro', 'nosuid' … */
  flags: string[];
  /** Optional fields: 'shared:N', 'master:N', 'unbindable' … */
  tags: string[];
  type: string;
  source: string;
  /** Options of the file system (not of the mount), as they stand there. */
  options: string;
}

/** Space, tab, newline and backslash are written in octal. */
const plain = (text: string): string =>
  !text.includes('\\')
    ? text
    : text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

/** Parses mountinfo; a line that is not understood is left out. Oldest mount first, so the last one lies on top. */
export function parseMountinfo(text: string): Mount[] {
  return text.split('\n').flatMap(line => {
    const words = line.split(' ');
    // The separator stands behind the optional fields; a mount point may be called "-" too.
    const dash = words.indexOf('-', 6);
    if (dash < 0) return [];
    const [id, parent, device, root, point, flags = ''] = words;
    const [type, source, options = ''] = words.slice(dash + 1);
    if (point === undefined || source === undefined) return [];
    return [
      {
        id: Number(id),
        parent: Number(parent),
        device: device!,
        root: plain(root!),
        point: plain(point),
        flags: flags.split(','),
        tags: words.slice(6, dash),
        type: type!,
        source: plain(source),
        // Only the separators of mountinfo itself: the file system's own backslashes are for the file system's reader.
        options: plain(options),
      },
    ];
  });
}

/** About 8000 mounts; more than that is no lab's host. */
const limit = 1 << 20;
let buffer = Buffer.allocUnsafeSlow(64 * 1024);

/**
 * The bytes of mountinfo, which may be longer than other files of /proc, so the buffer grows; undefined when the process is
 * gone. The buffer is reused by the next call.
 */
export function readMountinfo(pid: number): Buffer | undefined {
  let fd: number;
  try {
    fd = openSync(`/proc/${pid}/mountinfo`, 'r');
  } catch {
    return undefined;
  }
  try {
    let length = 0;
    for (;;) {
      const got = readSync(fd, buffer, length, buffer.length - length, null);
      length += got;
      if (got === 0 || length === limit) return buffer.subarray(0, length);
      if (length === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafeSlow(buffer.length)]);
    }
  } catch {
    return undefined;
  } finally {
    closeSync(fd);
  }
}

/** Mounts that a process sees, empty when it is gone. */
export function readMounts(pid: number): Mount[] {
  return parseMountinfo(readMountinfo(pid)?.toString('utf8') ?? '');
}
