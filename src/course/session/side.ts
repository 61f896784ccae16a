/** One side's terminal: its shell's words become events. */
import {Shell, type ShellKind, type Terminal, type TerminalSize} from '../../engine/index.ts';
import type {Side as Name} from '../lab.ts';
import type {Emit} from './stream.ts';

export type RunResult = Awaited<ReturnType<Shell['run']>>;

export interface SideOptions {
  name: Name;
  terminal: Terminal;
  /** Null: the program there is no shell that we could follow. */
  shell: {kind: ShellKind; nonce: string; pid: number} | null;
  emit: Emit;
}

export class SideTerminal {
  readonly name: Name;
  readonly shell: Shell | null;
  /** Id of the run block that types just now. */
  run: string | undefined;
  /** The lab waits for a command that it typed here. */
  waiting = false;
  #terminal: Terminal;
  #emit: Emit;
  #running: {command: string; by: 'lab' | 'learner'; run?: string}[] = [];
  #off: (() => void)[] = [];
  #closed = false;

  constructor({name, terminal, shell, emit}: SideOptions) {
    this.name = name;
    this.#terminal = terminal;
    this.#emit = emit;
    const {cols, rows} = terminal.size;
    emit({type: 'terminal-opened', side: name, cols, rows});
    this.#off.push(terminal.onData(data => emit({type: 'bytes', side: name, data})));
    // Made after our own listener: the bytes of a prompt come before the event that it ends a command.
    this.shell = shell && new Shell(terminal, {nonce: shell.nonce, rootPid: shell.pid});
    if (this.shell) this.#follow(this.shell);
    terminal.onEnd(() => this.close());
  }

  get open(): boolean {
    return !this.#closed;
  }

  get size(): TerminalSize {
    return this.#terminal.size;
  }

  type(data: Uint8Array | string, emulator: boolean): void {
    if (this.#closed) return;
    if (!this.shell) this.#terminal.write(data);
    else if (emulator) this.shell.reply(data);
    else this.shell.type(data);
  }

  resize(size: TerminalSize): void {
    if (this.#closed) return;
    this.#terminal.resize(size);
    this.#emit({type: 'terminal-resized', side: this.name, cols: size.cols, rows: size.rows});
  }

  pause(): void {
    if (!this.#closed) this.#terminal.pause();
  }

  resume(): void {
    if (!this.#closed) this.#terminal.resume();
  }

  /** Says what the end cut off: a command whose shell is gone has no status. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const off of this.#off) off();
    this.shell?.dispose();
    for (const {command, by, run} of this.#running.reverse()) {
      this.#emit({type: 'command-finished', side: this.name, command, status: null, by, run, output: ''});
    }
    this.#running = [];
    this.#emit({type: 'terminal-closed', side: this.name});
    this.#terminal.close();
  }

  /** Says nothing of it any more, and lets it live; what it prints is still taken, so that nothing in it waits. */
  leave(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const off of this.#off) off();
    this.shell?.dispose();
    this.#terminal.onData(() => {});
  }

  #follow(shell: Shell): void {
    const side = this.name;
    const commands = shell.onCommand(event => {
      const {command, by, phase} = event;
      if (phase === 'typed') {
        const run = by === 'lab' ? this.run : undefined;
        this.#running.push({command, by, run});
        this.#emit({type: 'command-typed', side, command, by, run});
      } else if (phase === 'finished') {
        const at = this.#running.findLastIndex(one => one.by === by && one.command === command);
        const [begun] = at < 0 ? [undefined] : this.#running.splice(at, 1);
        const output = plainOutput(event.output);
        this.#emit({type: 'command-finished', side, command, status: event.status, by, run: begun?.run, output});
      }
    });
    const states = shell.onState((state, sure) => {
      if (state === 'idle') this.#emit({type: 'terminal-idle', side, sure});
    });
    this.#off.push(commands, states);
  }
}

/** What a command printed, as text: the terminal driver's CR LF are newlines again, and our own marks are not output. */
export function plainOutput(bytes: Uint8Array): string {
  return (
    Buffer.from(bytes)
      .toString('utf8')
      .replace(/\x01?\x1b\]133;[^\x07\x1b]*(\x07|\x1b\\)\x02?/g, '')
      // The next prompt's first mark begins so, and the last one's ended so.
      .replace(/^\x02|\x01$/g, '')
      .replace(/\r+\n/g, '\n')
  );
}
