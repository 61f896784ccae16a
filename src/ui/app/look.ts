/** How everything is drawn and worded at this moment. */
import type {Lang} from '../../course/index.ts';
import type {Say} from '../say.ts';
import {sayIn} from '../say.ts';
import {spellSigns} from '../text/ascii.ts';
import {ASCII, type Glyphs, UNICODE} from '../text/glyphs.ts';
import {makeStyle, type Style} from '../text/style.ts';
import {Keymap} from './actions.ts';
import type {Theme} from './settings.ts';

export interface Look {
  lang: Lang;
  say: Say;
  glyphs: Glyphs;
  style: Style;
  theme: Theme;
  keys: Keymap;
}

const USUAL = new Keymap();

/** A new object whenever something changes, so that memoized drawing can compare it by identity. */
export function makeLook(lang: Lang, ascii: boolean, theme: Theme, keys = USUAL): Look {
  const usual = sayIn(lang);
  const say: Say = ascii ? (code, params) => spellSigns(usual(code, params)) : usual;
  return {lang, say, glyphs: ascii ? ASCII : UNICODE, style: makeStyle(theme), theme, keys};
}
