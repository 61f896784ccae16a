/**
 * What overlayfs marks in its layers (Documentation/filesystems/overlayfs.rst): names that are deleted from here down, folders
 * that hide those of the same name below, files whose data lies below.
 */
import type {Stats} from 'node:fs';
import {release} from 'node:os';
import {compareVersions} from '../host/kernel.ts';
import {runPlan} from '../library.ts';
import {readOut} from '../plan/answer.ts';
import type {Op} from '../plan/types.ts';
import {deviceNumbers, type Tree} from './files.ts';
import type {LayerEntry} from './union.ts';

const isWhiteout = (stat: Stats): boolean => {
  if (!stat.isCharacterDevice()) return false;
  const {major, minor} = deviceNumbers(stat.rdev);
  return major === 0 && minor === 0;
};

function overlayLayer(tree: Tree): Map<string, LayerEntry> {
  return new Map(
    [...tree].map(([name, {stat}]) => [
      name,
      {kind: isWhiteout(stat) ? 'whiteout' : stat.isDirectory() ? 'dir' : 'file'},
    ]),
  );
}

const asked = 24;

/** lgetxattr(2) of many files at once: the value's first bytes; undefined where there is none. */
function readXattrs(wanted: readonly {file: string; name: string}[]): (string | undefined)[] {
  const values: (string | undefined)[] = [];
  for (let at = 0; at < wanted.length; at += asked) {
    const some = wanted.slice(at, at + asked);
    const ops: Op[] = some.map(({file, name}, i) => ({
      call: 'lgetxattr',
      args: [file, name, {buffer: `v${i}`}, 8],
      purpose: 'facts.xattr',
      as: `r${i}`,
      tolerate: 'any',
    }));
    const buffers = Object.fromEntries(some.map((_, i) => [`v${i}`, {size: 8}]));
    const {out, results} = readOut(runPlan({buffers, main: ops, out: Object.keys(buffers)}));
    some.forEach((_, i) => {
      const length = Number(results[`r${i}`] ?? -1n);
      values.push(length < 0 ? undefined : out[`v${i}`]!.toString('latin1', 0, length));
    });
  }
  return values;
}

/** Since then an empty file with an attribute is a whiteout too: for who may not make devices. */
const emptyWhiteouts = '6.7';

export interface OverlayInput {
  /** Where each layer lies for us. */
  dirs: readonly string[];
  /** Of the mount, as the kernel has them. */
  options: string;
  /** Release of the kernel; this one's by default. */
  kernel?: string;
}

const parentOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/')));

/** The layers of an overlay, the topmost first, with all marks. */
export function overlayLayers(
  trees: readonly Tree[],
  {dirs, options, kernel = release()}: OverlayInput,
): Map<string, LayerEntry>[] {
  const layers = trees.map(overlayLayer);
  // trusted.* attributes are barred from a user namespace.
  const prefix = `${/(^|,)userxattr(,|$)/.test(options) ? 'user' : 'trusted'}.overlay`;
  const metacopy = /(^|,)metacopy=on(,|$)/.test(options);
  const empty = trees.map(tree =>
    compareVersions(kernel, emptyWhiteouts) >= 0
      ? [...tree].flatMap(([file, {stat}]) => (stat.isFile() && stat.size === 0 ? [file] : []))
      : [],
  );
  const holders = empty.map(files => new Set(files.map(parentOf)));
  // Only where a lower layer has the same name is there a question, or where an empty file may be no file.
  const wanted = layers.flatMap((layer, i) =>
    [['', {kind: 'dir'}] as [string, LayerEntry], ...layer].flatMap(([file, entry]) => {
      const other = layers.slice(i + 1).some(lower => lower.get(file)?.kind === entry.kind);
      const asks = entry.kind === 'dir' ? other || holders[i]!.has(file) : other && metacopy && entry.kind === 'file';
      const name = `${prefix}.${entry.kind === 'dir' ? 'opaque' : 'metacopy'}`;
      return asks ? [{i, path: file, file: `${dirs[i]}/${file}`, name, entry}] : [];
    }),
  );
  const marked = layers.map(() => new Set<string>());
  readXattrs(wanted).forEach((value, k) => {
    const {i, path, entry} = wanted[k]!;
    if (entry.kind === 'file') entry.metacopy = value !== undefined;
    else if (value === 'y') entry.opaque = true;
    else if (value === 'x') marked[i]!.add(path);
  });
  const perhaps = empty.flatMap((files, i) =>
    files
      .filter(file => marked[i]!.has(parentOf(file)))
      .map(file => ({i, path: file, file: `${dirs[i]}/${file}`, name: `${prefix}.whiteout`})),
  );
  readXattrs(perhaps).forEach((value, k) => {
    const {i, path} = perhaps[k]!;
    if (value !== undefined) layers[i]!.set(path, {kind: 'whiteout'});
  });
  return layers;
}
