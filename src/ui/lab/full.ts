/** One terminal on the whole screen, and back. It lasts as long as that terminal has the keyboard. */
import type {Side} from '../../course/index.ts';
import type {UiCode} from '../say.ts';
import type {Rect} from './layout.ts';
import type {Panes} from './panes.ts';

/** What of the lab screen this changes. */
export interface Zoomed {
  readonly panes: Panes | undefined;
  readonly boxSide: Side;
  readonly nextSide: Side;
  readonly state: {ended: unknown} | undefined;
  notice: {code: UiCode} | undefined;
  view: string;
  tab: number;
  full: Side | undefined;
}

/**
 * Gives the whole screen, and the keyboard, to a side's terminal: the one asked for, else the one with the keyboard, else the
 * one that Tab would go to, else whichever there is. Where there is none, the screen says so.
 */
export function enterFull(lab: Zoomed, side?: Side): void {
  const {panes, boxSide} = lab;
  if (!panes || lab.state?.ended) return;
  const wanted = [side ?? panes.focused ?? lab.nextSide, lab.nextSide, boxSide, 'host'];
  const found = wanted.find(one => panes.enter(one));
  if (found === undefined) {
    lab.notice = {code: 'lab.noTerminalYet'};
    return;
  }
  lab.view = 'main';
  lab.tab = 0;
  lab.full = found;
}

/** Back to the layout with both terminals; the keyboard stays where it is. */
export function leaveFull(lab: Zoomed): void {
  lab.full = undefined;
}

/** F11 in a terminal: the whole screen for it, or no longer. */
export function toggleFull(lab: Zoomed): void {
  if (lab.full === undefined) enterFull(lab);
  else leaveFull(lab);
}

/** The cells of a terminal that has the whole screen: all but the last line. */
export function fullCells({columns, rows}: {columns: number; rows: number}): Rect {
  return {x: 0, y: 0, w: columns, h: rows - 1};
}
