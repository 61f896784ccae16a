/** From what a lab says about a root to what the plan carries out: folders made, programs copied, layers stacked. */
import {closeSync, mkdirSync} from 'node:fs';
import path from 'node:path';
import {EngineError} from '../errors.ts';
import {openInRoot} from '../library.ts';
import {optionBytes} from '../plan/mount-options.ts';
import {parseSpec} from '../spec.ts';
import type {ContainerSpec, MountSpec} from '../types.ts';
import {buildRoot} from './build.ts';
import {linkLayers, linksFolder} from './short-names.ts';

export interface PrepareInput {
  /** Of the container: its own read-write layer is named after it. */
  id: string;
  /** The stage's folder: what relative paths are relative to, as an OCI bundle is. */
  dir: string;
  /** The stage's files: "/proc/KEEPER/root". */
  base: string;
  /** /proc/filesystems has aufs. */
  hasAufs: () => boolean;
  /** The stage lies in a user namespace. */
  mapped?: boolean;
}

/** ":" parts layers, "," options; a backslash before them is understood by overlay (and by nobody else). */
const escaped = (dir: string): string => dir.replace(/[\\:,]/g, '\\$&');

/** The mount that merges layers (the topmost first) at "/": with a read-write layer on top, or read-only. */
export function unionMount(
  layers: readonly string[],
  write: {upper: string; work: string} | undefined,
  union: 'overlay' | 'aufs',
  mapped = false,
): MountSpec {
  if (union === 'aufs') {
    const branches = [...(write ? [`${write.upper}=rw`] : []), ...layers.map(layer => `${layer}=ro+wh`)];
    return {destination: '/', type: 'aufs', source: 'none', options: [`br:${branches.join(':')}`]};
  }
  // trusted.* attributes are barred from a user namespace.
  const marks = mapped ? ['userxattr'] : [];
  const lower = `lowerdir=${layers.map(escaped).join(':')}`;
  const upper = write ? [`upperdir=${escaped(write.upper)}`, `workdir=${escaped(write.work)}`] : [];
  return {destination: '/', type: 'overlay', source: 'overlay', options: [...marks, lower, ...upper]};
}

/**
 * A descriptor (yours to close) of a folder of the stage, made if need be. Links count as they do on the stage: those with
 * a "/" in front would lead Node, which is not on it, to folders of the machine. Throws 'rootfs.no-folder'.
 */
function makeFolder(base: string, folder: string): number {
  const root = base || '/';
  const known = openInRoot(root, folder);
  if (known !== undefined) return known;
  const above = folder === '/' ? undefined : makeFolder(base, path.dirname(folder));
  try {
    mkdirSync(`/proc/self/fd/${above}/${path.basename(folder)}`, {mode: 0o755});
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    // A link that leads nowhere, or a file.
    if (code === 'EEXIST' || code === 'ENOTDIR')
      throw new EngineError({code: 'rootfs.no-folder', params: {path: folder, root}});
    throw error;
  } finally {
    if (above !== undefined) closeSync(above);
  }
  return makeFolder(base, folder);
}

/**
 * A specification whose root is an absolute path and nothing more. `programs` are copied into the root (with `layers`:
 * into the lowest of them); `layers` are merged there, under a layer of the container's own unless the root is readonly. Where
 * their paths are too long for mount(2), they have short names, relative to `dir`.
 * Every folder that is named is made if need be. Throws what buildRoot() throws, and 'rootfs.no-aufs'.
 */
export function prepareRoot(spec: ContainerSpec, input: PrepareInput): ContainerSpec {
  const {root} = spec;
  if (!root || (root.path.startsWith('/') && !root.programs && !root.layers)) return spec;
  const {id, dir, base, hasAufs, mapped = false} = input;
  const {programs, layers = [], union = 'overlay', readonly = false, enter} = root;
  if (union === 'aufs' && !hasAufs()) throw new EngineError({code: 'rootfs.no-aufs', params: {}});
  const on = path.resolve(dir, root.path);
  const stack = layers.map(layer => path.resolve(dir, layer));
  const make = (folder: string): void => closeSync(makeFolder(base, folder));
  if (programs) {
    let fd: number | undefined;
    const open = (): string => {
      fd = makeFolder(base, stack.at(-1) ?? on);
      return `/proc/self/fd/${fd}`;
    };
    try {
      buildRoot(base, open, programs);
    } finally {
      if (fd !== undefined) closeSync(fd);
    }
  }
  for (const folder of [on, ...stack]) make(folder);
  const plain = {...spec, root: {path: on, ...(readonly ? {readonly} : {}), ...(enter ? {enter} : {})}};
  if (stack.length === 0) return parseSpec(plain);
  // One lower layer alone is refused by overlay: an empty one below changes nothing.
  const write = readonly ? undefined : {upper: `${dir}/${id}.upper`, work: `${dir}/${id}.work`};
  if (!write && stack.length === 1) stack.push(`${dir}/${id}.empty`);
  for (const folder of write ? [write.upper, write.work] : stack) make(folder);
  const merged = unionMount(stack, write, union, mapped);
  const short = union === 'aufs' || fits(merged) ? merged : unionMount(shortened(stack, input), write, union, mapped);
  return parseSpec({...plain, mounts: [short, ...(spec.mounts ?? [])]});
}

const fits = ({options = []}: MountSpec): boolean => Buffer.byteLength(options.join(',')) <= optionBytes;

/** Names of layers that are relative to the stage's folder. */
function shortened(layers: readonly string[], {base, dir}: PrepareInput): string[] {
  const fd = makeFolder(base, `${dir}/${linksFolder}`);
  try {
    return linkLayers(fd, layers).map(name => `${linksFolder}/${name}`);
  } finally {
    closeSync(fd);
  }
}
