/** Rows of an emulator's screen as text with SGR sequences. */
import type {IBufferCell, IBufferLine, Terminal} from '@xterm/headless';

/** The visible rows: `height` of them, each exactly `width` cells whatever the emulator's own size is at this moment. */
export function rowsOf(term: Terminal, width: number, height: number): string[] {
  const buffer = term.buffer.active;
  const cell = buffer.getNullCell();
  const rows: string[] = [];
  for (let y = 0; y < height; y++) {
    const line = y < term.rows ? buffer.getLine(buffer.viewportY + y) : undefined;
    rows.push(line ? rowOf(line, Math.min(width, term.cols), width, cell) : ' '.repeat(width));
  }
  return rows;
}

/** Every line that the emulator still has, history first, each exactly as wide as the emulator. */
export function allRowsOf(term: Terminal): string[] {
  const buffer = term.buffer.active;
  const cell = buffer.getNullCell();
  return Array.from({length: buffer.length}, (_, y) => rowOf(buffer.getLine(y)!, term.cols, term.cols, cell));
}

function rowOf(line: IBufferLine, cols: number, width: number, cell: IBufferCell): string {
  let text = '';
  let style = '';
  let used = 0;
  for (let x = 0; x < cols; x++) {
    const got = line.getCell(x, cell);
    if (!got) break;
    const cellWidth = got.getWidth();
    // The second half of a wide character is a cell of width 0: drawing it would push the rest to the right.
    if (cellWidth === 0) continue;
    if (used + cellWidth > width) break;
    const next = sgrOf(got);
    if (next !== style) {
      text += next === '' ? '\x1b[0m' : `\x1b[0;${next}m`;
      style = next;
    }
    text += got.isInvisible() ? ' '.repeat(cellWidth) : got.getChars() || ' ';
    used += cellWidth;
  }
  if (style !== '') text += '\x1b[0m';
  return text + ' '.repeat(Math.max(0, width - used));
}

function sgrOf(cell: IBufferCell): string {
  if (cell.isAttributeDefault()) return '';
  const codes: (string | number)[] = [];
  if (cell.isBold()) codes.push(1);
  if (cell.isDim()) codes.push(2);
  if (cell.isItalic()) codes.push(3);
  if (cell.isUnderline()) codes.push(4);
  if (cell.isInverse()) codes.push(7);
  if (cell.isStrikethrough()) codes.push(9);
  const fg = cell.getFgColor();
  if (cell.isFgRGB()) codes.push(`38;2;${(fg >> 16) & 255};${(fg >> 8) & 255};${fg & 255}`);
  else if (cell.isFgPalette()) codes.push(palette(fg, 30, 90, '38;5;'));
  const bg = cell.getBgColor();
  if (cell.isBgRGB()) codes.push(`48;2;${(bg >> 16) & 255};${(bg >> 8) & 255};${bg & 255}`);
  else if (cell.isBgPalette()) codes.push(palette(bg, 40, 100, '48;5;'));
  return codes.join(';');
}

function palette(color: number, normal: number, bright: number, extended: string): string {
  if (color < 8) return String(normal + color);
  return color < 16 ? String(bright + color - 8) : extended + color;
}
