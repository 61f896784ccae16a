/** What a process sees as files: its mounts, and whose processes its /proc lists. */
import {Recent} from '../recent.ts';
import type {Facts} from '../types.ts';
import {parseMountinfo, readMountinfo} from './mountinfo.ts';
import {parseStat, slurp} from './proc.ts';

/** Facts in the text of /proc/PID/mountinfo (proc_pid_mountinfo(5)), in its order: where two lie on each other, the lower first. */
export function mountFacts(text: string): Facts {
  const points: string[] = [];
  const types: string[] = [];
  const found = {shared: [] as string[], slave: [] as string[], unbindable: [] as string[]};
  const readonly: string[] = [];
  const masked: string[] = [];
  for (const {point, type, tags, root, flags} of parseMountinfo(text)) {
    points.push(point);
    types.push(`${type} on ${point}`);
    if (flags.includes('ro')) readonly.push(point);
    if (/^\/(proc|sys)\/./.test(point) && (type === 'tmpfs' || root === '/null')) masked.push(point);
    for (const tag of tags) {
      if (tag.startsWith('shared:')) found.shared.push(point);
      else if (tag.startsWith('master:')) found.slave.push(point);
      else if (tag === 'unbindable') found.unbindable.push(point);
    }
  }
  return {count: BigInt(points.length), points, types, readonly, masked, ...found};
}

/** The last ones parsed: the sides of a lab change their mounts seldom, and are read several times a second. */
const parsed = new Recent<number, {bytes: Buffer; facts: Facts}>(8);

/**
 * The facts "mounts.…" of a process; undefined when it is gone. None at all is an answer: after chroot(2) into a folder
 * that is no mount point, nothing is mounted in what it sees. The same mounts give the same object.
 */
export function readMounts(pid: number): Facts | undefined {
  const bytes = readMountinfo(pid);
  if (!bytes) return undefined;
  const known = parsed.get(pid);
  if (known?.bytes.equals(bytes)) return known.facts;
  const copy = Buffer.from(bytes);
  const facts = mountFacts(copy.toString('utf8'));
  parsed.set(pid, {bytes: copy, facts});
  return facts;
}

/**
 * The fact "own_proc": whether the /proc in the root of a process is that of its PID namespace. `nspid`: its number there,
 * `start`: its start time. Any other /proc has somebody else under that number, or nobody.
 */
export function seesOwnProc(pid: number, nspid: bigint | undefined, start: bigint): boolean {
  const stat = nspid === undefined ? undefined : slurp(`/proc/${pid}/root/proc/${nspid}/stat`);
  return stat !== undefined && parseStat(stat)?.start === start;
}
