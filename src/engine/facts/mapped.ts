/** Numbers of users as the stage's own terminal shows them, where the stage lies in a user namespace of an ordinary user. */
import type {Facts} from '../types.ts';
import {idsOf} from './owners.ts';
import {namespaceInode, normalizeTable, slurp} from './proc.ts';

/** uid_map of the first user namespace of all (user_namespaces(7)). */
const WHOLE = '0 0 4294967295';

/** The facts "mapped" and "ids", from the fact uid_map. */
export function mapFacts(uidMap: string): Facts {
  const sizes = uidMap.split('\n').map(line => Number(line.split(' ')[2] ?? 0));
  return {mapped: uidMap !== WHOLE, ids: BigInt(sizes.reduce((sum, size) => sum + size, 0))};
}

/** A map whose second column are ids of the machine, with what `inside` makes of them. */
function turned(map: string, inside: (id: number) => number): string {
  const line = (text: string): string => {
    const [first, outside, size] = text.split(' ');
    return outside === undefined ? text : `${first} ${inside(Number(outside))} ${size}`;
  };
  return map.split('\n').map(line).join('\n');
}

const number = (value: unknown, inside: (id: number) => number): bigint => BigInt(inside(Number(value)));

/**
 * Changes the facts of a process in place: uid, gid, groups and the outer column of maps are the machine's as we read them,
 * and become those of the stage, whose keeper is `keeperPid`. In the first user namespace nothing changes. The keeper's own
 * maps stay, as whoever is in its user namespace reads them.
 */
export function seeFromStage(facts: Facts, keeperPid: number): void {
  const [uids = '', gids = ''] = ['uid_map', 'gid_map'].map(name => slurp(`/proc/${keeperPid}/${name}`));
  if (normalizeTable(uids) === WHOLE) return;
  const eyes = idsOf(uids, gids);
  if (facts.uid !== undefined) facts.uid = number(facts.uid, eyes.uid);
  if (facts.gid !== undefined) facts.gid = number(facts.gid, eyes.gid);
  if (Array.isArray(facts.uids)) facts.uids = facts.uids.map(uid => number(uid, eyes.uid));
  if (Array.isArray(facts.gids)) facts.gids = facts.gids.map(gid => number(gid, eyes.gid));
  if (Array.isArray(facts.groups)) facts.groups = facts.groups.map(gid => number(gid, eyes.gid));
  if ((facts.ns as Facts | undefined)?.user === namespaceInode(keeperPid, 'user')) return;
  if (typeof facts.uid_map === 'string') facts.uid_map = turned(facts.uid_map, eyes.uid);
  if (typeof facts.gid_map === 'string') facts.gid_map = turned(facts.gid_map, eyes.gid);
}
