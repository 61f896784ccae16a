/** YAML with positions: the front matter and the blocks. Every complaint points at the line and column in the lab file. */
import {isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, Scalar, type YAMLError} from 'yaml';
import type {Findings, Place} from './findings.ts';

export type Path = readonly (string | number)[];

export interface YamlText {
  /** Plain data. */
  value: unknown;
  /** Where the value at `path` begins; for a path that isn't there, its nearest ancestor. */
  placeOf(path: Path): Place;
  /** Where the last key of `path` stands. */
  keyPlace(path: Path): Place;
  /** Maps an offset in the string at `path` to its place; to the string's beginning where quoting or folding hides it. */
  placeIn(path: Path): (offset: number) => Place;
}

function report(error: YAMLError, at: Place, text: string, findings: Findings): void {
  if (error.code === 'TAB_AS_INDENT') findings.error('yaml.tab', at);
  else if (error.code === 'DUPLICATE_KEY')
    findings.error('yaml.twice', at, {key: /^[\w-]+/.exec(text.slice(error.pos[0]))?.[0] ?? ''});
  else if (error.code === 'TAG_RESOLVE_FAILED') findings.error('yaml.tag', at);
  // The first line says what is wrong; what follows is a picture of the place.
  else findings.error('yaml.syntax', at, {message: error.message.split('\n')[0]!});
}

function child(node: unknown, key: string | number): {node: unknown; pair?: Pair} | undefined {
  if (isMap(node)) {
    const pair = node.items.find(item => (isScalar(item.key) ? String(item.key.value) : undefined) === String(key));
    return pair && {node: pair.value, pair};
  }
  if (isSeq(node) && typeof key === 'number')
    return node.items[key] === undefined ? undefined : {node: node.items[key]};
  return undefined;
}

/**
 * Parses one YAML text whose first character stands at `at` (column 1). Undefined, with the first error in `findings`,
 * when it is no YAML; a tag is an error too, since it is nearly always a condition that begins with `!`.
 */
export function parseYaml(text: string, at: Place, findings: Findings): YamlText | undefined {
  const lineCounter = new LineCounter();
  const doc = parseDocument(text, {lineCounter, prettyErrors: false, stringKeys: true});
  const place = (offset: number): Place => {
    const {line, col} = lineCounter.linePos(offset);
    return {line: at.line + line - 1, col};
  };
  const problem = doc.errors[0] ?? doc.warnings[0];
  if (problem) {
    report(problem, place(problem.pos[0]), text, findings);
    return undefined;
  }
  let value: unknown;
  try {
    value = doc.toJS();
  } catch (error) {
    findings.error('yaml.syntax', at, {message: (error as Error).message});
    return undefined;
  }
  const walk = (path: Path) => {
    let found: {node: unknown; pair?: Pair} = {node: doc.contents};
    let depth = 0;
    for (const key of path) {
      const next = child(found.node, key);
      if (!next) break;
      found = next;
      depth++;
    }
    return {...found, whole: depth === path.length};
  };
  const start = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0;
  const placeOf = (path: Path): Place => {
    const {node, pair} = walk(path);
    return place(node ? start(node) : start(pair?.key));
  };
  return {
    value,
    placeOf,
    keyPlace(path) {
      const {node, pair, whole} = walk(path);
      return place(whole && pair ? start(pair.key) : start(node));
    },
    placeIn(path) {
      const {node} = walk(path);
      const from = start(node);
      const shift = isScalar(node) ? evenShift(node, text) : undefined;
      return offset => place(shift === undefined ? from : from + shift + offset);
    },
  };
}

/** How far the text of a scalar lies behind its beginning, when the source holds the text letter by letter. */
function evenShift(node: Scalar, text: string): number | undefined {
  const value = String(node.value);
  const shift = node.type === Scalar.QUOTE_SINGLE || node.type === Scalar.QUOTE_DOUBLE ? 1 : 0;
  const from = node.range![0] + shift;
  return text.slice(from, from + value.length) === value ? shift : undefined;
}
