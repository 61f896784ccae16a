/** The line of keys at the bottom: one key per action, always in sight. */
import {cells, fitTo} from '../text/width.ts';
import type {Look} from './look.ts';

/** What is pressed, and what it does. Most important first: what has no room is left to the help screen. */
export type KeyHint = [key: string, does: string];

/** One line of exactly `width` cells. The last hints of `always` are kept whatever the width. */
export function footerLine(look: Look, width: number, hints: KeyHint[], always: KeyHint[] = []): string {
  const draw = ([key, does]: KeyHint) => `${look.style.bold(key)} ${does}`;
  const gap = '  ';
  const size = (list: KeyHint[]) =>
    list.reduce((sum, [key, does]) => sum + cells(key) + 1 + cells(does) + gap.length, 1);
  const shown = [...hints];
  while (shown.length > 1 && size([...shown, ...always]) > width + gap.length) shown.pop();
  return fitTo(` ${[...shown, ...always].map(draw).join(gap)}`, width);
}
