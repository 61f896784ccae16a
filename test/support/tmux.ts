/** A real terminal for tests: a tmux server of their own (never the user's), keys in, screen out. */
import {execFileSync} from 'node:child_process';
import {setTimeout as delay} from 'node:timers/promises';

export interface TerminalOptions {
  cols: number;
  rows: number;
  env?: Record<string, string>;
}

let count = 0;

export class Tmux {
  private closed = false;
  readonly socket = `glassbox-test-${process.pid}-${count++}`;

  /** Starts `command` (a shell line) in a window of the given size. */
  constructor(command: string, {cols, rows, env = {}}: TerminalOptions) {
    const vars = Object.entries({LANG: 'C.UTF-8', LC_ALL: '', TERM: 'screen-256color', CI: '', ...env}).map(
      ([k, v]) => `${k}=${v}`,
    );
    this.tmux(
      '-f',
      '/dev/null',
      'new-session',
      '-d',
      '-x',
      String(cols),
      '-y',
      String(rows),
      'env',
      ...vars,
      'sh',
      '-c',
      `${command}; echo "[ended $?]"; exec sleep 600`,
    );
    this.tmux('set-option', '-g', 'status', 'off');
    this.tmux('resize-window', '-x', String(cols), '-y', String(rows));
  }

  private tmux(...args: string[]): string {
    const env = {...process.env, LC_ALL: 'C.UTF-8'};
    delete (env as Record<string, unknown>).TMUX;
    return execFileSync('tmux', ['-u', '-L', this.socket, ...args], {
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** What a person reads now, one string per row. */
  screen(): string[] {
    return this.tmux('capture-pane', '-p').split('\n').slice(0, -1);
  }

  text(): string {
    return this.screen().join('\n');
  }

  /** The same with the SGR sequences of its colours. */
  colours(): string {
    return this.tmux('capture-pane', '-p', '-e');
  }

  /** Pastes as a terminal does: in brackets where the program asked for them (bracketed paste, mode 2004). */
  paste(text: string): void {
    this.tmux('set-buffer', text);
    this.tmux('paste-buffer', '-p', '-r');
  }

  /** tmux key names: 'Enter', 'Tab', 'C-c', 'Escape', 'F12', 'PPage'. */
  key(...names: string[]): void {
    this.tmux('send-keys', ...names);
  }

  /** Text as typed, without the names of keys being understood. */
  type(text: string): void {
    this.tmux('send-keys', '-l', text);
  }

  resize(cols: number, rows: number): void {
    this.tmux('resize-window', '-x', String(cols), '-y', String(rows));
  }

  /** PID of the shell line's process (the direct child of the window). */
  panePid(): number {
    return Number(this.tmux('display-message', '-p', '#{pane_pid}').trim());
  }

  /**
   * Resolves with the screen as soon as it satisfies `wanted`; rejects with the last screen after `withinMs`. The bound is
   * there to end a broken run, no assertion depends on how long something takes.
   */
  async until(wanted: string | RegExp | ((text: string) => boolean), withinMs = 20_000): Promise<string> {
    const ok =
      typeof wanted === 'function'
        ? wanted
        : (text: string) => (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text));
    const end = Date.now() + withinMs;
    for (;;) {
      const text = this.text();
      if (ok(text)) return text;
      if (Date.now() > end) throw new Error(`never seen on the screen: ${String(wanted)}\n${text}`);
      await delay(30);
    }
  }

  isOpen(): boolean {
    return !this.closed;
  }

  close(): void {
    this.closed = true;
    try {
      this.tmux('kill-server');
    } catch {
      // already gone
    }
  }
}
