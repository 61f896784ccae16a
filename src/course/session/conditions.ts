/** All conditions of one lab: compiled once, judged often. */
import {factTable} from '../../engine/index.ts';
import {type CompileOptions, type Condition, compile} from '../conditions/compile.ts';
import {type ConditionFacts, evaluate, type Judgement, judge} from '../conditions/judge.ts';
import {type ConditionSchema, conditionSchema} from '../conditions/schema.ts';
import type {FactUse} from '../conditions/walk.ts';
import type {Lab} from '../lab.ts';

export type {ConditionFacts, Judgement};
export type RunFacts = NonNullable<ConditionFacts['runs']>;

/** `reason`: there is no value. */
export type Valued = Omit<ReturnType<typeof evaluate>, 'value'> & {value?: string};

export class LabConditions {
  readonly #schema: ConditionSchema;
  readonly #compiled = new Map<string, ReturnType<typeof compile>>();

  constructor(lab: Lab) {
    const blocks = lab.steps.flatMap(step => step.blocks);
    this.#schema = conditionSchema({
      facts: factTable,
      containers: containersOf(lab),
      vars: Object.keys(lab.vars),
      runs: blocks.flatMap(block => (block.kind === 'run' && block.id !== undefined ? [block.id] : [])),
    });
  }

  /**
   * The verdict of an expression over facts; with `run` (predictions, not checks) also over what commands printed.
   * An expression that doesn't compile cannot be judged, with the compiler's first error as the reason.
   */
  judge(expression: string, facts: ConditionFacts, allowRun = false): Judgement {
    const {condition, errors} = this.compile(expression, allowRun);
    if (condition) return judge(condition, facts);
    const [first] = errors;
    return {verdict: 'cannot-judge', reason: {code: first?.code ?? 'cel', params: first?.params ?? {}}, values: {}};
  }

  /**
   * The value of an expression, as text; a number's digits.
   * @param want of which type it must be: 'int' or 'string'
   */
  value(expression: string, facts: ConditionFacts, want: 'int' | 'string'): Valued {
    const {condition, errors} = compile(expression, {schema: this.#schema, allowRun: true, want});
    const [first] = errors;
    if (!condition) return {reason: {code: first?.code ?? 'cel', params: first?.params ?? {}}, values: {}};
    const {value, reason, values} = evaluate(condition, facts);
    if (reason) return {reason, values};
    return {value: String(value), values};
  }

  /** Paths of the facts that an expression names. */
  paths(expression: string): string[] {
    return this.compile(expression, true).condition?.uses.map(use => use.path) ?? [];
  }

  /** The facts that an expression of any type names. */
  uses(expression: string): readonly FactUse[] {
    return compile(expression, {schema: this.#schema, allowRun: true, want: 'any'}).condition?.uses ?? [];
  }

  compile(
    expression: string,
    allowRun: boolean,
  ): {condition?: Condition; errors: ReturnType<typeof compile>['errors']} {
    const key = `${allowRun} ${expression}`;
    const options: CompileOptions = {schema: this.#schema, allowRun};
    const known = this.#compiled.get(key) ?? compile(expression, options);
    this.#compiled.set(key, known);
    return known;
  }
}

/** Ids of the containers that a lab may start, in order. */
export function containersOf(lab: Lab): string[] {
  const blocks = lab.steps.flatMap(step => step.blocks);
  return [...new Set(blocks.flatMap(block => (block.kind === 'container' ? [block.id] : [])))];
}
