/** Which files of the host a program needs: itself, its loader, its libraries, and every link on the way to them. */
import path from 'node:path';
import {EngineError} from '../errors.ts';
import {parseCache, usualFolders} from './cache.ts';
import {elfNeeds} from './elf.ts';

/** A host to copy from. Paths are absolute and never lead through a link. */
export interface Source {
  kind(file: string): 'file' | 'dir' | 'link' | undefined;
  linkTarget(file: string): string;
  read(file: string): Buffer;
}

/** What a root is to hold. Paths as on the host, without links in their folders. */
export interface Footprint {
  dirs: Set<string>;
  /** Path → target, as the host has it. */
  links: Map<string, string>;
  files: Set<string>;
}

const linkLimit = 40; // as many as the kernel follows, path_resolution(7)
const programFolders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
/** Folders that programs expect, and those that are links where /usr is merged. */
const skeleton = ['/bin', '/sbin', '/lib', '/lib64', '/usr'];

/** Finds files on a host and notes the way to them. */
export class Collector {
  readonly found: Footprint = {dirs: new Set(), links: new Map(), files: new Set()};
  readonly #source: Source;
  readonly #cache: Map<string, string>;

  constructor(source: Source) {
    this.#source = source;
    const cache = '/etc/ld.so.cache';
    this.#cache = source.kind(cache) === 'file' ? parseCache(source.read(cache)) : new Map();
    for (const dir of skeleton) this.#walk(dir, true);
  }

  /**
   * Adds a program and all that it needs. Throws 'rootfs.no-program' {program, searched}, 'rootfs.no-library' {library,
   * program}, 'rootfs.not-runnable' {program}: neither a 64-bit ELF file nor a script.
   */
  program(name: string): void {
    const files = name.includes('/') ? [path.resolve('/', name)] : programFolders.map(dir => `${dir}/${name}`);
    const file = files.find(one => this.#walk(one, false) !== undefined);
    if (file === undefined) {
      throw new EngineError({code: 'rootfs.no-program', params: {program: name, searched: files.join(' ')}});
    }
    this.#add(file, name);
  }

  #add(file: string, program: string): void {
    const real = this.#walk(file, true);
    if (real === undefined) throw new EngineError({code: 'rootfs.no-library', params: {library: file, program}});
    if (this.found.files.has(real)) return;
    this.found.files.add(real);
    const bytes = this.#source.read(real);
    const script = /^#! *(\S+)/.exec(bytes.toString('latin1', 0, 256))?.[1];
    if (script !== undefined) {
      this.#add(script, program);
      return;
    }
    const needs = elfNeeds(bytes);
    if (!needs) throw new EngineError({code: 'rootfs.not-runnable', params: {program}});
    if (needs.interpreter !== undefined) this.#add(needs.interpreter, program);
    for (const library of needs.needed) this.#add(this.#library(library, needs.runpath, real, program), program);
  }

  /** ld.so(8): the file's own folders, then the cache, then the usual folders. */
  #library(name: string, runpath: readonly string[], by: string, program: string): string {
    if (name.includes('/')) return name;
    const own = runpath.map(dir => dir.replace(/\$\{?ORIGIN\}?/g, path.dirname(by)));
    const cached = this.#cache.get(name);
    const inside = (dir: string): string => path.resolve('/', dir, name);
    const candidates = [...own.map(inside), ...(cached ? [cached] : []), ...usualFolders().map(inside)];
    const file = candidates.find(one => this.#walk(one, false) !== undefined);
    if (file === undefined) throw new EngineError({code: 'rootfs.no-library', params: {library: name, program}});
    return file;
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
