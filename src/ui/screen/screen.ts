/**
 * The one writer of the real terminal. Ink lays out and draws whole frames; live regions (the two terminals) are painted
 * over the room that those frames leave empty. Both end up as changed rows at absolute positions, inside one
 * synchronized update, so that floods in a terminal never cost a layout, and a resize never leaves anything behind.
 */

import {plainSigns} from '../text/ascii.ts';
import {cells} from '../text/width.ts';

/** Rows that change without Ink: always exactly `w` cells wide. */
export interface Region {
  /** Cells from the left and from the top, 0-based. */
  x: number;
  y: number;
  w: number;
  h: number;
  /** Grows when rows() would return something new. */
  version(): number;
  rows(): string[];
}

export interface Cursor {
  x: number;
  y: number;
}

const BEGIN = '\x1b[?2026h\x1b[?25l';
const END = '\x1b[?2026l';
/** Milliseconds between repaints while output floods in. */
const FRAME_MS = 33;
/** A lone echo appears at once, but bytes that come together are painted together. */
const ECHO_MS = 3;

export interface Output {
  write(data: string): boolean;
  readonly writableNeedDrain?: boolean;
}

export class Screen {
  private readonly out: Output;
  private readonly size: () => {columns: number; rows: number};
  private frame: string[] = [];
  private drawn: (string | undefined)[] = [];
  private readonly regions = new Map<string, {region: Region; version: number; rows: string[]}>();
  private cursor: (() => Cursor | undefined) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private lastPaint = 0;
  private active = false;
  private cleared = false;
  private waiting = false;
  private lastCursor = '';
  /** Frames are drawn in ASCII, whatever they hold; programs' own output in regions is not touched. */
  ascii = false;
  /** Bytes and frames written so far, for measurements. */
  readonly stats = {frames: 0, bytes: 0};

  constructor(out: Output, size: () => {columns: number; rows: number}) {
    this.out = out;
    this.size = size;
  }

  /** From here on frames are drawn; the first one from a clean screen. */
  start(): void {
    this.active = true;
    this.clear();
  }

  /** No byte is written after this. */
  stop(): void {
    this.active = false;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Draws everything anew: another program had the screen. */
  clear(): void {
    this.forget();
    this.flush();
  }

  /** Forgets what is on the screen and waits for a new frame: after a resize the old one no longer fits. */
  expectFrame(): void {
    this.forget();
    this.waiting = true;
  }

  private forget(): void {
    this.drawn = [];
    for (const held of this.regions.values()) held.rows = [];
    this.cleared = true;
  }

  /** The live regions of the current layout, by name; those no longer named go. */
  setRegions(regions: Record<string, Region>): void {
    for (const [name, held] of this.regions) {
      const next = regions[name];
      if (next && same(next, held.region)) continue;
      // The frame below is drawn again where a region was: it knows nothing of what was painted over it.
      const end = Math.min(held.region.y + held.region.h, this.drawn.length);
      for (let y = held.region.y; y < end; y++) this.drawn[y] = undefined;
      this.regions.delete(name);
    }
    for (const [name, region] of Object.entries(regions)) {
      const old = this.regions.get(name);
      if (old) old.region = region;
      else this.regions.set(name, {region, version: -1, rows: []});
    }
  }

  /** Where the real cursor stands (0-based), for input methods; undefined hides it. */
  setCursor(cursor: (() => Cursor | undefined) | undefined): void {
    this.cursor = cursor;
  }

  /** A whole frame from Ink. */
  setFrame(text: string): void {
    this.frame = (this.ascii ? plainSigns(text) : text).split('\n').slice(0, this.size().rows);
    this.waiting = false;
    this.flush();
  }

  /** Something in a region changed: paint soon, at most once per frame's time. */
  touch(): void {
    if (this.timer || !this.active) return;
    const wait = Math.max(ECHO_MS, FRAME_MS - (performance.now() - this.lastPaint));
    this.timer = setTimeout(() => {
      this.timer = undefined;
      // A slow line must not collect frames nobody will see: wait until it has taken the last one.
      if (this.out.writableNeedDrain) this.touch();
      else this.flush();
    }, wait);
  }

  private flush(): void {
    if (!this.active || this.waiting) return;
    this.lastPaint = performance.now();
    const body = (this.cleared ? '\x1b[0m\x1b[2J' : '') + this.changes();
    this.cleared = false;
    const at = this.cursor?.();
    const cursor = at ? `\x1b[${at.y + 1};${at.x + 1}H\x1b[?25h` : '';
    if (body === '' && cursor === this.lastCursor) return;
    this.lastCursor = cursor;
    const data = `${BEGIN}${body}\x1b[0m${cursor}${END}`;
    this.stats.frames++;
    this.stats.bytes += data.length;
    this.out.write(data);
  }

  private changes(): string {
    let out = '';
    const redrawn = new Set<number>();
    const {columns, rows: most} = this.size();
    // A terminal takes a row below its last one for the last one.
    const rows = Math.min(most, Math.max(this.frame.length, this.drawn.length));
    for (let y = 0; y < rows; y++) {
      const line = this.frame[y] ?? '';
      if (this.drawn[y] === line) continue;
      this.drawn[y] = line;
      redrawn.add(y);
      // Erasing after a line that fills the row would take its last cell with it.
      const erase = cells(line) < columns ? '\x1b[K' : '';
      out += `\x1b[${y + 1};1H\x1b[0m${line}\x1b[0m${erase}`;
    }
    this.drawn.length = this.frame.length;
    for (const held of this.regions.values()) out += this.paint(held, redrawn);
    return out;
  }

  private paint(held: {region: Region; version: number; rows: string[]}, redrawn: Set<number>): string {
    const {region} = held;
    const version = region.version();
    const fresh = version === held.version && held.rows.length > 0 ? held.rows : region.rows();
    let out = '';
    for (let i = 0; i < region.h; i++) {
      const row = fresh[i] ?? ' '.repeat(region.w);
      if (held.rows[i] === row && !redrawn.has(region.y + i)) continue;
      out += `\x1b[${region.y + i + 1};${region.x + 1}H\x1b[0m${row}`;
    }
    held.version = version;
    held.rows = fresh;
    return out;
  }
}

function same(a: Region, b: Region): boolean {
  return a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h;
}
