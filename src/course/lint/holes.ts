/** `${name}` and `${box.pid}` in commands and texts stand for something that exists; what a show block names, too. */
import {type ConditionSchema, conditionSchema, type FactTree} from '../conditions/schema.ts';
import type {Place} from '../format/findings.ts';
import {nearest} from '../format/nearest.ts';
import type {PlacedText} from '../format/places.ts';
import type {Rule, RuleInput} from './rule.ts';

const HOLE = /\$\{([A-Za-z_][\w.-]*)\}/g;

/** Finds texts again in their file: the nth `needle` of a text is the nth one at or after its beginning. */
export function finder(sources: Map<string, string[]>): (text: PlacedText, needle: string, nth: number) => Place {
  return (text, needle, nth) => {
    const lines = sources.get(text.file) ?? [];
    let left = nth;
    for (let line = text.at.line; line <= lines.length; line++) {
      let from = line === text.at.line ? text.at.col - 1 : 0;
      for (let at = lines[line - 1]!.indexOf(needle, from); at >= 0; at = lines[line - 1]!.indexOf(needle, from)) {
        if (left-- === 0) return {line, col: at + 1};
        from = at + needle.length;
      }
    }
    return text.at;
  };
}

/** The type at a dotted path, a group of facts, or nothing. */
function treeAt(path: string, {roots}: ConditionSchema): FactTree | undefined {
  let at: FactTree | undefined = roots;
  for (const key of path.split('.')) {
    if (typeof at === 'string') return at.startsWith('map') ? 'string' : undefined;
    at = at && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

/** The nearest path that exists: only its last name is changed, or its first. */
function nearestPath(path: string, schema: ConditionSchema): string {
  const keys = path.split('.');
  const parent = keys.length === 1 ? schema.roots : treeAt(keys.slice(0, -1).join('.'), schema);
  if (typeof parent === 'object') {
    const near = nearest(keys.at(-1)!, Object.keys(parent));
    return near ? [...keys.slice(0, -1), near].join('.') : '';
  }
  const root = nearest(keys[0]!, Object.keys(schema.roots));
  const mended = root && root !== keys[0] ? [root, ...keys.slice(1)].join('.') : '';
  return mended && typeof treeAt(mended, schema) === 'string' ? mended : '';
}

/** Severity and parameters where `name` stands for nothing. */
function problem(
  name: string,
  text: PlacedText,
  vars: string[],
  schema: ConditionSchema,
): {code: string; params: Record<string, string>} | undefined {
  if (!name.includes('.')) {
    if (vars.includes(name)) return undefined;
    const near = nearest(name, vars) ?? '';
    // The shell has names of its own: ${HOME}, or a variable that a command above has set.
    if (near === '' && (text.role === 'command' || text.role === 'spec' || name === name.toUpperCase()))
      return undefined;
    return {code: 'hole.unknown', params: {name, nearest: near}};
  }
  const found = name.startsWith('run.') ? undefined : treeAt(name, schema);
  if (found === undefined) return {code: 'hole.unknown', params: {name, nearest: nearestPath(name, schema)}};
  const single = found === 'string' || found === 'int' || found === 'bool';
  return single ? undefined : {code: 'hole.many', params: {name}};
}

function texts({lab, places, facts, containers, used, report}: RuleInput): void {
  const find = finder(places.sources);
  const vars = Object.keys(lab.vars);
  const made = new Map<string, ConditionSchema>();
  for (const text of places.texts) {
    // A translation says what the English text says, so it can't know less.
    const known = text.lang === 'en' ? text.containers : containers;
    const key = known.join(' ');
    const schema = made.get(key) ?? conditionSchema({facts, vars, containers: known});
    made.set(key, schema);
    const seen = new Map<string, number>();
    for (const [whole, name] of text.text.matchAll(HOLE) as Iterable<[string, string]>) {
      const nth = seen.get(whole) ?? 0;
      seen.set(whole, nth + 1);
      used.add(name.replace(/^vars\./, ''));
      const found = problem(name, text, vars, schema);
      const later = found?.code === 'hole.unknown' && containers.includes(name.replace(/^before\./, '').split('.')[0]!);
      const hidden = later && !known.includes(name.replace(/^before\./, '').split('.')[0]!);
      if (found)
        report(hidden ? 'hole.later' : found.code, text.file, find(text, whole, nth), {...found.params, hole: whole});
    }
  }
}

function shown({places, facts, containers, report}: RuleInput): void {
  const paths = facts.map(row => row.path);
  for (const {path, file, at} of places.shown) {
    const [root, ...rest] = path.split('.');
    if (paths.includes(path)) continue;
    if (['host', 'before', ...containers].includes(root!) && rest.length > 0)
      report('show.side', file, at, {path, nearest: rest.join('.')});
    else report('show.unknown', file, at, {path, nearest: nearest(path, paths) ?? ''});
  }
}

/** Variables are drawn in order to be used. Runs after the rules that see their uses. */
export const unusedVars: Rule = ({places, used, report}) => {
  for (const {name, file, at} of places.vars) if (!used.has(name)) report('var.unused', file, at, {name}, 'warning');
};

export const holes: Rule = input => {
  texts(input);
  shown(input);
};
