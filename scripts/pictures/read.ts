/** Reads a picture back: the words at their cells, as a person finds them there. */
import stringWidth from 'string-width';
import {BASELINE, CELL, ORIGIN} from './svg.ts';

/** The rows of a picture without what is drawn (frames, bars, curves); blanks at their ends are left out. */
export function readRows(svg: string): string[] {
  const rows: string[][] = [];
  for (const [, attributes = '', text = ''] of svg.matchAll(/<text([^>]*)>([^<]*)<\/text>/g)) {
    const at = (name: string) => Number(new RegExp(` ${name}="([\\d.]+)`).exec(attributes)?.[1] ?? Number.NaN);
    const y = Math.round((at('y') - BASELINE - ORIGIN.y) / CELL.h);
    if (y < 0) continue;
    let x = Math.floor(0.1 + (at('x') - ORIGIN.x) / CELL.w);
    rows[y] ??= [];
    for (const char of unescapeXml(text)) {
      rows[y][x] = char;
      const width = stringWidth(char);
      // The second cell of a wide character holds nothing, not even a blank.
      if (width === 2) rows[y][x + 1] = '';
      x += width;
    }
  }
  return Array.from(rows, row => Array.from(row ?? [], char => char ?? ' ').join(''));
}

export function unescapeXml(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
