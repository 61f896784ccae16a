/** A terminal without a window: what an app writes is drawn by a real emulator, what it asks is answered. */
import {EventEmitter} from 'node:events';
import {PassThrough} from 'node:stream';
import graphemes from '@xterm/addon-unicode-graphemes';
import headless from '@xterm/headless';
import {cells} from '../../../src/ui/text/width.ts';

const WAIT_MS = 10_000;

export class VirtualTerminal {
  readonly term: headless.Terminal;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Everything written, for what a screen cannot show. */
  written = '';
  raw = false;
  /** Thrown by the next writes: the terminal has gone. */
  broken: Error | undefined;

  /** `wide`: draws characters of ambiguous width in two cells, as some CJK terminals do. */
  constructor(cols: number, rows: number, {wide = false}: {wide?: boolean} = {}) {
    this.term = new headless.Terminal({cols, rows, allowProposedApi: true});
    this.term.loadAddon(new graphemes.UnicodeGraphemesAddon() as unknown as headless.ITerminalAddon);
    const input = new PassThrough();
    this.stdin = Object.assign(input, {
      isTTY: true,
      setRawMode: (raw: boolean) => {
        this.raw = raw;
        return this.stdin;
      },
      ref: () => this.stdin,
      unref: () => this.stdin,
    }) as unknown as NodeJS.ReadStream;
    this.term.onData(reply => input.write(wide ? reply.replace(/\[1;4R/, '[1;7R') : reply));
    const out = Object.assign(new EventEmitter(), {
      isTTY: true,
      writable: true,
      write: (data: string) => {
        if (this.broken) throw this.broken;
        this.written += data;
        this.term.write(data);
        return true;
      },
    });
    Object.defineProperty(out, 'columns', {get: () => this.term.cols});
    Object.defineProperty(out, 'rows', {get: () => this.term.rows});
    this.stdout = out as unknown as NodeJS.WriteStream;
  }

  get lines(): string[] {
    const buffer = this.term.buffer.active;
    return Array.from({length: this.term.rows}, (_, y) =>
      buffer.getLine(buffer.viewportY + y)!.translateToString(true),
    );
  }

  get text(): string {
    return this.lines.join('\n');
  }

  get cursor(): {x: number; y: number} {
    return {x: this.term.buffer.active.cursorX, y: this.term.buffer.active.cursorY};
  }

  /** True while the app has the alternate screen. */
  get alternate(): boolean {
    return this.term.buffer.active.type === 'alternate';
  }

  press(keys: string): void {
    this.stdin.push(Buffer.from(keys));
  }

  resize(cols: number, rows: number): void {
    this.term.resize(cols, rows);
    this.stdout.emit('resize');
  }

  /** Waits until the screen shows `what`; fails with the whole screen. */
  shows(what: string | RegExp, not = false): Promise<void> {
    return this.until(
      () => (typeof what === 'string' ? this.text.includes(what) : what.test(this.text)) !== not,
      `${not ? 'no ' : ''}${what}`,
    );
  }

  /** Waits until `condition` holds, looking again whenever something was drawn. */
  until(condition: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!condition()) return;
        clearTimeout(timer);
        drawn.dispose();
        resolve();
      };
      const drawn = this.term.onWriteParsed(look);
      const timer = setTimeout(() => {
        drawn.dispose();
        reject(new Error(`waited for ${what}; the screen shows:\n${this.text}`));
      }, WAIT_MS);
      look();
    });
  }

  /**
   * The column, in cells, at which each frame character stands on each line: panels align if and only if a column that
   * has one border has the same on the next line too.
   */
  borderColumns(y: number): number[] {
    const columns: number[] = [];
    let x = 0;
    for (const char of this.lines[y] ?? '') {
      if (/[│┃┌┐└┘┏┓┗┛]/.test(char)) columns.push(x);
      x += cells(char);
    }
    return columns;
  }
}
