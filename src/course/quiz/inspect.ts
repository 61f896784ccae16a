/** What a result file says of itself, held against what it ought to say: chain, times, sums, help, the exam that it was. */
import {timingSafeEqual} from 'node:crypto';
import {canonical, chainOf, sealedText} from './chain.ts';
import {drawQuiz, seedText} from './draw.ts';
import {macOf} from './result.ts';
import {tally} from './score.ts';
import type {Exam, Item, Result, ResultFile} from './types.ts';

export interface GradeFinding {
  /** error: no honest run gives such a file; warning: look at it; note: so that it is known. */
  severity: 'error' | 'warning' | 'note';
  /** Worded by words/quiz-grade.ts; with `n`, the question's place. */
  code: string;
  params: Record<string, string | number>;
}

export const error = (code: string, params: GradeFinding['params'] = {}): GradeFinding => ({
  severity: 'error',
  code,
  params,
});
export const warning = (code: string, params: GradeFinding['params'] = {}): GradeFinding => ({
  ...error(code, params),
  severity: 'warning',
});
export const remark = (code: string, params: GradeFinding['params'] = {}): GradeFinding => ({
  ...error(code, params),
  severity: 'note',
});

/** An answer that was given in time is judged a little later. */
const GRACE_MS = 60_000;
/** Clocks of a class differ. */
const AHEAD_MS = 24 * 3600_000;

/** Where the chain breaks first. An edit of the head breaks it at its first link. */
export function brokenChain(file: ResultFile): GradeFinding[] {
  const chain = chainOf(file, file.results);
  if (chain.length !== file.chain.length)
    return [error('grade.chain.length', {expected: chain.length, came: file.chain.length})];
  const at = chain.findIndex((entry, i) => entry !== file.chain[i]);
  return at < 0 ? [] : [error('grade.chain.broken', {n: file.results[at]!.asked.n})];
}

export function wrongSums(file: ResultFile): GradeFinding[] {
  const {points, of} = tally(file.results);
  const wrong = points !== file.points || of !== file.of;
  return wrong ? [error('grade.sum', {claimed: `${file.points}/${file.of}`, worth: `${points}/${of}`})] : [];
}

/** @param now in ms since the epoch */
export function wrongTimes(file: ResultFile, now: number): GradeFinding[] {
  const {minutes} = file.exam;
  const started = Date.parse(file.started);
  const finished = file.finished === null ? Number.POSITIVE_INFINITY : Date.parse(file.finished);
  const found: GradeFinding[] = [];
  let before = started;
  for (const {asked, judged, response, seconds} of file.results) {
    const at = Date.parse(judged.evidence.at);
    const {n} = asked;
    if (at < before) found.push(error('grade.time.backwards', {n}));
    else if (at > finished) found.push(error('grade.time.outside', {n}));
    if (response !== null && seconds * 1000 > at - started + GRACE_MS)
      found.push(error('grade.time.seconds', {n, seconds: Math.round(seconds)}));
    if (minutes !== null && response !== null && at > started + minutes * 60_000 + GRACE_MS)
      found.push(error('grade.time.over', {n, minutes, late: Math.round((at - started) / 60_000 - minutes)}));
    before = Math.max(before, at);
  }
  if (finished < started) found.push(error('grade.time.finished'));
  if (started > now + AHEAD_MS) found.push(warning('grade.time.future', {started: file.started}));
  return found;
}

function twice(results: readonly Result[]): GradeFinding[] {
  const seen = new Set<string>();
  return results.flatMap(({asked: {n, item}}) => {
    const again = seen.has(`n ${n}`) || seen.has(item);
    seen.add(`n ${n}`).add(item);
    return again ? [error('grade.question.twice', {n, item})] : [];
  });
}

/** What kind of run it was. */
export function wrongRun(file: ResultFile): GradeFinding[] {
  const {mode, finished, results, exam} = file;
  const found = twice(results);
  if (mode !== 'graded') return [...found, warning('grade.practice')];
  if (finished === null) found.push(warning('grade.unfinished', {done: results.length, count: exam.count}));
  else if (results.length < exam.count)
    found.push(error('grade.question.missing', {came: results.length, expected: exam.count}));
  for (const {asked, hints, tries} of results)
    if (hints > 0 || tries > 1) found.push(error('grade.help', {n: asked.n, hints, tries}));
  return found;
}

/** Whether it is the exam that the class was given, with the questions that its seed draws. */
export function wrongExam(file: ResultFile, exam: Exam, items: ReadonlyMap<string, Item>): GradeFinding[] {
  const other = (what: string, expected: string | number, came: string | number) =>
    expected === came ? [] : [error('grade.exam.other', {what, expected, came})];
  const found = [
    ...other('seed', seedText(exam.seed), seedText(file.exam.seed)),
    ...other('minutes', exam.minutes ?? '–', file.exam.minutes ?? '–'),
    ...other('title', exam.title.en, file.exam.title.en),
  ];
  if (found.length > 0 || items.size === 0) return found;
  const {asked} = drawQuiz([...items.values()], exam);
  found.push(...other('count', asked.length, file.exam.count));
  for (const {asked: came} of file.results) {
    const drawn = asked.find(({n}) => n === came.n);
    const same = drawn?.item === came.item && drawn.points === came.points;
    if (!same) found.push(error('grade.question.other', {n: came.n, came: came.item, expected: drawn?.item ?? '–'}));
  }
  return found;
}

/**
 * The seal of a file of a sealed exam.
 * @param key resultKey() for this file; undefined: no secret was given
 */
export function wrongSeal(file: ResultFile, key: Uint8Array | undefined): GradeFinding[] {
  const {sealed} = file.exam;
  if (sealed === null) return [];
  if (file.seal === undefined) return [error('grade.seal.none')];
  if (!key) return [remark('grade.seal.unchecked')];
  const own = Buffer.from(macOf(key, sealedText(file, file)));
  const came = Buffer.from(file.seal);
  return own.length === came.length && timingSafeEqual(own, came) ? [] : [error('grade.seal.wrong')];
}

/** What two files of different people never share: when each question was judged, and what was said. */
export const fingerprint = (file: ResultFile): string =>
  canonical(file.results.map(({judged, response}) => [judged.evidence.at, judged.evidence.transcript, response]));
