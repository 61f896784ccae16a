/** Tables in cells: columns share the width by what they hold, and cells wrap. */
import type {Glyphs} from '../text/glyphs.ts';
import type {Style} from '../text/style.ts';
import {cells, fitTo} from '../text/width.ts';
import {longestUnit, wrap} from '../text/wrap.ts';

const NARROWEST = 4;

export type Align = 'left' | 'center' | 'right' | null;

export interface Table {
  head: string[];
  rows: string[][];
  align: Align[];
}

/** Lines of at most `room` cells; columns that ask for little get it, the others share the rest. */
export function tableLines(table: Table, room: number, style: Style, glyphs: Glyphs): string[] {
  const {head, rows, align} = table;
  const columns = head.map((title, c) => [title, ...rows.map(row => row[c] ?? '')]);
  const most = (of: (text: string) => number) => columns.map(texts => Math.max(1, ...texts.map(of)));
  const free = room - 3 * (head.length - 1);
  const widths = share(most(widest), free, most(longestUnit));
  if (widths.reduce((a, b) => a + b, 0) > free) return recordLines(table, room, style);
  const line = (texts: string[], paint: (text: string) => string) => {
    const wrapped = texts.map((text, c) => wrap(text, widths[c]!));
    const height = Math.max(...wrapped.map(one => one.length));
    return Array.from({length: height}, (_, i) =>
      wrapped
        .map((one, c) => paint(aligned(one[i] ?? '', widths[c]!, align[c] ?? null)))
        .join(` ${glyphs.vertical} `)
        .trimEnd(),
    );
  };
  const rule = widths.map(width => glyphs.horizontal.repeat(width)).join(glyphs.horizontal.repeat(3));
  const body = rows.flatMap(row =>
    line(
      head.map((_, c) => row[c] ?? ''),
      text => text,
    ),
  );
  return [...line(head, style.bold), rule, ...body];
}

/** Too many columns to stand side by side: each row as a list of its cells with their titles. */
function recordLines({head, rows}: Table, room: number, style: Style): string[] {
  const cell = (title: string, text: string) =>
    wrap(title ? `${style.bold(title)}: ${text}` : text, room - 2).map((line, i) => (i === 0 ? line : `  ${line}`));
  const record = (row: string[]) => head.flatMap((title, c) => cell(title, row[c] ?? ''));
  if (rows.length === 0) return head.flatMap(title => wrap(style.bold(title), room));
  return rows.flatMap((row, i) => [...(i > 0 ? [''] : []), ...record(row)]);
}

function widest(text: string): number {
  return Math.max(...text.split('\n').map(cells));
}

function aligned(text: string, width: number, align: Align): string {
  const blank = Math.max(0, width - cells(text));
  const before = align === 'right' ? blank : align === 'center' ? Math.floor(blank / 2) : 0;
  return fitTo(' '.repeat(before) + text, width);
}

/**
 * Widths for columns: no wider than wanted, in all at most `room` where that is possible. The widest give first, at first
 * no more than leaves their longest word whole.
 */
export function share(wants: number[], room: number, words: number[] = []): number[] {
  const widths = [...wants];
  for (const floor of [(c: number) => Math.max(NARROWEST, words[c] ?? 0), () => NARROWEST]) {
    for (let over = widths.reduce((a, b) => a + b, 0) - room; over > 0; over--) {
      const able = widths.map((width, c) => (width > floor(c) ? width : 0));
      const most = Math.max(...able);
      if (most === 0) break;
      widths[able.indexOf(most)]!--;
    }
  }
  return widths;
}
