/** That there is more of a text than is seen. */
import type {LabScreen} from './screen.ts';

/** 'more ↓'; empty: all of it is seen. */
export function moreNote(lab: LabScreen, {top, last}: {top: number; last: number}): string {
  if (last === 0) return '';
  const {say, glyphs} = lab.app.look;
  return `${say('lab.more')} ${top === 0 ? glyphs.more : top === last ? glyphs.moreUp : glyphs.moreUp + glyphs.more}`;
}
