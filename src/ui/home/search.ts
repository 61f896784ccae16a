/** The field where a lab is searched for, in place of the line below the title. */
import type {HomeState} from '../app/parts.ts';
import {cells, spread} from '../text/width.ts';
import {shownLabs} from './keys.ts';

/** Row of the field. */
const ROW = 1;
const PROMPT = ' / ';

/** The end of what was typed, as much as there is room for before the cursor and the count. */
function shownQuery({query = '', size}: HomeState): string {
  let text = query;
  while (cells(text) > size.columns / 2) text = text.slice((text.codePointAt(0) ?? 0) > 0xffff ? 2 : 1);
  return text;
}

export function searchLine(model: HomeState, width: number): string {
  const {say, style, glyphs} = model.look;
  const of = model.labs.state === 'ready' ? model.labs.value.length : 0;
  const count = of > 0 ? `${say('home.found', {count: shownLabs(model).length, of})} ` : '';
  const field = model.query === '' ? style.dim(say('home.searchHow')) : style.bold(shownQuery(model));
  return spread(`${style.bold(PROMPT)}${field}`, count, width, glyphs.cut);
}

/** Where the real cursor belongs, so that an input method opens its window there. */
export function queryCursor(model: HomeState): {x: number; y: number} {
  return {x: cells(PROMPT) + cells(shownQuery(model)), y: ROW};
}
