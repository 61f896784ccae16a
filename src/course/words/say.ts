/**
 * Words for codes. Events and errors carry codes with parameters; here each language renders them. A module of words is
 * a plain table, one per concern, so that a missing translation is a type error.
 */
import type {Lang} from '../lab.ts';

/** "{name}" is replaced by the parameter of that name. */
export type WordTable = Record<string, Record<Lang, string>>;

export type Params = Record<string, string | number | bigint | boolean | undefined>;

/** Renders `code` in `lang`; an unknown code shows itself with its parameters rather than hiding what happened. */
export function render(table: WordTable, lang: Lang, code: string, params: Params = {}): string {
  const words = table[code];
  if (!words) return `${code} ${JSON.stringify(params, (_, v) => (typeof v === 'bigint' ? String(v) : v))}`;
  return words[lang].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : String(value);
  });
}
