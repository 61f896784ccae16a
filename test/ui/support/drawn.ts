/** Looks at what a terminal shows, cell by cell, as an eye would: frames that close, nothing cut in half. */
import {expect} from 'vitest';
import type {VirtualTerminal} from './virtual-terminal.ts';

interface Frame {
  corners: [topLeft: string, topRight: string, bottomLeft: string, bottomRight: string];
  across: string;
  down: string;
}

const FRAMES: Frame[] = [
  {corners: ['┌', '┐', '└', '┘'], across: '─', down: '│'},
  {corners: ['┏', '┓', '┗', '┛'], across: '━', down: '┃'},
];

/** The screen as cells: what each holds; a wide character's second cell holds nothing and is `undefined`. */
function grid(term: VirtualTerminal): (string | undefined)[][] {
  const buffer = term.term.buffer.active;
  return Array.from({length: term.term.rows}, (_, y) => {
    const line = buffer.getLine(buffer.viewportY + y)!;
    return Array.from({length: term.term.cols}, (_, x) => {
      const cell = line.getCell(x)!;
      return cell.getWidth() === 0 ? undefined : cell.getChars();
    });
  });
}

/** Everything that is wrong with a drawn screen, whatever is on it. */
export function flaws(term: VirtualTerminal): string[] {
  const rows = grid(term);
  return [...wrapped(term), ...rows.flatMap(halves), ...boxes(rows), ...rules(rows)];
}

/** Expects a screen without flaws; fails with the screen. */
export function expectWellDrawn(term: VirtualTerminal, what: string): void {
  expect(flaws(term), `${what}:\n${term.text}`).toEqual([]);
}

/** What is on the screen, each frame for itself, without blanks and borders: a wrapped sentence is found in it. */
export function read(term: VirtualTerminal): string {
  const rows = grid(term);
  const inside = rows.flatMap((row, y) =>
    row.flatMap((cell, x) => {
      const frame = FRAMES.find(one => one.corners[0] === cell);
      const right = frame ? row.indexOf(frame.corners[1], x) : -1;
      if (!frame || right < 0) return [];
      const end = rows.findIndex((below, at) => at > y && below[x] === frame.corners[2]);
      return rows.slice(y, end + 1).map(line => line.slice(x + 1, right).join(''));
    }),
  );
  return squeeze([term.text, ...inside].join(''));
}

export function squeeze(text: string): string {
  return text.replace(/[\s│┃|#]/g, '');
}

/** No row ran over into the next one. */
function wrapped(term: VirtualTerminal): string[] {
  const buffer = term.term.buffer.active;
  return Array.from({length: term.term.rows}, (_, y) => y)
    .filter(y => buffer.getLine(buffer.viewportY + y)!.isWrapped)
    .map(y => `row ${y} is the rest of the row above`);
}

/** A wide character of which one half was painted over leaves a cell with nothing in it. */
function halves(row: (string | undefined)[], y: number): string[] {
  const end = row.findLastIndex(cell => cell !== '');
  return row.flatMap((cell, x) => (cell === '' && x < end ? [`an empty cell at ${x},${y}`] : []));
}

/** Every frame that begins at a corner closes: its sides stand in the columns of its corners, down to the last line. */
function boxes(rows: (string | undefined)[][]): string[] {
  const found: string[] = [];
  rows.forEach((row, y) => {
    row.forEach((cell, x) => {
      const frame = FRAMES.find(one => one.corners[0] === cell);
      if (frame) found.push(...box(rows, x, y, frame));
    });
  });
  return found;
}

function box(rows: (string | undefined)[][], x: number, y: number, {corners, down}: Frame): string[] {
  const right = rows[y]!.indexOf(corners[1], x);
  if (right < 0) return [`the frame at ${x},${y} has no upper right corner`];
  for (let below = y + 1; below < rows.length; below++) {
    const sides = [rows[below]![x], rows[below]![right]];
    if (sides[0] === corners[2] && sides[1] === corners[3]) return [];
    if (sides[0] !== down || sides[1] !== down)
      return [`the frame at ${x},${y} has ${JSON.stringify(sides)} on row ${below}, columns ${x} and ${right}`];
  }
  return [`the frame at ${x},${y} does not end`];
}

/** A frame or a rule that begins at the left edge goes to the right edge. */
function rules(rows: (string | undefined)[][]): string[] {
  const edge = new Set(FRAMES.flatMap(({corners, across, down}) => [...corners, across, down]));
  return rows.flatMap((row, y) =>
    /[┌┏└┗─]/.test(row[0] ?? '') && !edge.has(row.at(-1) ?? '')
      ? [`row ${y} begins with ${row[0]} and ends early`]
      : [],
  );
}
