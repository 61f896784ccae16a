/** Where handouts go: names, what is there already, and writing without ever leaving half a file. */
import {randomBytes} from 'node:crypto';
import {access, constants, link, lstat, mkdir, rename, rm, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {CliFailure, EXIT} from '../failure.ts';

export type Format = 'html' | 'md';

export interface Wanted {
  /** As given; undefined: here. */
  out: string | undefined;
  /** Undefined: by the name's ending, else both. */
  format: 'html' | 'md' | 'both' | undefined;
  instructor: boolean;
  force: boolean;
}

export interface Target {
  format: Format;
  file: string;
}

const ENDING = /\.(html?|md)$/i;

/** 'glassbox-03-pid', of the instructor's edition 'glassbox-03-pid-instructor': nobody hands the wrong one out. */
export function baseName(number: string, id: string, instructor: boolean): string {
  const safe = (part: string) => part.replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '');
  return ['glassbox', safe(number), safe(id), instructor ? 'instructor' : ''].filter(part => part !== '').join('-');
}

/** Whether `out` names one file rather than a folder. */
export async function isFile(out: string | undefined): Promise<boolean> {
  if (out === undefined || !ENDING.test(out)) return false;
  return !(await stat(out).then(
    found => found.isDirectory(),
    () => false,
  ));
}

/**
 * The files of one page.
 * @throws CliFailure (usage) where the name's ending and the format disagree
 */
export async function targets({out, format}: Wanted, base: string): Promise<Target[]> {
  if (out !== undefined && (await isFile(out))) {
    const ending: Format = /\.md$/i.test(out) ? 'md' : 'html';
    if (format !== undefined && format !== 'both' && format !== ending)
      throw new CliFailure(EXIT.usage, 'usage.handout.ending', {out, format});
    const other: Format = ending === 'md' ? 'html' : 'md';
    const named = {format: ending, file: out};
    return format === 'both' ? [named, {format: other, file: out.replace(ENDING, `.${other}`)}] : [named];
  }
  const formats: Format[] = format === undefined || format === 'both' ? ['html', 'md'] : [format];
  return formats.map(one => ({format: one, file: path.join(out ?? '.', `${base}.${one}`)}));
}

/** Before anything is run in vain. @throws CliFailure where a file is there that must stay, or none can be made */
export async function demandFree(all: readonly Target[], {force}: Wanted): Promise<void> {
  for (const {file} of all) {
    await access(await nearest(path.dirname(path.resolve(file))), constants.W_OK | constants.X_OK).catch(error => {
      throw unwritable(file, error);
    });
    if (force) continue;
    const there = await lstat(file).then(
      () => true,
      () => false,
    );
    if (there) throw new CliFailure(EXIT.failed, 'handout.exists', {file});
  }
}

/**
 * Writes a whole file, or nothing: a full disk leaves no half of one, and what is there stays unless `force`.
 * @throws CliFailure
 */
export async function writeWhole(file: string, data: string | Uint8Array, {force}: Wanted): Promise<void> {
  const dir = path.dirname(file);
  const fresh = path.join(dir, `.${path.basename(file)}.${randomBytes(6).toString('hex')}`);
  try {
    await makeFolder(path.resolve(dir));
    await writeFile(fresh, data, {flag: 'wx'});
    if (force) await rename(fresh, file);
    else await link(fresh, file); // link(2) never replaces what is there
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new CliFailure(EXIT.failed, 'handout.exists', {file});
    throw unwritable(file, error);
  } finally {
    await rm(fresh, {force: true}).catch(() => {});
  }
}

function unwritable(file: string, error: unknown): CliFailure {
  const {code, message} = error as NodeJS.ErrnoException;
  return new CliFailure(EXIT.failed, 'handout.unwritable', {file, why: code ?? message});
}

/** The folder itself, or the nearest one above it that is there. */
async function nearest(dir: string): Promise<string> {
  const there = await stat(dir).then(
    () => true,
    () => false,
  );
  return there || dir === path.dirname(dir) ? dir : nearest(path.dirname(dir));
}

/** Not by mkdir's `recursive`, which tries for ever where a parent is there and still says ENOENT, as /proc does. */
async function makeFolder(dir: string): Promise<void> {
  const top = await nearest(dir);
  const below = path
    .relative(top, dir)
    .split(path.sep)
    .filter(name => name !== '');
  for (let at = top; below.length > 0; ) {
    at = path.join(at, below.shift() as string);
    await mkdir(at);
  }
}
