/** A plan that failed, as an error of the engine: the call, its errno, and everything that ran before it. */

import {signalName} from '../signals.ts';
import {errnoName, errnos} from '../syscalls.ts';
import type {EngineErrorInfo, JournalEntry} from '../types.ts';
import type {Answer} from './answer.ts';
import {journal} from './journal.ts';

/** How a call reads: 'mount("proc", "/proc", "proc", 0, NULL)'. */
export function callText(entry: JournalEntry): string {
  return `${entry.call}(${entry.args.join(', ')})`;
}

function called(code: string, entry: JournalEntry, entries: JournalEntry[]): EngineErrorInfo {
  const params = {
    call: entry.call,
    args: entry.args.join(', '),
    errno: entry.errno ?? '?',
    who: entry.who,
    purpose: entry.purpose,
  };
  return {code, params, call: entry, journal: entries};
}

/**
 * 'call.failed' {call, args, errno, who, purpose} where main or child stopped at a call; 'child.died' {status, signal}
 * where the child was gone without a word (killed from outside). Undefined: the plan went well, as far as it is known.
 */
export function callFailed(answer: Answer): EngineErrorInfo | undefined {
  const {mainOp, mainErrno, childOp, childErrno} = answer.result;
  if (mainOp < 0 && childOp === -1) return undefined;
  const entries = journal(answer);
  if (childOp !== -2) {
    // The child's failure comes first: main's waiting for it is only how main heard of it.
    const who = childOp >= 0 ? 'child' : 'keeper';
    const entry = entries.find(e => e.who === who && e.errno !== undefined && !e.tolerated);
    if (entry) return called('call.failed', entry, entries);
    // The keeper was told to end while it waited for the child.
    if (mainErrno === errnos.ECANCELED) return {code: 'keeper.lost', params: {pid: 0}, journal: entries};
    const op = childOp >= 0 ? answer.encoded.plan.child?.[childOp] : answer.encoded.plan.main[mainOp];
    const errno = errnoName(childOp >= 0 ? childErrno : mainErrno);
    return {code: 'step.failed', params: {step: op?.call ?? '?', purpose: op?.purpose ?? '', errno}, journal: entries};
  }
  const signal = childErrno > 128 ? signalName(childErrno - 128) : '';
  return {code: 'child.died', params: {status: childErrno, signal}, journal: entries};
}
