/** How many points an answer is worth. Pure: the same answer and key give the same points on every machine. */
import type {Verdict} from '../events.ts';
import {sameAnswer} from './answers.ts';
import type {Asked, Judged, Kind, QuizVerdict, Response, Result} from './types.ts';

/** Points of a question, where the exam says nothing else: what is done or found by hand counts double. */
export const POINTS: Readonly<Record<Kind, number>> = {
  single: 1,
  multiple: 1,
  number: 1,
  text: 1,
  order: 1,
  prediction: 1,
  diagnosis: 2,
  reading: 1,
  repair: 2,
};

export interface Score {
  verdict: QuizVerdict;
  /** From 0 to the question's own, in hundredths. */
  points: number;
}

/** To hundredths, so that sums are exact and the same everywhere. */
export const hundredths = (points: number): number => Math.round(points * 100) / 100;

/**
 * Choices: where one is right, it alone gives all the points. Where several are, the share of the right ones that were
 * taken, less the share of the wrong ones, never below 0: taking all gives nothing, and so does guessing in the long run.
 */
function choicesShare(taken: readonly string[], right: readonly string[], all: readonly string[], kind: Kind): number {
  const said = new Set(taken);
  const good = right.filter(id => said.has(id)).length;
  const bad = [...said].filter(id => !right.includes(id)).length;
  if (right.length === 0) return 0;
  if (kind !== 'multiple' && right.length === 1) return good === 1 && bad === 0 ? 1 : 0;
  const wrong = Math.max(1, all.filter(id => !right.includes(id)).length);
  return Math.max(0, good / right.length - bad / wrong);
}

/**
 * Order: the longest row of entries that stand in the right order among themselves (gaps allowed). Two such there nearly
 * always are, so it counts from there: of four entries with one misplaced, half; of two, all or nothing.
 */
function orderShare(said: readonly string[], right: readonly string[]): number {
  const row = [...new Set(said)];
  if (row.length === right.length && row.every((id, i) => id === right[i])) return 1;
  const length = longestCommon(row, right);
  return right.length > 2 ? Math.max(0, length - 2) / (right.length - 2) : 0;
}

/** Length of the longest common subsequence. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const x of a) {
    const next = [0];
    for (const [j, y] of b.entries()) next.push(x === y ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!));
    row = next;
  }
  return row[b.length]!;
}

function share(asked: Pick<Asked, 'kind' | 'choices'>, response: NonNullable<Response>, key: NonNullable<Response>) {
  if ('choices' in response && 'choices' in key) {
    const all = asked.choices?.map(choice => choice.id) ?? key.choices;
    return choicesShare(response.choices, key.choices, all, asked.kind);
  }
  if ('order' in response && 'order' in key) return orderShare(response.order, key.order);
  if ('text' in response && 'text' in key) return sameAnswer(response.text, key.text) ? 1 : 0;
  return 0;
}

/**
 * The score of an answer.
 * @param key what would have been right, in the words of the response
 * @param kernel its verdict: of a repair it decides alone, once the person says that it is done; of any question
 * 'cannot-judge' means that the machine failed: no points, and the question counts neither way
 */
export function score(
  asked: Pick<Asked, 'kind' | 'choices' | 'points'>,
  response: Response,
  key: Response,
  kernel?: Verdict,
): Score {
  if (kernel === 'cannot-judge') return {verdict: 'unjudged', points: 0};
  let worth = 0;
  if (response && 'done' in response) worth = key && 'done' in key && kernel === 'pass' ? 1 : 0;
  else if (response && key) worth = share(asked, response, key);
  const points = hundredths(worth * asked.points);
  return {verdict: worth >= 1 ? 'right' : points > 0 ? 'partly' : 'wrong', points};
}

export interface Tally extends Record<QuizVerdict, number> {
  points: number;
  /** Points that could be had: without those of questions that a machine's failure left unjudged. */
  of: number;
}

/** Sums of a quiz. Questions without a verdict count neither way: a machine's failure is no student's. */
export function tally(results: readonly {asked: Pick<Asked, 'points'>; judged: Pick<Judged, keyof Score>}[]): Tally {
  const sum: Tally = {points: 0, of: 0, right: 0, partly: 0, wrong: 0, unjudged: 0};
  for (const {asked, judged} of results) {
    sum[judged.verdict]++;
    if (judged.verdict === 'unjudged') continue;
    sum.points = hundredths(sum.points + judged.points);
    sum.of = hundredths(sum.of + asked.points);
  }
  return sum;
}

/** Sums by lab, by number. */
export function tallyByLab(results: readonly Pick<Result, 'asked' | 'judged'>[]): Map<string, Tally> {
  const labs = Map.groupBy(results, ({asked}) => asked.number);
  return new Map([...labs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([number, some]) => [number, tally(some)]));
}
