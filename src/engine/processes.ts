/** Every process on a stage, found downwards from its keeper in /proc, and whose each one is. */
import {childrenOf} from './facts/family.ts';
import {integers, namespaceInode, parseStat, parseStatus, slurp} from './facts/proc.ts';
import type {ProcessRow} from './types.ts';

/** What the reader asks of a stage. */
export interface ProcessSource {
  readonly keeperPid: number;
  /** Oldest first: who it is, the processes that were started for it, and whether another one shares what was made for it. */
  containers(): readonly {id: string; pids(): readonly number[]; claims(pid: number): boolean}[];
  /** Processes that were started on the host side. */
  hostPids(): Iterable<number>;
  /** Whether a process is just being made: nobody knows yet whose it will be. */
  making(): boolean;
}

/** More than a screen can show; a fork bomb must not make a sample dear. */
const most = 256;
const commandLimit = 200;

/** What stays with a process for its life; `start` tells it from a later one of the same number. */
interface Known {
  start: bigint;
  nspids: number[];
  pidns: bigint;
  side?: string;
}

interface Found {
  row: ProcessRow;
  known: Known;
}

/**
 * Makes the reader of a stage's processes: at most 256, the keeper first, a parent before its children, those before its
 * next sibling. Nobody is asked but /proc. Empty when the keeper is gone.
 */
export function createProcessReader(source: ProcessSource): () => ProcessRow[] {
  let memory = new Map<number, Known>();
  return () => {
    const found = readFamily(source.keeperPid, memory);
    const rows = order(found, source.keeperPid);
    const kept = sides(rows, found, source);
    memory = new Map(kept.map(({row, known}) => [row.pid, known]));
    return kept.map(({row}) => row);
  };
}

/** Level by level: where there are too many, the nearer ones are the ones to know. */
function readFamily(keeper: number, memory: ReadonlyMap<number, Known>): Map<number, Found> {
  const found = new Map<number, Found>();
  const all = [keeper];
  // The list grows while it is read.
  for (const pid of all) {
    if (found.size >= most) break;
    const text = found.has(pid) ? undefined : slurp(`/proc/${pid}/stat`);
    const one = text === undefined ? undefined : readOne(pid, text, memory.get(pid));
    if (!one || text === undefined) continue;
    found.set(pid, one);
    all.push(...childrenOf(pid, text).sort((a, b) => a - b));
  }
  return found;
}

/** Undefined when it went away meanwhile. */
function readOne(pid: number, text: string, remembered: Known | undefined): Found | undefined {
  const stat = parseStat(text);
  if (!stat) return undefined;
  const known = remembered?.start === stat.start ? remembered : firstLook(pid, stat.start);
  if (!known) return undefined;
  const {ppid, comm, state} = stat;
  const command = (slurp(`/proc/${pid}/cmdline`) ?? '')
    .replace(/\0+$/, '')
    .replaceAll('\0', ' ')
    .slice(0, commandLimit);
  const {nspids, pidns} = known;
  return {row: {pid, ppid, nspids, pidns, comm, command, state, side: ''}, known};
}

/** A process never changes its own PID namespace, nor its numbers (pid_namespaces(7)). */
function firstLook(pid: number, start: bigint): Known | undefined {
  const status = slurp(`/proc/${pid}/status`);
  if (!status) return undefined;
  const nspids = integers(parseStatus(status).get('NSpid')).map(Number);
  return {start, nspids: nspids.length > 0 ? nspids : [pid], pidns: namespaceInode(pid, 'pid') ?? 0n};
}

/** By the parents as they are now: one may have been orphaned while the others were read. */
function order(found: ReadonlyMap<number, Found>, keeper: number): Found[] {
  const below = new Map<number, Found[]>();
  for (const one of found.values()) {
    if (one.row.pid === keeper) continue;
    const parent = found.has(one.row.ppid) ? one.row.ppid : keeper;
    below.set(parent, [...(below.get(parent) ?? []), one]);
  }
  const rows: Found[] = [];
  const first = found.get(keeper);
  const stack = first ? [first] : [];
  for (let one = stack.pop(); one; one = stack.pop()) {
    rows.push(one);
    stack.push(...(below.get(one.row.pid) ?? []).reverse());
  }
  return rows;
}

/** Says of each whose it is. One that is just being made is left out together with its children: the next look knows. */
function sides(rows: readonly Found[], found: ReadonlyMap<number, Found>, source: ProcessSource): Found[] {
  const containers = source.containers();
  const started = new Map<number, string>();
  for (const pid of source.hostPids()) started.set(pid, 'host');
  for (const one of containers) for (const pid of one.pids()) started.set(pid, one.id);
  // The newest first: it may have joined what was made for an older one, never the other way round.
  const claimants = [...containers].reverse();
  const namespaces = new Map<bigint, string>();
  const host = found.get(source.keeperPid)?.row.pidns;
  const making = source.making();

  const orphan = ({row, known}: Found): string | undefined =>
    claimants.find(one => one.claims(row.pid))?.id ??
    (row.pidns === host ? undefined : namespaces.get(row.pidns)) ??
    known.side ??
    (making ? undefined : 'host');

  return rows.filter(one => {
    const {row, known} = one;
    const parent = found.get(row.ppid);
    const side =
      row.pid === source.keeperPid
        ? 'keeper'
        : (started.get(row.pid) ?? (parent && row.ppid !== source.keeperPid ? parent.row.side : orphan(one)));
    if (!side) return false;
    if (started.has(row.pid) && !namespaces.has(row.pidns)) namespaces.set(row.pidns, side);
    row.side = side;
    known.side = side;
    return true;
  });
}
