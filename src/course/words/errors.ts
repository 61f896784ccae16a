/** Any error or reason of an event, in words. */
import type {EngineErrorInfo, JournalEntry} from '../../engine/index.ts';
import type {Reason} from '../events.ts';
import type {Lang} from '../lab.ts';
import {engineWords} from './engine.ts';
import {errnoWords} from './engine-errno.ts';
import {type FailedCall, sayPair} from './failure.ts';
import {LAB_WORDS} from './lab.ts';
import {REASON_WORDS} from './lab-meaning.ts';
import {sayOwnStep} from './man-pages.ts';
import {render, type WordTable} from './say.ts';
import {sessionWords} from './session.ts';

const errorWords: WordTable = {...engineWords, ...sessionWords};
const reasonWords: WordTable = {...LAB_WORDS, ...REASON_WORDS, ...sessionWords};

/** Why a verdict or a prediction is what it is. */
export function sayReason(reason: Reason, lang: Lang): string {
  return render(reasonWords, lang, reason.code, reason.params);
}

/** What there is to say about an error, each part a sentence or two. */
export interface ErrorParts {
  message: string;
  /** The call that failed, where one did. */
  call?: string;
  /** What the kernel's errno means here, and what to do about it. */
  meaning?: string;
}

export function errorParts({code, params, call}: EngineErrorInfo, lang: Lang): ErrorParts {
  const message = render(errorWords, lang, code, worded(params, lang));
  const errno = call?.errno ?? params.errno;
  const meaning = call ? sayFailure(call, lang) : typeof errno === 'string' ? sayErrno(errno, lang) : undefined;
  return {message, ...(call && {call: sayCall(call)}), ...(meaning && {meaning})};
}

/** An error as one sentence; where a call failed, that call as the kernel saw it, and what its errno means and asks for. */
export function sayError(error: EngineErrorInfo, lang: Lang): string {
  const {message, call, meaning} = errorParts(error, lang);
  return [message, ...[call, meaning].flatMap(part => (part ? [`  ${part}`] : []))].join('\n');
}

/**
 * Why a call failed and what to do about it: what this errno means of this call, or else what it means of any. Undefined for a
 * call that did not fail.
 */
export function sayFailure(failed: FailedCall, lang: Lang): string | undefined {
  return failed.errno === undefined ? undefined : (sayPair(failed, lang) ?? sayErrno(failed.errno, lang));
}

/** What an errno means for somebody who builds containers. Undefined for what is none ('success', '?'). */
export function sayErrno(errno: string, lang: Lang): string | undefined {
  if (!/^E[A-Z0-9]+$/.test(errno)) return undefined;
  return errnoWords[`errno.${errno}`]?.[lang] ?? render(errnoWords, lang, 'errno.other', {errno});
}

/** Parameters that are codes, in words. */
function worded(params: EngineErrorInfo['params'], lang: Lang): EngineErrorInfo['params'] {
  const {purpose, step} = params;
  return {
    ...params,
    ...(purpose !== undefined && {purpose: engineWords[`purpose.${purpose}`]?.[lang] ?? purpose}),
    ...(step !== undefined && {step: sayOwnStep(String(step), lang) ?? step}),
  };
}

/** One call as strace would print it: 'sethostname("tiger", 5) = -1 EPERM'. */
export function sayCall({call, args, result, errno}: JournalEntry): string {
  const came = errno === undefined ? (result ?? '?') : `-1 ${errno}`;
  return `${call}(${args.join(', ')}) = ${came}`;
}
