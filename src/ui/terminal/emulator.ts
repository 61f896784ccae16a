/** One pane's terminal emulator: bytes in, rows of exactly the pane's width out, and flow control in between. */
import graphemes from '@xterm/addon-unicode-graphemes';
import headless from '@xterm/headless';
import type {Pump} from './pump.ts';
import {rowsOf} from './rows.ts';

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
    this.term.resize(cols, rows);
    this.changed();
    return true;
  }

  version(): number {
    return this.changes;
  }

  /** The visible rows, each exactly `width` cells, styled with SGR. The same array while nothing changed. */
  rows(width: number, height: number): string[] {
    const {painted, changes} = this;
    if (painted.version !== changes || painted.width !== width || painted.height !== height) {
      this.painted = {version: changes, width, height, rows: rowsOf(this.term, width, height)};
    }
    return this.painted.rows;
  }

  /** Where the program inside has its cursor, in cells of the pane; undefined where it hides it. */
  cursor(): {x: number; y: number} | undefined {
    const buffer = this.term.buffer.active;
    if (!this.cursorShown || buffer.viewportY !== buffer.baseY) return undefined;
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
