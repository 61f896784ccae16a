/** What a failed call means: first by call and errno, where the pair has a meaning of its own, then by the errno alone. */
import type {Lang} from '../lab.ts';
import {fileFailures} from './failure-files.ts';
import {groupFailures} from './failure-groups.ts';
import {rightsFailures} from './failure-rights.ts';
import type {FailureRow} from './failure-row.ts';

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
