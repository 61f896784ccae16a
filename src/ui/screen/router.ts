/**
 * The one reader of the real terminal's input. Keys go to Ink, or, while a terminal has the keyboard, unchanged to that
 * terminal; only a few are watched for there. Answers to our own questions to the terminal are taken out.
 */

/** What means something to us while a terminal has the keyboard. */
export type WatchedKey = 'back' | 'full' | 'older' | 'newer';

/**
 * Ctrl-] as in telnet(1) and virsh; hard to type on some keyboards, hence F12 too (three encodings of it). Where the real
 * terminal keeps Shift-PgUp for its own history, Alt-PgUp does the same.
 */
const WATCHED: [WatchedKey, Buffer][] = (
  [
    ['back', ['\x1d', '\x1b[24~', '\x1b[93;5u', '\x1b[57375u']],
    ['full', ['\x1b[23~', '\x1b[57374u']],
    ['older', ['\x1b[5;2~', '\x1b[5;3~']],
    ['newer', ['\x1b[6;2~', '\x1b[6;3~']],
  ] as const
).flatMap(([key, all]) => all.map((keys): [WatchedKey, Buffer] => [key, Buffer.from(keys, 'latin1')]));

const REPORT = /\x1b\[(\d+);(\d+)R/;
const PASTE_BEGIN = Buffer.from('\x1b[200~');
const PASTE_END = Buffer.from('\x1b[201~');
/** Escape sequences that end with the bytes read so far: the rest is on its way, or somebody has pressed Esc. */
const UNFINISHED = /\x1b+(?:\[[0-9;]*|O)?$/;
/** What follows a split sequence is there within a millisecond or two; a person's next key is not. */
const SPLIT_MS = 8;
/** Esc so that it needs no further waiting: the kitty protocol's sequence for it, which Ink knows. */
const ESCAPE = '\x1b[27u';

export interface RouterTargets {
  /** Keys for the screens. */
  toInk(data: Buffer): void;
  /** The learner wants the keyboard back from the terminal. */
  onBack(): void;
  /** Any input at all, before it is delivered. */
  onInput?(): void;
}

/** Gets a terminal's keys. */
export type Sink = (data: Buffer) => void;
/** Gets what is watched for besides the way back; false: the key is the program's. */
export type Watch = (key: 'full' | 'older' | 'newer') => boolean;

export class Router {
  private readonly targets: RouterTargets;
  private sink: Sink | undefined;
  private watch: Watch | undefined;
  private asked: ((column: number) => void)[] = [];
  private pasting = false;
  /** The last bytes of a paste, in which its end may have begun. */
  private pasted: Buffer = Buffer.alloc(0);
  private held: Buffer = Buffer.alloc(0);
  private timer: NodeJS.Timeout | undefined;

  constructor(targets: RouterTargets) {
    this.targets = targets;
  }

  /** Hands the keyboard to a terminal; without a sink, takes it back. */
  focus(sink?: Sink, watch?: Watch): void {
    // What was typed before belongs to whoever had the keyboard then.
    this.release();
    this.sink = sink;
    this.watch = watch;
    this.pasting = false;
  }

  /** The next cursor position report (DSR 6) is ours: `then` gets its column, 1-based. */
  expectReport(then: (column: number) => void): void {
    this.asked.push(then);
  }

  /** Bytes as they came from the terminal. */
  push(data: Buffer): void {
    this.targets.onInput?.();
    this.deliver(this.hold(this.join(data)));
  }

  /** With what was held back before. */
  private join(data: Buffer): Buffer {
    clearTimeout(this.timer);
    const before = this.held;
    this.held = Buffer.alloc(0);
    return before.length > 0 ? Buffer.concat([before, data]) : data;
  }

  /** Keeps an escape sequence that has only begun, for a moment; returns what stands before it. */
  private hold(data: Buffer): Buffer {
    if (this.pasting) return data;
    const at = data.subarray(-16).toString('latin1').search(UNFINISHED);
    if (at < 0) return data;
    const from = Math.max(0, data.length - 16) + at;
    this.held = data.subarray(from);
    this.timer = setTimeout(() => this.release(), SPLIT_MS);
    return data.subarray(0, from);
  }

  /** Nothing followed: it was meant as it is. */
  private release(): void {
    const data = this.join(Buffer.alloc(0));
    if (data.length === 0) return;
    if (this.sink && this.pasting) this.paste(data, 0);
    else if (this.sink) this.sink(data);
    else this.targets.toInk(data.every(byte => byte === 0x1b) ? Buffer.from(ESCAPE.repeat(data.length)) : data);
  }

  private deliver(data: Buffer): void {
    const rest = this.asked.length > 0 ? this.takeReports(data) : data;
    if (rest.length === 0) return;
    if (this.sink) this.toTerminal(rest);
    else this.targets.toInk(rest);
  }

  private takeReports(data: Buffer): Buffer {
    let text = data.toString('latin1');
    for (let match = REPORT.exec(text); match && this.asked.length > 0; match = REPORT.exec(text)) {
      this.asked.shift()!(Number(match[2]));
      text = text.slice(0, match.index) + text.slice(match.index + match[0].length);
    }
    return Buffer.from(text, 'latin1');
  }

  private toTerminal(data: Buffer): void {
    if (this.pasting) {
      this.paste(data, 0);
      return;
    }
    const begin = data.indexOf(PASTE_BEGIN);
    const [key, keys, at] = firstWatched(begin < 0 ? data : data.subarray(0, begin));
    if (key) {
      if (at > 0) this.sink?.(data.subarray(0, at));
      if (key === 'back') this.targets.onBack();
      else if (!this.watch?.(key)) this.sink?.(keys);
      // The keyboard may have changed hands: what follows goes to whoever has it now.
      const after = data.subarray(at + keys.length);
      if (after.length > 0) this.deliver(after);
    } else if (begin < 0) this.sink?.(data);
    else {
      this.pasting = true;
      this.pasted = Buffer.alloc(0);
      if (begin > 0) this.sink?.(data.subarray(0, begin));
      this.paste(data.subarray(begin), PASTE_BEGIN.length);
    }
  }

  /** What is pasted is data: a control character in it must not move the keyboard. Its end may come in two pieces. */
  private paste(data: Buffer, from: number): void {
    const before = this.pasted;
    const all = Buffer.concat([before, data]);
    const end = all.indexOf(PASTE_END, from);
    if (end < 0) {
      this.pasted = all.subarray(Math.max(from, all.length - PASTE_END.length + 1));
      this.sink?.(data);
      return;
    }
    this.pasting = false;
    const cut = end + PASTE_END.length - before.length;
    this.sink?.(data.subarray(0, cut));
    const after = this.hold(data.subarray(cut));
    if (after.length > 0) this.deliver(after);
  }
}

/** The first watched key in `data`, its bytes, and where it stands. */
function firstWatched(data: Buffer): [key: WatchedKey | undefined, keys: Buffer, at: number] {
  let first: [WatchedKey | undefined, Buffer, number] = [undefined, data, -1];
  for (const [key, keys] of WATCHED) {
    const at = data.indexOf(keys);
    if (at >= 0 && (!first[0] || at < first[2])) first = [key, keys, at];
  }
  return first;
}
