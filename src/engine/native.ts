/** The one file that imports koffi: libglassbox.so, loaded when it is first needed. */
import {existsSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {EngineError} from './errors.ts';
import {MAX_FDS, MAX_MESSAGE} from './plan/layout.ts';
import {errnoName, errnos} from './syscalls.ts';

interface Library {
  run(blob: Uint8Array, length: number, out: Uint8Array, room: number, fds: Int32Array, count: Int32Array): number;
  why(): string;
  where(): number;
  keeper(file: string, out: Int32Array): number;
  reap(pidfd: number): number;
  rmdir(paths: Uint8Array, length: number): number;
  send(
    fd: number,
    head: Uint8Array,
    headLength: number,
    payload: Uint8Array | null,
    length: number,
    fds: Int32Array | null,
    count: number,
  ): number;
  recv(fd: number, data: Uint8Array, room: number, fds: Int32Array, count: Int32Array): number;
}

/** Folder of the compiled files: native/build of the nearest folder upwards that has one. Undefined: not built. */
export function nativeFolder(from = path.dirname(fileURLToPath(import.meta.url))): string | undefined {
  for (let dir = from; ; dir = path.dirname(dir)) {
    const build = path.join(dir, 'native', 'build');
    if (existsSync(path.join(build, 'libglassbox.so'))) return build;
    if (dir === path.dirname(dir)) return undefined;
  }
}

let folder: string | undefined;
let library: Library | undefined;

function missing(what: string, detail: string): EngineError {
  return new EngineError({code: 'native.missing', params: {what, detail}});
}

/** Path of a compiled file. Throws 'native.missing' where it was not built. */
export function nativeFile(name: string): string {
  folder ??= nativeFolder();
  if (!folder || !existsSync(path.join(folder, name))) throw missing(name, 'native/build');
  return path.join(folder, name);
}

function load(): Library {
  if (library) return library;
  const file = nativeFile('libglassbox.so');
  try {
    const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
    const lib = koffi.load(file);
    library = {
      run: lib.func(
        'int gb_run(const uint8_t *blob, uint32_t len, uint8_t *out, uint32_t cap, int32_t *fds, int32_t *n)',
      ),
      why: lib.func('const char *gb_why()'),
      where: lib.func('uint32_t gb_where()'),
      keeper: lib.func('int gb_keeper(const char *path, int32_t *out)'),
      reap: lib.func('int gb_reap(int32_t pidfd)'),
      rmdir: lib.func('int gb_rmdir(const char *paths, uint32_t len)'),
      send: lib.func(
        'int gb_send(int32_t fd, const uint8_t *head, uint32_t head_len, const uint8_t *payload, uint32_t len, const int32_t *fds, int32_t n)',
      ),
      recv: lib.func('int gb_recv(int32_t fd, uint8_t *buf, uint32_t cap, int32_t *fds, int32_t *n)'),
    } as unknown as Library;
  } catch (error) {
    throw missing(path.basename(file), error instanceof Error ? error.message : String(error));
  }
  return library;
}

const room = Buffer.alloc(MAX_MESSAGE);
const fdRoom = new Int32Array(MAX_FDS);
const one = new Int32Array(1);

export interface Received {
  /** Valid until the next call: copy what is to stay. */
  data: Buffer;
  fds: number[];
  /** It came with descriptors for which this process has no room (EMFILE): all of them are closed, and `data` has more bytes than came. */
  cut?: boolean;
}

/**
 * Runs an encoded plan in this very process. Answers with gb_result, records and out region (a view that the next call
 * overwrites) and the descriptors handed out. Throws 'plan.refused' on a blob that the decoder does not accept.
 */
export function runHere(blob: Uint8Array, fds: readonly number[] = []): Received {
  const lib = load();
  fdRoom.set(fds);
  one[0] = fds.length;
  const length = lib.run(blob, blob.length, room, room.length, fdRoom, one);
  if (length < 0) {
    const params = {errno: errnoName(-length), offset: lib.where(), why: lib.why()};
    throw new EngineError({code: 'plan.refused', params});
  }
  return {data: room.subarray(0, length), fds: [...fdRoom.subarray(0, one[0])]};
}

export interface KeeperProcess {
  socket: number;
  doorbell: number;
  guardPid: number;
  guardPidfd: number;
}

/** Starts the keeper. Throws 'native.missing' and 'keeper.start'. */
export function startKeeper(): KeeperProcess {
  const out = new Int32Array(4);
  const file = nativeFile('glassbox-keeper');
  const err = load().keeper(file, out);
  if (err < 0) throw new EngineError({code: 'keeper.start', params: {errno: errnoName(-err), file}});
  const [socket = -1, doorbell = -1, guardPid = -1, guardPidfd = -1] = out;
  return {socket, doorbell, guardPid, guardPidfd};
}

/** Reaps a child by its pidfd: its status (128 + signal for a death by one), or undefined while it lives. */
export function reap(pidfd: number): number | undefined {
  const status = load().reap(pidfd);
  return status < 0 ? undefined : status;
}

/**
 * rmdir(2) of folders, in this order, in one call. Those that are gone already are as wanted. False: the first that would not go (EBUSY,
 * EACCES …) and those after it are still there.
 */
export function rmdirAll(folders: readonly string[]): boolean {
  const paths = Buffer.from(`${folders.join('\0')}\0`);
  return load().rmdir(paths, paths.length) === 0;
}

/** Sends one message, its head and its payload, with descriptors. 0, or -errno (-EAGAIN: the other side is busy). */
export function send(fd: number, head: Uint8Array, payload: Uint8Array | undefined, fds: readonly number[]): number {
  const list = fds.length === 0 ? null : Int32Array.from(fds);
  return load().send(fd, head, head.length, payload ?? null, payload?.length ?? 0, list, fds.length);
}

/** Receives one message without waiting: undefined when there is none, null when the other end is gone. */
export function receive(fd: number): Received | undefined | null {
  one[0] = MAX_FDS;
  const length = load().recv(fd, room, room.length, fdRoom, one);
  if (length === -errnos.EAGAIN) return undefined;
  if (length === -errnos.EMSGSIZE) return {data: room, fds: [], cut: true};
  if (length <= 0) return null;
  return {data: room.subarray(0, length), fds: one[0] > 0 ? [...fdRoom.subarray(0, one[0])] : []};
}
