/**
 * Characters that are drawn and not written: frames, bars and curves must meet, and no font that a reader may have promises
 * that they do. All in a cell of width `W` and height `H`.
 */

export interface CellSize {
  w: number;
  h: number;
}

/** Arms of a box-drawing character (Unicode block 2500): up, right, down, left; 0 none, 1 light, 2 heavy. */
const ARMS: Record<string, string> = {
  '─': '0101',
  '│': '1010',
  '┌': '0110',
  '┐': '0011',
  '└': '1100',
  '┘': '1001',
  '├': '1110',
  '┤': '1011',
  '┬': '0111',
  '┴': '1101',
  '┼': '1111',
  '╭': '0110',
  '╮': '0011',
  '╰': '1100',
  '╯': '1001',
  '━': '0202',
  '┃': '2020',
  '┏': '0220',
  '┓': '0022',
  '┗': '2200',
  '┛': '2002',
  '┣': '2220',
  '┫': '2022',
  '┳': '0222',
  '┻': '2202',
  '╋': '2222',
  '┠': '2120',
  '┨': '2021',
  '┯': '0212',
  '┷': '1202',
  '┝': '1210',
  '┥': '1012',
  '╴': '0001',
  '╵': '1000',
  '╶': '0100',
  '╷': '0010',
};

/** Broken lines: how many dashes a cell has across. */
const DASHES: Record<string, number> = {'╌': 2, '┄': 3, '┈': 4};
const EIGHTHS = '▁▂▃▄▅▆▇█';
const LEFT_EIGHTHS = '▏▎▍▌▋▊▉';
const SHADES: Record<string, number> = {'░': 0.25, '▒': 0.5, '▓': 0.75};
const BRAILLE = 0x2800;
/** Bits of a braille pattern, by column and row. */
const DOTS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
];

export function isDrawn(char: string): boolean {
  return (
    char in ARMS || char in DASHES || char in SHADES || /^[▁-█▉-▏▀▐▰▱]$/.test(char) || /^[\u2801-\u28ff]$/.test(char)
  );
}

/** A straight line from one end to the other, in pixels; either x or y is the same at both. */
export interface Line {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  heavy: boolean;
}

/** A filled box in pixels; `alpha` below 1 for shades. */
export interface Block {
  x: number;
  y: number;
  w: number;
  h: number;
  alpha: number;
}

/** A mark of a progress bar: a slanted box, filled or only outlined. */
export interface Slant {
  x: number;
  y: number;
  filled: boolean;
}

export interface Shapes {
  lines: Line[];
  blocks: Block[];
  slants: Slant[];
}

/** Adds the character in the cell whose top left corner is at x, y. */
export function addShape(shapes: Shapes, char: string, x: number, y: number, {w, h}: CellSize): void {
  const arms = ARMS[char];
  if (arms) {
    const [cx, cy] = [x + w / 2, y + h / 2];
    const ends = [
      [cx, y, cx, cy],
      [cx, cy, x + w, cy],
      [cx, cy, cx, y + h],
      [x, cy, cx, cy],
    ] as const;
    ends.forEach(([x1, y1, x2, y2], i) => {
      if (arms[i] !== '0') shapes.lines.push({x1, y1, x2, y2, heavy: arms[i] === '2'});
    });
    return;
  }
  const dashes = DASHES[char];
  if (dashes !== undefined) {
    const [step, y1] = [w / dashes, y + h / 2];
    for (let i = 0; i < dashes; i++) {
      const x1 = x + (i + 0.2) * step;
      shapes.lines.push({x1, y1, x2: x1 + 0.6 * step, y2: y1, heavy: false});
    }
    return;
  }
  if (char === '▰' || char === '▱') {
    shapes.slants.push({x, y, filled: char === '▰'});
    return;
  }
  const block = (left: number, top: number, width: number, height: number, alpha = 1) =>
    shapes.blocks.push({x: x + left * w, y: y + top * h, w: width * w, h: height * h, alpha});
  const low = EIGHTHS.indexOf(char) + 1;
  const left = LEFT_EIGHTHS.indexOf(char) + 1;
  if (low > 0) block(0, 1 - low / 8, 1, low / 8);
  else if (left > 0) block(0, 0, left / 8, 1);
  else if (char === '▀') block(0, 0, 1, 0.5);
  else if (char === '▐') block(0.5, 0, 0.5, 1);
  else if (char in SHADES) block(0, 0, 1, 1, SHADES[char]);
  else {
    const bits = char.codePointAt(0)! - BRAILLE;
    DOTS.forEach((column, i) => {
      column.forEach((bit, j) => {
        if (bits & bit) block(0.15 + i * 0.5, 0.07 + j * 0.25, 0.25, 0.125);
      });
    });
  }
}

/** Lines that continue each other become one: fewer bytes, and no seams when a picture is scaled. */
export function joinLines(lines: readonly Line[]): Line[] {
  const joined = new Map<string, Line[]>();
  const sorted = [...lines].sort((a, b) => a.y1 - b.y1 || a.x1 - b.x1);
  for (const line of sorted) {
    const across = line.y1 === line.y2;
    const key = `${across ? `y${line.y1}` : `x${line.x1}`}${line.heavy}`;
    const row = joined.get(key) ?? [];
    const last = row.at(-1);
    if (last && across && last.x2 >= line.x1 - 0.01) last.x2 = Math.max(last.x2, line.x2);
    else if (last && !across && last.y2 >= line.y1 - 0.01) last.y2 = Math.max(last.y2, line.y2);
    else row.push({...line});
    joined.set(key, row);
  }
  return [...joined.values()].flat();
}

/** Blocks of the same height side by side become one. */
export function joinBlocks(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    const goesOn =
      last &&
      last.y === block.y &&
      last.h === block.h &&
      last.alpha === block.alpha &&
      Math.abs(last.x + last.w - block.x) < 0.01;
    if (goesOn) last.w += block.w;
    else joined.push({...block});
  }
  return joined;
}
