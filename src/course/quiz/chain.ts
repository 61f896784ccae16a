/** The chain of a result file: each entry hashes the one before and one result, the first one who took which quiz when. */
import {createHash} from 'node:crypto';
import {toPlain} from '../record/values.ts';
import type {Result, ResultFile} from './types.ts';

/** What a result file says before any answer. */
export type Head = Pick<ResultFile, 'app' | 'kernel' | 'mode' | 'exam' | 'student' | 'started'>;

/** JSON with sorted keys and without blanks, so that equal things have equal text; absent and undefined are one. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    const plain = toPlain(key, inner);
    if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) return plain;
    return Object.fromEntries(Object.entries(plain).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What the first result is chained to; it stands in no file, since the head does. */
export function headLink({app, kernel, mode, exam, student, started}: Head): string {
  return sha256(canonical({format: 'glassbox-result', version: 1, app, kernel, mode, exam, student, started}));
}

/** The next entry. @param before the last one, or headLink() */
export const link = (before: string, result: Result): string => sha256(`${before}\n${canonical(result)}`);

/** All entries, as they ought to be. */
export function chainOf(head: Head, results: readonly Result[]): string[] {
  let before = headLink(head);
  return results.map(result => {
    before = link(before, result);
    return before;
  });
}

/** What a seal is drawn over: the chain's last entry and what stands outside of it. */
export function sealedText(head: Head, file: Pick<ResultFile, 'chain' | 'finished' | 'points' | 'of'>): string {
  const {chain, finished, points, of} = file;
  return canonical({last: chain.at(-1) ?? headLink(head), finished, points, of});
}
