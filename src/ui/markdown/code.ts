/** Code blocks: nothing is reflowed, and where a line has to be broken one sees that it was. */
import wrapAnsi from 'wrap-ansi';
import type {Glyphs} from '../text/glyphs.ts';

/** Lines of at most `room` cells, two of them for the indent; a line's continuation has a mark there. */
export function codeLines(text: string, room: number, glyphs: Glyphs, paint: (text: string) => string): string[] {
  const width = Math.max(4, room - 2);
  return text.split('\n').flatMap(line =>
    wrapAnsi(line, width, {hard: true, trim: false, wordWrap: false})
      .split('\n')
      .map((part, i) => (i === 0 ? '  ' : `${glyphs.wrapped} `) + paint(part)),
  );
}
