/** Plan and records → the journal: every system call as it ran, written the way strace writes it. */
import {CLONE, flagNames} from '../flags.ts';
import {errnoName} from '../syscalls.ts';
import type {JournalEntry} from '../types.ts';
import type {Answer} from './answer.ts';
import {decodeArgs} from './decode.ts';
import {isPseudo, RECORD_BYTES} from './layout.ts';
import {Memory} from './memory.ts';
import {isRef, type Op} from './types.ts';

/** Reads one gb_record. */
function record(answer: Answer, index: number): {start: bigint; end: bigint; result: bigint} {
  const at = index * RECORD_BYTES;
  return {
    start: answer.records.readBigUInt64LE(at),
    end: answer.records.readBigUInt64LE(at + 8),
    result: answer.records.readBigInt64LE(at + 16),
  };
}

function clone3(op: Op, memory: Memory, answer: Answer): string[] {
  const [where, size] = op.args;
  const cells = memory.cells(where ?? null);
  const flags = flagNames(CLONE, BigInt((cells[0] as number | bigint | undefined) ?? 0));
  const pidfd = cells[1];
  const slot = isRef(pidfd) ? memory.loaded(pidfd) : undefined;
  const result = answer.result.pid > 0 && slot !== undefined ? ` => {pidfd=[${slot}]}` : '';
  const group = flags.includes('CLONE_INTO_CGROUP') ? `, cgroup=${memory.slot('cgroup') ?? '?'}` : '';
  return [`{flags=${flags}, exit_signal=SIGCHLD${group}}${result}`, String(size)];
}

interface Placed {
  op: Op;
  who: JournalEntry['who'];
  index: number;
  memory: Memory;
}

/** Whether the plan expected that this may fail. */
function isTolerated(op: Op, errno: string): boolean {
  const absent = op.tolerate === 'absent' && (errno === 'ENOENT' || errno === 'ENOTDIR');
  return absent || op.tolerate === 'any' || op.tolerate === errno;
}

/**
 * `check`: what the kernel answered to a request of netlink(7). It came by a call that went well, and is told as the failure
 * that it is.
 */
function entry({op, who, index, memory}: Placed, answer: Answer, check?: Placed): JournalEntry {
  const {start, end, result} = record(answer, index);
  const isClone = op.call === 'CLONE';
  const ran = start !== 0n;
  const failed = ran && result < 0n && result >= -4095n;
  const base = {
    who,
    call: isClone ? 'clone3' : op.call,
    args: isClone ? clone3(op, memory, answer) : decodeArgs(op, memory, ran && !failed),
    startNs: start,
    durationNs: end > start ? end - start : 0n,
    purpose: op.purpose,
  };
  // An execve that has not come back yet has begun, and has no result.
  if (!ran || end === 0n) return base;
  const answered = !failed && check ? record(answer, check.index) : undefined;
  if (check && answered && answered.start !== 0n && answered.result < 0n) {
    const refusal = errnoName(Number(-answered.result));
    const args = base.args.with(1, `{NLMSG_ERROR, error=-${refusal}}`);
    return {...base, args, result: -1n, errno: refusal, ...(isTolerated(check.op, refusal) ? {tolerated: true} : {})};
  }
  if (!failed) return {...base, result};
  const errno = errnoName(Number(-result));
  return {...base, result: -1n, errno, ...(isTolerated(op, errno) ? {tolerated: true} : {})};
}

/** Operations with the memory that each one saw: the child begins with a copy of main's at the clone. */
function place(answer: Answer): Placed[] {
  const {main, child = [], final = []} = answer.encoded.plan;
  const placed: Placed[] = [];
  let memory = new Memory(answer.encoded.plan);
  let atClone = memory;
  const walk = (ops: readonly Op[], who: JournalEntry['who'], from: number): void => {
    // Results that were loaded from memory tell what a call before them left there.
    ops.forEach((op, i) => {
      if (op.call === 'LOAD') memory.load(op, record(answer, from + i).result);
    });
    ops.forEach((op, i) => {
      placed.push({op, who, index: from + i, memory: memory.snapshot()});
      const {start, result} = record(answer, from + i);
      if (op.call === 'CLONE') atClone = memory.snapshot();
      if (start !== 0n) memory.after(op, result);
    });
  };
  walk(main, 'keeper', 0);
  const afterMain = memory;
  memory = atClone;
  walk(child, 'child', main.length);
  memory = afterMain;
  walk(final, 'keeper', main.length + child.length);
  return placed;
}

/**
 * The calls of an answer in the order in which they ran; those that never ran come last. The interpreter's own steps
 * (waiting for the child, copying a number) are no system calls of the plan and are left out.
 */
export function journal(answer: Answer): JournalEntry[] {
  const placed = place(answer);
  const entries = placed.flatMap((one, i) => {
    if (isPseudo(one.op.call) && one.op.call !== 'CLONE') return [];
    const next = placed[i + 1];
    return [entry(one, answer, next?.op.call === 'CHECK' ? next : undefined)];
  });
  const last = 2n ** 64n;
  const time = (e: JournalEntry): bigint => (e.startNs === 0n ? last : e.startNs);
  return entries.sort((a, b) => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : 0));
}
