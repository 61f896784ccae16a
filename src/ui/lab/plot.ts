/** The picture "cpu": how much of a CPU each container's group gets, over time. Curves of blocks, drawn from samples. */
import type {Facts} from '../../engine/index.ts';
import type {Look} from '../app/look.ts';
import {fitTo} from '../text/width.ts';

/** Thousandths of one CPU, oldest first; null: not known at that moment. */
export type Share = number | null;

export interface Curve {
  label: string;
  shares: readonly Share[];
  /** Thousandths of one CPU that its group may use; undefined: no limit. */
  limit?: number | undefined;
}

/** Enough for the widest screen. */
const KEPT = 500;
const UNICODE = ' ▁▂▃▄▅▆▇█';
const ASCII = ' .:#';
const ONE_CPU = 1000;

const percent = (share: number): string => `${(share / 10).toFixed(share < 995 ? 1 : 0)} %`;

/**
 * One curve in `rows` lines of `width` characters, the newest sample at the right. `top`: the share of a full column. What
 * is above it is cut; what is there but too small to be drawn gets the lowest mark.
 */
export function curveRows(
  shares: readonly Share[],
  top: number,
  width: number,
  rows: number,
  ascii: boolean,
): string[] {
  const marks = ascii ? ASCII : UNICODE;
  const steps = marks.length - 1;
  const last = shares.slice(-width);
  const heights = last.map(share => {
    if (share === null || share <= 0) return 0;
    return Math.max(1, Math.min(rows * steps, Math.round((share / top) * rows * steps)));
  });
  return Array.from({length: rows}, (_, i) => {
    const below = (rows - 1 - i) * steps;
    const text = heights.map(height => marks[Math.max(0, Math.min(steps, height - below))]).join('');
    return text.padStart(width);
  });
}

/**
 * All curves on one scale, one band for each: a line with name, newest share and limit, then the curve. Exactly as wide as
 * `width`, at most `height` lines; without room for a curve only its line is there.
 */
export function plotLines(curves: readonly Curve[], width: number, height: number, ascii: boolean): string[] {
  if (curves.length === 0 || width < 1) return [];
  const known = curves.flatMap(curve => curve.shares.slice(-width).filter(share => share !== null));
  const top = Math.max(ONE_CPU, Math.ceil(Math.max(0, ...known) / ONE_CPU) * ONE_CPU);
  const rows = Math.max(0, Math.min(4, Math.floor(height / curves.length) - 1));
  const lines = curves.flatMap(({label, shares, limit}) => {
    const now = shares.at(-1) ?? null;
    const most = limit === undefined ? '' : ` (${ascii ? '<=' : '≤'} ${percent(limit)})`;
    const head = `${label}  ${now === null ? '–' : percent(now)}${most}`;
    return [fitTo(head, width), ...(rows > 0 ? curveRows(shares, top, width, rows, ascii) : [])];
  });
  return lines.slice(0, height);
}

/** Remembers the shares of one playing of a lab, sample by sample. */
export class CpuHistory {
  private readonly sides = new Map<string, Share[]>();
  private readonly limits = new Map<string, number | undefined>();
  private seen: object | undefined;

  /** A sample of all sides; the same object again is the same sample. */
  note(now: Readonly<Record<string, Facts | null | undefined>>): void {
    if (now === this.seen) return;
    this.seen = now;
    for (const [side, facts] of Object.entries(now)) {
      const cpu = facts?.cpu as Facts | undefined;
      if (!cpu) {
        this.sides.delete(side);
        continue;
      }
      const shares = this.sides.get(side) ?? [];
      shares.push(cpu.share === undefined ? null : Number(cpu.share));
      if (shares.length > KEPT) shares.shift();
      this.sides.set(side, shares);
      const {quota, period} = cpu as {quota?: bigint; period?: bigint};
      const limited = quota !== undefined && period !== undefined && quota >= 0n && period > 0n;
      this.limits.set(side, limited ? (Number(quota) / Number(period)) * ONE_CPU : undefined);
    }
  }

  /** The containers' curves; the host's, where there is no container. */
  curves(): Curve[] {
    const names = [...this.sides.keys()];
    const inside = names.filter(name => name !== 'host');
    return (inside.length > 0 ? inside : names).map(label => ({
      label,
      shares: this.sides.get(label)!,
      limit: this.limits.get(label),
    }));
  }
}

const histories = new WeakMap<object, CpuHistory>();

/** The picture as it is now. `lab` is whom the history belongs to: it is forgotten with it. Undefined: nothing to draw. */
export function cpuLines(
  lab: object,
  now: Readonly<Record<string, Facts | null | undefined>>,
  look: Look,
  width: number,
  height: number,
): string[] | undefined {
  let history = histories.get(lab);
  if (!history) {
    history = new CpuHistory();
    histories.set(lab, history);
  }
  history.note(now);
  const lines = plotLines(history.curves(), width, height, look.glyphs.cut.charCodeAt(0) < 128);
  return lines.length > 0 ? lines : undefined;
}
