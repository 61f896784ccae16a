/** The info string of a fence that does something: `lang verb #id key=value key="a value"`. */
import type {Findings, Place} from './findings.ts';
import {nearest} from './nearest.ts';

export interface Attribute {
  value: string;
  key: Place;
  /** Where the value's text begins (after the opening quote). */
  at: Place;
  /** Columns in the file of each character of the value (escapes make them uneven). */
  cols: number[];
}

export interface Fence {
  lang: string;
  verb: string;
  id?: string;
  idAt?: Place;
  attrs: Map<string, Attribute>;
  /** The opening line. */
  at: Place;
  /** What stands between the fence lines; its first line is at.line + 1, column 1. */
  body: string;
}

interface VerbRule {
  lang: string;
  id: 'must' | 'may' | 'none';
  attrs: readonly string[];
  /** A translation repeats it: with its words, or empty as a mark between paragraphs. */
  inTranslation: 'words' | 'empty' | 'no';
}

const TYPED = ['on', 'expect', 'enters'] as const;

export const VERBS: Record<string, VerbRule> = {
  container: {lang: 'yaml', id: 'must', attrs: ['when'], inTranslation: 'empty'},
  run: {lang: 'sh', id: 'may', attrs: [...TYPED, 'when'], inTranslation: 'empty'},
  show: {lang: 'yaml', id: 'may', attrs: ['when'], inTranslation: 'empty'},
  predict: {lang: 'yaml', id: 'must', attrs: ['when'], inTranslation: 'words'},
  check: {lang: 'cel', id: 'must', attrs: ['title', 'when'], inTranslation: 'words'},
  solve: {lang: 'sh', id: 'none', attrs: [...TYPED, 'when'], inTranslation: 'no'},
  mistake: {lang: 'sh', id: 'must', attrs: [...TYPED, 'when', 'only'], inTranslation: 'empty'},
  quiz: {lang: 'yaml', id: 'must', attrs: ['when'], inTranslation: 'words'},
  cleanup: {lang: 'sh', id: 'may', attrs: [...TYPED, 'when'], inTranslation: 'no'},
};

/** Ids of steps, blocks and choices. */
export const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** Ids of containers and names of variables: conditions name them, so they are CEL identifiers too. */
export const NAME = /^[a-z][a-z0-9_]*$/;

/** Whether an info string asks for something to be done: a language and a second word. `sh` alone is an example. */
export function isAction(info: string): boolean {
  return /^\S+\s+\S/.test(info);
}

interface Value {
  value: string;
  cols: number[];
  start: number;
  end: number;
  closed: boolean;
}

/** Reads one attribute value at index `from` of `line`; an open quote takes the rest of the line. */
function valueAt(line: string, from: number): Value {
  const quoted = line[from] === '"';
  const cols: number[] = [];
  let value = '';
  let i = quoted ? from + 1 : from;
  const start = i;
  for (; i < line.length; i++) {
    if (quoted ? line[i] === '"' : /\s/.test(line[i]!)) break;
    if (quoted && line[i] === '\\' && (line[i + 1] === '"' || line[i + 1] === '\\')) i++;
    value += line[i];
    cols.push(i + 1);
  }
  const closed = !quoted || line[i] === '"';
  return {value, cols, start, end: quoted && closed ? i + 1 : i, closed};
}

/**
 * Parses the opening line of an action fence that stands at `at`. Undefined, with the reason in `findings`, when the verb
 * is unknown; a wrong language, id or attribute is reported and the rest still used.
 */
export function parseFence(line: string, at: Place, body: string, findings: Findings): Fence | undefined {
  const head = /^(?:`{3,}|~{3,})\s*(\S+)\s+(\S+)/.exec(line);
  if (!head) return undefined;
  const [whole, lang, verb] = head as unknown as [string, string, string];
  const verbAt = {line: at.line, col: whole.length - verb.length + 1};
  const rule = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (!rule) {
    findings.error('fence.verb', verbAt, {
      came: verb,
      nearest: nearest(verb, Object.keys(VERBS)) ?? '',
      known: Object.keys(VERBS).join(', '),
    });
    return undefined;
  }
  if (lang !== rule.lang)
    findings.error('fence.lang', {line: at.line, col: line.indexOf(lang) + 1}, {verb, came: lang, expected: rule.lang});
  const fence: Fence = {lang, verb, attrs: new Map(), at, body};
  let i = whole.length;
  while (i < line.length) {
    if (/\s/.test(line[i]!)) {
      i++;
      continue;
    }
    const place = {line: at.line, col: i + 1};
    const key = /^[A-Za-z][\w-]*(?==)/.exec(line.slice(i))?.[0];
    if (line[i] === '#') {
      const id = /^\S*/.exec(line.slice(i + 1))![0];
      if (fence.id !== undefined) findings.error('fence.two-ids', place, {came: id, first: fence.id});
      else takeId(fence, id, rule, place, findings);
      i += id.length + 1;
    } else if (key) {
      const value = valueAt(line, i + key.length + 1);
      if (!value.closed) findings.error('fence.quote', {line: at.line, col: i + key.length + 2}, {key});
      takeAttribute(fence, key, value, rule, place, findings);
      i = value.end;
    } else {
      const came = /^\S+/.exec(line.slice(i))![0];
      findings.error('fence.word', place, {came});
      i += came.length;
    }
  }
  if (rule.id === 'must' && fence.id === undefined) findings.error('fence.no-id', at, {verb, lang: rule.lang});
  return fence;
}

function takeId(fence: Fence, id: string, rule: VerbRule, place: Place, findings: Findings): void {
  const verb = fence.verb;
  const named = verb === 'container';
  if (rule.id === 'none') findings.error('fence.id-unwanted', place, {verb, came: id});
  else if (!(named ? NAME : ID).test(id))
    findings.error(named ? 'id.name' : 'id.form', {line: place.line, col: place.col + 1}, {came: id});
  // Kept even when malformed, so that one typing error isn't also reported as a missing id.
  fence.id = id;
  fence.idAt = {line: place.line, col: place.col + 1};
}

function takeAttribute(
  fence: Fence,
  key: string,
  value: {value: string; cols: number[]; start: number},
  rule: VerbRule,
  place: Place,
  findings: Findings,
): void {
  if (!rule.attrs.includes(key)) {
    const params = {verb: fence.verb, came: key, nearest: nearest(key, rule.attrs) ?? '', known: rule.attrs.join(', ')};
    findings.error('fence.attribute', place, params);
  } else if (fence.attrs.has(key)) findings.error('fence.twice', place, {key});
  else if (value.value === '') findings.error('fence.empty', place, {key});
  else
    fence.attrs.set(key, {
      value: value.value,
      cols: value.cols,
      key: place,
      at: {line: place.line, col: value.start + 1},
    });
}

/** Place of an offset in what stands between the fence lines. */
export function bodyPlace(fence: Fence): (offset: number) => Place {
  return offset => {
    const before = fence.body.slice(0, offset).split('\n');
    return {line: fence.at.line + before.length, col: before.at(-1)!.length + 1};
  };
}
