/** Where everything of a demo stands: a slide above, both terminals as tall as the rest allows. Pure arithmetic. */
import type {Layout, Rect} from '../lab/layout.ts';

/** At these sizes the X-ray puts its list beside its picture. */
const WIDE = {cols: 100, rows: 30};
/** Lines that are not the slide's and not the terminals': header, facts, checks, footer. */
const FIXED = 4;

/** @param xray it has the screen to itself: then the width alone decides how it is laid out */
export function demoLayout(cols: number, rows: number, xray = false): Layout {
  const slide = Math.max(5, Math.min(20, Math.round(rows * 0.31)));
  const top = 1 + slide;
  const body: Rect = {x: 0, y: top, w: cols, h: rows - slide - FIXED};
  // One column between the two is a line.
  const left = Math.floor((cols - 1) / 2);
  const host = {...body, w: left};
  const box = {...body, x: left + 1, w: cols - left - 1};
  const below = (rect: Rect): Rect => ({...rect, y: rect.y + 1, h: rect.h - 1});
  return {
    wide: xray && cols >= WIDE.cols && rows >= WIDE.rows,
    lesson: {x: 0, y: 1, w: cols, h: slide},
    body,
    host,
    box,
    hostCells: below(host),
    boxCells: below(box),
    summary: rows - 2,
    footer: rows - 1,
  };
}
