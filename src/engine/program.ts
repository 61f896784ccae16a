/** Where a program is, before anything is made for it: a name that isn't there is said in one sentence. */
import {accessSync, closeSync, constants, lstatSync} from 'node:fs';
import path from 'node:path';
import {EngineError} from './errors.ts';
import {openInRoot} from './library.ts';
import type {ProcessSpec} from './types.ts';

/** Which files the process will see: those of a folder that becomes its root, or those of a running process. */
export type Files = {root: string} | {pid: number};

function isThere(files: Files, file: string): boolean {
  if ('root' in files) {
    const fd = openInRoot(files.root, file);
    if (fd === undefined) return false;
    closeSync(fd);
    return true;
  }
  const seen = `/proc/${files.pid}/root${file}`;
  try {
    accessSync(seen, constants.X_OK);
    return true;
  } catch {
    // A link with an absolute target would be followed in our own root: only execve can tell, so let it.
    return lstatSync(seen, {throwIfNoEntry: false})?.isSymbolicLink() ?? false;
  }
}

function searchPath(process: ProcessSpec): string[] {
  const entry = process.env?.findLast(e => e.startsWith('PATH='));
  return (entry ?? 'PATH=/bin:/usr/bin').slice(5).split(':');
}

/**
 * The path for execve: args[0] as it is when it holds a slash, else the first match in PATH of the process's own
 * environment. Throws 'program.missing' {program, searched}. That the file can be run at all, only execve says.
 */
export function findProgram(process: ProcessSpec, files: Files): string {
  const name = process.args[0] ?? '';
  const cwd = process.cwd ?? '/';
  const candidates = name.includes('/')
    ? [name]
    : searchPath(process).map(dir => `${dir === '' ? '.' : dir.replace(/(.)\/+$/, '$1')}/${name}`.replace('//', '/'));
  for (const candidate of candidates) if (isThere(files, path.resolve(cwd, candidate))) return candidate;
  const searched = name.includes('/') ? path.resolve(cwd, name) : searchPath(process).join(':');
  throw new EngineError({code: 'program.missing', params: {program: name, searched}});
}
