/** Markdown that says what it should, whatever is put into it. */
import type {Nodes} from 'mdast';
import {fromMarkdown} from 'mdast-util-from-markdown';
import {gfmFromMarkdown} from 'mdast-util-gfm';
import {gfm} from 'micromark-extension-gfm';
import {visible} from '../text.ts';

/** A code block whose fence is longer than any run of backticks in it (CommonMark 4.5). */
export function fence(text: string): string {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length);
  const mark = '`'.repeat(Math.max(3, ...runs.map(length => length + 1)));
  return `${mark}text\n${text}\n${mark}`;
}

/** Text without any markup of its own. */
export function plain(text: string): string {
  return visible(text)
    .replace(/[\\`*_[\]<>&|~#]/g, '\\$&')
    .replace(/\n+/g, ' ');
}

/** A table's cell. @param code as a code span, where nothing but | and backticks needs care */
export function cell(text: string, code = false): string {
  const line = visible(text).replace(/\s+/g, ' ').trim();
  if (!code) return plain(line);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const mark = '`'.repeat(longest + 1);
  return `${mark}${longest > 0 ? ` ${line} ` : line}${mark}`.replaceAll('|', '\\|');
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Patches until nothing is found: what was one thing may be another once its neighbour is text. */
const ROUNDS = 5;

/**
 * An author's Markdown without tags, images, and addresses other than of the web and of mail.
 * @param heading put in place of the marks of a heading, so that it stays below ours
 */
export function safeMarkdown(source: string, heading = ''): string {
  let text = visible(source).trim();
  for (let round = 0; round < ROUNDS; round++) {
    const patches = patchesOf(text, heading);
    if (patches.length === 0) return text;
    for (const {from, to, by} of patches.sort((a, b) => b.from - a.from))
      text = text.slice(0, from) + by + text.slice(to);
  }
  return plain(text);
}

interface Patch {
  from: number;
  to: number;
  by: string;
}

/** Places that a reader of Markdown would take for more than text; a heading that is ours already is none. */
function patchesOf(text: string, heading: string): Patch[] {
  const patches: Patch[] = [];
  const look = (node: Nodes): void => {
    const from = node.position?.start.offset ?? 0;
    const to = node.position?.end.offset ?? from;
    const raw = text.slice(from, to);
    const unsafe = 'url' in node && !/^(https?:\/\/|mailto:)/i.test(node.url);
    if (node.type === 'html' || (unsafe && raw.startsWith('<')))
      patches.push({from, to, by: raw.replaceAll('<', '&lt;')});
    else if (node.type === 'image' || node.type === 'imageReference') patches.push({from, to: from + 1, by: '\\!'});
    else if (unsafe) patches.push({from, to: from + 1, by: `\\${raw[0]}`});
    else {
      const marks = node.type === 'heading' ? (/^#+[ \t]*/.exec(raw)?.[0] ?? '') : '';
      if (node.type === 'heading' && marks.trim() !== heading.trim())
        patches.push({from, to: from + marks.length, by: heading});
      else if ('children' in node) node.children.forEach(look);
    }
  };
  look(fromMarkdown(text, {extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()]}));
  return patches;
}
