/** Small plans that the engine runs in its own process: what Node itself has no function for. */
import {closeSync} from 'node:fs';
import {EngineError} from './errors.ts';
import {AT_FDCWD, IOCTL, O, PR, RESOLVE} from './flags.ts';
import {runHere} from './native.ts';
import {type Answer, readAnswer} from './plan/answer.ts';
import {encode} from './plan/encode.ts';
import {callFailed} from './plan/failure.ts';
import type {Op, Plan} from './plan/types.ts';
import type {TerminalSize} from './types.ts';

/** Runs a plan in this process. Throws 'call.failed' at its first failure, with every call of it. */
export function runPlan(plan: Plan, fds: readonly number[] = []): Answer & {fds: number[]} {
  const encoded = encode(plan);
  const {data, fds: out} = runHere(encoded.blob, fds);
  const answer = readAnswer(encoded, Buffer.from(data));
  const failed = callFailed(answer);
  if (!failed) return {...answer, fds: out};
  for (const fd of out) closeSync(fd);
  throw new EngineError(failed);
}

const single = (op: Op, fds: readonly string[] = []): Plan => ({fds, main: [op]});

/** TIOCSWINSZ (ioctl_tty(2)): the terminal's foreground process group gets SIGWINCH. */
export function setWindowSize(fd: number, {cols, rows}: TerminalSize): void {
  const size = Buffer.alloc(8);
  size.writeUInt16LE(rows, 0);
  size.writeUInt16LE(cols, 2);
  const op: Op = {call: 'ioctl', args: [{slot: 'tty'}, IOCTL.TIOCSWINSZ, size], purpose: 'terminal.resize'};
  runPlan(single(op, ['tty']), [fd]);
}

/** pidfd_open(2): a descriptor (yours to close) that names this process and no later one of the same number. */
export function pidfdOpen(pid: number): number {
  const op: Op = {call: 'pidfd_open', args: [pid, 0], purpose: 'process.pidfd', as: 'pidfd', fd: true, out: true};
  return runPlan(single(op)).fds[0]!;
}

/** pidfd_send_signal(2). False when the process is gone already. */
export function pidfdSignal(pidfd: number, signal: number): boolean {
  const args = [{slot: 'pidfd'}, signal, null, 0];
  const op: Op = {call: 'pidfd_send_signal', args, purpose: 'process.signal', tolerate: 'ESRCH', as: 'sent'};
  const {records} = runPlan(single(op, ['pidfd']), [pidfd]);
  return records.readBigInt64LE(16) === 0n;
}

/** Whether this process becomes the parent of its orphaned descendants (PR_SET_CHILD_SUBREAPER, prctl(2)). */
export function setSubreaper(on: boolean): void {
  const args = [PR.PR_SET_CHILD_SUBREAPER, on ? 1 : 0, 0, 0, 0];
  runPlan(single({call: 'prctl', args, purpose: 'process.subreaper'}));
}

/**
 * openat2(2) with RESOLVE_IN_ROOT: a descriptor (O_PATH, yours to close) of `file` as a process whose root is `root` would
 * find it, links and ".." included. Undefined: there is no such file. Throws 'call.failed' where there is no such root.
 */
export function openInRoot(root: string, file: string): number | undefined {
  const cloexec = O.O_PATH | O.O_CLOEXEC;
  const how = {cells: [cloexec, 0, RESOLVE.RESOLVE_IN_ROOT]};
  const args = [{slot: 'root'}, file, how, 24];
  const main: Op[] = [
    {call: 'openat', args: [AT_FDCWD, root, cloexec | O.O_DIRECTORY, 0], purpose: 'root.open', as: 'root', fd: true},
    {call: 'openat2', args, purpose: 'program.find', as: 'file', fd: true, out: true, tolerate: 'any'},
  ];
  return runPlan({main}).fds[0];
}

/** NS_GET_MNTNS_ID (ioctl_ns(2), Linux 6.8): a number that no other mount namespace ever gets. Undefined: not known. */
export function mountNamespaceId(pid: number): string | undefined {
  const id = {buffer: 'id'};
  const file = `/proc/${pid}/ns/mnt`;
  const main: Op[] = [
    {call: 'openat', args: [AT_FDCWD, file, O.O_CLOEXEC, 0], purpose: 'namespace.open', as: 'ns', fd: true},
    {call: 'ioctl', args: [{slot: 'ns'}, IOCTL.NS_GET_MNTNS_ID, id], purpose: 'namespace.id'},
  ];
  try {
    return String(runPlan({buffers: {id: {size: 8}}, main, out: ['id']}).out.readBigUInt64LE());
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}
