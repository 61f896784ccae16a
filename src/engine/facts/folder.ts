/** What one side sees in the stage's folder: its files, and the union mount in it. */
import {parseFilesystems} from '../host/kernel.ts';
import type {Facts} from '../types.ts';
import {fileFacts, walk} from './files.ts';
import {layerFacts} from './layers.ts';
import {readMounts} from './mountinfo.ts';
import {type Ids, ownerFacts} from './owners.ts';
import {slurp} from './proc.ts';

/** File systems that a lab makes to put files on; /proc and the machine's own are not walked through. */
const walked = new Set(['tmpfs', 'overlay', 'aufs', 'ramfs']);

export interface FolderInput {
  pid: number;
  keeperPid: number;
  /** Of the stage, as it is called there. */
  dir: string;
  /** Whether the process was given a root of its own. */
  ownRoot: boolean;
  /** Whose eyes see the owners of files. */
  ids: Ids;
}

/** The facts below `folder.` and `layers.`, and `filesystems`; no files where the process's root does not hold the folder. */
export function folderFacts({pid, keeperPid, dir, ownRoot, ids}: FolderInput): Facts {
  const mounts = readMounts(pid);
  const foreign = new Set(
    mounts.filter(m => m.point.startsWith(`${dir}/`) && !walked.has(m.type)).map(m => m.point.slice(dir.length + 1)),
  );
  const tree = walk(`/proc/${pid}/root${dir}`, {enters: path => !foreign.has(path), texts: true});
  const base = `/proc/${keeperPid}/root`;
  const layers = layerFacts({mounts, dir, base, ownRoot, tree});
  const filesystems = parseFilesystems(slurp('/proc/filesystems') ?? '');
  return {folder: {...fileFacts(tree), owner: ownerFacts(tree, ids)}, layers, filesystems};
}
