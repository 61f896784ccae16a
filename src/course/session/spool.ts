/**
 * Bytes of terminals on disk, in the order of the stream, so that memory stays flat. A file is a sequence of records:
 * u32 seq, u32 ms, u16 length of the side's name, u32 length of the data (little-endian), then name and data.
 */
import {closeSync, openSync, readdirSync, rmSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {makePlace, type Place, statePlace} from '../progress/place.ts';

/** One write(2) into the page cache per so many bytes: 0.1 ms or less each, even while a terminal floods. */
const BATCH = 128 * 1024;
const HEAD = 14;
const LIMIT = 64 * 1024 * 1024;

export interface Spool {
  readonly file: string;
  readonly limitBytes: number;
  /** False: the limit is reached, or the disk is full, and this record was not kept. */
  add(seq: number, ms: number, side: string, data: Uint8Array): boolean;
  /** Writes what waits; the file is removed unless `keep`. Safe to call twice. */
  close(keep?: boolean): void;
}

/** The spool that a session asks for. A state folder that cannot be written takes the spool away, not the lab. */
export function trySpool(wanted: {dir?: string; limitBytes?: number} | null | undefined): {
  spool?: Spool;
  problem?: unknown;
} {
  if (wanted === null) return {};
  try {
    const place = statePlace();
    const {dir = join(place.dir, 'spool'), limitBytes = LIMIT} = wanted ?? {};
    return {spool: openSpool({...place, dir}, limitBytes)};
  } catch (problem) {
    return {problem};
  }
}

/**
 * Opens a spool and removes those whose process is gone.
 * @param place folder for spools, made with mode 0700 (terminals show secrets)
 * @param limitBytes of the file
 * @throws the errno error of mkdir(2) or open(2)
 */
export function openSpool(place: Place, limitBytes: number): Spool {
  const {dir} = place;
  makePlace(place);
  removeStale(dir);
  const file = join(dir, `${process.pid}-${process.hrtime.bigint()}.spool`);
  const fd = openSync(file, 'wx', 0o600);
  const batch = Buffer.allocUnsafe(BATCH);
  let used = 0;
  let size = 0;
  let full = false;
  let broken = false;
  let closed = false;

  const put = (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + BATCH - used);
      batch.set(part, used);
      used += part.length;
      at += part.length;
      if (used === BATCH) flush();
    }
  };
  const flush = () => {
    for (let at = 0; at < used; ) at += writeSync(fd, batch, at, used - at);
    used = 0;
  };

  return {
    file,
    limitBytes,
    add(seq, ms, side, data) {
      const name = Buffer.from(side);
      const bytes = HEAD + name.length + data.length;
      full ||= size + bytes > limitBytes;
      if (closed || full || broken) return false;
      const head = Buffer.alloc(HEAD);
      head.writeUInt32LE(seq, 0);
      head.writeUInt32LE(ms, 4);
      head.writeUInt16LE(name.length, 8);
      head.writeUInt32LE(data.length, 10);
      try {
        for (const part of [head, name, data]) put(part);
      } catch {
        broken = true; // ENOSPC, EIO: the terminals go on, only the record of them ends here
        return false;
      }
      size += bytes;
      return true;
    },
    close(keep = false) {
      if (closed) return;
      closed = true;
      try {
        if (keep && !broken) flush();
      } finally {
        closeSync(fd);
        if (!keep) rmSync(file, {force: true});
      }
    },
  };
}

function removeStale(dir: string): void {
  for (const name of readdirSync(dir)) {
    const pid = Number(/^(\d+)-\d+\.spool$/.exec(name)?.[1]);
    if (pid && !alive(pid)) rmSync(join(dir, name), {force: true});
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
