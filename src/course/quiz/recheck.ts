/** What was right, once more: from the facts that were recorded, on a machine that need not have a kernel to ask. */
import type {Facts, FactValue} from '../../engine/index.ts';
import type {Verdict} from '../events.ts';
import type {Lab, QuizBlock} from '../lab.ts';
import {type ConditionFacts, LabConditions} from '../session/conditions.ts';
import {repairVerdict} from './kernel.ts';
import {liveAnswer, staticKey} from './pool.ts';
import type {Evidence, Item, Response} from './types.ts';

export interface Recheck {
  /** By the recorded values; null: they do not say. */
  key: Response;
  /** Of a repair. */
  verdict: Verdict;
}

const compiled = new WeakMap<Lab, LabConditions>();

/** Building the types takes a millisecond; a class has forty files of the same exam. */
function conditionsOf(doc: Lab): LabConditions {
  const known = compiled.get(doc) ?? new LabConditions(doc);
  compiled.set(doc, known);
  return known;
}

type Tree = {[key: string]: FactValue | undefined};

function put(root: Tree, keys: readonly (string | bigint)[], value: FactValue): void {
  let at: Tree | unknown[] = root;
  keys.forEach((key, i) => {
    const name = (typeof key === 'bigint' ? Number(key) : key) as string;
    const into = at as Tree;
    if (i === keys.length - 1) into[name] = value;
    else {
      into[name] ??= typeof keys[i + 1] === 'bigint' ? [] : {};
      at = into[name] as Tree;
    }
  });
}

/** The facts as the expressions found them: what is absent was absent. */
function factsFrom(conditions: LabConditions, expressions: readonly string[], evidence: Evidence): ConditionFacts {
  const roots: Tree = {};
  for (const expression of expressions) {
    for (const {path, keys} of conditions.uses(expression)) {
      const value = Object.hasOwn(evidence.values, path) ? evidence.values[path] : null;
      if (value !== null && value !== undefined && keys[0] !== 'vars') put(roots, keys, structuredClone(value));
    }
  }
  const {before = {}, run = {}, ...now} = roots as Record<string, Record<string, FactValue>>;
  return {
    now: now as Record<string, Facts>,
    before: before as Record<string, Facts>,
    vars: evidence.vars,
    runs: run as unknown as NonNullable<ConditionFacts['runs']>,
  };
}

function expressionsOf(block: QuizBlock): string[] {
  const live = liveAnswer(block);
  const choices = block.choices?.flatMap(({when}) => (when === undefined ? [] : [when])) ?? [];
  return [...(block.check === undefined ? [] : [block.check]), ...(live === undefined ? [] : [live]), ...choices];
}

/** What the recorded facts say about a question, by the item's own conditions. */
export function recheck({doc, block}: Pick<Item, 'doc' | 'block'>, evidence: Evidence): Recheck {
  const fixed = staticKey(block);
  if (fixed !== undefined) return {key: fixed, verdict: 'pass'};
  const conditions = conditionsOf(doc);
  const facts = factsFrom(conditions, expressionsOf(block), evidence);
  if (block.check !== undefined)
    return {key: {done: true}, verdict: repairVerdict(conditions.judge(block.check, facts))};
  const live = liveAnswer(block);
  if (live !== undefined) {
    const {value} = conditions.value(live, facts, block.type === 'number' ? 'int' : 'string');
    return value === undefined ? {key: null, verdict: 'cannot-judge'} : {key: {text: value}, verdict: 'pass'};
  }
  const verdicts = (block.choices ?? []).map(({id, when = ''}) => ({id, ...conditions.judge(when, facts, true)}));
  const holding = verdicts.flatMap(({id, verdict}) => (verdict === 'pass' ? [id] : []));
  const fits = block.type === 'single' ? holding.length === 1 : holding.length > 0;
  const clear = fits && !verdicts.some(({verdict}) => verdict === 'cannot-judge');
  return clear ? {key: {choices: holding}, verdict: 'pass'} : {key: null, verdict: 'cannot-judge'};
}
