/** Reads GIFT (docs.moodle.org, "GIFT format"), also as others write it: missing words, weights, comments, HTML. */
import {fromHtml} from './html.ts';

export interface Text {
  /** Markdown. */
  text: string;
}

export interface GiftChoice {
  text: string;
  /** '=' counts as 100, '~' as 0, unless a weight is written. Percent. */
  weight: number;
  mark: '=' | '~';
  /** Markdown; empty: none. */
  feedback: string;
}

export type GiftAnswers =
  | {type: 'choices'; choices: GiftChoice[]}
  | {type: 'short'; choices: GiftChoice[]}
  | {type: 'boolean'; right: boolean; wrongBecause: string; rightBecause: string}
  | {type: 'number'; choices: GiftChoice[]}
  | {type: 'match'; pairs: {left: string; right: string}[]}
  | {type: 'essay'}
  | {type: 'broken'; came: string};

export interface GiftQuestion {
  /** 1-based, of its first line. */
  line: number;
  title: string;
  ask: string;
  answers: GiftAnswers;
  /** General feedback. Markdown. */
  because: string;
}

/** What is in the file and is no question that can be kept: `code` of quizExportWords. */
export interface GiftNote {
  line: number;
  code: string;
  params: Record<string, string | number>;
}

interface Paragraph {
  line: number;
  text: string;
}

/** Blank lines part questions; a line that begins with // is a comment. */
function paragraphs(source: string): Paragraph[] {
  const found: Paragraph[] = [];
  let open: Paragraph | undefined;
  for (const [i, line] of source
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/)
    .entries()) {
    if (/^\s*\/\//.test(line)) continue;
    if (line.trim() === '') open = undefined;
    else if (open) open.text += `\n${line}`;
    else {
      open = {line: i + 1, text: line};
      found.push(open);
    }
  }
  return found;
}

/** Index of the first of `marks` that no backslash stands before; -1: none. */
function find(text: string, marks: string, from = 0): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (marks.includes(text[i] as string)) return i;
  }
  return -1;
}

function plainOf(text: string): string {
  return text.replace(/\\([\\~=#{}:n])/g, (_, char: string) => (char === 'n' ? '\n' : char));
}

type Format = 'html' | 'moodle' | 'plain' | 'markdown';
const FORMAT = /^\s*\[(html|moodle|plain|markdown)\]/i;

/** A text as Markdown. Without a format of its own it has the question's. */
function markdown(source: string, inherited: Format): string {
  const format = (FORMAT.exec(source)?.[1]?.toLowerCase() as Format | undefined) ?? inherited;
  const text = plainOf(source.replace(FORMAT, '').trim()).trim();
  if (format === 'markdown') return text;
  if (format === 'plain') return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<]/g, '\\$&');
  // Moodle's own format is HTML, with line ends that count for little.
  return fromHtml(text);
}

/** "%50%text # why" without its mark. */
function choice(mark: '=' | '~', source: string, format: Format): GiftChoice {
  const weight = /^\s*%(-?\d+(?:\.\d+)?)%/.exec(source);
  const rest = weight ? source.slice(weight[0].length) : source;
  const hash = find(rest, '#');
  return {
    mark,
    weight: weight ? Number(weight[1]) : mark === '=' ? 100 : 0,
    text: markdown(hash < 0 ? rest : rest.slice(0, hash), format),
    feedback: hash < 0 ? '' : markdown(rest.slice(hash + 1), format),
  };
}

/** Pieces that begin with = or ~. */
function marked(source: string): {mark: '=' | '~'; text: string}[] | undefined {
  const pieces: {mark: '=' | '~'; text: string}[] = [];
  let at = find(source, '=~');
  if (at < 0 || source.slice(0, at).trim() !== '') return undefined;
  while (at >= 0) {
    const next = find(source, '=~', at + 1);
    pieces.push({mark: source[at] as '=' | '~', text: source.slice(at + 1, next < 0 ? undefined : next)});
    at = next;
  }
  return pieces;
}

function answersOf(source: string, format: Format): GiftAnswers {
  const text = source.trim();
  if (text === '') return {type: 'essay'};
  const truth = /^(T|TRUE|F|FALSE)\s*(#[\s\S]*)?$/i.exec(text);
  if (truth) {
    const reasons = (truth[2] ?? '').slice(1);
    const second = find(reasons, '#');
    const because = (part: string) => markdown(part, format);
    return {
      type: 'boolean',
      right: /^T/i.test(truth[1]!),
      wrongBecause: because(second < 0 ? reasons : reasons.slice(0, second)),
      rightBecause: second < 0 ? '' : because(reasons.slice(second + 1)),
    };
  }
  if (text.startsWith('#')) {
    const inner = text.slice(1);
    const pieces = marked(inner) ?? [{mark: '=' as const, text: inner}];
    return {type: 'number', choices: pieces.map(piece => choice(piece.mark, piece.text, 'plain'))};
  }
  const pieces = marked(text);
  if (!pieces) return {type: 'broken', came: text.slice(0, 40)};
  if (pieces.every(piece => piece.mark === '=' && piece.text.includes('->')))
    return {type: 'match', pairs: pieces.map(piece => pair(piece.text, format))};
  const several = pieces.some(piece => piece.mark === '~');
  // A short answer is compared letter by letter: its text is no Markdown.
  const choices = pieces.map(piece => choice(piece.mark, piece.text, several ? format : 'markdown'));
  return {type: several ? 'choices' : 'short', choices};
}

function pair(text: string, format: Format): {left: string; right: string} {
  const at = text.indexOf('->');
  return {left: markdown(text.slice(0, at), format), right: plainOf(text.slice(at + 2).trim())};
}

/** Where "####" begins, unescaped. */
function generalAt(source: string): number {
  for (let at = find(source, '#'); at >= 0; at = find(source, '#', at + 1))
    if (source.startsWith('####', at)) return at;
  return -1;
}

export function parseGift(source: string): {questions: GiftQuestion[]; notes: GiftNote[]} {
  const questions: GiftQuestion[] = [];
  const notes: GiftNote[] = [];
  for (const {line, text: whole} of paragraphs(source)) {
    const note = (code: string, params: GiftNote['params'] = {}) => notes.push({line, code, params});
    const category = /^\s*\$CATEGORY:\s*(.*)/.exec(whole);
    if (category) {
      note('gift.category', {text: category[1]!.trim()});
      continue;
    }
    const title = /^\s*::((?:\\.|[^\\])*?)::/s.exec(whole);
    const text = title ? whole.slice(title[0].length) : whole;
    const open = find(text, '{');
    if (open < 0) {
      note('gift.description', {braces: '{…}'});
      continue;
    }
    const close = find(text, '}', open);
    if (close < 0) {
      note('gift.unclosed');
      continue;
    }
    const format = (FORMAT.exec(text)?.[1]?.toLowerCase() as Format | undefined) ?? 'moodle';
    const after = text.slice(close + 1).trim();
    const stem = text.slice(0, open);
    const ask = markdown(after === '' ? stem : `${stem.trimEnd()} _____ ${after}`, format);
    const inside = text.slice(open + 1, close);
    const general = generalAt(inside);
    questions.push({
      line,
      title: title ? plainOf(title[1]!).replace(/\s+/g, ' ').trim() : '',
      ask,
      answers: answersOf(general < 0 ? inside : inside.slice(0, general), format),
      because: general < 0 ? '' : markdown(inside.slice(general + 4), format),
    });
  }
  return {questions, notes};
}
