/** /proc/PID/mountinfo: what is mounted where, as one process sees it (proc_pid_mountinfo(5)). */
import {slurp} from './proc.ts';

export interface Mount {
  id: number;
  parent: number;
  /** "major:minor", as st_dev of files on it. */
  device: string;
  /** Which part of the file system is mounted. */
  root: string;
  /** In the process's own root. */
  point: string;
  type: string;
  source: string;
  /** Options of the file system (not of the mount), as they stand there. */
  options: string;
}

/** Space, tab, newline and backslash are written in octal. */
const plain = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

/** Parses mountinfo; a line that is not understood is left out. Oldest mount first, so the last one lies on top. */
export function parseMountinfo(text: string): Mount[] {
  return text.split('\n').flatMap(line => {
    const dash = line.indexOf(' - ');
    if (dash < 0) return [];
    const [id, parent, device, root, point] = line.slice(0, dash).split(' ');
    const [type, source, options = ''] = line.slice(dash + 3).split(' ');
    if (point === undefined || source === undefined) return [];
    return [
      {
        id: Number(id),
        parent: Number(parent),
        device: device!,
        root: plain(root!),
        point: plain(point),
        type: type!,
        source: plain(source),
        // Only the separators of mountinfo itself: the file system's own backslashes are for the file system's reader.
        options: plain(options),
      },
    ];
  });
}

/** Mounts that a process sees, empty when it is gone (the first 64 KiB of the file). */
export function readMounts(pid: number): Mount[] {
  return parseMountinfo(slurp(`/proc/${pid}/mountinfo`) ?? '');
}
