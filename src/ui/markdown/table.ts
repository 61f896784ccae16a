/** Tables in cells: columns share the width by what they hold, and cells wrap. */
import type {Glyphs} from '../text/glyphs.ts';
import type {Style} from '../text/style.ts';
import {cells, fitTo} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';

const NARROWEST = 4;

/** Lines of at most `room` cells; columns that ask for little get it, the others share the rest. */
export function tableLines(head: string[], rows: string[][], room: number, style: Style, glyphs: Glyphs): string[] {
  const wants = head.map((title, c) => Math.max(cells(title), ...rows.map(row => cells(row[c] ?? ''))));
  const widths = share(wants, room - 3 * (head.length - 1));
  const line = (columns: string[], paint: (text: string) => string) => {
    const wrapped = columns.map((text, c) => wrap(text, widths[c]!));
    const height = Math.max(...wrapped.map(one => one.length));
    return Array.from({length: height}, (_, i) =>
      wrapped
        .map((one, c) => paint(fitTo(one[i] ?? '', widths[c]!)))
        .join(` ${glyphs.vertical} `)
        .trimEnd(),
    );
  };
  const rule = widths.map(width => glyphs.horizontal.repeat(width)).join(glyphs.horizontal.repeat(3));
  return [
    ...line(head, style.bold),
    rule,
    ...rows.flatMap(row =>
      line(
        head.map((_, c) => row[c] ?? ''),
        text => text,
      ),
    ),
  ];
}

/** Widths for columns: no wider than wanted, in all at most `room`, the widest give first. */
export function share(wants: number[], room: number): number[] {
  const widths = [...wants];
  for (let over = widths.reduce((a, b) => a + b, 0) - room; over > 0; over--) {
    const widest = widths.indexOf(Math.max(...widths));
    if (widths[widest]! <= NARROWEST) break;
    widths[widest]!--;
  }
  return widths;
}
