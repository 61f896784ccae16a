/** Verdicts: pass, fail, or cannot judge. Every fact is looked up before anything is evaluated. */
import type {Facts, FactValue} from '../../engine/index.ts';
import type {Reason, Verdict} from '../events.ts';
import type {Side} from '../lab.ts';
import type {Condition} from './compile.ts';
import type {FactUse} from './walk.ts';

/** What conditions are judged against. A side that is null or absent: there is no such container (any more). */
export interface ConditionFacts {
  now: Record<Side, Facts | null | undefined>;
  /** When the step began. */
  before: Record<Side, Facts | null | undefined>;
  vars: Record<string, string>;
  /** Finished commands of run blocks; status null: the terminal didn't say. */
  runs?: Record<string, {status: number | bigint | null; output: string}>;
}

export interface Judgement {
  verdict: Verdict;
  /** There exactly when the verdict is cannot-judge. */
  reason?: Reason;
  /** Each fact that the condition names, by its path; null: absent. */
  values: Record<string, FactValue | null>;
}

type Found = {value: FactValue} | {reason: Reason};

function own(at: unknown, key: string | bigint): unknown {
  if (Array.isArray(at)) return typeof key === 'bigint' ? at[Number(key)] : undefined;
  return typeof at === 'object' && at !== null && typeof key === 'string' && Object.hasOwn(at, key)
    ? (at as Record<string, unknown>)[key]
    : undefined;
}

function lookUp(use: FactUse, facts: ConditionFacts): Found {
  const missing = {reason: {code: 'missing-fact', params: {path: use.path}}};
  let [root, ...keys] = use.keys as [string, ...(string | bigint)[]];
  let at: unknown;
  if (root === 'vars') at = facts.vars;
  else if (root === 'run') {
    const id = String(keys.shift());
    const run = own(facts.runs, id) as {status: number | bigint | null; output: string} | undefined;
    if (!run) return {reason: {code: 'not-run', params: {id}}};
    at = {output: run.output, ...(run.status !== null && {status: BigInt(run.status)})};
  } else {
    const before = root === 'before';
    if (before) root = String(keys.shift());
    at = own(before ? facts.before : facts.now, root);
    if (at === undefined || at === null)
      return root === 'host'
        ? missing
        : {reason: {code: before ? 'no-container-before' : 'no-container', params: {id: root}}};
  }
  for (const key of keys) at = own(at, key);
  return at === undefined || at === null ? missing : {value: at as FactValue};
}

function context(facts: ConditionFacts, condition: Condition, asked: boolean[]): Record<string, unknown> {
  const {containers} = condition.schema;
  const sides = (of: ConditionFacts['now']) =>
    Object.fromEntries(['host', ...containers].map(side => [side, of[side] ?? {}]));
  const runs = Object.entries(facts.runs ?? {}).map(([id, {status, output}]) => [
    id,
    {output, ...(status !== null && {status: BigInt(status)})},
  ]);
  return {
    ...sides(facts.now),
    before: sides(facts.before),
    vars: facts.vars,
    run: Object.fromEntries(runs),
    __has: asked,
  };
}

/**
 * The value of a compiled expression, or why there is none: 'no-container' {id}, 'no-container-before' {id}, 'not-run'
 * {id}, 'missing-fact' {path}, 'cel' {message} (a division by zero, a conversion that fails).
 */
export function evaluate(
  condition: Condition,
  facts: ConditionFacts,
): {value?: unknown; reason?: Reason; values: Judgement['values']} {
  const values: Judgement['values'] = {};
  const present = new Map<string, boolean>();
  let reason: Reason | undefined;
  for (const use of condition.uses) {
    const found = lookUp(use, facts);
    values[use.path] = 'value' in found ? found.value : null;
    present.set(use.path, 'value' in found);
    if ('reason' in found && !use.optional) reason ??= found.reason;
  }
  if (reason) return {reason, values};
  try {
    const asked = condition.asked.map(path => present.get(path) === true);
    return {value: condition.program(context(facts, condition, asked)), values};
  } catch (error) {
    const message = (error as {summary?: string}).summary ?? (error as Error).message;
    return {reason: {code: 'cel', params: {message}}, values};
  }
}

/**
 * Judges a condition. Absence is never true or false: a container or fact that isn't there gives cannot-judge, unless
 * has() asked for it; so does an error anywhere, and a result that is no bool ('not-bool' {came}).
 */
export function judge(condition: Condition, facts: ConditionFacts): Judgement {
  const {value, reason, values} = evaluate(condition, facts);
  if (reason) return {verdict: 'cannot-judge', reason, values};
  if (typeof value !== 'boolean')
    return {verdict: 'cannot-judge', reason: {code: 'not-bool', params: {came: String(value)}}, values};
  return {verdict: value ? 'pass' : 'fail', values};
}
