/** How everything is drawn and worded at this moment. */
import type {Lang} from '../../course/index.ts';
import type {Say} from '../say.ts';
import {sayIn} from '../say.ts';
import {ASCII, type Glyphs, UNICODE} from '../text/glyphs.ts';
import {makeStyle, type Style} from '../text/style.ts';

export interface Look {
  lang: Lang;
  say: Say;
  glyphs: Glyphs;
  style: Style;
}

/** A new object whenever something changes, so that memoized drawing can compare it by identity. */
export function makeLook(lang: Lang, ascii: boolean, color: boolean): Look {
  return {lang, say: sayIn(lang), glyphs: ascii ? ASCII : UNICODE, style: makeStyle(color)};
}
