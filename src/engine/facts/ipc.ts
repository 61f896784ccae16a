/**
 * What an IPC namespace holds. /proc/sysvipc shows the *reader's* namespace, and a mqueue file system that of whoever
 * mounted it, so the keeper goes inside, reads, mounts one that is attached nowhere, lists it, and comes back.
 */
import type {FactContext} from '../facts-context.ts';
import type {Op, Plan} from '../plan/types.ts';
import type {Facts} from '../types.ts';
import {perProcess} from './plans.ts';
import {namespaceInode} from './proc.ts';

const AT_FDCWD = -100;
const O_RDONLY_CLOEXEC = 0o2000000;
/** O_DIRECTORY differs between architectures, and the path "." needs it not. */
const CLONE_NEWIPC = 0x08000000;
const FSOPEN_CLOEXEC = 1;
const FSMOUNT_CLOEXEC = 1;
const FSCONFIG_CMD_CREATE = 6;

/** Name of the fact, file below /proc/sysvipc, and the heading of the column with the ids (proc_sysvipc(5)). */
const tables = [
  {fact: 'queues', file: 'msg', column: 'msqid'},
  {fact: 'segments', file: 'shm', column: 'shmid'},
  {fact: 'semaphores', file: 'sem', column: 'semid'},
] as const;

/** One read gives whole lines, at most a page of them. */
const page = 4096;
const pages = 2;
/** A page with more room than the longest line needs (sysvipc/shm: 14 numbers) was not filled: the table ends there. */
const longestLine = 320;
const directory = 16 * 1024;

/**
 * The plan that looks: where the keeper is, or, with a PID, inside the IPC namespace of that process. A kernel without
 * System V IPC or without mqueue only lacks those facts.
 */
function ipcPlan(pid?: number): Plan {
  const own = pid === undefined;
  const main = [...(own ? [] : goInside(pid)), ...tables.flatMap(({file}) => readTable(file)), ...listQueues()];
  const buffers = Object.fromEntries(tables.map(({file}) => [file, {size: page * pages}]));
  return {
    buffers: {...buffers, names: {size: directory}},
    out: [...tables.map(({file}) => file), 'names'],
    main,
    ...(own ? {} : {final: [{call: 'setns', args: [{slot: 'own'}, CLONE_NEWIPC], purpose: 'facts.return'} as const]}),
  };
}

function goInside(pid: number): Op[] {
  return [
    {...open('/proc/self/ns/ipc', 'own', 'facts.open-namespace'), tolerate: undefined},
    {...open(`/proc/${pid}/ns/ipc`, 'theirs', 'facts.open-namespace'), tolerate: undefined},
    {call: 'setns', args: [{slot: 'theirs'}, CLONE_NEWIPC], purpose: 'facts.enter'},
  ];
}

function open(path: string, as: string, purpose: string): Op {
  return {call: 'openat', args: [AT_FDCWD, path, O_RDONLY_CLOEXEC, 0], purpose, as, fd: true, tolerate: 'any'};
}

function readTable(file: string): Op[] {
  const read = (_: unknown, at: number): Op => ({
    call: 'read',
    args: [{slot: `${file}.fd`}, {buffer: file, offset: at * page}, page],
    purpose: 'facts.read',
    as: `${file}.${at}`,
    tolerate: 'any',
  });
  return [open(`/proc/sysvipc/${file}`, `${file}.fd`, 'facts.open-sysvipc'), ...Array.from({length: pages}, read)];
}

function listQueues(): Op[] {
  const tolerate = 'any';
  return [
    {call: 'fsopen', args: ['mqueue', FSOPEN_CLOEXEC], purpose: 'facts.mqueue', as: 'context', fd: true, tolerate},
    {
      call: 'fsconfig',
      args: [{slot: 'context'}, FSCONFIG_CMD_CREATE, null, null, 0],
      purpose: 'facts.mqueue',
      tolerate,
    },
    {
      call: 'fsmount',
      args: [{slot: 'context'}, FSMOUNT_CLOEXEC, 0],
      purpose: 'facts.mqueue',
      as: 'mount',
      fd: true,
      tolerate,
    },
    {
      call: 'openat',
      args: [{slot: 'mount'}, '.', O_RDONLY_CLOEXEC, 0],
      purpose: 'facts.mqueue',
      as: 'folder',
      fd: true,
      tolerate,
    },
    {
      call: 'getdents64',
      args: [{slot: 'folder'}, {buffer: 'names'}, directory],
      purpose: 'facts.mqueue',
      as: 'names',
      tolerate,
    },
  ];
}

/**
 * Ids in one table of /proc/sysvipc, in ascending order; undefined when it does not end within what was read (some
 * 70 lines), or has a line without an id: a list that might be cut is no fact.
 */
export function parseTable(pagesRead: readonly string[], column: string): bigint[] | undefined {
  const last = pagesRead.at(-1);
  if (last === undefined || (last.length > page - longestLine && pagesRead.length >= pages)) return undefined;
  const [head, ...lines] = pagesRead.join('').split('\n').filter(Boolean);
  const at = head?.trim().split(/\s+/).indexOf(column) ?? -1;
  if (at < 0) return undefined;
  const ids = lines.map(line => line.trim().split(/\s+/)[at] ?? '');
  if (!ids.every(id => /^\d+$/.test(id))) return undefined;
  return ids.map(BigInt).sort((a, b) => (a < b ? -1 : 1));
}

/** Names in an answer of getdents64(2), without "." and "..", sorted. */
export function parseNames(bytes: Buffer): string[] {
  const names: string[] = [];
  for (let at = 0; at + 19 <= bytes.length; ) {
    const length = bytes.readUInt16LE(at + 16);
    if (length < 19) break; // no entry of the kernel's, and the list would never end
    const end = bytes.indexOf(0, at + 19);
    const name = bytes.toString('utf8', at + 19, end);
    if (name !== '.' && name !== '..') names.push(name);
    at += length;
  }
  return names.sort();
}

const plan = perProcess(ipcPlan);

/** The facts below `ipc` of the namespace of `pid`, whose inode is `inode`. Rejects as ctx.probe does. */
export async function readIpc(ctx: FactContext, pid: number, inode: bigint | undefined): Promise<Facts> {
  const keeperIsThere = inode !== undefined && inode === namespaceInode(ctx.stage.keeperPid, 'ipc');
  const {out, results} = await ctx.probe(plan(keeperIsThere ? undefined : pid));
  const facts: Facts = {};
  for (const {fact, file, column} of tables) {
    const read = Array.from({length: pages}, (_, at) => ({
      at: at * page,
      length: Number(results[`${file}.${at}`] ?? -1n),
    }));
    if (read.some(one => one.length < 0)) continue;
    const texts = read.map(one => out[file]!.toString('latin1', one.at, one.at + one.length));
    const ids = parseTable(texts, column);
    if (ids) facts[fact] = ids;
  }
  const length = Number(results.names ?? -1n);
  // getdents64 stops where the next name does not fit: then more would come.
  if (length >= 0 && length < directory - 300) facts.mqueues = parseNames(out.names!.subarray(0, length));
  return facts;
}
