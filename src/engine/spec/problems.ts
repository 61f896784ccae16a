/** What zod found, as errors of the engine: codes and parameters. */
import type {z} from 'zod';
import type {EngineErrorInfo} from '../types.ts';
import {isUnsupported} from './unsupported.ts';

/** 'linux.namespaces[0].type' */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text ? `${text}.${String(key)}` : String(key);
  }, '');
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((v, key) => (v as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

/** JSON of what JSON can say; the type of what it can't (a circle, or deeper than there is stack). */
function json(value: unknown): string {
  try {
    return JSON.stringify(value, (_key, v: unknown) => (typeof v === 'bigint' ? String(v) : v)) ?? typeof value;
  } catch {
    return Array.isArray(value) ? '[...]' : typeof value;
  }
}

/** What came, as JSON, short enough for one line of an error. No words: those have a language. */
export function shown(value: unknown): string {
  const text = json(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

type Issue = z.core.$ZodIssue;

export function problems(issue: Issue, value: unknown): EngineErrorInfo[] {
  const path = pathText(issue.path);
  const got = shown(at(value, issue.path));
  const info = (code: string, more: Record<string, string | number>): EngineErrorInfo[] => [
    {code, params: {path: path || '.', got, ...more}},
  ];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => {
        const params = {path: pathText([...issue.path, key]), key};
        return isUnsupported([...issue.path, key])
          ? {code: 'spec.unsupported', params}
          : {code: 'spec.unknown-key', params};
      });
    case 'invalid_key':
      // The name of an entry is what is wrong, not its value.
      return issue.issues
        .slice(0, 1)
        .flatMap(inner => problems({...inner, path: issue.path} as Issue, value))
        .map(found => ({...found, params: {...found.params, got: shown(issue.path.at(-1))}}));
    case 'invalid_type':
      return info(at(value, issue.path) === undefined ? 'spec.missing' : 'spec.type', {expected: issue.expected});
    case 'invalid_value':
      return info(at(value, issue.path) === undefined ? 'spec.missing' : 'spec.value', {
        expected: issue.values.join(' | '),
      });
    case 'too_small':
      return info('spec.range', {expected: `>= ${issue.minimum}`});
    case 'too_big':
      return info('spec.range', {expected: `<= ${issue.maximum}`});
    case 'custom': {
      const {code = 'spec.value', ...more} = issue.params ?? {};
      return info(String(code), more as Record<string, string>);
    }
    default:
      return info('spec.value', {expected: issue.code});
  }
}
