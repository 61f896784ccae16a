/** A process that somebody stands beside: its output, its input, its end. Of ours, or of another supervisor's. */
import {setTimeout as delay} from 'node:timers/promises';
import type {ExitStatus, Process, TerminalSize} from '../../engine/index.ts';

export type OutputStream = 1 | 2;

export interface Running {
  /** Lets the output flow, to one listener. */
  output(listener: (stream: OutputStream, data: Buffer) => void): void;
  pause(): void;
  resume(): void;
  /** @returns false: its input is full; `drained` is called when there is room */
  write(data: Buffer, drained: () => void): boolean;
  /** The end of its input; without effect on a terminal. */
  endInput(): void;
  resize(size: TerminalSize): void;
  /** Without effect on one that is gone. */
  signal(signal: string): void;
  /** Nobody reads its output any more: what it writes fails from now on. */
  hangUp(): void;
  /** It has ended, and all that it wrote was given to the listener. Rejects where its supervisor is lost. */
  readonly done: Promise<ExitStatus>;
}

/** After its end, what a daemon keeps open is waited for so long after the last byte. */
const SILENCE_MS = 150;

/** One of this very process. */
export class OwnProcess implements Running {
  readonly done: Promise<ExitStatus>;
  private readonly process: Process;
  private paused = false;
  private last = 0;
  private open = 0;
  private allEnded: () => void = () => {};

  constructor(process: Process) {
    this.process = process;
    const ended = new Promise<void>(resolve => {
      this.allEnded = resolve;
    });
    this.done = process.wait().then(async exit => {
      await Promise.race([ended, this.silence()]);
      return exit;
    });
  }

  /** A process that it left behind holds terminal or pipes open, and may do so for ever. */
  private async silence(): Promise<void> {
    this.last = performance.now();
    while (this.open > 0 && (this.paused || performance.now() - this.last < SILENCE_MS)) await delay(20);
  }

  output(listener: (stream: OutputStream, data: Buffer) => void): void {
    const {terminal, stdout, stderr} = this.process;
    const heard = (stream: OutputStream) => (data: Buffer) => {
      this.last = performance.now();
      listener(stream, data);
    };
    const closed = (): void => {
      if (--this.open === 0) this.allEnded();
    };
    if (terminal) {
      this.open = 1;
      terminal.onData(heard(1));
      terminal.onEnd(closed);
      return;
    }
    const streams = [stdout, stderr];
    this.open = streams.filter(Boolean).length;
    if (this.open === 0) this.allEnded();
    streams.forEach((stream, i) => {
      stream?.on('data', heard(i === 0 ? 1 : 2));
      stream?.once('close', closed);
    });
  }

  pause(): void {
    this.paused = true;
    const {terminal, stdout, stderr} = this.process;
    for (const one of terminal ? [terminal] : [stdout, stderr]) one?.pause();
  }

  resume(): void {
    this.paused = false;
    this.last = performance.now();
    const {terminal, stdout, stderr} = this.process;
    for (const one of terminal ? [terminal] : [stdout, stderr]) one?.resume();
  }

  write(data: Buffer, drained: () => void): boolean {
    const {terminal, stdin} = this.process;
    if (terminal) {
      terminal.write(data);
      return true;
    }
    if (!stdin || stdin.write(data)) return true;
    stdin.once('drain', drained);
    return false;
  }

  endInput(): void {
    this.process.stdin?.end();
  }

  resize(size: TerminalSize): void {
    this.process.terminal?.resize(size);
  }

  signal(signal: string): void {
    try {
      this.process.signal(signal);
    } catch {
      // it has just ended
    }
  }

  hangUp(): void {
    const {terminal, stdout, stderr} = this.process;
    terminal?.close();
    for (const stream of [stdout, stderr]) (stream as {destroy?: () => void} | undefined)?.destroy?.();
  }
}
