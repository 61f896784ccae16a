/**
 * Whether a terminal is idle, where marks are lost (a changed PS1, another shell): the foreground process group and what
 * it waits for say so. Never sure: a program may wait for input just as a shell does at its prompt.
 */
import {statSync} from 'node:fs';
import {basename} from 'node:path';
import {link, readStat, slurp} from '../facts/proc.ts';
import {childrenOf} from '../strays.ts';

export interface Foreground {
  /** Leader of the foreground process group, in the machine's PID namespace. */
  pid: number;
  /** It is a shell, by the name of its program. */
  shell: boolean;
  /** prompt: a shell that waits for a command; input: another program that waits for the terminal; no: neither. */
  waits: 'prompt' | 'input' | 'no';
}

interface Numbers {
  read: number[];
  select: number[];
  poll: number[];
}

/** System calls in which a program waits for a terminal (syscalls(2)); numbers differ by architecture. */
const numbers: Record<string, Numbers> = {
  x64: {read: [0], select: [23, 270], poll: [7, 271]},
  arm64: {read: [63], select: [72], poll: [73]},
};

const shells = /^-?((ba|da|a|k|mk|z|c|tc|fi|ya)?sh|busybox)$/;

/**
 * Looks at the terminal whose first process is `rootPid`. Undefined when that process is gone.
 * Sources: tpgid in /proc/PID/stat, /proc/PID/syscall, /proc/PID/wchan (proc(5)).
 */
export function foreground(rootPid: number): Foreground | undefined {
  const root = readStat(rootPid);
  if (!root) return undefined;
  const tpgid = root.tpgid > 0 ? root.tpgid : (firstChild(rootPid)?.tpgid ?? 0);
  const leader = tpgid > 0 ? readStat(tpgid) : undefined;
  if (!leader) return {pid: rootPid, shell: false, waits: 'no'};
  const program = basename(link(`/proc/${leader.pid}/exe`) ?? leader.comm);
  const shell = shells.test(program);
  const {waits, bytes} = waitsForTerminal(leader.pid);
  if (!waits) return {pid: leader.pid, shell, waits: 'no'};
  return {pid: leader.pid, shell, waits: shell && !inReadBuiltin(program, bytes) ? 'prompt' : 'input'};
}

/** An init has left the terminal to its program, the oldest of its children (process.init). */
function firstChild(pid: number): ReturnType<typeof readStat> {
  const [child] = childrenOf(pid);
  return child === undefined ? undefined : readStat(child);
}

/**
 * A shell that carries out `read` waits as well. bash takes a buffer there, and at its prompt waits in select (readline before
 * version 7: one byte); dash and busybox take one byte there, and a buffer at the prompt. `bytes`: of a read(2), if it is one.
 */
function inReadBuiltin(program: string, bytes: number | undefined): boolean {
  if (bytes === undefined) return false;
  if (program === 'bash') return bytes > 1;
  return /^(da|a|)sh$|^busybox$/.test(program) && bytes === 1;
}

function waitsForTerminal(pid: number): {waits: boolean; bytes?: number} {
  const call = slurp(`/proc/${pid}/syscall`)?.trim().split(' ');
  const known = numbers[process.arch];
  if (!call || !known) return {waits: /^(n_tty_read|wait_woken)$/.test(slurp(`/proc/${pid}/wchan`) ?? '')};
  const [nr, first, second, third] = call.map(Number) as [number, number?, number?, number?];
  if (known.read.includes(nr)) return {waits: isTerminal(pid, first ?? -1), bytes: third};
  // One descriptor below 1, or a list of one: readline and busybox watch standard input alone.
  if (known.select.includes(nr)) return {waits: first === 1 && isTerminal(pid, 0)};
  if (known.poll.includes(nr)) return {waits: second === 1 && isTerminal(pid, 0)};
  return {waits: false};
}

/** Character devices of major 4, 5 (tty, console) and 136…143 (pts), Documentation/admin-guide/devices.txt. */
function isTerminal(pid: number, fd: number): boolean {
  try {
    const stat = statSync(`/proc/${pid}/fd/${fd}`);
    const major = (stat.rdev >> 8) & 0xfff;
    return stat.isCharacterDevice() && (major === 4 || major === 5 || (major >= 136 && major <= 143));
  } catch {
    return false;
  }
}
