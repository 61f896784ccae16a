/** More than one id for an ordinary user's stage: the ranges of subuid(5) and subgid(5), written by newuidmap(1). */
import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {type IdRange, readSubIds} from './host/userns.ts';
import type {MapKind} from './plan/stage.ts';
import {shellPath} from './terminal/shell-process.ts';
import type {IdMapping} from './types.ts';

const run = promisify(execFile);

/** Ids below are people's and programs' own; from here on labs give whole containers a range, as Docker does. */
const forContainers = 100_000;
/** As many ids as a container gets there at least; with fewer to spare, all stay below. */
const leastForContainers = 50_000;
const below = 10_000;
/** uid_map takes 340 lines, and newuidmap(1) reads its own part of subuid(5). */
const mostRanges = 50;

/**
 * The map of a stage: 0 is its user, then what `ranges` hold, from 1 upwards; of many ids only the first 9999, and the rest
 * from 100000 on.
 */
export function stageMap(own: number, ranges: readonly IdRange[]): IdMapping[] {
  const total = ranges.reduce((sum, one) => sum + one.count, 0);
  const gap = total >= below - 1 + leastForContainers;
  const map: IdMapping[] = [{containerID: 0, hostID: own, size: 1}];
  let next = 1;
  for (const {start, count} of ranges.slice(0, mostRanges)) {
    for (let done = 0; done < count; ) {
      if (gap && next === below) next = forContainers;
      const room = gap && next < below ? below - next : count;
      const size = Math.min(count - done, room);
      map.push({containerID: next, hostID: start + done, size});
      done += size;
      next += size;
    }
  }
  return map;
}

/**
 * Maps what this user may map beside the own ids into the user namespace of process `pid`, which has no map yet.
 * @returns the maps that nobody has written: no helper, no range, or the helper refused
 */
export async function mapIds(pid: number, user: {uid: number; gid: number}): Promise<MapKind[]> {
  const {uids, gids, newuidmap, newgidmap} = readSubIds(shellPath);
  const left: MapKind[] = [];
  const write = async (kind: MapKind, helper: string | undefined, own: number, ranges: readonly IdRange[]) => {
    if (!helper || ranges.length === 0) return void left.push(kind);
    const lines = stageMap(own, ranges).flatMap(one => [one.containerID, one.hostID, one.size].map(String));
    try {
      await run(helper, [String(pid), ...lines], {env: {}, timeout: 10_000});
    } catch {
      left.push(kind); // no entry in /etc/passwd, say: one id is always possible
    }
  };
  // Both or none: ids of users without their groups help nobody.
  if (gids.length > 0) await write('uid', newuidmap, user.uid, uids);
  else left.push('uid');
  if (left.length === 0) await write('gid', newgidmap, user.gid, gids);
  else left.push('gid');
  return left;
}
