/**
 * Wraps prose to a width in cells. wrap-ansi breaks at blanks only, which leaves Chinese ragged: here every ideograph may
 * end a line, closing punctuation never begins one, and opening punctuation never ends one.
 */
import {cells} from './width.ts';

// CJK radicals to unified ideographs (with their punctuation, U+3000 and up), Hangul, compatibility and full-width forms,
// and the ideographs of the supplementary planes.
const WIDE_SET = '\\u2e80-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\uff00-\\uffef\\u{20000}-\\u{3ffff}';
const TOKEN = new RegExp(
  `(\\x1b\\[[0-9;]*m)|( +)|([${WIDE_SET}]|[\u2018\u2019\u201c\u201d\u2014\u2026])|((?:(?![${WIDE_SET}\u201c\u201d\u2026])[^\\x1b ])+)`,
  'gu',
);
const WIDE = new RegExp(`[${WIDE_SET}]`, 'u');
const NOT_FIRST = /^[，。、；：？！）》」』】〉”’…—％·,.;:?!)\]}]/u;
const NOT_LAST = /[（《「『【〈“‘(]$/u;

interface Unit {
  text: string;
  width: number;
  /** Blanks before it, dropped at a line's start. */
  gap: number;
}

/** Groups text into units between which a line may break; SGR sequences travel with the unit that follows them. */
function units(text: string): Unit[] {
  const list: Unit[] = [];
  let gap = 0;
  let pre = '';
  for (const [, sgr, blank, wide, word] of text.matchAll(TOKEN)) {
    if (sgr) {
      // A reset belongs to what it ends; anything else to what comes.
      const last = list.at(-1);
      if (/\x1b\[(0|2[2-9]|39|49)?m/.test(sgr) && last && gap === 0 && pre === '') last.text += sgr;
      else pre += sgr;
      continue;
    }
    if (blank) {
      gap += blank.length;
      continue;
    }
    const piece = (wide ?? word)!;
    const last = list.at(-1);
    const plain = last ? strip(last.text) : '';
    const glued =
      last &&
      gap === 0 &&
      (NOT_FIRST.test(piece) || NOT_LAST.test(plain) || !(WIDE.test(piece) || WIDE.test(plain.at(-1) ?? '')));
    if (glued) {
      last.text += pre + piece;
      last.width += cells(piece);
    } else list.push({text: pre + piece, width: cells(piece), gap});
    gap = 0;
    pre = '';
  }
  if (pre && list.length > 0) list.at(-1)!.text += pre;
  return list;
}

function strip(text: string): string {
  return text.replace(/\x1b\[[0-9;]*m/g, '');
}

const SEGMENTER = new Intl.Segmenter();

/** What a person sees as one character: an emoji may be made of several, and an accent belongs to its letter. */
function graphemes(text: string): string[] {
  return text.startsWith('\x1b') ? [text] : Array.from(SEGMENTER.segment(text), ({segment}) => segment);
}

/** Cells of the longest piece of `text` that a line break should not cut. */
export function longestUnit(text: string): number {
  return Math.max(0, ...text.split('\n').flatMap(line => units(line).map(unit => unit.width)));
}

/** Cuts a unit that is wider than a line (a path, a hash) into pieces that fit. */
function split(unit: Unit, width: number): Unit[] {
  const pieces: Unit[] = [];
  let text = '';
  let used = 0;
  for (const token of unit.text.split(/(\x1b\[[0-9;]*m)/).flatMap(graphemes)) {
    const w = token.startsWith('\x1b') ? 0 : cells(token);
    if (used + w > width && used > 0) {
      pieces.push({text, width: used, gap: pieces.length === 0 ? unit.gap : 0});
      text = '';
      used = 0;
    }
    text += token;
    used += w;
  }
  pieces.push({text, width: used, gap: pieces.length === 0 ? unit.gap : 0});
  return pieces;
}

/** Lines of at most `width` cells. A style that is open at a line's end is closed there and opened again on the next. */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(2, width);
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    let used = 0;
    for (const unit of units(paragraph).flatMap(one => (one.width > room ? split(one, room) : [one]))) {
      const gap = used === 0 ? 0 : unit.gap;
      if (used > 0 && used + gap + unit.width > room) {
        lines.push(line);
        line = unit.text;
        used = unit.width;
      } else {
        line += ' '.repeat(gap) + unit.text;
        used += gap + unit.width;
      }
    }
    lines.push(line);
  }
  return carryStyles(lines);
}

/** Makes each line complete in itself, so that lines may be shown alone, beside others, or not at all. */
export function carryStyles(lines: string[]): string[] {
  let open = '';
  return lines.map(line => {
    const start = open;
    for (const [code] of line.matchAll(/\x1b\[[0-9;]*m/g)) {
      open = code === '\x1b[0m' || code === '\x1b[m' ? '' : settle(open + code);
    }
    return start + line + (open ? '\x1b[0m' : '');
  });
}

/** Drops styles that were closed by their own end code (22: bold and dim, 39: colour …). */
function settle(open: string): string {
  const codes = [...open.matchAll(/\x1b\[([0-9;]*)m/g)].map(match => match[1]!);
  const ends: Record<string, RegExp> = {
    22: /^[12]$/,
    23: /^3$/,
    24: /^4$/,
    27: /^7$/,
    29: /^9$/,
    39: /^(3[0-8]|9\d)/,
    49: /^(4[0-8]|10\d)/,
  };
  const kept: string[] = [];
  for (const code of codes) {
    const end = ends[code];
    if (!end) kept.push(code);
    else for (let i = kept.length - 1; i >= 0; i--) if (end.test(kept[i]!)) kept.splice(i, 1);
  }
  return kept.map(code => `\x1b[${code}m`).join('');
}
