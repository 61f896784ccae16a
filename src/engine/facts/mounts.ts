/** What a process sees as files: its mounts, and whose processes its /proc lists. */
import {closeSync, openSync, readSync} from 'node:fs';
import type {Facts} from '../types.ts';
import {parseStat, slurp} from './proc.ts';

/** About 8000 mounts; more than that is no lab's host. */
const limit = 1 << 20;
let buffer = Buffer.allocUnsafeSlow(64 * 1024);

/** mountinfo may be longer than other files of /proc, so the buffer grows; undefined when the process is gone. */
function readMountinfo(pid: number): Buffer | undefined {
  let fd: number;
  try {
    fd = openSync(`/proc/${pid}/mountinfo`, 'r');
  } catch {
    return undefined;
  }
  try {
    let length = 0;
    for (;;) {
      const got = readSync(fd, buffer, length, buffer.length - length, null);
      length += got;
      if (got === 0 || length === limit) return buffer.subarray(0, length);
      if (length === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafeSlow(buffer.length)]);
    }
  } catch {
    return undefined;
  } finally {
    closeSync(fd);
  }
}

/** "\040" for a space, as in fstab(5). */
const unescaped = (text: string): string =>
  text.includes('\\')
    ? text.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)))
    : text;

/** Facts in the text of /proc/PID/mountinfo (proc_pid_mountinfo(5)), in its order: where two lie on each other, the lower first. */
export function mountFacts(text: string): Facts {
  const points: string[] = [];
  const types: string[] = [];
  const found = {shared: [] as string[], slave: [] as string[], unbindable: [] as string[]};
  for (const line of text.split('\n')) {
    const words = line.split(' ');
    const end = words.indexOf('-', 6);
    const [, , , , point] = words;
    const type = words[end + 1];
    if (end < 0 || point === undefined || type === undefined) continue;
    const where = unescaped(point);
    points.push(where);
    types.push(`${type} on ${where}`);
    for (const tag of words.slice(6, end)) {
      if (tag.startsWith('shared:')) found.shared.push(where);
      else if (tag.startsWith('master:')) found.slave.push(where);
      else if (tag === 'unbindable') found.unbindable.push(where);
    }
  }
  return {count: BigInt(points.length), points, types, ...found};
}

/** The last ones parsed: the sides of a lab change their mounts seldom, and are read several times a second. */
const parsed = new Map<number, {bytes: Buffer; facts: Facts}>();
const parsedLimit = 8;

/** The facts "mounts.…" of a process; undefined when it is gone. The same mounts give the same object. */
export function readMounts(pid: number): Facts | undefined {
  const bytes = readMountinfo(pid);
  if (!bytes || bytes.length === 0) return undefined;
  const known = parsed.get(pid);
  if (known?.bytes.equals(bytes)) return known.facts;
  const copy = Buffer.from(bytes);
  const facts = mountFacts(copy.toString('utf8'));
  const [oldest] = parsed.keys();
  if (!known && parsed.size >= parsedLimit && oldest !== undefined) parsed.delete(oldest);
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
