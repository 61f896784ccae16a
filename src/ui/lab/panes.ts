/** The two terminals of a lab: their emulators, and which of them has the keyboard. */
import type {Event, Session, Side} from '../../course/index.ts';
import type {TerminalSize} from '../../engine/index.ts';
import type {Terminal} from '../app/model.ts';
import type {Region, Screen} from '../screen/screen.ts';
import {Emulator} from '../terminal/emulator.ts';
import {Pump} from '../terminal/pump.ts';
import type {Rect} from './layout.ts';

export interface PanesTargets {
  /** The keyboard went back to the screen, or a terminal shows another part of its history: frames must be drawn anew. */
  onChange(): void;
  /** While a terminal has the keyboard: it is to get the whole screen, or to give it back. */
  onFull(): void;
}

export class Panes {
  readonly pump = new Pump();
  /** Who has the keyboard; undefined: the screen. */
  focused: Side | undefined;
  private readonly emulators = new Map<Side, Emulator>();
  /** Sides whose terminal is closed: what it showed last stays, but nobody reads keys there. */
  private readonly closed = new Set<Side>();
  private readonly sizes = new Map<Side, TerminalSize>();
  private readonly session: Session;
  private readonly terminal: Terminal;
  private readonly targets: PanesTargets;
  private modes = '';

  constructor(session: Session, terminal: Terminal, targets: PanesTargets) {
    this.session = session;
    this.terminal = terminal;
    this.targets = targets;
  }

  has(side: Side): boolean {
    return this.emulators.has(side);
  }

  hear(event: Event): void {
    if (event.type === 'bytes') this.emulators.get(event.side)?.feed(event.data);
    else if (event.type === 'terminal-opened') this.open(event.side, event);
    else if (event.type === 'terminal-closed') {
      this.closed.add(event.side);
      if (this.focused === event.side) this.leave();
    } else if (event.type === 'terminal-resized' && this.session.watched) {
      this.emulators.get(event.side)?.resize(event.cols, event.rows);
    } else if (event.type === 'rebuilding') this.clear();
  }

  /** Gives the keyboard to a side that has an open terminal; false: it has none, or nobody here may type. */
  enter(side: Side): boolean {
    if (this.session.watched || !this.emulators.has(side) || this.closed.has(side)) return false;
    this.emulators.get(this.focused ?? side)?.lookNow();
    this.focused = side;
    this.terminal.router.focus(
      data => this.keys(side, data),
      key => this.watched(side, key),
    );
    this.mirror();
    return true;
  }

  /** How many lines before the end of a terminal's output one looks. */
  back(side: Side): number {
    return this.emulators.get(side)?.back ?? 0;
  }

  leave(): void {
    if (this.focused === undefined) return;
    this.emulators.get(this.focused)?.lookNow();
    this.focused = undefined;
    this.terminal.router.focus(undefined);
    this.mirror();
    this.targets.onChange();
  }

  /** Tells programs how large they are, wherever they are shown. Those of a session that is watched have their own size. */
  resize(side: Side, {w, h}: Rect): void {
    if (this.session.watched) return;
    const old = this.sizes.get(side);
    if (old?.cols === w && old.rows === h) return;
    this.sizes.set(side, {cols: w, rows: h});
    this.emulators.get(side)?.resize(w, h);
    this.session.resize(side, {cols: w, rows: h});
  }

  /** Live regions for the sides that have a terminal. */
  regions(places: Record<Side, Rect>): Record<string, Region> {
    const regions: Record<string, Region> = {};
    for (const [side, rect] of Object.entries(places)) {
      const emulator = this.emulators.get(side);
      if (emulator)
        regions[side] = {...rect, version: () => emulator.version(), rows: () => emulator.rows(rect.w, rect.h)};
    }
    return regions;
  }

  /** Puts the real cursor where the focused program has its own, for input methods. */
  placeCursor(screen: Screen, places: Record<Side, Rect>): void {
    const side = this.focused;
    const rect = side === undefined ? undefined : places[side];
    const emulator = side === undefined ? undefined : this.emulators.get(side);
    screen.setCursor(
      rect && emulator
        ? () => {
            const at = emulator.cursor();
            return at && at.x < rect.w && at.y < rect.h ? {x: rect.x + at.x, y: rect.y + at.y} : undefined;
          }
        : undefined,
    );
  }

  close(): void {
    this.leave();
    this.clear();
  }

  /** A key for the program: who types wants to see what comes of it. */
  private keys(side: Side, data: Buffer): void {
    if (this.back(side) > 0) {
      this.emulators.get(side)?.lookNow();
      this.targets.onChange();
    }
    this.session.type(side, data);
  }

  private watched(side: Side, key: 'full' | 'older' | 'newer'): boolean {
    if (key === 'full') {
      this.targets.onFull();
      return true;
    }
    const seen = this.emulators.get(side)?.look(key === 'older' ? 1 : -1) ?? false;
    if (seen) this.targets.onChange();
    return seen;
  }

  private open(side: Side, opened: TerminalSize): void {
    const {cols, rows} = this.sizes.get(side) ?? opened;
    this.emulators.get(side)?.dispose();
    const emulator = new Emulator(cols, rows, this.pump, {
      onChange: () => {
        if (this.focused === side) this.mirror();
        this.terminal.screen.touch();
      },
      onReply: data => {
        // A reply of an emulator that was replaced would be typed into another program.
        if (this.emulators.get(side) === emulator && !this.session.watched)
          this.session.type(side, data, {emulator: true});
      },
      pause: () => this.session.pause(side),
      resume: () => this.session.resume(side),
    });
    this.emulators.set(side, emulator);
    this.closed.delete(side);
    if (!this.session.watched && (opened.cols !== cols || opened.rows !== rows))
      this.session.resize(side, {cols, rows});
  }

  /** Forgets the terminals: others will be opened in their place. */
  clear(): void {
    if (this.focused !== undefined) this.leave();
    for (const emulator of this.emulators.values()) emulator.dispose();
    this.emulators.clear();
  }

  /** The real terminal must send what the focused program expects: pasted text in brackets, its kind of cursor keys. */
  private mirror(): void {
    const emulator = this.focused === undefined ? undefined : this.emulators.get(this.focused);
    const {paste, cursorKeys, keypad} = emulator?.keyboardModes() ?? {paste: false, cursorKeys: false, keypad: false};
    const modes = `\x1b[?2004${paste ? 'h' : 'l'}\x1b[?1${cursorKeys ? 'h' : 'l'}\x1b${keypad ? '=' : '>'}`;
    if (modes === this.modes) return;
    this.modes = modes;
    this.terminal.write(modes);
  }
}
