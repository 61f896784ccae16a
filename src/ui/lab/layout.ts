/** Where everything on the lab screen stands, in cells, for any size of the terminal. Pure arithmetic. */

export interface Rect {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Layout {
  /** Panes side by side with frames; otherwise tabs under a fixed lesson strip. */
  wide: boolean;
  lesson: Rect;
  /** Wide only: the checks have a panel of their own. */
  checks?: Rect;
  /** Narrow only: the row of tabs, and the row that sums up the checks. */
  tabs?: number;
  summary?: number;
  /** Everything between the lesson and the footer (and the summary). */
  body: Rect;
  /** The two terminals with their frames or title rows. */
  host: Rect;
  box: Rect;
  /** The cells that the programs in them get. */
  hostCells: Rect;
  boxCells: Rect;
  /** Wide only: the panels below the terminals. */
  facts?: Rect;
  journal?: Rect;
  footer: number;
}

const between = (least: number, most: number, value: number) => Math.max(least, Math.min(most, Math.round(value)));

/** Wide from 100×30 on. */
export function layoutOf(cols: number, rows: number): Layout {
  return cols >= 100 && rows >= 30 ? wide(cols, rows) : narrow(cols, rows);
}

function wide(cols: number, rows: number): Layout {
  const room = rows - 2;
  const top = between(9, 20, room * 0.36);
  const bottom = between(8, 18, room * 0.29);
  const middle = room - top - bottom;
  const lessonWidth = Math.round(cols * 0.58);
  const half = Math.floor(cols / 2);
  const host = {x: 0, y: 1 + top, w: half, h: middle};
  const box = {x: half, y: 1 + top, w: cols - half, h: middle};
  return {
    wide: true,
    lesson: {x: 0, y: 1, w: lessonWidth, h: top},
    checks: {x: lessonWidth, y: 1, w: cols - lessonWidth, h: top},
    body: {x: 0, y: 1 + top, w: cols, h: middle + bottom},
    host,
    box,
    hostCells: inner(host),
    boxCells: inner(box),
    facts: {x: 0, y: 1 + top + middle, w: half, h: bottom},
    journal: {x: half, y: 1 + top + middle, w: cols - half, h: bottom},
    footer: rows - 1,
  };
}

function narrow(cols: number, rows: number): Layout {
  const strip = between(4, 12, (rows - 5) * 0.38);
  const top = 1 + strip + 1;
  const body = {x: 0, y: top, w: cols, h: rows - top - 2};
  // One column between the two is a line.
  const left = Math.floor((cols - 1) / 2);
  const host = {x: 0, y: top, w: left, h: body.h};
  const box = {x: left + 1, y: top, w: cols - left - 1, h: body.h};
  const below = (rect: Rect): Rect => ({...rect, y: rect.y + 1, h: rect.h - 1});
  return {
    wide: false,
    lesson: {x: 0, y: 1, w: cols, h: strip},
    tabs: 1 + strip,
    body,
    host,
    box,
    hostCells: below(host),
    boxCells: below(box),
    summary: rows - 2,
    footer: rows - 1,
  };
}

function inner(rect: Rect): Rect {
  return {x: rect.x + 1, y: rect.y + 1, w: rect.w - 2, h: rect.h - 2};
}
