/** Result files: made of what was answered, written for their owner alone, read with an error that says what is wrong. */
import {createHmac} from 'node:crypto';
import {readFile, stat} from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import type {Place} from '../progress/place.ts';
import {toPlain} from '../record/values.ts';
import {chainOf, type Head, sealedText} from './chain.ts';
import {QuizError, whyOf} from './fault.ts';
import {resultFileSchema} from './result-schema.ts';
import {hundredths, tally} from './score.ts';
import type {Asked, Response, Result, ResultFile} from './types.ts';

/** More than a hundred questions with all their facts; what is larger is no result file. */
const LARGEST = 32 * 1024 * 1024;

/** HMAC-SHA-256 in hex. */
export const macOf = (key: Uint8Array, text: string): string => createHmac('sha256', key).update(text).digest('hex');

/** A question that nobody answered: no points, and it counts. */
export function unanswered(asked: Asked, at: string, key: Response): Result {
  const evidence = {at, values: {}, vars: asked.vars, key};
  return {asked, response: null, judged: {verdict: 'wrong', points: 0, evidence}, seconds: 0, hints: 0, tries: 0};
}

/**
 * The result file of a quiz.
 * @param finished ISO time; null: it is not over
 * @param macKey of a sealed exam (resultKey() of seal.ts): the file gets its seal
 */
export function buildResult(
  head: Head,
  results: readonly Result[],
  finished: string | null,
  macKey?: Uint8Array,
): ResultFile {
  const {points, of} = tally(results);
  const {app, kernel, mode, exam, student, started} = head;
  const file: ResultFile = {
    format: 'glassbox-result',
    version: 1,
    app,
    kernel,
    mode,
    exam,
    student,
    started,
    finished,
    results: [...results],
    points: hundredths(points),
    of: hundredths(of),
    chain: chainOf(head, results),
  };
  return macKey ? {...file, seal: macOf(macKey, sealedText(head, file))} : file;
}

/** As it stands in the file: JSON, 64-bit numbers as record/values.ts has them. */
export const resultText = (result: ResultFile): string => `${JSON.stringify(result, toPlain, 2)}\n`;

/**
 * Writes a result file whole or not at all, 0600, under sudo the student's.
 * @throws QuizError 'result.unwritable' {file, why}
 */
export async function writeResult(file: string, result: ResultFile, owner?: Place['owner']): Promise<void> {
  try {
    await writeFileAtomic(file, resultText(result), {mode: 0o600, ...(owner && {chown: owner})});
  } catch (error) {
    throw new QuizError('result.unwritable', {file, why: whyOf(error)});
  }
}

/**
 * A result file from its text.
 * @throws QuizError 'result.no-json' {file, why}, 'result.other' {file} (another kind of file), 'result.newer' {file, version},
 * 'result.form' {file, where, why}
 */
export function parseResult(text: string, file: string): ResultFile {
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new QuizError('result.no-json', {file, why: whyOf(error)});
  }
  const {format, version} = (data ?? {}) as {format?: unknown; version?: unknown};
  if (format !== 'glassbox-result') throw new QuizError('result.other', {file});
  if (typeof version === 'number' && version > 1) throw new QuizError('result.newer', {file, version});
  const parsed = resultFileSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new QuizError('result.form', {file, where: issue?.path.join('.') || '.', why: issue?.message ?? ''});
}

/** @throws QuizError as parseResult(), 'result.unreadable' {file, why}, 'result.large' {file, bytes, most} */
export async function readResult(file: string): Promise<ResultFile> {
  let text: string;
  try {
    const {size} = await stat(file);
    if (size > LARGEST) throw new QuizError('result.large', {file, bytes: size, most: LARGEST});
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof QuizError) throw error;
    throw new QuizError('result.unreadable', {file, why: whyOf(error)});
  }
  return parseResult(text, file);
}
