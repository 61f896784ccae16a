/** Any error or reason of an event, in words. */
import type {EngineErrorInfo, JournalEntry} from '../../engine/index.ts';
import type {Reason} from '../events.ts';
import type {Lang} from '../lab.ts';
import {LAB_WORDS} from './lab.ts';
import {REASON_WORDS} from './lab-meaning.ts';
import {render, type WordTable} from './say.ts';
import {sessionWords} from './session.ts';

const reasonWords: WordTable = {...LAB_WORDS, ...REASON_WORDS, ...sessionWords};

/** Why a verdict or a prediction is what it is. */
export function sayReason(reason: Reason, lang: Lang): string {
  return render(reasonWords, lang, reason.code, reason.params);
}

/** An error as one sentence, and the call that failed as the kernel saw it. */
export function sayError(error: EngineErrorInfo, lang: Lang): string {
  const text = render(reasonWords, lang, error.code, error.params);
  return error.call ? `${text}\n  ${sayCall(error.call)}` : text;
}

/** One call as strace would print it: 'sethostname("tiger", 5) = -1 EPERM'. */
export function sayCall({call, args, result, errno}: JournalEntry): string {
  const came = errno === undefined ? (result ?? '?') : `-1 ${errno}`;
  return `${call}(${args.join(', ')}) = ${came}`;
}
