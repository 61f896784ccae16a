/** What the kernel says to a question at this moment: the key to it, with the facts that the key rests on. */
import type {FactValue} from '../../engine/index.ts';
import type {Reason, Verdict} from '../events.ts';
import type {QuizBlock} from '../lab.ts';
import type {Judgement} from '../session/conditions.ts';
import type {Play} from '../session/play.ts';
import {liveAnswer, staticKey} from './pool.ts';
import type {Response} from './types.ts';

export interface Truth {
  /** What is right; null: the kernel could not say, see `reason`. */
  key: Response;
  /** Of a repair: whether it is done. Of others 'pass', or 'cannot-judge' where there is no key. */
  verdict: Verdict;
  /** Of a repair that is not done: the mistake that it looks like. */
  mistake?: string;
  reason?: Reason;
  values: Record<string, FactValue | null>;
}

/**
 * The verdict on a repair. A container that is gone and a file that is not there are states like any other, and not the
 * ones that were asked for; where the kernel does not answer, or the condition cannot be computed, nobody can tell.
 */
export function repairVerdict({verdict, reason}: Pick<Judgement, 'verdict' | 'reason'>): Verdict {
  if (verdict !== 'cannot-judge' || !reason) return verdict;
  const {code, params} = reason;
  // An entry of a map ('host.folder.text["a"]') is missing, not the fact.
  const noEntry = code === 'missing-fact' && String(params.path).includes('["');
  return code === 'no-container' || noEntry ? 'fail' : verdict;
}

/** The truth by the facts that `play` has now: sample() them before. */
export function truthOf(play: Play, block: QuizBlock): Truth {
  if (block.check !== undefined) return repaired(play, block, block.check);
  const live = liveAnswer(block);
  if (live !== undefined) {
    const {value, reason, values} = play.value(live, block.type === 'number' ? 'int' : 'string');
    return value === undefined ? unknown(values, reason) : {key: {text: value}, verdict: 'pass', values};
  }
  const key = staticKey(block);
  return key ? {key, verdict: 'pass', values: {}} : chosen(play, block);
}

function unknown(values: Truth['values'], reason?: Reason): Truth {
  return {key: null, verdict: 'cannot-judge', values, ...(reason && {reason})};
}

function repaired(play: Play, {mistakes = []}: QuizBlock, check: string): Truth {
  const judged = play.judge(check);
  const verdict = repairVerdict(judged);
  const {values, reason} = judged;
  const mistake = verdict === 'fail' ? mistakes.find(one => play.holds(one.when))?.id : undefined;
  return {key: {done: true}, verdict, values, ...(mistake !== undefined && {mistake}), ...(reason && {reason})};
}

/** Exactly one choice holds; of a question with several right ones, at least one. */
function chosen(play: Play, {type, choices = []}: QuizBlock): Truth {
  const judged = choices.map(({id, when = ''}) => ({id, ...play.judge(when, true)}));
  const values = Object.assign({}, ...judged.map(one => one.values)) as Truth['values'];
  const reason = judged.find(one => one.verdict === 'cannot-judge')?.reason;
  if (reason) return unknown(values, reason);
  const holding = judged.flatMap(({id, verdict}) => (verdict === 'pass' ? [id] : []));
  const fits = type === 'single' ? holding.length === 1 : holding.length > 0;
  if (!fits) return unknown(values, {code: 'quiz.not-one', params: {holding: holding.join(', ') || '–'}});
  return {key: {choices: holding}, verdict: 'pass', values};
}
