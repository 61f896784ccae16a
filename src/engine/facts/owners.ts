/** Who a process is for itself, and whose files are whose: ids as its own user namespace shows them. */
import type {Facts} from '../types.ts';
import type {Tree} from './files.ts';
import {slurp} from './proc.ts';

interface Range {
  inside: number;
  outside: number;
  size: number;
}

/** Lines of uid_map or gid_map as we read them: ids inside, ids of the machine, how many (user_namespaces(7)). */
export function parseMap(text: string): Range[] {
  return [...text.matchAll(/(\d+)\s+(\d+)\s+(\d+)/g)].map(([, inside, outside, size]) => ({
    inside: Number(inside),
    outside: Number(outside),
    size: Number(size),
  }));
}

/** An id of the machine as a process under this map sees it; an id that is not mapped shows as the overflow id. */
export function idInside(map: readonly Range[], id: number, overflow: number): number {
  const range = map.find(one => id >= one.outside && id - one.outside < one.size);
  return range ? range.inside + (id - range.outside) : overflow;
}

const overflowId = (name: string): number => Number(slurp(`/proc/sys/kernel/${name}`) ?? 65534);

/** Translates ids of the machine for one process. */
export interface Ids {
  uid(id: number): number;
  gid(id: number): number;
}

/** From the texts of /proc/PID/uid_map and gid_map. */
export function idsOf(uidMap: string, gidMap: string): Ids {
  const [uids, gids] = [parseMap(uidMap), parseMap(gidMap)];
  const [nobody, nogroup] = [overflowId('overflowuid'), overflowId('overflowgid')];
  return {uid: id => idInside(uids, id, nobody), gid: id => idInside(gids, id, nogroup)};
}

/** The fact "folder.owner": "UID:GID" of each path, as stat(2) shows them to the process whose ids these are. */
export function ownerFacts(tree: Tree, ids: Ids): Facts {
  const owner: Facts = {};
  for (const [path, {stat}] of tree) owner[path] = `${ids.uid(stat.uid)}:${ids.gid(stat.gid)}`;
  return owner;
}

/** The facts "nsuid" and "nsgid" from the effective ids of the machine. */
export function insideIds(ids: Ids, uid: bigint | undefined, gid: bigint | undefined): Facts {
  return {
    ...(uid === undefined ? {} : {nsuid: BigInt(ids.uid(Number(uid)))}),
    ...(gid === undefined ? {} : {nsgid: BigInt(ids.gid(Number(gid)))}),
  };
}
