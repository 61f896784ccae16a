/** Widths in terminal cells, with SGR escape sequences and double-width characters taken into account. */
import sliceAnsi from 'slice-ansi';
import stringWidth from 'string-width';

const SGR = /\x1b\[[0-9;]*m/g;
const ASCII = /^[\x20-\x7e]*$/;

/** Cells that a string takes on the screen; escape sequences take none. */
export function cells(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text);
}

/**
 * Exactly `width` cells: cut, or padded with blanks; styles never leak past the end. The common case, plain ASCII with or
 * without SGR, takes a path without segmentation, since whole screens go through here on each frame.
 */
export function fitTo(line: string, width: number): string {
  if (width <= 0) return '';
  const styled = line.includes('\x1b');
  const plain = styled ? line.replace(SGR, '') : line;
  if (ASCII.test(plain)) {
    const end = styled ? '\x1b[0m' : '';
    if (plain.length <= width) return line + end + ' '.repeat(width - plain.length);
    return (styled ? cutAscii(line, width) : line.slice(0, width)) + end;
  }
  const cut = cells(line) > width ? head(line, width) : line;
  return `${cut}${styled ? '\x1b[0m' : ''}${' '.repeat(Math.max(0, width - cells(cut)))}`;
}

/** The first `width` cells or one less: slice-ansi keeps a wide character of which only the first half fits. */
function head(line: string, width: number): string {
  const cut = sliceAnsi(line, 0, width);
  return cells(cut) > width ? sliceAnsi(line, 0, width - 1) : cut;
}

/** The first `width` visible characters of a string whose visible part is ASCII. */
function cutAscii(line: string, width: number): string {
  let seen = 0;
  let i = 0;
  while (i < line.length && seen < width) {
    if (line[i] === '\x1b') {
      const end = line.indexOf('m', i);
      if (end > 0) {
        i = end + 1;
        continue;
      }
    }
    seen++;
    i++;
  }
  return line.slice(0, i);
}

/** At most `width` cells, with `mark` at the end where something was cut away. */
export function clip(line: string, width: number, mark: string): string {
  if (width <= 0) return '';
  if (cells(line) <= width) return line;
  const room = width - cells(mark);
  return room <= 0 ? head(line, width) : `${head(line, room)}\x1b[0m${mark}`;
}

/** Left and right text on one line of exactly `width` cells; the left one gives way. */
export function spread(left: string, right: string, width: number, mark: string): string {
  const room = width - cells(right);
  if (room < 8) return fitTo(clip(left, width, mark), width);
  return fitTo(clip(left, room - 1, mark), room) + right;
}
