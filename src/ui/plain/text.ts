/** Text for lines: prose without markup in paragraphs, and what programs printed without what a terminal would obey. */
import {stripVTControlCharacters} from 'node:util';
import {plainMarkdown} from '../../course/index.ts';
import {wrap} from '../text/wrap.ts';

/** More lines than these are not read by anyone; the last ones tell how it ended. */
const OUTPUT_LINES = 200;

/** Markdown as lines of at most `width` cells; an endless width gives a paragraph a line. */
export function prose(markdown: string, width: number): string[] {
  const out: string[] = [];
  let part: {indent: string; text: string} | undefined;
  const flush = () => {
    if (part) out.push(...hang(part.indent, part.text, width));
    part = undefined;
  };
  for (const line of plainMarkdown(markdown).split('\n')) {
    const item = /^(\s*(?:[-*]|\d+[.)]) +)(.*)$/.exec(line);
    if (line.trim() === '') {
      flush();
      out.push('');
    } else if (line.startsWith('    ') && !part) out.push(line);
    else if (line.startsWith('|')) {
      flush();
      const cells = line.split('|').map(cell => cell.trim());
      if (!/^[|\s:-]+$/.test(line)) out.push(cells.filter(cell => cell !== '').join('; '));
    } else if (item) {
      flush();
      part = {indent: item[1]!, text: item[2]!};
    } else if (part) part.text = joined(part.text, line.trim());
    else part = {indent: '', text: line.trim()};
  }
  flush();
  return out;
}

/** `first` before the first line, as many blanks before the others. */
export function hang(first: string, text: string, width: number): string[] {
  if (width === Number.POSITIVE_INFINITY) return [first + text];
  const blanks = ' '.repeat(first.length);
  return wrap(text, Math.max(20, width - first.length)).map((line, i) => (i === 0 ? first : blanks) + line);
}

/** A line break between Chinese characters means nothing; elsewhere it is a blank. */
function joined(text: string, more: string): string {
  const wide = /[\u3000-\u9fff\uff00-\uffef]/;
  return wide.test(text.at(-1) ?? '') && wide.test(more[0] ?? '') ? text + more : `${text} ${more}`;
}

/** What a program printed, as lines that can be read out: no escape sequences, of overwritten lines the last. */
export function outputLines(output: string): {lines: string[]; leftOut: number} {
  const lines = stripVTControlCharacters(output)
    .replace(/\r+\n/g, '\n')
    .split('\n')
    .map(line => harmless(line.slice(line.replace(/\r+$/, '').lastIndexOf('\r') + 1)));
  if (lines.at(-1) === '') lines.pop();
  const leftOut = Math.max(0, lines.length - OUTPUT_LINES);
  return {lines: lines.slice(leftOut), leftOut};
}

/** Without characters that a terminal would obey. A tab stays. */
export function harmless(text: string): string {
  return text.replace(/[\x00-\x08\x0a-\x1f\x7f-\x9f]/g, '');
}
