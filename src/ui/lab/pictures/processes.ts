/** The picture "processes": the tree of the host's side and the container's own, the same process on the same line. */
import type {ProcessRow} from '../../../engine/index.ts';
import type {Look} from '../../app/look.ts';
import {cells, clip, fitTo} from '../../text/width.ts';
import {safe, strokesOf} from './lines.ts';
import {type Twig, treeOf} from './tree.ts';

/** What the container `side` can see, by number on the machine. */
export interface Inside {
  /** Inode of its PID namespace; 0n: nothing of it runs. */
  pidns: bigint;
  /** Its numbers are the host's. */
  shared: boolean;
  numbers: ReadonlyMap<number, number>;
}

/**
 * The view from inside a container: the processes of the PID namespace of its first process and of those below it
 * (pid_namespaces(7)), with the numbers that they have there.
 */
export function insideOf(rows: readonly ProcessRow[], side: string): Inside {
  const first = rows.find(row => row.side === side);
  const host = rows.find(row => row.side === 'keeper') ?? rows.find(row => row.side === 'host');
  if (!first || first.pidns === 0n) return {pidns: 0n, shared: false, numbers: new Map()};
  const level = first.nspids.length - 1;
  if (host?.pidns === first.pidns)
    return {
      pidns: first.pidns,
      shared: true,
      numbers: new Map(rows.map(row => [row.pid, row.nspids[level] ?? row.pid])),
    };
  // A namespace below it has a number more; that it hangs below this one, its process says.
  const seen = rows.filter(
    row => row.pidns === first.pidns || (row.side === side && row.nspids.length > first.nspids.length),
  );
  return {
    pidns: first.pidns,
    shared: false,
    numbers: new Map(seen.map(row => [row.pid, row.nspids[level] ?? row.pid])),
  };
}

/** The letter of /proc/PID/stat in words, where it is one that a learner must know of. */
export function stateNote({state}: ProcessRow, {say}: Look): string {
  if (state === 'Z') return say('processes.zombie');
  return state === 'T' || state === 't' ? say('processes.stopped') : '';
}

/** At most `height` lines of at most `width` cells. Undefined: no process is known. */
export function processLines(
  rows: readonly ProcessRow[],
  side: string,
  look: Look,
  width: number,
  height: number,
): string[] | undefined {
  if (rows.length === 0 || height < 1) return undefined;
  const {style, say, glyphs} = look;
  const strokes = strokesOf(look);
  const inside = insideOf(rows, side);
  const left = treeOf(rows, strokes);
  const right = new Map(
    treeOf(
      rows.filter(row => inside.numbers.has(row.pid)),
      strokes,
    ).map(twig => [twig.row.pid, twig]),
  );
  const link = inside.shared ? glyphs.same : strokes.linked;
  const middle = Math.max(cells(link), cells(glyphs.same)) + 2;
  const half = Math.floor((width - middle) / 2);
  const cell = (text: string) => fitTo(clip(text, half, glyphs.cut), half);
  const between = (text: string) => fitTo(text === '' ? '' : ` ${text}`, middle);
  const line = ({row, branch}: Twig): string => {
    const note = stateNote(row, look);
    const name = safe(row.comm) + (note && ` (${note})`);
    const other = row.side !== side && row.side !== 'keeper' && row.side !== 'host' ? ` [${safe(row.side)}]` : '';
    const host = `${branch}${row.pid} ${name}${other}`;
    const twig = right.get(row.pid);
    if (!twig) return other ? style.dim(cell(host)) : cell(host);
    const view = `${twig.branch}${inside.numbers.get(row.pid)} ${name}`;
    if (row.side !== side) return cell(host) + style.dim(between(link) + cell(view));
    return style.bold(cell(host)) + style.accent(style.bold(between(link))) + style.bold(cell(view));
  };
  const what = inside.pidns === 0n ? say('processes.none', {side}) : meaningOf(inside, side, look);
  const long = `${what} ${inside.pidns}`;
  const named = inside.pidns !== 0n && cells(long) <= half ? long : what;
  const head = style.underline(cell(say('processes.host'))) + between('') + style.underline(cell(named));
  return [head, ...fitting(left, side, height - 1, line, look, width)].slice(0, height);
}

function meaningOf({shared}: Inside, side: string, {say}: Look): string {
  return say(shared ? 'processes.shared' : 'processes.own', {side});
}

/** Where there is no room for all: first what runs in the container and what leads to it, then the rest, then how many more. */
function fitting(
  twigs: Twig[],
  side: string,
  room: number,
  line: (twig: Twig) => string,
  {say, style, glyphs}: Look,
  width: number,
): string[] {
  if (twigs.length <= room) return twigs.map(line);
  const byPid = new Map(twigs.map(({row}) => [row.pid, row]));
  const wanted = new Set<number>();
  for (const {row} of twigs.filter(twig => twig.row.side === side)) {
    for (let at: ProcessRow | undefined = row; at && !wanted.has(at.pid); at = byPid.get(at.ppid)) wanted.add(at.pid);
  }
  const order = [...twigs.filter(({row}) => wanted.has(row.pid)), ...twigs.filter(({row}) => !wanted.has(row.pid))];
  const kept = new Set(order.slice(0, Math.max(0, room - 1)));
  const rest = twigs.length - kept.size;
  const more = style.dim(clip(say('processes.more', {count: rest}), width, glyphs.cut));
  return [...twigs.filter(twig => kept.has(twig)).map(line), more];
}
