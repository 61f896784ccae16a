/** What a failed call means: first by call and errno, where the pair has a meaning of its own, then by the errno alone. */
import type {Lang} from '../lab.ts';
import {fileFailures} from './failure-files.ts';
import {groupFailures} from './failure-groups.ts';
import {rightsFailures} from './failure-rights.ts';

/** Why such a call fails in this way, and what to do about it. Of several rows that fit, the first one counts. */
export interface FailureRow {
  calls: readonly string[];
  errno: string;
  /** Where only some of these calls are meant: found in "PURPOSE ARGUMENTS" of the journal's entry. */
  where?: RegExp;
  en: string;
  zh: string;
}

/** What is known of a call that failed: an entry of the journal. */
export interface FailedCall {
  call: string;
  args: readonly string[];
  errno?: string | undefined;
  purpose: string;
}

/** Rows with a `where` stand before those without, in each part. */
export const failureRows: readonly FailureRow[] = [...rightsFailures, ...fileFailures, ...groupFailures];

/** The row for a failed call; undefined where the pair means no more than its errno. */
export function failureRow({call, args, errno, purpose}: FailedCall): FailureRow | undefined {
  const text = `${purpose} ${args.join(' ')}`;
  return failureRows.find(row => row.errno === errno && row.calls.includes(call) && (row.where?.test(text) ?? true));
}

/** In words; undefined where only the errno speaks. */
export const sayPair = (failed: FailedCall, lang: Lang): string | undefined => failureRow(failed)?.[lang];
