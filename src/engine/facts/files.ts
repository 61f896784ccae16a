/** What lies in the stage's folder: a bounded walk that follows no links and opens nothing but regular files. */
import {closeSync, constants, lstatSync, openSync, readdirSync, readSync, type Stats} from 'node:fs';
import type {Facts} from '../types.ts';

/** A sample must stay cheap however much a learner copies into the folder. */
const ENTRIES = 400;
const DEPTH = 8;
const TEXT_BYTES = 256;
/** Programs and libraries are larger; not opening them saves most of the time of a sample. */
const TEXT_FILE_BYTES = 16 * 1024;

export interface Entry {
  stat: Stats;
  /** First bytes of a regular file that are text. */
  text?: string;
}

/** By path, relative to where the walk began: folders before what is in them, names in order. */
export type Tree = Map<string, Entry>;

const bytes = Buffer.allocUnsafeSlow(TEXT_BYTES);

/** Up to 256 bytes of a regular file, without newlines at the end; undefined: no text, or not readable. */
function textOf(path: string, size: number): string | undefined {
  if (size === 0) return '';
  if (size > TEXT_FILE_BYTES) return undefined;
  let fd: number;
  try {
    // It was a regular file a moment ago; should it be a link or a FIFO now, that is neither followed nor waited for.
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
  try {
    const length = readSync(fd, bytes, 0, TEXT_BYTES, 0);
    const content = bytes.subarray(0, length);
    return content.includes(0) ? undefined : content.toString('utf8').replace(/\n+$/, '');
  } catch {
    return undefined;
  } finally {
    closeSync(fd);
  }
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir).sort();
  } catch {
    return []; // gone meanwhile, or not readable
  }
}

export interface WalkOptions {
  /** Whether to go into a folder: not into /proc, for instance, that somebody mounted there. */
  enters?: (path: string) => boolean;
  texts?: boolean;
}

/**
 * Entries below `dir`, at most 400 and 8 levels deep, without dot files at its top (a shell's own). What can't be read is
 * left out; an empty tree when `dir` is not there.
 */
export function walk(dir: string, {enters = () => true, texts = false}: WalkOptions = {}): Tree {
  const tree: Tree = new Map();
  // Level by level: one folder with very much in it must not keep the others out.
  let level = [''];
  for (let depth = 0; depth < DEPTH && level.length > 0; depth++) {
    const next: string[] = [];
    for (const below of level) {
      for (const name of namesIn(`${dir}/${below}`)) {
        if (tree.size >= ENTRIES) return tree;
        if (depth === 0 && name.startsWith('.') && !name.startsWith('.wh.')) continue;
        const path = below ? `${below}/${name}` : name;
        const stat = lstatSync(`${dir}/${path}`, {throwIfNoEntry: false});
        if (!stat) continue;
        const text = texts && stat.isFile() ? textOf(`${dir}/${path}`, stat.size) : undefined;
        tree.set(path, {stat, ...(text === undefined ? {} : {text})});
        if (stat.isDirectory() && enters(path)) next.push(path);
      }
    }
    level = next;
  }
  return tree;
}

const kinds: Readonly<Record<number, string>> = {
  [constants.S_IFDIR]: 'd',
  [constants.S_IFLNK]: 'l',
  [constants.S_IFCHR]: 'c',
  [constants.S_IFBLK]: 'b',
  [constants.S_IFIFO]: 'p',
  [constants.S_IFSOCK]: 's',
};

/** Major and minor number of a device (makedev(3)). */
export function deviceNumbers(device: number): {major: number; minor: number} {
  const value = BigInt(device);
  return {
    major: Number(((value >> 8n) & 0xfffn) | ((value >> 32n) & ~0xfffn)),
    minor: Number((value & 0xffn) | ((value >> 12n) & ~0xffn)),
  };
}

/** As in the first column of `ls -l`: "-rw-r--r--"; of a device with its numbers: "c--------- 0:0". */
function modeText(stat: Stats): string {
  const {mode} = stat;
  const special = [0o4000, 0o2000, 0o1000];
  const triple = (index: number): string => {
    const bits = (mode >> (6 - 3 * index)) & 7;
    const set = mode & special[index]!;
    const x = bits & 1 ? (set ? 'sst'[index] : 'x') : set ? 'SST'[index] : '-';
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${x}`;
  };
  const text = `${kinds[mode & constants.S_IFMT] ?? '-'}${triple(0)}${triple(1)}${triple(2)}`;
  if (!stat.isCharacterDevice() && !stat.isBlockDevice()) return text;
  const {major, minor} = deviceNumbers(stat.rdev);
  return `${text} ${major}:${minor}`;
}

/** The facts of a tree: text, mode, links and bytes on disk, by path. */
export function fileFacts(tree: Tree): Facts {
  const text: Facts = {};
  const mode: Facts = {};
  const links: Facts = {};
  const disk: Facts = {};
  for (const [path, {stat, text: content}] of tree) {
    mode[path] = modeText(stat);
    if (content !== undefined) text[path] = content;
    if (!stat.isFile()) continue;
    links[path] = BigInt(stat.nlink);
    disk[path] = BigInt(stat.blocks) * 512n;
  }
  return {text, mode, links, disk};
}
