/** The real app on a PTY of the engine, on a stage whose host name is nobody's: keys in, a terminal's screen out. */
import path from 'node:path';
import graphemes from '@xterm/addon-unicode-graphemes';
import xterm from '@xterm/headless';
import type {Stage} from '../../src/engine/index.ts';

const LAUNCHER = path.resolve(import.meta.dirname, '../../bin/glassbox');
const LOCALE = {en: 'C.UTF-8', zh: 'zh_CN.UTF-8'} as const;
/** Ends a run that hangs; nothing is asserted on time. */
const PATIENCE_MS = 60_000;

export interface AppOptions {
  args: readonly string[];
  cols: number;
  rows: number;
  lang: 'en' | 'zh';
}

/** What has to be on the screen: a text or a pattern, or all of several. */
export type Wanted = string | RegExp | readonly (string | RegExp)[];

/** False also for the empty list: to wait for nothing is a mistake. */
export function isSeen(wanted: Wanted, text: string): boolean {
  const all: readonly (string | RegExp)[] = typeof wanted === 'string' || wanted instanceof RegExp ? [wanted] : wanted;
  return all.length > 0 && all.every(one => (typeof one === 'string' ? text.includes(one) : one.test(text)));
}

export class PicturedApp {
  readonly terminal: xterm.Terminal;
  /** False while the app hides its cursor. */
  cursorShown = true;
  private process: Awaited<ReturnType<Stage['spawn']>> | undefined;
  private ended = false;
  private readonly watchers = new Set<() => void>();

  private constructor(cols: number, rows: number) {
    this.terminal = new xterm.Terminal({cols, rows, scrollback: 0, allowProposedApi: true});
    // As the app's own panes measure: a width that differs would tear the frames.
    this.terminal.loadAddon(new graphemes.UnicodeGraphemesAddon() as unknown as xterm.ITerminalAddon);
    for (const final of ['h', 'l'] as const) {
      this.terminal.parser.registerCsiHandler({prefix: '?', final}, params => {
        if (params.includes(25)) this.cursorShown = final === 'h';
        return false;
      });
    }
  }

  /** Starts `glassbox ARGS` with an empty home and no settings. `id` names the process on the stage. */
  static async start(stage: Stage, id: string, {args, cols, rows, lang}: AppOptions): Promise<PicturedApp> {
    const app = new PicturedApp(cols, rows);
    // On the stage's own tmpfs, so that it goes with the stage.
    const state = path.join(stage.dir, id);
    app.process = await stage.spawn(id, {
      args: [LAUNCHER, ...args],
      env: [
        `PATH=${process.env.PATH ?? ''}`,
        'TERM=xterm-256color',
        `LANG=${LOCALE[lang]}`,
        `HOME=${state}`,
        `XDG_STATE_HOME=${state}`,
        `XDG_CONFIG_HOME=${state}`,
      ],
      cwd: '/',
      terminal: true,
      consoleSize: {height: rows, width: cols},
    });
    const pty = app.process.terminal!;
    pty.onData(data => app.terminal.write(data, () => app.looked()));
    app.terminal.onData(reply => pty.write(reply));
    void app.process.wait().then(() => {
      app.ended = true;
      app.looked();
    });
    return app;
  }

  /** The screen as a person reads it. */
  text(): string {
    const buffer = this.terminal.buffer.active;
    const line = (y: number) => buffer.getLine(buffer.viewportY + y)?.translateToString(true) ?? '';
    return Array.from({length: this.terminal.rows}, (_, y) => line(y)).join('\n');
  }

  press(bytes: string): void {
    this.process!.terminal!.write(bytes);
  }

  /** Resolves once all of `wanted` is on the screen; rejects with the screen if the app ends or nothing comes of it. */
  until(wanted: Wanted): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => settle(this.never(wanted, 'it never came')), PATIENCE_MS);
      const look = () => {
        if (isSeen(wanted, this.text())) settle();
        else if (this.ended) settle(this.never(wanted, 'the app has ended'));
      };
      const settle = (error?: Error) => {
        clearTimeout(timer);
        this.watchers.delete(look);
        if (error) reject(error);
        else resolve();
      };
      this.watchers.add(look);
      look();
    });
  }

  /** Ends the app by its own key, so that it puts everything away. */
  async close(): Promise<void> {
    try {
      // A pane that has the keyboard would take Ctrl-C for its shell: Ctrl-] gives the keyboard back first.
      if (!this.ended) this.press('\x1d\x03');
      await this.process?.wait();
    } finally {
      this.terminal.dispose();
    }
  }

  private looked(): void {
    for (const look of [...this.watchers]) look();
  }

  private never(wanted: Wanted, why: string): Error {
    return new Error(`Waited for ${String(wanted)} on the screen, and ${why}. The screen:\n${this.text()}`);
  }
}
