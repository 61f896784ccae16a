/** One pane's terminal emulator: bytes in, rows of exactly the pane's width out, and flow control in between. */
import graphemes from '@xterm/addon-unicode-graphemes';
import headless from '@xterm/headless';
import type {Pump} from './pump.ts';
import {allRowsOf, rowsOf} from './rows.ts';

/** Lines of history: 12 bytes per cell, so 1.5 MB for a pane of 120 columns. */
const SCROLLBACK = 1000;

export interface EmulatorEvents {
  /** Something on the pane's screen may have changed. */
  onChange(): void;
  /** The emulator's own answer to a question of the program inside (DA, DSR …). */
  onReply(data: string): void;
  pause(): void;
  resume(): void;
}

export class Emulator {
  private readonly term: headless.Terminal;
  private readonly events: EmulatorEvents;
  private readonly pump: Pump;
  private changes = 0;
  private cursorShown = true;
  /** All lines as they were when the learner began to look back, and how many lines back one looks. */
  private past: {lines: string[]; back: number} | undefined;
  private painted = {version: -1, width: 0, height: 0, rows: [] as string[]};

  constructor(cols: number, rows: number, pump: Pump, events: EmulatorEvents) {
    this.events = events;
    this.pump = pump;
    this.term = new headless.Terminal({cols, rows, scrollback: SCROLLBACK, allowProposedApi: true});
    this.term.loadAddon(new graphemes.UnicodeGraphemesAddon() as unknown as headless.ITerminalAddon);
    for (const final of ['h', 'l'] as const) {
      this.term.parser.registerCsiHandler({prefix: '?', final}, params => {
        if (params.includes(25)) this.cursorShown = final === 'h';
        return false;
      });
    }
    this.term.onData(reply => this.events.onReply(reply));
    pump.add(this, {
      write: (data, done) => this.term.write(data, done),
      pause: () => this.events.pause(),
      resume: () => this.events.resume(),
      onWritten: () => this.changed(),
    });
  }

  /** Bytes of the terminal, in order; they show up as the pump gets to them. */
  feed(data: Uint8Array): void {
    this.pump.push(this, data);
  }

  get cols(): number {
    return this.term.cols;
  }

  resize(cols: number, rows: number): boolean {
    if (cols === this.term.cols && rows === this.term.rows) return false;
    this.past = undefined;
    this.term.resize(cols, rows);
    this.changed();
    return true;
  }

  version(): number {
    return this.changes;
  }

  /** How many lines before the end one looks; 0: at the present. */
  get back(): number {
    return this.past?.back ?? 0;
  }

  /**
   * Looks `pages` further back, or with a negative number forward again. What one sees is a copy: the program goes on, and
   * however much it prints, the view stays. False where there is no history, in the alternate screen (vim, less).
   */
  look(pages: number): boolean {
    if (this.term.buffer.active.type === 'alternate') return false;
    if (pages < 0 && !this.past) return true;
    const {rows} = this.term;
    const lines = this.past?.lines ?? allRowsOf(this.term);
    const most = Math.max(0, lines.length - rows);
    const back = Math.min(most, this.back + pages * Math.max(1, rows - 1));
    this.past = back > 0 ? {lines, back} : undefined;
    this.changed();
    return true;
  }

  /** Back to the present. */
  lookNow(): void {
    if (!this.past) return;
    this.past = undefined;
    this.changed();
  }

  /** The visible rows, each exactly `width` cells, styled with SGR. The same array while nothing changed. */
  rows(width: number, height: number): string[] {
    const {painted, changes, past} = this;
    if (past) {
      const at = past.lines.length - this.term.rows - past.back;
      const fits = width === this.term.cols && height === this.term.rows;
      if (fits) return past.lines.slice(at, at + height);
    }
    if (painted.version !== changes || painted.width !== width || painted.height !== height) {
      this.painted = {version: changes, width, height, rows: rowsOf(this.term, width, height)};
    }
    return this.painted.rows;
  }

  /** Where the program inside has its cursor, in cells of the pane; undefined where it hides it. */
  cursor(): {x: number; y: number} | undefined {
    const buffer = this.term.buffer.active;
    if (!this.cursorShown || this.past) return undefined;
    return {x: Math.min(buffer.cursorX, this.term.cols - 1), y: buffer.cursorY};
  }

  /** What the program inside asked of the keyboard: the real terminal must send the same while it has it. */
  keyboardModes(): {paste: boolean; cursorKeys: boolean; keypad: boolean} {
    const modes = this.term.modes;
    return {
      paste: modes.bracketedPasteMode,
      cursorKeys: modes.applicationCursorKeysMode,
      keypad: modes.applicationKeypadMode,
    };
  }

  dispose(): void {
    this.pump.remove(this);
    this.term.dispose();
  }

  private changed(): void {
    this.changes++;
    this.events.onChange();
  }
}
