/** The picture "topology": one box for each network namespace, its devices in it, and cables between the boxes. */
import type {Facts} from '../../../engine/index.ts';
import type {Look} from '../../app/look.ts';
import {cells, clip, fitTo} from '../../text/width.ts';
import {safe, strokesOf} from './lines.ts';
import {type Cable, cablesOf, type Device, type Network, networksOf, straightCables} from './network.ts';

/** A line inside a box. */
interface Row {
  text: string;
  /** A cable leaves the box here. */
  cable?: Cable;
}

interface Drawn {
  names: string;
  title: string;
  rows: Row[];
}

/** Where a box stands among all, and which cables are drawn as lines. */
interface Plan {
  at: number;
  networks: readonly Network[];
  cables: readonly Cable[];
  straight: readonly Cable[];
}

/** Columns between the boxes, on a wide and on a narrow panel. */
const GAPS = [6, 4] as const;
const WIDE = 70;
const LEAST = 16;

/**
 * At most `height` lines of at most `width` cells: the host's box at the left, the others at the right, each cable straight
 * from one end to the other. Undefined: no side has a network.
 */
export function topologyLines(
  now: Readonly<Record<string, Facts | null | undefined>>,
  side: string,
  look: Look,
  width: number,
  height: number,
): string[] | undefined {
  const networks = networksOf(now, side);
  if (networks.length === 0 || height < 1) return undefined;
  const gap = GAPS[width < WIDE ? 1 : 0];
  const half = Math.min(44, Math.floor((width - gap) / 2));
  if (half < LEAST) return undefined;
  const cables = cablesOf(networks);
  const leaving = cables.filter(({ends}) => ends[0].network === 0 && ends[1].network > 0);
  const boxOf = (straight: readonly Cable[]) => (network: Network, i: number) => {
    const map = {at: i, networks, cables, straight};
    return {
      names: namesOf(network, look),
      title: titleOf(network, look, half - 5),
      rows: rowsOf(network, map, look, half - 4),
    };
  };
  // Drawn once to learn in which order the cables leave the host's box.
  const straight = straightCables(boxOf(leaving)(networks[0]!, 0).rows.flatMap(({cable}) => cable ?? []));
  const [host, ...others] = networks.map(boxOf(straight));
  const wired = [...new Set(straight.map(({ends}) => ends[1].network))].map(network => others[network - 1]!);
  const apart = others.filter(one => !wired.includes(one));
  const drawn = drawing(host!, [...wired, ...apart], look, half, gap);
  const {style, glyphs, say} = look;
  // Where there is no room, a box that nothing leads to is a few words below the others.
  const lines =
    drawn.length <= height ? drawn : [...drawing(host!, wired, look, half, gap), ...inWords(apart, look, width)];
  const note = inHost(networks[0]!, look);
  if (note && lines.length < height) lines.push(style.dim(clip(note, width, glyphs.cut)));
  if (lines.length <= height) return lines;
  const count = lines.length - height + 1;
  return [...lines.slice(0, height - 1), style.dim(clip(say('topology.more', {count}), width, glyphs.cut))];
}

function namesOf({sides}: Network, {say, glyphs}: Look): string {
  return sides.map(side => (side === 'host' ? say('topology.host') : safe(side))).join(` ${glyphs.same} `);
}

/** Who is in it, and the inode of the namespace where there is room for all of it. */
function titleOf(network: Network, look: Look, room: number): string {
  const names = namesOf(network, look);
  const long = `${names} ${look.glyphs.dot} ${network.id}`;
  return cells(long) <= room ? long : names;
}

function inHost({sides}: Network, {say}: Look): string {
  const guests = sides.filter(side => side !== 'host');
  return sides[0] === 'host' && guests.length > 0 ? say('topology.uses', {sides: guests.map(safe).join(', ')}) : '';
}

/** Bridges with their ports, then other devices with a kind, then the rest (lo). */
function rowsOf({devices}: Network, {at, networks, cables, straight}: Plan, look: Look, room: number): Row[] {
  const strokes = strokesOf(look);
  if (devices.length === 0) return [{text: look.style.dim(look.say('topology.empty'))}];
  const cableOf = ({name}: Device) =>
    cables.find(({ends}) => ends.some(end => end.network === at && end.device === name));
  const draw = (device: Device, branch: string, below: string): Row[] => {
    const cable = cableOf(device);
    const drawn = cable && straight.includes(cable) ? cable : undefined;
    const end = drawn ? '' : endOf(device, at, networks, cable, look);
    return deviceRows(device, branch, below, end, drawn, look, room);
  };
  const weight = (device: Device): number => (device.kind === 'bridge' ? 0 : cableOf(device) ? 1 : device.kind ? 2 : 3);
  const isPort = (device: Device) => devices.some(({name}) => name === device.bridge);
  const turn = (device: Device): number => {
    const cable = cableOf(device);
    return cable && at > 0 ? straight.indexOf(cable) : 0;
  };
  const top = devices.filter(device => !isPort(device)).sort((a, b) => weight(a) - weight(b) || turn(a) - turn(b));
  return top.flatMap(device => {
    const ports = devices.filter(one => one.bridge === device.name && one !== device);
    const more = ports.length > 0 ? strokes.past : '';
    return [
      ...draw(device, '', more || '  '),
      ...ports.flatMap((port, i) => {
        const end = i === ports.length - 1;
        return draw(
          port,
          end ? strokes.last : strokes.tee,
          `${end ? ' '.repeat(strokes.past.length) : strokes.past}  `,
        );
      }),
    ];
  });
}

/** Where a veth device leads that has no line of its own. */
function endOf(
  device: Device,
  at: number,
  networks: readonly Network[],
  cable: Cable | undefined,
  {say}: Look,
): string {
  if (device.kind !== 'veth') return '';
  const other = cable?.ends.find(end => end.network !== at || end.device !== device.name);
  if (!other) return device.peer === undefined ? '' : say('topology.away');
  const where = other.network === at ? '' : `${networks[other.network]!.sides.map(safe).join('=')}:`;
  return say('topology.end', {name: where + safe(other.device)});
}

/** Its name, what it is, whether it is down, its addresses: on one line where these fit, else below it. */
function deviceRows(
  device: Device,
  branch: string,
  below: string,
  end: string,
  cable: Cable | undefined,
  {style, say, glyphs}: Look,
  room: number,
): Row[] {
  const kind = device.kind === 'bridge' ? say('topology.bridge') : device.kind === 'veth' ? '' : device.kind;
  const down = device.up ? '' : `${glyphs.error} ${say('topology.down')}`;
  const head =
    branch + style.bold(safe(device.name)) + (kind && style.dim(` ${kind}`)) + (down && ` ${style.warn(down)}`);
  const rows: Row[] = [];
  const rest: string[] = [];
  let line = head;
  for (const piece of [...device.addresses, end].filter(text => text !== '')) {
    // What leaves the box at the side must not run into text: its addresses stand below.
    if (!cable && rest.length === 0 && cells(line) + cells(piece) + 1 <= room) line += ` ${piece}`;
    else if (rest.length > 0 && cells(rest.at(-1)!) + cells(piece) + 1 <= room) rest[rest.length - 1] += ` ${piece}`;
    else rest.push(below + piece);
  }
  rows.push(cable ? {text: line, cable} : {text: line});
  for (const text of rest) rows.push({text: clip(text, room, glyphs.cut)});
  return rows;
}

function inWords(boxes: readonly Drawn[], {glyphs}: Look, width: number): string[] {
  const words = boxes.map(({names, rows}) => `${names}: ${rows.map(row => row.text.trim()).join(', ')}`);
  return words.length === 0 ? [] : [clip(words.join(` ${glyphs.dot} `), width, glyphs.cut)];
}

/** Both columns; the host's box is stretched so that each of its cables arrives on the line that it left on. */
function drawing(host: Drawn, boxes: readonly Drawn[], look: Look, half: number, gap: number): string[] {
  const right: {text: string; cable?: Cable | undefined}[] = [];
  const left: Row[] = [];
  const rows = [...host.rows];
  const moveUntil = (cable: Cable) => {
    for (let row = rows.shift(); row; row = rows.shift()) {
      left.push(row);
      if (row.cable === cable) return;
    }
  };
  for (const box of boxes) {
    const first = box.rows.findIndex(row => row.cable);
    if (first >= 0) {
      moveUntil(box.rows[first]!.cable!);
      // The line on which the cable arrives: below the box's top and the rows before it.
      const arrives = right.length + 1 + first;
      const leaves = left.length;
      for (let i = arrives; i < leaves; i++) right.push({text: ' '.repeat(half)});
      stretch(left, arrives - leaves, look);
    }
    right.push({text: topOf(box.title, look, half)});
    for (const [i, row] of box.rows.entries()) {
      if (row.cable && i > first) {
        moveUntil(row.cable);
        const short = left.length - right.length;
        for (let n = 0; n < short; n++) right.push({text: sideOf({text: ''}, look, half, 'right')});
        stretch(left, -short, look);
      }
      right.push({text: sideOf(row, look, half, 'right'), cable: row.cable});
    }
    right.push({text: bottomOf(look, half)});
  }
  left.push(...rows);
  const leftLines = [
    topOf(host.title, look, half),
    ...left.map(row => sideOf(row, look, half, 'left')),
    bottomOf(look, half),
  ];
  const cableAt = (i: number) => left[i - 1]?.cable;
  return Array.from({length: Math.max(leftLines.length, right.length)}, (_, i) => {
    const across = (cableLine(cableAt(i), look) ?? ' ').repeat(gap);
    return `${leftLines[i] ?? ' '.repeat(half)}${across}${right[i]?.text ?? ''}`.trimEnd();
  });
}

/** Room before the row that was put last; what hangs from a bridge goes on hanging. */
function stretch(left: Row[], by: number, look: Look): void {
  if (by <= 0) return;
  const row = left.pop()!;
  const {past, tee, last} = strokesOf(look);
  const text = row.text.startsWith(tee) || row.text.startsWith(last) ? past : '';
  left.push(...Array.from({length: by}, () => ({text})), row);
}

/** A cable with an end that is down is broken in the picture too. */
function cableLine(cable: Cable | undefined, look: Look): string | undefined {
  const {across, broken} = strokesOf(look);
  return cable && (cable.up ? across : broken);
}

function topOf(title: string, {glyphs, style}: Look, width: number): string {
  const {topLeft, topRight, horizontal} = glyphs;
  const name = ` ${clip(title, width - 5, glyphs.cut)} `;
  return (
    style.dim(topLeft + horizontal) +
    name +
    style.dim(horizontal.repeat(Math.max(0, width - 3 - cells(name))) + topRight)
  );
}

function bottomOf({glyphs, style}: Look, width: number): string {
  return style.dim(glyphs.bottomLeft + glyphs.horizontal.repeat(width - 2) + glyphs.bottomRight);
}

/** A row between a box's sides; a cable runs to the side and through it. */
function sideOf({text, cable}: Row, look: Look, width: number, column: 'left' | 'right'): string {
  const {glyphs, style} = look;
  const bar = style.dim(glyphs.vertical);
  if (!cable) return `${bar} ${fitTo(text, width - 3)}${bar}`;
  const {through} = strokesOf(look);
  const stroke = cableLine(cable, look)!;
  if (column === 'right') return `${through}${stroke} ${fitTo(text, width - 4)}${bar}`;
  const inner = clip(text, width - 6, glyphs.cut);
  return `${bar} ${inner} ${stroke.repeat(Math.max(0, width - 4 - cells(inner)))}${through}`;
}
