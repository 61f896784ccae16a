/** Our own terminal, or our own pipes, handed through to a process: bytes both ways, the size, signals, its status. */
import {closeSync, constants as files, openSync} from 'node:fs';
import {constants} from 'node:os';
import type {ExitStatus, TerminalSize} from '../../engine/index.ts';
import {isGone} from '../crash.ts';
import type {Context} from '../failure.ts';
import {cannot} from './failure.ts';
import type {Running} from './running.ts';

export interface Hands {
  tty: boolean;
  interactive: boolean;
  /** Told why its output cannot be written any more: an errno. */
  unwritten?: (why: string) => void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGCONT'] as const;
/** PID 1 of a PID namespace does not hear what it has no handler for (pid_namespaces(7)): so often, and it is killed. */
const PATIENCE = 3;

/** Docker's: the program's own status, or 128 and the number of the signal that killed it. */
export function statusOf({code, signal}: ExitStatus): number {
  if (signal === undefined) return code ?? 0;
  return 128 + ((constants.signals as Record<string, number>)[signal] ?? (Number(signal) || 0));
}

/** Where a terminal is asked for, there must be one. Throws 'engine.no-tty'. */
export function checkTerminal({stdin}: Pick<Context, 'stdin'>, {tty, interactive}: Hands): void {
  if (tty && interactive && !stdin.isTTY) throw cannot('no-tty');
}

export function sizeOf({stdout}: Pick<Context, 'stdout'>): TerminalSize | undefined {
  const {isTTY, columns, rows} = stdout;
  return isTTY && columns > 0 && rows > 0 ? {cols: columns, rows} : undefined;
}

/** Resolves when the process has ended and its output is written. The terminal is as it was then, whatever happened. */
export async function handThrough(running: Running, context: Context, hands: Hands): Promise<ExitStatus> {
  const {stdin, stdout, stderr} = context;
  const undo: (() => void)[] = [];
  const during = (begin: () => void, end: () => void): void => {
    begin();
    undo.push(end);
  };
  const raw = hands.tty && hands.interactive && stdin.isTTY;
  if (raw) {
    const restore = (): void => void stdin.setRawMode(false);
    during(
      () => {
        stdin.setRawMode(true);
        process.once('exit', restore);
      },
      () => {
        process.off('exit', restore);
        restore();
      },
    );
  }
  forward(running, during, raw ? () => true : hangUps(context));
  if (hands.tty) {
    const resize = (): void => {
      const size = sizeOf(context);
      if (size) running.resize(size);
    };
    during(
      () => void stdout.on('resize', resize),
      () => stdout.off('resize', resize),
    );
    resize(); // it may have changed since it was asked for
  }
  const gone = (error: NodeJS.ErrnoException): void => {
    // A reader that has left needs no word of it; a full disk does.
    if (!isGone(error)) hands.unwritten?.(error.code ?? 'EIO');
    running.hangUp();
  };
  for (const out of [stdout, stderr]) {
    during(
      () => void out.on('error', gone),
      () => out.off('error', gone),
    );
  }
  running.output((stream, data) => {
    const out = stream === 1 ? stdout : stderr;
    if (out.destroyed || out.write(data)) return;
    running.pause();
    out.once('drain', () => running.resume());
  });
  if (hands.interactive) during(...input(running, stdin));
  try {
    return await running.done;
  } finally {
    for (const end of undo.reverse()) end();
  }
}

function input(running: Running, stdin: NodeJS.ReadStream): [() => void, () => void] {
  const data = (bytes: Buffer): void => {
    if (!running.write(bytes, () => stdin.resume())) stdin.pause();
  };
  const end = (): void => running.endInput();
  return [
    () => {
      stdin.on('data', data);
      stdin.on('end', end);
      stdin.on('error', end);
    },
    () => {
      stdin.off('data', data);
      stdin.off('end', end);
      stdin.pause();
      // A pipe whose writer never ends must not keep us.
      (stdin as {unref?: () => void}).unref?.();
    },
  ];
}

/** Whether there was a terminal that is closed by now: after that, a process has none that controls it (ENXIO, tty(4)). */
function hangUps({stdin, stdout, stderr}: Context): () => boolean {
  const had = [stdin, stdout, stderr].some(({isTTY}) => isTTY);
  return () => {
    if (!had) return false;
    try {
      closeSync(openSync('/dev/tty', files.O_RDWR | files.O_NOCTTY));
      return false;
    } catch {
      return true;
    }
  };
}

/**
 * Ours become its signals; with a raw terminal Ctrl-C is a byte and comes as one. `closed`: whether a SIGHUP that has come
 * means that the terminal is gone.
 */
function forward(running: Running, during: (begin: () => void, end: () => void) => void, closed: () => boolean): void {
  const heard = new Map<string, number>();
  let over = false;
  const hear = (signal: NodeJS.Signals): void => {
    // What is left then is taking down: whoever is impatient must not interrupt that.
    if (over) return;
    const times = (heard.get(signal) ?? 0) + 1;
    heard.set(signal, times);
    // A terminal that was closed does not come back.
    const impatient =
      signal === 'SIGHUP' ? closed() : times >= PATIENCE && (signal === 'SIGINT' || signal === 'SIGTERM');
    running.signal(signal);
    if (impatient) running.signal('SIGKILL');
  };
  during(
    () => {
      for (const signal of SIGNALS) process.on(signal, hear);
    },
    () => {
      over = true;
    },
  );
}
