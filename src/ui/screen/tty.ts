/** The real terminal taken and given back: raw mode, alternate screen, and every way in which an app can end. */

/** Undoes whatever a terminal in a pane may have asked of the real one, and what we asked ourselves. */
const RESTORE = '\x1b[?2026l\x1b[?7h\x1b[?2004l\x1b[?1l\x1b>\x1b[0m\x1b[?25h\x1b[?1049l';
/** Without automatic wrapping, a line that a terminal draws wider than expected is cut instead of scrolling the screen. */
const TAKE = '\x1b[?1049h\x1b[?7l\x1b[?25l\x1b[2J\x1b[H';

export interface TtyHandlers {
  onData(data: Buffer): void;
  onResize(): void;
  /** This process was stopped and runs on: nothing of what it drew is on the screen any more. */
  onContinue(): void;
  /** Told what is written, once the terminal has it. */
  onWrite?: ((data: string) => void) | undefined;
  /** The terminal is gone or the app is told to end: `signal` names why. */
  onGone(signal: string): void;
  onCrash(error: unknown): void;
}

const SIGNALS = ['SIGHUP', 'SIGTERM', 'SIGINT', 'SIGQUIT'] as const;

export class Tty {
  private readonly stdin: NodeJS.ReadStream;
  private readonly stdout: NodeJS.WriteStream;
  private readonly handlers: TtyHandlers;
  private taken = false;
  private dead = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(stdin: NodeJS.ReadStream, stdout: NodeJS.WriteStream, handlers: TtyHandlers) {
    this.stdin = stdin;
    this.stdout = stdout;
    this.handlers = handlers;
  }

  get size(): {columns: number; rows: number} {
    return {columns: this.stdout.columns || 80, rows: this.stdout.rows || 24};
  }

  write = (data: string): boolean => {
    if (this.dead) return true;
    try {
      const drained = this.stdout.write(data);
      this.handlers.onWrite?.(data);
      return drained;
    } catch (error) {
      this.gone(error);
      return true;
    }
  };

  get writableNeedDrain(): boolean {
    return this.stdout.writableNeedDrain ?? false;
  }

  /** Takes the terminal, and listens to every way in which it can be lost. */
  open(): void {
    this.take();
    this.stdin.on('data', this.handlers.onData);
    this.stdin.on('end', this.gone);
    this.stdin.on('error', this.gone);
    this.stdout.on('error', this.gone);
    this.stdout.on('resize', this.handlers.onResize);
    process.on('SIGCONT', this.continued);
    for (const signal of SIGNALS) process.on(signal, this.handlers.onGone);
    process.on('exit', this.give);
    process.on('uncaughtException', this.handlers.onCrash);
    process.on('unhandledRejection', this.handlers.onCrash);
  }

  /** Gives the terminal back and stops listening. Safe to call twice. */
  close(): void {
    this.give();
    this.stdin.off('data', this.handlers.onData);
    this.stdin.off('end', this.gone);
    this.stdout.off('resize', this.handlers.onResize);
    process.off('SIGCONT', this.continued);
    clearTimeout(this.timer);
    for (const signal of SIGNALS) process.off(signal, this.handlers.onGone);
    process.off('exit', this.give);
    process.off('uncaughtException', this.handlers.onCrash);
    process.off('unhandledRejection', this.handlers.onCrash);
    // Errors of a vanished terminal may still come; without a listener they would end the process badly.
    this.stdin.pause();
    this.stdin.unref?.();
  }

  /**
   * Ctrl-Z: gives the terminal back, stops this process, and takes the terminal again once it runs on. Where nobody could
   * continue it (an orphaned process group) the kernel does not stop it, and the screen comes back at once.
   */
  suspend(): void {
    this.give();
    process.kill(process.pid, 'SIGTSTP');
    this.timer = setTimeout(() => {
      if (!this.taken) this.continued();
    }, 30);
  }

  /** Whoever stopped this process: another program had the terminal, its modes, and perhaps another size. */
  private continued = (): void => {
    clearTimeout(this.timer);
    if (this.dead) return;
    try {
      // Node sets a mode only where it believes that the terminal has another one.
      this.stdin.setRawMode?.(false);
      this.take();
    } catch (error) {
      this.gone(error);
      return;
    }
    // A window tells its size to the programs in front only.
    process.kill(process.pid, 'SIGWINCH');
    this.handlers.onContinue();
  };

  private take(): void {
    this.stdin.setRawMode?.(true);
    // Screens that were here before have let it go.
    this.stdin.ref?.();
    this.stdin.resume();
    this.taken = true;
    this.write(TAKE);
  }

  private give = (): void => {
    if (!this.taken) return;
    this.taken = false;
    this.write(RESTORE);
    try {
      this.stdin.setRawMode?.(false);
    } catch {
      // The terminal is gone: there is no mode left to restore.
    }
  };

  private gone = (error?: unknown): void => {
    if (this.dead) return;
    this.dead = true;
    this.handlers.onGone((error as {code?: string} | undefined)?.code ?? 'EOF');
  };
}
