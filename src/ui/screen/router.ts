/**
 * The one reader of the real terminal's input. Keys go to Ink, or, while a terminal has the keyboard, unchanged to that
 * terminal; only the two ways back are watched for. Answers to our own questions to the terminal are taken out.
 */

/** Ctrl-] as in telnet(1) and virsh; hard to type on some keyboards, hence F12 too (three encodings of it). */
const WAYS_BACK = ['\x1d', '\x1b[24~', '\x1b[93;5u', '\x1b[57375u'].map(keys => Buffer.from(keys, 'latin1'));
const REPORT = /\x1b\[(\d+);(\d+)R/;
const PASTE_BEGIN = Buffer.from('\x1b[200~');
const PASTE_END = Buffer.from('\x1b[201~');

export interface RouterTargets {
  /** Keys for the screens. */
  toInk(data: Buffer): void;
  /** The learner wants the keyboard back from the terminal. */
  onBack(): void;
  /** Any input at all, before it is delivered. */
  onInput?(): void;
}

export class Router {
  private readonly targets: RouterTargets;
  private sink: ((data: Buffer) => void) | undefined;
  private asked: ((column: number) => void)[] = [];
  private pasting = false;

  constructor(targets: RouterTargets) {
    this.targets = targets;
  }

  /** Hands the keyboard to a terminal; undefined takes it back. */
  focus(sink: ((data: Buffer) => void) | undefined): void {
    this.sink = sink;
    this.pasting = false;
  }

  /** The next cursor position report (DSR 6) is ours: `then` gets its column, 1-based. */
  expectReport(then: (column: number) => void): void {
    this.asked.push(then);
  }

  /** Bytes as they came from the terminal. */
  push(data: Buffer): void {
    this.targets.onInput?.();
    const rest = this.asked.length > 0 ? this.takeReports(data) : data;
    if (rest.length === 0) return;
    if (!this.sink) this.targets.toInk(rest);
    else this.toTerminal(rest);
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
    // What is pasted is data: a control character in it must not move the keyboard.
    const begin = data.indexOf(PASTE_BEGIN);
    const end = data.lastIndexOf(PASTE_END);
    if (this.pasting || begin >= 0) {
      this.pasting = end < 0 || begin > end;
      this.sink?.(data);
      return;
    }
    for (const way of WAYS_BACK) {
      const at = data.indexOf(way);
      if (at < 0) continue;
      if (at > 0) this.sink?.(data.subarray(0, at));
      this.targets.onBack();
      const after = data.subarray(at + way.length);
      if (after.length > 0) this.push(after);
      return;
    }
    this.sink?.(data);
  }
}
