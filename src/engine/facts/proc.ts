/** Reading /proc/PID with as few system calls as can be: a sample is taken several times a second. */
import {closeSync, openSync, readlinkSync, readSync} from 'node:fs';
import type {Facts} from '../types.ts';

const buffer = Buffer.allocUnsafeSlow(64 * 1024);

/** Content of a file of /proc (at most 64 KiB); undefined when it is not there, not readable, or its process is gone. */
export function slurp(path: string): string | undefined {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    let length = 0;
    while (length < buffer.length) {
      const got = readSync(fd, buffer, length, buffer.length - length, null);
      if (got === 0) break;
      length += got;
    }
    return buffer.toString('utf8', 0, length);
  } catch {
    return undefined;
  } finally {
    closeSync(fd);
  }
}

/** Target of a link of /proc; undefined when it is not there, not readable, or its process is gone. */
export function link(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/** The fields of /proc/PID/stat that identify a process and say what its terminal does (proc_pid_stat(5)). */
export interface Stat {
  pid: number;
  comm: string;
  /** One letter: R, S, D, T, Z … */
  state: string;
  ppid: number;
  pgrp: number;
  session: number;
  /** Device number of its controlling terminal; 0: it has none. */
  tty: number;
  /** Foreground process group of its controlling terminal; -1: it has none. */
  tpgid: number;
  /** -20 to 19. */
  nice: number;
  /** Real-time priority and policy, numbers of sched_setscheduler(2); undefined in a line that ends before. */
  priority: number | undefined;
  policy: number | undefined;
  /** Clock ticks after boot: with the PID it names one process for ever. */
  start: bigint;
}

/** Parses /proc/PID/stat. The command's name may hold spaces and parentheses: it ends at the last one. */
export function parseStat(text: string): Stat | undefined {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) return undefined;
  const rest = text.slice(close + 2).split(' ');
  const [state, ppid, pgrp, session, tty, tpgid] = rest;
  const number = (text: string | undefined) => (text === undefined || text === '' ? undefined : Number(text));
  const start = rest[19];
  if (state === undefined || start === undefined || !/^\d+$/.test(start)) return undefined;
  return {
    pid: Number.parseInt(text, 10),
    comm: text.slice(open + 1, close),
    state,
    ppid: Number(ppid),
    pgrp: Number(pgrp),
    session: Number(session),
    tty: Number(tty),
    tpgid: Number(tpgid),
    nice: Number(rest[16]),
    priority: number(rest[37]),
    policy: number(rest[38]),
    start: BigInt(start),
  };
}

/**
 * Whether a process is just ending: the kernel takes its memory first (do_exit), and with it /proc/PID/exe; then its root and its
 * namespaces, and only then it is a zombie. What may not be read is no sign of that.
 */
export function isLeaving(pid: number): boolean {
  try {
    readlinkSync(`/proc/${pid}/exe`);
    return false;
  } catch (error) {
    return ['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '');
  }
}

/** /proc/PID/stat of a process that lives; undefined for one that is gone or a zombie. */
export function readStat(pid: number): Stat | undefined {
  const text = slurp(`/proc/${pid}/stat`);
  const stat = text === undefined ? undefined : parseStat(text);
  return stat && !'ZXx'.includes(stat.state) ? stat : undefined;
}

/** The "Name:\tvalue" lines of /proc/PID/status (proc_pid_status(5)). */
export function parseStatus(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return fields;
}

/** Numbers of a line, whatever whitespace is between them; words that are none are left out. */
export function integers(line: string | undefined): bigint[] {
  return (line ?? '')
    .split(/\s+/)
    .filter(word => /^-?\d+$/.test(word))
    .map(BigInt);
}

/** A table of numbers such as uid_map: one space between numbers, no newline at its end. */
export function normalizeTable(text: string): string {
  return text
    .split('\n')
    .map(line => line.trim().replace(/\s+/g, ' '))
    .filter(Boolean)
    .join('\n');
}

const namespaceLinks = [
  'cgroup',
  'ipc',
  'mnt',
  'net',
  'pid',
  'pid_for_children',
  'time',
  'time_for_children',
  'user',
  'uts',
] as const;

/** Inode of a /proc/PID/ns link ("uts:[4026531838]"); undefined where there is none (namespaces(7)). */
export function namespaceInode(pid: number | 'self', name: string): bigint | undefined {
  const target = link(`/proc/${pid}/ns/${name}`);
  const inode = target && /\[(\d+)\]$/.exec(target)?.[1];
  return inode ? BigInt(inode) : undefined;
}

/** All namespaces of a process by the names of its links; a link that this kernel lacks is absent. */
export function readNamespaces(pid: number): Facts {
  const found: Facts = {};
  for (const name of namespaceLinks) {
    const inode = namespaceInode(pid, name);
    if (inode !== undefined) found[name] = inode;
  }
  return found;
}
