/** Zod's complaints about a YAML value, as findings with a place, what was expected, and what came. */
import {z} from 'zod';
import type {Findings, Params} from './findings.ts';
import {nearest} from './nearest.ts';
import type {Path, YamlText} from './yaml.ts';

/** The kind of a value in YAML's words. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'map';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'number';
  return 'string';
}

const EXPECTED: Record<string, string> = {
  object: 'map',
  record: 'map',
  array: 'list',
  boolean: 'bool',
  number: 'number',
  int: 'int',
  string: 'string',
};

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((v, key) => (v as Record<string | number, unknown> | null | undefined)?.[key], value);
}

/** Keys that the schema knows at `path`. */
function keysAt(schema: unknown, path: Path): string[] {
  let at = schema;
  const open = () => {
    for (;;)
      if (at instanceof z.ZodOptional || at instanceof z.ZodDefault) at = at.unwrap();
      else if (at instanceof z.ZodPipe) at = at.out;
      else return;
  };
  open();
  for (const key of path) {
    if (at instanceof z.ZodObject) at = at.shape[key as string];
    else if (at instanceof z.ZodArray) at = at.element;
    else if (at instanceof z.ZodRecord) at = at.valueType;
    open();
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function shown(value: unknown): string {
  return typeof value === 'object' ? kindOf(value) : String(value);
}

function reportIssue(issue: z.core.$ZodIssue, yaml: YamlText, schema: z.ZodType, findings: Findings): void {
  const path = issue.path as Path;
  const key = path.join('.').replace(/\.(\d+)/g, '[$1]');
  const came = valueAt(yaml.value, path);
  const say = (code: string, params: Params) => findings.error(code, yaml.placeOf(path), {key, ...params});
  if (path.length === 0 && issue.code === 'invalid_type') {
    say('yaml.not-map', {what: '---'});
    return;
  }
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(schema, path);
      for (const unknown of issue.keys)
        findings.error('yaml.unknown-key', yaml.keyPlace([...path, unknown]), {
          key: unknown,
          nearest: nearest(unknown, known) ?? '',
          known: known.join(', '),
        });
      return;
    }
    case 'invalid_type':
      if (came === undefined) findings.error('yaml.missing', yaml.placeOf(path), {key});
      else
        say('yaml.type', {
          expected: EXPECTED[issue.expected] ?? issue.expected,
          came: kindOf(came),
          value: shown(came),
        });
      return;
    case 'invalid_value': {
      const known = issue.values.map(String);
      if (came === undefined) findings.error('yaml.missing', yaml.placeOf(path), {key});
      else say('yaml.value', {came: shown(came), known: known.join(', '), nearest: nearest(shown(came), known) ?? ''});
      return;
    }
    case 'too_small':
      if (issue.origin === 'string') say('yaml.empty', {});
      else if (issue.origin === 'array')
        say('yaml.too-few', {least: Number(issue.minimum), came: (came as unknown[]).length});
      else say('yaml.range', {came: shown(came), limit: `≥ ${issue.minimum}`});
      return;
    case 'too_big':
      say('yaml.range', {came: shown(came), limit: `≤ ${issue.maximum}`});
      return;
    case 'invalid_key':
      findings.error('yaml.name', yaml.keyPlace(path), {came: String(path.at(-1))});
      return;
    case 'invalid_format':
      say('yaml.form', {came: shown(came)});
      return;
    default:
      say('yaml.syntax', {message: issue.message});
  }
}

/** The value as `schema` wants it; undefined, with an error for each thing that is wrong, when it isn't. */
export function validate<T extends z.ZodType>(yaml: YamlText, schema: T, findings: Findings): z.output<T> | undefined {
  const result = schema.safeParse(yaml.value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) reportIssue(issue, yaml, schema, findings);
  return undefined;
}
