/** What a terminal's screen is made of: cells with their looks, read from the emulator. */
import type xterm from '@xterm/headless';
import {BACKGROUND, FOREGROUND, fade, paletteColor} from './palette.ts';

export interface CellLook {
  color: string;
  /** Undefined: the window's. */
  background?: string;
  bold: boolean;
  italic: boolean;
  underline: boolean;
}

export interface Cell {
  /** One grapheme; a blank is ''. */
  text: string;
  /** 2 for Chinese; the cell behind such a one is left out. */
  width: 1 | 2;
  x: number;
  look: CellLook;
}

/** The rows of the screen, blanks included, with the cursor as an inverse cell where it is shown. */
export function readCells(terminal: xterm.Terminal, cursorShown: boolean): Cell[][] {
  const buffer = terminal.buffer.active;
  return Array.from({length: terminal.rows}, (_, y) => {
    const line = buffer.getLine(buffer.viewportY + y)!;
    const row: Cell[] = [];
    for (let x = 0; x < terminal.cols; x++) {
      const cell = line.getCell(x)!;
      if (cell.getWidth() === 0) continue;
      const here = cursorShown && buffer.cursorY === y && buffer.cursorX === x;
      const text = cell.isInvisible() ? '' : cell.getChars();
      row.push({
        text: text === ' ' ? '' : text,
        width: cell.getWidth() === 2 ? 2 : 1,
        x,
        look: lookOf(cell, here),
      });
    }
    return row;
  });
}

function lookOf(cell: xterm.IBufferCell, cursor: boolean): CellLook {
  const bold = cell.isBold() !== 0;
  const own = colorOf(cell, 'Fg');
  const behind = colorOf(cell, 'Bg');
  const inverse = (cell.isInverse() !== 0) !== cursor;
  let color = (inverse ? behind : own) ?? (inverse ? BACKGROUND : FOREGROUND);
  const background = inverse ? (own ?? FOREGROUND) : behind;
  if (cell.isDim()) color = fade(color, background ?? BACKGROUND);
  return {
    color,
    ...(background !== undefined && {background}),
    bold,
    italic: cell.isItalic() !== 0,
    underline: cell.isUnderline() !== 0,
  };
}

function colorOf(cell: xterm.IBufferCell, which: 'Fg' | 'Bg'): string | undefined {
  const value = which === 'Fg' ? cell.getFgColor() : cell.getBgColor();
  if (which === 'Fg' ? cell.isFgDefault() : cell.isBgDefault()) return undefined;
  const rgb = which === 'Fg' ? cell.isFgRGB() : cell.isBgRGB();
  return rgb ? `#${value.toString(16).padStart(6, '0')}` : paletteColor(value);
}

export function sameLook(a: CellLook, b: CellLook): boolean {
  return (
    a.color === b.color &&
    a.background === b.background &&
    a.bold === b.bold &&
    a.italic === b.italic &&
    a.underline === b.underline
  );
}
