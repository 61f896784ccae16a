/** CEL conditions: parsed, typed against the table of facts, and ready to be judged. */
import {ParseError, type ParseResult} from '@marcbachmann/cel-js';
import type {ConditionSchema} from './schema.ts';
import {type ConditionError, type FactUse, Walk} from './walk.ts';

export interface CompileOptions {
  schema: ConditionSchema;
  /** Whether `run.ID.status` and `run.ID.output` may be used: in predictions and text, never in checks. */
  allowRun?: boolean;
  /** Type of the result; 'bool' by default, 'any' for a value to be shown. */
  want?: 'bool' | 'int' | 'string' | 'any';
}

export interface Condition {
  readonly expr: string;
  readonly uses: readonly FactUse[];
  readonly schema: ConditionSchema;
  /** The strict program and the paths whose presence it asks for. */
  readonly program: ParseResult;
  readonly asked: readonly string[];
}

function typeError(
  error: {code: string; summary: string; range?: {start: number; end: number}},
  expr: string,
): ConditionError {
  const at = {start: error.range?.start ?? 0, end: error.range?.end ?? expr.length};
  const operator = /^no such overload: (.*)$/.exec(error.summary);
  if (operator) return {code: 'cel.overload', params: {came: operator[1]!}, ...at};
  const call = /^found no matching overload for '(.*)'$/.exec(error.summary);
  if (call) return {code: 'cel.function', params: {came: call[1]!}, ...at};
  return {code: 'cel.type', params: {message: error.summary}, ...at};
}

/**
 * Compiles a condition. `condition` is there exactly when `errors` is empty. Errors carry a code, parameters and the
 * offsets in `expr`: no CEL at all, a name or fact that doesn't exist (with the nearest), operands of types that don't go
 * together, a result of another type, `run.` in a check.
 */
export function compile(expr: string, options: CompileOptions): {condition?: Condition; errors: ConditionError[]} {
  const {schema, allowRun = false, want = 'bool'} = options;
  let parsed: ParseResult;
  try {
    parsed = schema.env.parse(expr);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const at = {start: error.range?.start ?? 0, end: error.range?.end ?? expr.length};
    return {errors: [{code: 'cel.syntax', params: {message: error.summary}, ...at}]};
  }
  const walk = new Walk(schema, allowRun);
  const strict = walk.text(parsed.ast);
  if (walk.errors.length > 0) return {errors: walk.errors};
  const checked = parsed.check();
  if (checked.error) return {errors: [typeError(checked.error, expr)]};
  if (want !== 'any' && checked.type !== want && checked.type !== 'dyn')
    return {
      errors: [{code: 'cel.result', params: {expected: want, came: checked.type ?? ''}, start: 0, end: expr.length}],
    };
  return {condition: {expr, schema, uses: walk.uses, asked: walk.asked, program: schema.env.parse(strict)}, errors: []};
}
