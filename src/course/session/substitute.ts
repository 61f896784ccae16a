/** ${name} and ${box.pid} in commands, specs and prose: replaced by variables and facts. */
import type {ContainerSpec, Facts, FactValue} from '../../engine/index.ts';

/** What names may stand for: variables, the sides' facts now, and those of the step's beginning. */
export interface Values {
  vars: Record<string, string>;
  now: Record<string, Facts | null>;
  before: Record<string, Facts | null>;
}

/** A ${…} that has no value, or one that must not be typed. */
export class ValueError extends Error {
  readonly code: 'session.no-value' | 'session.unsafe-value';
  readonly params: {name: string};

  constructor(code: ValueError['code'], name: string) {
    super(`${code}: ${name}`);
    this.code = code;
    this.params = {name};
  }
}

const HOLE = /\$\{([A-Za-z_][\w.-]*)\}/g;
const PLAIN = /^[\w./:@%+=,-]+$/;

/** Value of `name` ("name", "box.pid", "before.host.hostname"); undefined: there is none. */
export function lookUp(name: string, values: Values): FactValue | undefined {
  const own = (record: object | null | undefined, key: string): unknown =>
    record && Object.hasOwn(record, key) ? (record as Record<string, unknown>)[key] : undefined;
  const [head = '', ...rest] = name.split('.');
  if (rest.length === 0) return own(values.vars, head) as FactValue | undefined;
  const root = head === 'vars' ? {vars: values.vars} : head === 'before' ? {before: values.before} : values.now;
  let at: unknown = root;
  for (const key of name.split('.')) {
    if (typeof at !== 'object') return undefined;
    at = own(at as object | null, key);
  }
  return at === null ? undefined : (at as FactValue | undefined);
}

/**
 * Prose with its values filled in. What has no value (yet) stays as it is written.
 * @param text Markdown or plain text
 */
export function fillText(text: string, values: Values): string {
  return text.replace(HOLE, (whole, name: string) => {
    const value = lookUp(name, values);
    return value === undefined || typeof value === 'object' ? whole : String(value);
  });
}

/**
 * A command as it is typed. Values are quoted so that the shell takes them as one word, whatever they hold, also inside
 * quotes. A name without a dot that is no variable is the shell's own (${HOME}) and stays.
 * @throws ValueError where a fact is absent, or a value holds control characters (a learner may have chosen it)
 */
export function fillCommand(command: string, values: Values): string {
  let result = '';
  let quote: '' | "'" | '"' = '';
  let done = 0;
  const copy = (upTo: number) => {
    for (; done < upTo; done++) {
      const char = command[done] as string;
      if (char === '\\' && quote !== "'" && done + 1 < upTo) {
        result += char + command[++done];
        continue;
      }
      if ((char === "'" || char === '"') && (quote === '' || quote === char)) quote = quote === '' ? char : '';
      result += char;
    }
  };
  for (const hole of command.matchAll(HOLE)) {
    const name = hole[1] as string;
    const value = lookUp(name, values);
    if (value === undefined && !name.includes('.')) continue;
    if (value === undefined || typeof value === 'object') throw new ValueError('session.no-value', name);
    const text = String(value);
    if (/[\x00-\x1f\x7f]/.test(text)) throw new ValueError('session.unsafe-value', name);
    copy(hole.index);
    result += quoted(text, quote);
    done = hole.index + hole[0].length;
  }
  copy(command.length);
  return result;
}

function quoted(text: string, quote: '' | "'" | '"'): string {
  if (quote === '"') return text.replace(/[\\"$`]/g, '\\$&');
  const inside = text.replaceAll("'", "'\\''");
  if (quote === "'") return inside;
  return PLAIN.test(text) ? text : `'${inside}'`;
}

/** A container's spec with variables in all of its strings. Facts are allowed too (a path to join: /proc/${box.pid}/ns/uts). */
export function fillSpec(spec: ContainerSpec, values: Values): ContainerSpec {
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return fillText(value, values);
    if (Array.isArray(value)) return value.map(fill);
    if (value && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
    }
    return value;
  };
  return fill(spec) as ContainerSpec;
}
