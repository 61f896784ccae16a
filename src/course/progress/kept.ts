/** A small file that is kept beside others of its kind: read, merged and written whole, never half; a damaged one is set aside. */
import {open, readFile, rename, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import writeFileAtomic from 'write-file-atomic';
import type {z} from 'zod';
import {makePlace, type Place} from './place.ts';

/** Something the learner should know; a code with parameters, worded by words/session.ts. */
export interface Notice {
  /** 'progress.damaged' {file, kept, why}, 'progress.newer' {file, version}, 'progress.unwritable' {file, why} */
  code: string;
  params: Record<string, string | number>;
}

export interface Kept<T> {
  readonly file: string;
  /** Never rejects: what cannot be read counts as empty, and a notice says why. */
  read(): Promise<{value: T; notices: Notice[]}>;
  /** Changes what is there, one writer at a time. Never rejects: notices say what went wrong. */
  update(change: (value: T) => T): Promise<Notice[]>;
}

const LOCK_TRIES = 200;
const LOCK_STALE_MS = 5000;

/**
 * @param place its folder, made when it is first written
 * @param shape of version 1; the file of a newer version is left as it is
 */
export function keepFile<T extends {version: 1}>(place: Place, name: string, shape: z.ZodType<T>, empty: T): Kept<T> {
  const file = join(place.dir, name);
  return {
    file,
    read: () => load(file, shape, empty),
    async update(change) {
      try {
        makePlace(place);
        return await locked(`${file}.lock`, async () => {
          const {value, notices} = await load(file, shape, empty);
          if (notices.some(notice => notice.code === 'progress.newer')) return notices;
          const text = `${JSON.stringify(change(value), null, 2)}\n`;
          await writeFileAtomic(file, text, {mode: 0o600, ...(place.owner ? {chown: place.owner} : {})});
          return notices;
        });
      } catch (error) {
        return [{code: 'progress.unwritable', params: {file, why: (error as Error).message}}];
      }
    },
  };
}

async function load<T>(file: string, shape: z.ZodType<T>, empty: T): Promise<{value: T; notices: Notice[]}> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {value: empty, notices: []};
    const notice = {code: 'progress.unreadable', params: {file, why: (error as Error).message}};
    return {value: empty, notices: [notice]};
  }
  let data: unknown;
  let why = '';
  try {
    data = JSON.parse(text);
  } catch (error) {
    why = (error as Error).message;
  }
  const version = (data as {version?: unknown} | null)?.version;
  if (typeof version === 'number' && version > 1) {
    return {value: empty, notices: [{code: 'progress.newer', params: {file, version}}]};
  }
  const parsed = shape.safeParse(data);
  if (parsed.success) return {value: parsed.data, notices: []};
  const issue = parsed.error.issues[0];
  why ||= `${issue?.path.join('.') || '.'}: ${issue?.message}`;
  return {value: empty, notices: [await setAside(file, why)]};
}

async function setAside(file: string, why: string): Promise<Notice> {
  const kept = `${file}.damaged-${new Date().toISOString().replaceAll(':', '')}`;
  try {
    await rename(file, kept);
    return {code: 'progress.damaged', params: {file, kept, why}};
  } catch (error) {
    return {code: 'progress.unreadable', params: {file, why: (error as Error).message}};
  }
}

/** One writer at a time, also between processes: a file that only one can make. One left behind by a crash grows stale. */
async function locked<T>(lock: string, work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      await (await open(lock, 'wx', 0o600)).close();
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || tries >= LOCK_TRIES) throw error;
      if (await stale(lock)) await rm(lock, {force: true});
      else await pause(10 + Math.random() * 40);
    }
  }
  try {
    return await work();
  } finally {
    await rm(lock, {force: true});
  }
}

async function stale(lock: string): Promise<boolean> {
  try {
    const handle = await open(lock);
    try {
      return Date.now() - (await handle.stat()).mtimeMs > LOCK_STALE_MS;
    } finally {
      await handle.close();
    }
  } catch {
    return true;
  }
}
