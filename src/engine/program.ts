/** Where a program is, before anything is made for it: a name that isn't there is said in one sentence. */
import {accessSync, closeSync, constants, lstatSync} from 'node:fs';
import path from 'node:path';
import {EngineError} from './errors.ts';
import {markOf} from './ledger.ts';
import {openInRoot} from './library.ts';
import type {ContainerSpec, MountSpec, ProcessSpec} from './types.ts';

/** Answers whether a file will be there: undefined where only the kernel can tell. */
export type Sight = (file: string) => boolean | undefined;

/** Whether a link is on the way to a file. What cannot be looked at may be one. */
function passesLink(root: string, file: string): boolean {
  try {
    for (let part = file; part !== '/'; part = path.dirname(part)) {
      if (lstatSync(root + part, {throwIfNoEntry: false})?.isSymbolicLink()) return true;
    }
    return false;
  } catch {
    return true; // ELOOP, EACCES
  }
}

/** Whether a file may be run: undefined where we may not know. */
function runnable(file: string): boolean | undefined {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? undefined : false;
  }
}

/** What a running process sees. */
export function sightOf(pid: number): Sight {
  const root = `/proc/${pid}/root`;
  return file => {
    // A link with an absolute target would be followed in our own root.
    if (!passesLink(root, file)) {
      const seen = runnable(root + file);
      return seen === false && !markOf(pid) ? undefined : seen; // it has just died, and what it saw with it
    }
    let fd: number | undefined;
    try {
      fd = openInRoot(root, file);
      return fd === undefined ? false : runnable(`/proc/self/fd/${fd}`);
    } catch {
      return undefined; // dead, or somebody else's
    } finally {
      if (fd !== undefined) closeSync(fd);
    }
  };
}

/** What a process sees whose root is this folder of the stage, whose own links are the stage's too. */
function sightInRoot(stage: string, root: string): Sight {
  return file => {
    const folder = openInRoot(stage, root);
    if (folder === undefined) return undefined; // the kernel will say that there is no such root
    try {
      const fd = openInRoot(`/proc/self/fd/${folder}`, file);
      if (fd !== undefined) closeSync(fd);
      return fd !== undefined;
    } finally {
      closeSync(folder);
    }
  };
}

function layers({type, source, options = []}: MountSpec, stage: string, from: string): Sight | undefined {
  if (type === 'bind' || options.includes('bind') || options.includes('rbind')) {
    return sightInRoot(stage, source ?? '/');
  }
  if (type === 'aufs') {
    const branches = options.flatMap(o => (/^(br:|dirs=)/.test(o) ? o.replace(/^(br:|dirs=)/, '').split(':') : []));
    const sights = branches.map(branch => sightInRoot(stage, branch.replace(/=[^=]*$/, '')));
    return file => sights.some(sight => sight(file));
  }
  if (type !== 'overlay') return undefined;
  const words = options.flatMap(option => option.split(/(?<!\\),/));
  const value = (key: string): string[] =>
    words.filter(w => w.startsWith(`${key}=`)).flatMap(w => w.slice(key.length + 1).split(/(?<!\\):/));
  const sights = [...value('upperdir'), ...value('lowerdir')]
    .filter(Boolean)
    .map(dir => sightInRoot(stage, path.resolve(from, dir.replace(/\\(.)/g, '$1'))));
  return sights.length > 0 ? file => sights.some(sight => sight(file)) : undefined;
}

const isBelow = (file: string, dir: string): boolean => dir === '/' || file === dir || file.startsWith(`${dir}/`);

/**
 * What the first process of a container will see: the stage below, then its root, then its mounts, the last one on top. `from`: the
 * folder that relative names of layers are relative to.
 */
export function sightInside(spec: ContainerSpec, stagePid: number, from = '/'): Sight {
  const joined = spec.linux?.namespaces?.find(n => n.type === 'mount')?.path;
  const pid = joined && /^\/proc\/(\d+)\/ns\/mnt$/.exec(joined)?.[1];
  if (joined && !pid) return () => undefined;
  // A root may lie where only the stage sees it.
  const stage = `/proc/${stagePid}/root`;
  const base = spec.root ? sightInRoot(stage, spec.root.path) : sightOf(pid ? Number(pid) : stagePid);
  return file => {
    const top = spec.mounts?.findLast(m => isBelow(file, path.resolve(m.destination)));
    if (!top) return base(file);
    return layers(top, stage, from)?.(path.resolve('/', path.relative(path.resolve(top.destination), file)));
  };
}

function searchPath(process: ProcessSpec): string[] {
  const entry = process.env?.findLast(e => e.startsWith('PATH='));
  return (entry ?? 'PATH=/bin:/usr/bin').slice(5).split(':');
}

/**
 * The path for execve: args[0] as it is when it holds a slash, else the first match in PATH of the process's own
 * environment. Throws 'program.missing' {program, searched}. Whether the file can be run, only execve says.
 */
export function findProgram(process: ProcessSpec, sight: Sight): string {
  const name = process.args[0] ?? '';
  if (name.includes('/')) return name;
  const files = searchPath(process).map(dir => (dir.endsWith('/') ? dir + name : `${dir || '.'}/${name}`));
  let perhaps: string | undefined;
  for (const file of files) {
    const seen = sight(path.resolve(process.cwd ?? '/', file));
    // A file that is certain goes before one that may be there.
    if (seen) return file;
    if (seen === undefined) perhaps ??= file;
  }
  if (perhaps !== undefined) return perhaps;
  throw new EngineError({code: 'program.missing', params: {program: name, searched: searchPath(process).join(':')}});
}

/**
 * ENOENT of execve has two meanings: the program is not there, or what it needs to be run is not (the interpreter of its
 * first line, its dynamic loader). Tells the first one by its name, with the journal; gives others back as they are.
 */
export function explainMissing(error: unknown, process: ProcessSpec, sight: Sight): unknown {
  const {call, journal} = error instanceof EngineError ? error : {};
  if (call?.call !== 'execve' || call.errno !== 'ENOENT') return error;
  const program = process.args[0] ?? '';
  const file = path.resolve(process.cwd ?? '/', program);
  if (!program.includes('/') || sight(file) !== false) return error;
  return new EngineError({code: 'program.missing', params: {program, searched: file}, call, journal});
}
