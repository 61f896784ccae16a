/** Which files of the host a program needs: itself, its loader, its libraries, and every link on the way to them. */
import path from 'node:path';
import {EngineError} from '../errors.ts';
import {type ElfFault, type ElfNeeds, elfNeeds} from './elf.ts';
import {glibc, isMusl, type Loader, musl} from './loaders.ts';

/** A host to copy from. Paths are absolute and never lead through a link. */
export interface Source {
  kind(file: string): 'file' | 'dir' | 'link' | undefined;
  linkTarget(file: string): string;
  /** Throws an error with a `code` where the file cannot be read. */
  read(file: string): Buffer;
}

/** What a root is to hold. Paths as on the host, without links in their folders. */
export interface Footprint {
  dirs: Set<string>;
  /** Path → target, as the host has it. */
  links: Map<string, string>;
  files: Set<string>;
}

/** A file that is to be looked into: for which of the programs asked for, and how many scripts led to it. */
interface Task {
  file: string;
  program: string;
  loader: Loader;
  scripts: number;
}

const linkLimit = 40; // as many as the kernel follows, path_resolution(7)
const scriptLimit = 4; // execve(2): an interpreter may be a script, four times
const programFolders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
/** Folders that programs expect, and those that are links where /usr is merged. */
const skeleton = ['/bin', '/sbin', '/lib', '/lib64', '/usr'];

/** What the first line of a script names (execve(2)): its interpreter, and with env(1) the program that env starts. */
function interpreterOf(bytes: Buffer): {file: string; run?: string} | undefined {
  const [, line = ''] = /^#!([^\n\0]*)/.exec(bytes.toString('latin1', 0, 256)) ?? [];
  const words = Buffer.from(line, 'latin1')
    .toString('utf8')
    .split(/[ \t]+/)
    .filter(Boolean);
  const [file] = words;
  if (file === undefined) return undefined;
  const run = path.basename(file) === 'env' ? words.slice(1).find(word => !/^-|=/.test(word)) : undefined;
  return {file, ...(run === undefined ? {} : {run})};
}

/** Finds files on a host and notes the way to them. */
export class Collector {
  readonly found: Footprint = {dirs: new Set(), links: new Map(), files: new Set()};
  readonly #source: Source;
  readonly #glibc: Loader;
  readonly #tasks: Task[] = [];
  readonly #known = new Map<string, ElfNeeds | ElfFault>();

  constructor(source: Source) {
    this.#source = source;
    this.#glibc = glibc(this.#reads);
    for (const dir of skeleton) this.#walk(dir, true);
  }

  /**
   * Adds a program and all that it needs. Throws 'rootfs.no-program' {program, searched}; of a file that it needs 'rootfs.no-library'
   * {program, file, library}, 'rootfs.no-interpreter' {program, file, interpreter}, 'rootfs.script-depth' {program, file};
   * where such a file does not run here 'rootfs.not-runnable', 'rootfs.elf-…' {program, file}, 'rootfs.unreadable' {file, why}.
   */
  program(name: string): void {
    const loader = this.#glibc;
    this.#tasks.push({file: this.#program(name), program: name, loader, scripts: 0});
    for (let task = this.#tasks.pop(); task; task = this.#tasks.pop()) this.#add(task);
  }

  #program(name: string): string {
    const files = name.includes('/') ? [path.resolve('/', name)] : programFolders.map(dir => `${dir}/${name}`);
    const file = files.find(one => this.#isFile(one));
    if (file !== undefined) return file;
    throw new EngineError({code: 'rootfs.no-program', params: {program: name, searched: files.join(' ')}});
  }

  #isFile(file: string): boolean {
    const real = this.#walk(file, false);
    return real !== undefined && this.#source.kind(real) === 'file';
  }

  readonly #reads = (file: string): Buffer | undefined => {
    const real = this.#walk(file, false);
    return real !== undefined && this.#source.kind(real) === 'file' ? this.#read(real) : undefined;
  };

  #read(file: string): Buffer {
    try {
      return this.#source.read(file);
    } catch (error) {
      const why = (error as NodeJS.ErrnoException).code;
      if (why === undefined) throw error;
      throw new EngineError({code: 'rootfs.unreadable', params: {file, why}});
    }
  }

  #elf(real: string): ElfNeeds | ElfFault {
    const known = this.#known.get(real) ?? elfNeeds(this.#read(real));
    this.#known.set(real, known);
    return known;
  }

  /** Notes one file, and what it needs in turn. */
  #add(task: Task): void {
    const {file, program} = task;
    const real = this.#walk(file, true)!;
    if (this.found.files.has(real)) return;
    const needs = this.#elf(real);
    const script = needs === 'no-elf' ? interpreterOf(this.#read(real)) : undefined;
    if (script) this.#script(script, task);
    else {
      if (typeof needs === 'string') {
        const code = needs === 'no-elf' ? 'rootfs.not-runnable' : `rootfs.elf-${needs}`;
        throw new EngineError({code, params: {program, file: real}});
      }
      this.#libraries(needs, {...task, file: real});
    }
    this.found.files.add(real);
  }

  #script({file, run}: {file: string; run?: string}, task: Task): void {
    const {program, file: script, scripts} = task;
    if (scripts >= scriptLimit) throw new EngineError({code: 'rootfs.script-depth', params: {program, file: script}});
    // One that is no absolute path is looked for where the program is started: nobody knows where that will be.
    if (!file.startsWith('/') || !this.#isFile(file)) {
      throw new EngineError({code: 'rootfs.no-interpreter', params: {program, file: script, interpreter: file}});
    }
    this.#tasks.push({...task, file, scripts: scripts + 1});
    if (run !== undefined) this.#tasks.push({...task, file: this.#program(run), scripts: scripts + 1});
  }

  #libraries({interpreter, needed, runpath}: ElfNeeds, task: Task): void {
    const {file, program} = task;
    let {loader} = task;
    if (interpreter !== undefined) {
      if (!interpreter.startsWith('/') || !this.#isFile(interpreter)) {
        throw new EngineError({code: 'rootfs.no-interpreter', params: {program, file, interpreter}});
      }
      loader = isMusl(interpreter) ? musl(interpreter, this.#reads) : this.#glibc;
      this.#tasks.push({...task, file: interpreter, loader});
    }
    for (const library of needed) {
      if (loader.isOwn(library)) continue;
      this.#tasks.push({...task, file: this.#library(library, runpath, {...task, loader}), loader});
    }
  }

  /** The file's own folders, then those of its loader. What is for another machine is passed over, as loaders do. */
  #library(library: string, runpath: readonly string[], {file, program, loader}: Task): string {
    const own = runpath.map(dir =>
      path.resolve(
        '/',
        dir.replaceAll(/\$\{?ORIGIN\}?/g, () => path.dirname(file)),
        library,
      ),
    );
    const places = library.includes('/') ? [path.resolve('/', library)] : [...own, ...loader.places(library)];
    const there = places.filter(one => this.#isFile(one));
    const chosen = there.find(one => typeof this.#elf(this.#walk(one, false)!) !== 'string') ?? there[0];
    if (chosen === undefined) throw new EngineError({code: 'rootfs.no-library', params: {library, program, file}});
    const settings = library.includes('/') || own.includes(chosen) ? undefined : loader.settings(chosen);
    if (settings !== undefined) this.found.files.add(this.#walk(settings, true)!);
    return chosen;
  }

  /** Follows a path as path_resolution(7) does. Gives the real path; undefined: it is not there. */
  #walk(file: string, note: boolean): string | undefined {
    const source = this.#source;
    let rest = file.split('/').filter(Boolean);
    let real = '';
    for (let links = 0; rest.length > 0; ) {
      const [part, ...more] = rest;
      rest = more;
      if (part === '.') continue;
      if (part === '..') {
        real = real.slice(0, Math.max(0, real.lastIndexOf('/')));
        continue;
      }
      const next = `${real}/${part}`;
      const kind = source.kind(next);
      if (kind === undefined || (kind === 'file' && rest.length > 0)) return undefined;
      if (kind !== 'link') {
        real = next;
        if (kind === 'dir' && note) this.found.dirs.add(next);
        continue;
      }
      if (++links > linkLimit) return undefined;
      const target = source.linkTarget(next);
      if (note) this.found.links.set(next, target);
      if (target.startsWith('/')) real = '';
      rest = [...target.split('/').filter(Boolean), ...rest];
    }
    return real || '/';
  }
}
