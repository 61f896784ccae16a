/** The X-ray as lines: three columns, joined where both sides hold the same object. */
import type {Look} from '../../app/look.ts';
import {cells, clip, fitTo} from '../../text/width.ts';
import {wrap} from '../../text/wrap.ts';
import {strokesOf} from '../pictures/lines.ts';
import type {Group, Item} from './subject.ts';

const INDENT = '  ';
/** From this width on, groups stand in two columns. */
export const TWO_COLUMNS = 136;
const BETWEEN = 3;

interface Columns {
  side: number;
  middle: number;
}

function columnsOf(width: number): Columns {
  const middle = Math.max(16, Math.min(34, Math.floor(width * 0.32)));
  return {side: Math.floor((width - INDENT.length - middle) / 2), middle};
}

/** The line above all groups: which column is whose view. */
export function headLine(look: Look, width: number): string {
  const one = (room: number) => {
    const {side, middle} = columnsOf(room);
    const {say, glyphs, style} = look;
    const cell = (text: string, size: number) => fitTo(clip(text, size - 1, glyphs.cut), size);
    const line =
      INDENT + cell(say('xray.left'), side) + cell(`${INDENT}${say('xray.object')}`, middle) + say('xray.right');
    return style.underline(fitTo(line, room));
  };
  const [left, right] = halves(width);
  return right === 0 ? one(left) : one(left) + ' '.repeat(BETWEEN) + one(right);
}

function halves(width: number): [left: number, right: number] {
  if (width < TWO_COLUMNS) return [width, 0];
  const left = Math.floor((width - BETWEEN) / 2);
  return [left, width - BETWEEN - left];
}

/** All groups, in as many lines as they take, each at most `width` cells; without blank lines where only so all of it fits `height`. */
export function groupLines(groups: readonly Group[], look: Look, width: number, height: number): string[] {
  const [airy, tight] = [laidOut(groups, look, width, true), laidOut(groups, look, width, false)];
  return airy.length > height && tight.length <= height ? tight : airy;
}

function laidOut(groups: readonly Group[], look: Look, width: number, gaps: boolean): string[] {
  const [left, right] = halves(width);
  if (right === 0) return column(groups, look, width, gaps);
  const sizes = groups.map(group => oneGroup(group, look, left).length + 1);
  const half = sizes.reduce((sum, size) => sum + size, 0) / 2;
  let used = 0;
  // The split that leaves both columns about as long.
  const split = sizes.findIndex(size => {
    used += size;
    return used >= half;
  });
  const first = column(groups.slice(0, split + 1), look, left, gaps);
  const second = column(groups.slice(split + 1), look, right, gaps);
  return Array.from({length: Math.max(first.length, second.length)}, (_, i) =>
    (fitTo(first[i] ?? '', left + BETWEEN) + (second[i] ?? '')).trimEnd(),
  );
}

function column(groups: readonly Group[], look: Look, width: number, gaps: boolean): string[] {
  return groups.flatMap((group, i) => [...(gaps && i > 0 ? [''] : []), ...oneGroup(group, look, width)]);
}

function oneGroup({title, meaning, items}: Group, look: Look, width: number): string[] {
  const {style} = look;
  const name = style.bold(title);
  const room = width - cells(title) - 2;
  // On the title's line where it fits, so that the picture stays short.
  const head =
    cells(meaning) <= room
      ? [`${name}  ${style.dim(meaning)}`]
      : [name, ...wrap(meaning, width - 2).map(line => INDENT + style.dim(line))];
  return [
    ...head,
    ...items.flatMap(item =>
      typeof item === 'string'
        ? wrap(item, width - 2 * INDENT.length).map(line => INDENT + line)
        : [row(item, look, width)],
    ),
  ];
}

function row({host, object, inside, relation}: Item, look: Look, width: number): string {
  const {glyphs, style} = look;
  const {side, middle} = columnsOf(width);
  const {linked} = strokesOf(look);
  const symbol =
    relation === 'same' ? glyphs.same : relation === 'linked' ? linked : relation === 'other' ? glyphs.differs : '';
  const joined = relation === 'same' || relation === 'linked';
  const left = host.startsWith('/') ? clipPath(host, side - 2, glyphs.cut) : clip(host, side - 2, glyphs.cut);
  const centre = clip(`${fitTo(symbol, Math.max(2, cells(symbol) + 1))}${object}`, middle - 2, glyphs.cut);
  const line = (size: number) =>
    joined && size > 0 ? style.dim(glyphs.horizontal.repeat(size)) : ' '.repeat(Math.max(0, size));
  const own = relation === 'other' ? style.bold(centre) : centre;
  const view = clip(inside, width - INDENT.length - side - middle, glyphs.cut);
  return `${INDENT}${left} ${line(side - cells(left) - 2)} ${own} ${line(middle - cells(centre) - 2)} ${relation === 'other' ? style.bold(view) : view}`;
}

/** Of a path that is too long, its end tells more than its beginning. */
function clipPath(path: string, width: number, mark: string): string {
  const parts = path.split('/');
  let short = path;
  while (cells(short) > width && parts.length > 1) {
    parts.shift();
    short = `${mark}/${parts.join('/')}`;
  }
  return clip(short, width, mark);
}
