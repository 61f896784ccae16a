/**
 * A terminal's cells as an SVG: text stays text (it can be read out, searched and scaled), and each run of it is told where it
 * begins and how long it is, so that columns stand whatever font the viewer has.
 */
import {type Cell, type CellLook, sameLook} from './cells.ts';
import {BACKGROUND, FOREGROUND, WINDOW} from './palette.ts';
import {addShape, isDrawn, joinBlocks, joinLines, type Shapes} from './shapes.ts';

/** Pixels of one cell. */
export const CELL = {w: 8.4, h: 18} as const;
/** Pixels from the picture's edge to the cells. */
export const ORIGIN = {x: 14, y: 46} as const;
const BAR = 34;
const FONT = 14;
/** A wide character is a square as wide as its two cells, nearly: so it is also where a viewer heeds no places. */
const WIDE_FONT = 16;
/** From the top of a cell to the line that letters stand on. */
export const BASELINE = 13.4;
const FAMILY =
  "ui-monospace,SFMono-Regular,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono','Noto Sans Mono CJK SC','PingFang SC','Microsoft YaHei',monospace";

export interface Picture {
  rows: Cell[][];
  cols: number;
  /** In the window's bar. */
  caption: string;
  /** <title> and <desc>: what is to be seen, for those who do not see it. */
  title: string;
  description: string;
  lang: 'en' | 'zh';
  /** Of the app that was pictured. */
  version: string;
}

/** The whole file, ending in a newline. */
export function renderSvg({rows, cols, caption, title, description, lang, version}: Picture): string {
  const width = round(cols * CELL.w + 2 * ORIGIN.x);
  const height = round(rows.length * CELL.h + ORIGIN.y + 12);
  const styles = new Styles();
  const body = [
    ...backgrounds(rows, styles),
    ...drawings(rows, styles),
    ...rows.flatMap((row, y) => texts(row, y, styles)),
  ];
  const dots = WINDOW.dots.map((color, i) => `<circle cx="${20 + i * 18}" cy="17" r="5.5" fill="${color}"/>`).join('');
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc" xml:lang="${lang === 'zh' ? 'zh-CN' : 'en'}" data-version="${escapeXml(version)}">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="desc">${escapeXml(description)}</desc>`,
    `<style>text{font:${FONT}px ${FAMILY};fill:${FOREGROUND};white-space:pre}${styles.css()}</style>`,
    `<rect x=".5" y=".5" width="${round(width - 1)}" height="${round(height - 1)}" rx="9" fill="${BACKGROUND}" stroke="${WINDOW.edge}"/>`,
    `<path d="M1 ${BAR}V9.5A8.5 8.5 0 0 1 9.5 1H${round(width - 9.5)}A8.5 8.5 0 0 1 ${round(width - 1)} 9.5V${BAR}Z" fill="${WINDOW.bar}"/>`,
    dots,
    `<text class="bar" x="${round(width / 2)}" y="22" text-anchor="middle" style="fill:${WINDOW.title};font-size:13px">${escapeXml(caption)}</text>`,
    ...body,
    '</svg>',
  ].join('\n')}\n`;
}

/** One class for each look that occurs. */
class Styles {
  private readonly names = new Map<string, string>();

  /** Class attribute of these declarations, with a leading blank; '' where there are none. */
  of(...declarations: string[]): string {
    const all = declarations.filter(one => one !== '').join(';');
    if (all === '') return '';
    const name = this.names.get(all) ?? `s${this.names.size}`;
    this.names.set(all, name);
    return ` class="${name}"`;
  }

  css(): string {
    return [...this.names].map(([all, name]) => `.${name}{${all}}`).join('');
  }
}

const fill = (color: string): string => (color === FOREGROUND ? '' : `fill:${color}`);

function textClass({look: {color, bold, italic}, width}: Cell, styles: Styles): string {
  const size = width === 2 ? `font-size:${WIDE_FONT}px` : '';
  return styles.of(fill(color), bold ? 'font-weight:700' : '', italic ? 'font-style:italic' : '', size);
}

function backgrounds(rows: Cell[][], styles: Styles): string[] {
  return rows.flatMap((row, y) =>
    stretches(row, (a, b) => a.look.background === b.look.background).flatMap(cells => {
      const {background} = cells[0]!.look;
      if (background === undefined) return [];
      const {x, w} = extent(cells);
      return `<rect${styles.of(`fill:${background}`)} x="${x}" y="${top(y)}" width="${w}" height="${CELL.h}"/>`;
    }),
  );
}

/** Frames, bars and curves, all of one colour in one path each; underlines too. */
function drawings(rows: Cell[][], styles: Styles): string[] {
  const byColor = new Map<string, Shapes>();
  const of = (color: string): Shapes => {
    const shapes = byColor.get(color) ?? {lines: [], blocks: [], slants: []};
    byColor.set(color, shapes);
    return shapes;
  };
  rows.forEach((row, y) => {
    for (const {text, x, width, look} of row) {
      const [left, above] = [ORIGIN.x + x * CELL.w, top(y)];
      if (isDrawn(text)) addShape(of(look.color), text, left, above, CELL);
      if (look.underline) {
        const line = above + BASELINE + 2.5;
        of(look.color).lines.push({x1: left, y1: line, x2: left + width * CELL.w, y2: line, heavy: false});
      }
    }
  });
  return [...byColor].flatMap(([color, {lines, blocks, slants}]) => {
    const joined = joinLines(lines);
    const path = (some: typeof joined) =>
      some
        .map(({x1, y1, x2, y2}) => `M${round(x1)} ${round(y1)}${y1 === y2 ? `H${round(x2)}` : `V${round(y2)}`}`)
        .join('');
    const stroke = (heavy: boolean): string[] => {
      const d = path(joined.filter(line => line.heavy === heavy));
      const css = styles.of(
        `stroke:${color}`,
        `stroke-width:${heavy ? 2.4 : 1.1}`,
        'stroke-linecap:square',
        'fill:none',
      );
      return d === '' ? [] : [`<path${css} d="${d}"/>`];
    };
    return [...stroke(false), ...stroke(true), ...filled(blocks, color, styles), ...bars(slants, color, styles)];
  });
}

function filled(blocks: Shapes['blocks'], color: string, styles: Styles): string[] {
  const joined = joinBlocks(blocks);
  return [...new Set(joined.map(block => block.alpha))].map(alpha => {
    const d = joined
      .filter(block => block.alpha === alpha)
      .map(({x, y, w, h}) => `M${round(x)} ${round(y)}h${round(w)}v${round(h)}h${round(-w)}z`)
      .join('');
    return `<path${styles.of(`fill:${color}`, alpha < 1 ? `fill-opacity:${alpha}` : '')} d="${d}"/>`;
  });
}

function bars(slants: Shapes['slants'], color: string, styles: Styles): string[] {
  const path = (some: Shapes['slants']) =>
    some.map(({x, y}) => `M${round(x + 2.4)} ${round(y + 5.5)}h5.4l-2 7h-5.4z`).join('');
  const full = slants.filter(slant => slant.filled);
  const open = slants.filter(slant => !slant.filled);
  return [
    ...(full.length > 0 ? [`<path${styles.of(`fill:${color}`)} d="${path(full)}"/>`] : []),
    ...(open.length > 0 ? [`<path${styles.of('fill:none', `stroke:${color}`)} d="${path(open)}"/>`] : []),
  ];
}

/** The words of one row. A run ends at two blanks, at another look, and around what a viewer's font may lack. */
function texts(row: Cell[], y: number, styles: Styles): string[] {
  const written = row.filter(cell => !isDrawn(cell.text));
  const runs = stretches(
    written,
    (a, b) => a.x + a.width === b.x && sameFace(a.look, b.look) && kindOf(a) === kindOf(b) && kindOf(a) !== 'symbol',
  );
  return runs.flatMap(splitAtGaps).map(cells => {
    const {x, w} = extent(cells);
    const text = cells.map(cell => cell.text || ' ').join('');
    const place = kindOf(cells[0]!) === 'wide' ? `x="${cells.map(wideStart).join(' ')}"` : `x="${x}"`;
    const stretch = kindOf(cells[0]!) === 'ascii' && cells.length > 1;
    const length = stretch ? ` textLength="${w}" lengthAdjust="spacingAndGlyphs"` : '';
    return `<text${textClass(cells[0]!, styles)} ${place} y="${round(top(y) + BASELINE)}"${length}>${escapeXml(text)}</text>`;
  });
}

/** In the middle of its two cells, not stretched. */
const wideStart = ({x}: Cell): number => round(ORIGIN.x + x * CELL.w + (2 * CELL.w - WIDE_FONT) / 2);

const sameFace = (a: CellLook, b: CellLook): boolean => sameLook({...a, underline: b.underline}, b);

type Kind = 'ascii' | 'wide' | 'symbol';

/** A blank goes with the letters around it. */
function kindOf({text, width}: Cell): Kind {
  if (width === 2) return 'wide';
  return /^[\x20-\x7e]*$/.test(text) ? 'ascii' : 'symbol';
}

/** Pieces without blanks at their ends or two blanks inside. */
function splitAtGaps(run: Cell[]): Cell[][] {
  const pieces: Cell[][] = [[]];
  run.forEach((cell, i) => {
    const last = pieces.at(-1)!;
    const blank = cell.text === '';
    const gap = blank && (run[i + 1] === undefined || run[i + 1]!.text === '' || last.length === 0);
    if (!gap) last.push(cell);
    else if (last.length > 0) pieces.push([]);
  });
  return pieces.filter(piece => piece.length > 0);
}

function stretches(row: Cell[], same: (a: Cell, b: Cell) => boolean): Cell[][] {
  const all: Cell[][] = [];
  for (const cell of row) {
    const last = all.at(-1);
    if (last && same(last.at(-1)!, cell)) last.push(cell);
    else all.push([cell]);
  }
  return all;
}

function extent(cells: Cell[]): {x: number; w: number} {
  const [first, last] = [cells[0]!, cells.at(-1)!];
  return {x: round(ORIGIN.x + first.x * CELL.w), w: round((last.x + last.width - first.x) * CELL.w)};
}

const top = (y: number): number => ORIGIN.y + y * CELL.h;
const round = (value: number): number => Math.round(value * 100) / 100;

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
