/** Any error or reason of an event, in words. */
import type {EngineErrorInfo, JournalEntry} from '../../engine/index.ts';
import type {Reason} from '../events.ts';
import type {Lang} from '../lab.ts';
import {engineWords} from './engine.ts';
import {LAB_WORDS} from './lab.ts';
import {REASON_WORDS} from './lab-meaning.ts';
import {render, type WordTable} from './say.ts';
import {sessionWords} from './session.ts';

const errorWords: WordTable = {...engineWords, ...sessionWords};
const reasonWords: WordTable = {...LAB_WORDS, ...REASON_WORDS, ...sessionWords};

/** Why a verdict or a prediction is what it is. */
export function sayReason(reason: Reason, lang: Lang): string {
  return render(reasonWords, lang, reason.code, reason.params);
}

/** An error as one sentence; where a call failed, that call as the kernel saw it, and what its errno means and asks for. */
export function sayError(error: EngineErrorInfo, lang: Lang): string {
  const lines = [render(errorWords, lang, error.code, error.params)];
  if (error.call) lines.push(`  ${sayCall(error.call)}`);
  const meaning = `errno.${error.call?.errno}`;
  if (meaning in engineWords) lines.push(`  ${render(engineWords, lang, meaning)}`);
  return lines.join('\n');
}

/** One call as strace would print it: 'sethostname("tiger", 5) = -1 EPERM'. */
export function sayCall({call, args, result, errno}: JournalEntry): string {
  const came = errno === undefined ? (result ?? '?') : `-1 ${errno}`;
  return `${call}(${args.join(', ')}) = ${came}`;
}
