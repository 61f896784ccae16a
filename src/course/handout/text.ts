/** Text that was written by anybody (terminals, lab files, names), made fit for a page. */
import {stripVTControlCharacters} from 'node:util';
import type {Lang, Words} from '../lab.ts';

/** Longer outputs are cut in the middle: a handout is read on paper. Lines. */
const LONGEST = 120;

/** Turn the direction of writing around, so that text could be read as something that it is not (UAX #9). */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** No control character, nothing that turns the text around, no half of a character. Newlines and tabs stay. */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\x00-\x08\x0b-\x1f]/g, char => String.fromCharCode(0x2400 + char.charCodeAt(0)))
    .replace(/[\x7f-\x9f\u2028\u2029\ufff9-\ufffb]/g, '\ufffd')
    .replace(TURNING, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * What a terminal showed, as plain lines: escape sequences go (ECMA-48), a carriage return writes over its line, a
 * backspace takes a character back.
 * @param cut worded for the number of lines left out
 */
export function terminalText(output: string, cut: (count: number) => string): string {
  const lines = stripVTControlCharacters(output)
    .replace(/\r+\n/g, '\n')
    .split('\n')
    .map(line => visible(overwritten(line)).trimEnd());
  while (lines.at(-1) === '') lines.pop();
  while (lines[0] === '') lines.shift();
  if (lines.length <= LONGEST) return lines.join('\n');
  const half = LONGEST / 2;
  return [...lines.slice(0, half), cut(lines.length - LONGEST), ...lines.slice(-half)].join('\n');
}

function overwritten(line: string): string {
  let shown: string[] = [];
  for (const part of line.split('\r')) {
    const chars: string[] = [];
    for (const char of part) {
      if (char === '\b') chars.pop();
      else chars.push(char);
    }
    shown = [...chars, ...shown.slice(chars.length)];
  }
  return shown.join('');
}

/** The texts of `words` in these languages; where one is missing, English once. */
export function inLangs(words: Words, langs: readonly Lang[]): {lang: Lang; text: string}[] {
  const found = langs.map(lang => ({
    lang: words[lang] === undefined ? ('en' as const) : lang,
    text: words[lang] ?? words.en,
  }));
  return found.filter((one, i) => found.findIndex(other => other.lang === one.lang) === i);
}
