/** The newest union mount (overlay or aufs) that a side sees in the stage's folder, or as its root: layers, and who serves what. */
import {lstatSync, readlinkSync} from 'node:fs';
import path from 'node:path';
import type {Facts} from '../types.ts';
import {type Tree, walk} from './files.ts';
import type {Mount} from './mountinfo.ts';
import {overlayLayers} from './overlay-marks.ts';
import {slurp} from './proc.ts';
import {type Layer, type LayerEntry, merge} from './union.ts';

/** Branches of a union mount, the topmost first. */
export interface Branch {
  /** As it was given to mount(8). */
  dir: string;
  /** 'rw' for what takes the writes; 'ro', or aufs' other words ("ro+wh"). */
  permission: string;
}

/** Splits at a separator that has no backslash before it, and takes the backslashes away. */
const split = (text: string, separator: string): string[] =>
  text.split(new RegExp(`(?<!\\\\)${separator}`)).map(part => part.replace(/\\(.)/g, '$1'));

/** Layers of an overlay by the options in its line of mountinfo. */
export function overlayBranches(options: string): Branch[] {
  const branches: Branch[] = [];
  for (const option of options.split(/(?<!\\),/)) {
    const [, key, value = ''] = /^(\w+\+?)=(.*)$/s.exec(option) ?? [];
    const lower = (dir: string): Branch => ({dir, permission: 'ro'});
    if (key === 'upperdir') branches.unshift({dir: split(value, ',').join(','), permission: 'rw'});
    // "::" is followed by layers that hold only data of others: no names of theirs are shown.
    if (key === 'lowerdir') branches.push(...split(value.split('::')[0]!, ':').map(lower));
    if (key === 'lowerdir+') branches.push(lower(value));
  }
  return branches;
}

/** Branches of an aufs: files br0, br1 … of /sys/fs/aufs/si_ID, each "DIR=PERMISSION" (aufs(5)). */
export function aufsBranches(options: string, read: (file: string) => string | undefined = slurp): Branch[] {
  const id = /(?:^|,)si=([0-9a-f]+)/.exec(options)?.[1];
  const branches: Branch[] = [];
  for (let i = 0; id !== undefined; i++) {
    const line = read(`/sys/fs/aufs/si_${id}/br${i}`)?.trim();
    const equals = line?.lastIndexOf('=') ?? -1;
    if (!line || equals < 0) break;
    branches.push({dir: line.slice(0, equals), permission: line.slice(equals + 1)});
  }
  return branches;
}

/** ".wh.NAME" hides NAME, ".wh..wh..opq" makes its folder opaque; other names with ".wh..wh." are aufs' own. */
export function aufsLayer(tree: Tree): Map<string, LayerEntry> {
  const layer = new Map<string, LayerEntry>();
  for (const [file, {stat}] of tree) {
    const parts = file.split('/');
    const name = parts.at(-1)!;
    const dir = parts.slice(0, -1).join('/');
    if (name === '.wh..wh..opq') layer.set(dir, {...(layer.get(dir) ?? {kind: 'dir'}), opaque: true});
    else if (parts.some(part => part.startsWith('.wh..wh.')) || name === '.aufs.xino') continue;
    else if (name.startsWith('.wh.')) layer.set(path.join(dir, name.slice(4)), {kind: 'whiteout'});
    else layer.set(file, {...layer.get(file), kind: stat.isDirectory() ? 'dir' : 'file'});
  }
  return layer;
}

export interface LayersInput {
  mounts: readonly Mount[];
  /** The stage's folder, as it is called on the stage. */
  dir: string;
  /** Where layers are looked up: "/proc/KEEPER/root". */
  base: string;
  /** Whether the process has a root of its own, whose union mount counts too. */
  ownRoot: boolean;
  /** The stage's folder, walked already. */
  tree: Tree;
}

/** Layers may be named by links, since names of many have to be short: the folder that such a one leads to, as the stage has it. */
function folderOf(named: string, base: string): string {
  if (!lstatSync(base + named, {throwIfNoEntry: false})?.isSymbolicLink()) return named;
  return path.resolve(path.dirname(named), readlinkSync(base + named));
}

/** What below `dir` a walk found, as a tree of its own. */
function subtree(tree: Tree, dir: string): Tree {
  const prefix = `${dir}/`;
  return new Map([...tree].filter(([p]) => p.startsWith(prefix)).map(([p, entry]) => [p.slice(prefix.length), entry]));
}

/** Where nothing is mounted: no type, no layers. */
const none: Facts = {
  type: '',
  point: '',
  options: '',
  order: [],
  permissions: {},
  serves: {},
  hidden: {},
  holds: [],
};

/** The facts below `layers.`; all of them empty where this side sees no union mount of the lab. */
export function layerFacts({mounts, dir, base, ownRoot, tree}: LayersInput): Facts {
  const mount = mounts.findLast(
    ({type, point}) =>
      (type === 'overlay' || type === 'aufs') && (point.startsWith(`${dir}/`) || (ownRoot && point === '/')),
  );
  if (!mount) return none;
  const {type, point, options} = mount;
  const branches = type === 'aufs' ? aufsBranches(options) : overlayBranches(options);
  // A relative path was relative to the folder in which mount(8) ran: the lab's own, as far as can be known.
  const dirs = branches.map(branch => folderOf(path.resolve(dir, branch.dir), base));
  const relative = dirs.map(full => (full.startsWith(`${dir}/`) ? full.slice(dir.length + 1) : undefined));
  const trees = dirs.map((full, i) => {
    const known = relative[i] !== undefined && tree.has(relative[i]) ? subtree(tree, relative[i]) : undefined;
    return known ?? walk(base + full);
  });
  const layers: Map<string, LayerEntry>[] =
    type === 'aufs' ? trees.map(aufsLayer) : overlayLayers(trees, {dirs: dirs.map(full => base + full), options});
  const names = dirs.map((full, i) => relative[i] ?? full);
  const union = merge(layers as readonly Layer[]);
  const named = (map: ReadonlyMap<string, number>): Facts =>
    Object.fromEntries([...map].map(([file, index]) => [file, names[index]!]));
  return {
    type,
    point: point.startsWith(`${dir}/`) ? point.slice(dir.length + 1) : point,
    options,
    order: names,
    permissions: Object.fromEntries(branches.map(({permission}, i) => [names[i]!, permission])),
    serves: named(union.serves),
    hidden: named(union.hidden),
    holds: layers.flatMap((layer, i) => [...layer].map(([file, entry]) => `${names[i]} ${mark(entry)} ${file}`)),
  };
}

/** One letter for the picture: f(ile), d(ir), w(hiteout), o(paque folder), m(etadata only). */
function mark({kind, opaque, metacopy}: LayerEntry): string {
  if (kind === 'whiteout') return 'w';
  if (kind === 'dir') return opaque ? 'o' : 'd';
  return metacopy ? 'm' : 'f';
}
