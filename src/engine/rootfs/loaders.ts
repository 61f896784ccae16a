/** Where dynamic loaders look for libraries: glibc's (ld.so(8)) and musl's. */
import path from 'node:path';
import {parseCache, usualFolders} from './cache.ts';

/** Reads a file of the host; undefined: there is none. */
export type Reads = (file: string) => Buffer | undefined;

export interface Loader {
  /** A file of its own without which it does not find a library at that place in a root either; undefined: none. */
  settings(place: string): string | undefined;
  /** A library that is the loader itself. */
  isOwn(library: string): boolean;
  /** Where a library of that name may lie, the likeliest first. */
  places(library: string): string[];
}

const inside = (folders: readonly string[], library: string): string[] =>
  folders.map(folder => path.resolve('/', folder, library));

const cacheFile = '/etc/ld.so.cache';
/** Folders that glibc looks into without being told. */
const builtIn = /^(\/usr)?\/lib(64|\/[\w-]+-linux-gnu)?$/;

/** The cache of ldconfig(8), then the usual folders. */
export function glibc(reads: Reads): Loader {
  const bytes = reads(cacheFile);
  const cache = bytes ? parseCache(bytes) : new Map<string, string>();
  return {
    settings: place => (bytes && !builtIn.test(path.dirname(place)) ? cacheFile : undefined),
    isOwn: () => false,
    places: library => {
      const cached = cache.get(library);
      return [...(cached === undefined ? [] : [cached]), ...inside(usualFolders(), library)];
    },
  };
}

export const isMusl = (interpreter: string): boolean => path.basename(interpreter).startsWith('ld-musl-');

/** Folders out of /etc/ld-musl-ARCH.path, or three that are built in; libc and its kin are in the loader (musl's ldso/dynlink.c). */
export function musl(interpreter: string, reads: Reads): Loader {
  const settings = `/etc/${path.basename(interpreter).replace(/\.so.*$/, '')}.path`;
  const listed = reads(settings);
  const folders = listed?.toString('utf8').split(/[:\n]/).filter(Boolean) ?? ['/lib', '/usr/local/lib', '/usr/lib'];
  return {
    settings: () => (listed ? settings : undefined),
    isOwn: library => /^lib(c|pthread|rt|m|dl|util|xnet)\./.test(library),
    places: library => inside(folders, library),
  };
}
