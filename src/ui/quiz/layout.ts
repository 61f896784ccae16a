/** Where a question and, below it, its two terminals stand. Pure arithmetic. */
import {type Layout, layoutOf, type Rect} from '../lab/layout.ts';

/** Lines of a terminal that are worth having. */
const LEAST = 6;

/** The question takes what it needs, up to a bit more than half. @param wanted lines of the question */
export function quizLayout(cols: number, rows: number, wanted: number): Layout {
  const usual = layoutOf(cols, rows);
  const {wide} = usual;
  const room = rows - 2;
  const frame = wide ? 2 : 0;
  const most = Math.min(Math.ceil(room * 0.55), room - LEAST - 1 - frame);
  const top = Math.max(Math.min(5, most), Math.min(most, wanted + frame));
  const body: Rect = {x: 0, y: 1 + top, w: cols, h: room - top};
  const left = wide ? Math.floor(cols / 2) : Math.floor((cols - 1) / 2);
  // Without frames one column between the two is a line.
  const gap = wide ? 0 : 1;
  const host = {...body, w: left};
  const box = {...body, x: left + gap, w: cols - left - gap};
  const cellsOf = ({x, y, w, h}: Rect): Rect =>
    wide ? {x: x + 1, y: y + 1, w: w - 2, h: h - 2} : {x, y: y + 1, w, h: h - 1};
  return {
    wide,
    lesson: {x: 0, y: 1, w: cols, h: top},
    body,
    host,
    box,
    hostCells: cellsOf(host),
    boxCells: cellsOf(box),
    footer: rows - 1,
  };
}
