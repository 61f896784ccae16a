/** Makes a folder into a root: programs of the host with all that they need, and the folders that every root has. */
import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  type Stats,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import {EngineError} from '../errors.ts';
import {openInRoot} from '../library.ts';
import {Collector, type Source} from './collect.ts';

/** Places to mount on and to write in; [path, mode]. */
const places: readonly (readonly [string, number])[] = [
  ['/dev', 0o755],
  ['/etc', 0o755],
  ['/proc', 0o755],
  ['/root', 0o700],
  ['/sys', 0o755],
  ['/tmp', 0o1777],
];

/** Undefined for what is not there, and for what nobody could use either: a name without end, a folder closed to us. */
function look(file: string): Stats | undefined {
  try {
    return lstatSync(file, {throwIfNoEntry: false});
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}

/** The host as a process sees it whose root is `root` ("/proc/PID/root"). */
export function hostSource(root: string): Source {
  return {
    kind(file) {
      const stat = look(root + file);
      if (stat?.isSymbolicLink()) return 'link';
      return stat?.isDirectory() ? 'dir' : stat?.isFile() ? 'file' : undefined;
    },
    linkTarget: file => readlinkSync(root + file),
    read: file => readFileSync(root + file),
  };
}

/** Writes below one folder and nowhere else, whatever links lie in it. */
class Target {
  readonly #root: string;
  readonly #shown: string;
  readonly #open = new Map<string, number>();

  /** `root` may be a descriptor's path in /proc. */
  constructor(root: string) {
    this.#root = root;
    this.#shown = look(root)?.isSymbolicLink() ? readlinkSync(root) : root;
  }

  /** Where a file of the root is to be written: by the descriptor of its folder, found with openat2(RESOLVE_IN_ROOT). */
  #place(file: string): string {
    const dir = path.dirname(file);
    let fd = this.#open.get(dir);
    if (fd === undefined) {
      fd = openInRoot(this.#root, dir);
      if (fd === undefined) throw new EngineError({code: 'rootfs.no-folder', params: {path: dir, root: this.#shown}});
      this.#open.set(dir, fd);
    }
    return `/proc/self/fd/${fd}/${path.basename(file)}`;
  }

  /** What is there stays as it is. Returns whether it was made. */
  make(file: string, how: (at: string) => void): boolean {
    const at = this.#place(file);
    if (lstatSync(at, {throwIfNoEntry: false})) return false;
    try {
      how(at);
    } catch (error) {
      const why = (error as NodeJS.ErrnoException).code;
      if (why === undefined) throw error;
      throw new EngineError({code: 'rootfs.not-made', params: {file, root: this.#shown, why}});
    }
    return true;
  }

  close(): void {
    for (const fd of this.#open.values()) closeSync(fd);
    this.#open.clear();
  }
}

/**
 * Copies `programs` (names, looked up in the usual folders, or absolute paths) from the host that `host` shows
 * ("/proc/PID/root") into the folder `root`, which is made if need be: with dynamic loader, libraries (DT_NEEDED, all
 * the way down), the host's links, and empty /dev /etc /proc /root /sys /tmp. What lies there already stays. Libraries
 * that a program opens by itself, dlopen(3), are not known to anybody and not copied. A function gives `root` when all of
 * them have been found.
 * Throws what Collector.program() throws, 'rootfs.no-folder', and 'rootfs.not-made' {file, root, why} where the root has no room.
 */
export function buildRoot(host: string, root: string | (() => string), programs: readonly string[]): void {
  const collector = new Collector(hostSource(host));
  for (const program of programs) collector.program(program);
  const {dirs, links, files} = collector.found;
  const folder = typeof root === 'string' ? root : root();
  mkdirSync(folder, {recursive: true, mode: 0o755});
  const target = new Target(folder);
  try {
    // A folder's name is shorter than what lies in it; links come when the folders are there, files last.
    for (const dir of [...dirs].sort()) target.make(dir, at => mkdirSync(at, 0o755));
    for (const [link, to] of links) target.make(link, at => symlinkSync(to, at));
    for (const [dir, mode] of places) {
      target.make(dir, at => {
        mkdirSync(at);
        chmodSync(at, mode); // whatever the umask is
      });
    }
    for (const file of files) {
      target.make(file, at => {
        copyFileSync(host + file, at, constants.COPYFILE_EXCL);
        chmodSync(at, 0o755); // never set-user-ID
      });
    }
  } finally {
    target.close();
  }
}
