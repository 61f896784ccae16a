/** The picture "layers": from above, one line for each layer, one column for each file, and a mark where it is read from. */
import type {Facts, FactValue} from '../../engine/index.ts';
import type {Look} from '../app/look.ts';
import {cells, clip, fitTo} from '../text/width.ts';

const NAME = 16;
const PERMISSION = 6;
const COLUMN = 20;
/** The widest mark and a blank. */
const MARK = 4;
/** For the number of files that don't fit. */
const REST = 4;

/** What `layers.holds` says of one thing in one layer: d folder, o opaque folder, f file, m metadata only, w whiteout. */
type Kind = 'd' | 'o' | 'f' | 'm' | 'w';

/** A union mount as the facts have it. */
interface Union {
  type: string;
  point: string;
  order: string[];
  permissions: Record<string, string>;
  serves: Record<string, string>;
  hidden: Record<string, string>;
  /** By layer, then by path. */
  holds: Map<string, Map<string, Kind>>;
}

const strings = (value: FactValue | undefined): string[] =>
  Array.isArray(value) ? value.filter(one => typeof one === 'string') : [];

const words = (value: FactValue | undefined): Record<string, string> =>
  typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, string>) : {};

/** The union mount of a side; undefined where it sees none. */
export function unionOf(facts: Facts | null | undefined): Union | undefined {
  const layers = facts?.layers as Facts | undefined;
  const order = strings(layers?.order);
  if (!layers || order.length === 0) return undefined;
  const holds = new Map(order.map(layer => [layer, new Map<string, Kind>()]));
  for (const line of strings(layers.holds)) {
    // Names may hold blanks: a layer's own is known.
    const layer = order.find(name => line.startsWith(`${name} `) && line[name.length + 2] === ' ');
    if (layer) holds.get(layer)!.set(line.slice(layer.length + 3), line[layer.length + 1] as Kind);
  }
  return {
    type: String(layers.type),
    point: String(layers.point),
    order,
    permissions: words(layers.permissions),
    serves: words(layers.serves),
    hidden: words(layers.hidden),
    holds,
  };
}

/** Files in the order of interest: hidden ones, those in several layers, those in the top layer, the rest. Plain folders are left out. */
export function columnsOf({order, serves, hidden, holds}: Union): string[] {
  const kinds = (path: string): Kind[] => order.flatMap(layer => holds.get(layer)!.get(path) ?? []);
  const paths = [...new Set([...Object.keys(hidden), ...Object.keys(serves)])];
  const weight = (path: string): number => {
    if (path in hidden) return 0;
    if (kinds(path).length > 1) return 1;
    return holds.get(order[0]!)!.has(path) ? 2 : 3;
  };
  return paths
    .filter(path => path in hidden || kinds(path).some(kind => kind !== 'd'))
    .sort((a, b) => weight(a) - weight(b) || a.localeCompare(b));
}

/**
 * Lines of at most `width` cells and `height` lines: the merged view on top, the layers below it in their order, a legend.
 * What does not fit is counted. Undefined where there is no union mount.
 */
export function layerLines(
  facts: Facts | null | undefined,
  look: Look,
  width: number,
  height: number,
): string[] | undefined {
  const union = unionOf(facts);
  if (!union) return undefined;
  const {glyphs, style, say} = look;
  const {order, serves, hidden, holds} = union;
  // A name is the learner's to choose: what a terminal would obey must not reach it.
  const safe = (name: string): string => name.replace(/[\x00-\x1f\x7f-\x9f]/g, '?');
  const longest = (texts: string[], most: number): number => Math.min(most, Math.max(...texts.map(cells)) + 1);
  const nameWidth = longest([union.point, ...order].map(safe), NAME);
  const permissions = order.map(layer => union.permissions[layer] ?? '');
  const permissionWidth = longest([...permissions, say('layers.view')], PERMISSION);
  const head = (name: string, permission: string): string =>
    fitTo(clip(safe(name), nameWidth - 1, glyphs.cut), nameWidth) + fitTo(permission, permissionWidth);
  const all = columnsOf(union).map(path => {
    const title = path in hidden ? `(${safe(path)})` : safe(path);
    return {path, title, wide: Math.max(MARK, longest([title], COLUMN))};
  });
  const room = width - nameWidth - permissionWidth - REST;
  const shown: typeof all = [];
  let used = 0;
  for (const column of all) {
    used += column.wide;
    if (used > room) break;
    shown.push(column);
  }
  const rest = all.length - shown.length;
  const view = shown.map(({title, wide}) => fitTo(clip(title, wide - 1, glyphs.cut), wide)).join('');
  const mark = (layer: string, path: string, wide: number): string => {
    const kind = holds.get(layer)!.get(path);
    const cell = (text: string): string => fitTo(text, wide);
    if (kind === undefined) return cell(glyphs.dot);
    if (kind === 'w') return style.bad(cell(glyphs.error));
    if (kind === 'm') return cell('~');
    if (serves[path] !== layer) return style.dim(cell(glyphs.todo));
    return style.good(style.bold(cell(kind === 'o' ? `${glyphs.here}*` : glyphs.here)));
  };
  const legend = say('layers.legend', {here: glyphs.here, covered: glyphs.todo, gone: glyphs.error});
  const lines = [
    style.bold(head(union.point, say('layers.view'))) + style.bold(view) + (rest > 0 ? style.dim(`+${rest}`) : ''),
    ...order.map(
      (layer, i) => head(layer, permissions[i]!) + shown.map(({path, wide}) => mark(layer, path, wide)).join(''),
    ),
    style.dim(clip(`${legend} (${union.type})`, width, glyphs.cut)),
  ];
  if (lines.length <= height) return lines;
  const above = lines.slice(0, Math.max(1, height - 1));
  return [...above, style.dim(say('layers.more', {count: order.length - above.length + 1}))].slice(0, height);
}
