/** Follows one terminal's shells by keys and marks: which command runs, when it ended, what it printed. No input, no output. */
import type {Mark} from './marks.ts';
import {type By, type Running, ShellLevels, type Who} from './shell-levels.ts';
import {LineTracker} from './shell-lines.ts';
import {OutputTail} from './shell-output.ts';

/** starting: no prompt yet; idle: at a prompt; more: at a continuation prompt (PS2); ended: the shell is gone. */
export type ShellState = 'starting' | 'idle' | 'more' | 'busy' | 'ended';

export type CommandEvent =
  | {phase: 'typed'; command: string; by: By}
  /** It opened another shell, whose prompt now waits. It finishes when that shell ends. */
  | (Printed & {phase: 'entered'; command: string; by: By; sure: boolean})
  | (Printed & {phase: 'finished'; command: string; by: By; sure: boolean; status: number | null});

/** The last bytes that a command printed; truncated: there were more before them. */
export interface Printed {
  output: Buffer;
  truncated: boolean;
}

export interface TrackerEvents {
  command(event: CommandEvent): void;
  state(state: ShellState): void;
}

interface Line {
  text: string;
  by: By;
}

/** Type-ahead that is remembered: lines entered while a command ran. */
const maxAhead = 16;
/** Keys this long (ms) after a prompt mean that the shell has taken all type-ahead that there was. */
const aheadTakenMs = 50;
const historyOff = 0;

export class CommandTracker {
  state: ShellState = 'starting';
  /** False where marks are lost and only the foreground process spoke. */
  sure = true;
  /** Status before the last prompt; null where only the foreground process spoke. */
  status: number | null = null;
  /** The last prompt came from a shell that the command before it had opened. */
  entered = false;

  /** The shell at the prompt is one whose mark says when a command begins: bash, with readline. */
  announces = false;

  #events: TrackerEvents;
  #levels: ShellLevels;
  #line = new LineTracker();
  #by: By = 'learner';
  /** The line that a shell which announces its commands was given, until it does. */
  #entered: Line | undefined;
  #ahead: Line[] = [];
  #output: OutputTail;
  #skipEcho = false;
  #promptAt = 0;
  #number = historyOff;

  constructor(rootPid: number, outputLimit: number, events: TrackerEvents) {
    this.#events = events;
    this.#levels = new ShellLevels(rootPid);
    this.#output = new OutputTail(outputLimit);
  }

  /** Lines were entered that the shell may read as soon as it shows its prompt. */
  get typedAhead(): boolean {
    return this.#ahead.length > 0;
  }

  /** Something stands on the line at the prompt. */
  get dirty(): boolean {
    return this.#line.dirty;
  }

  /** Keys on their way to the shell. `now` in ms. */
  keys(data: Uint8Array | string, by: By, now: number): void {
    if (this.state === 'idle' && this.#ahead.length > 0 && now - this.#promptAt > aheadTakenMs) this.#ahead = [];
    this.#by = by;
    this.#line.push(
      data,
      line => this.#enter(line),
      // The shell answers with a fresh prompt, or goes: until then nothing may be taken for the end of a later command.
      () => this.state === 'starting' || this.#to('busy'),
    );
  }

  /** What the command at work has printed so far. */
  get printed(): Printed {
    const output = this.#output.read();
    // Without marks the last, unfinished line is the prompt.
    const end = this.sure ? output.length : output.lastIndexOf(0x0a) + 1;
    return {output: output.subarray(0, end), truncated: this.#output.truncated};
  }

  clearLine(): void {
    this.#line.clear();
  }

  /** Bytes from the terminal between marks. */
  output(bytes: Buffer): void {
    const newline = this.#skipEcho ? bytes.indexOf(0x0a) : -1;
    if (newline >= 0) this.#skipEcho = false;
    if (!this.#skipEcho) this.#output.push(bytes.subarray(newline + 1));
  }

  /** `pid`: process of the shell at its prompt, where known; `now` in ms. */
  mark(mark: Mark, pid: number | undefined, now: number): void {
    this.sure = true;
    if (mark.kind === 'command') this.#command(mark);
    else if (mark.kind === 'done') {
      this.#prompt({mark: mark.pid}, mark.status ?? null, pid);
      this.announces = mark.announces ?? false;
    } else if (mark.kind === 'input') {
      this.#promptAt = now;
      this.#entered = undefined;
      this.#output.clear();
      this.#skipEcho = false;
      this.#to('idle');
    } else if (mark.kind === 'more') {
      this.#output.clear();
      this.#to('more');
    }
  }

  /** The foreground process waits for the terminal, and no mark said so. */
  waiting(pid: number): void {
    this.sure = false;
    this.announces = false;
    if (this.#entered) this.#begin(this.#entered);
    this.#prompt({pid}, null);
    this.#entered = undefined;
    this.#output.clear();
    this.#to('idle');
  }

  end(): void {
    if (this.state === 'ended') return;
    this.sure = true;
    this.#to('ended');
  }

  #enter(text: string): void {
    const line = {text, by: this.#by};
    if (this.state === 'idle') {
      if (this.announces) this.#entered = line;
      else this.#begin(line);
      this.#to('busy');
    } else if (this.state === 'more') {
      const running = this.#levels.running;
      if (running) running.text += `\n${text}`;
      this.#skipEcho = true;
      this.#to('busy');
    } else if (this.#ahead.length < maxAhead) this.#ahead.push(line);
  }

  #begin(line: Line): void {
    this.#output.clear();
    this.#skipEcho = true;
    if (line.text.trim() === '') return;
    this.#levels.running = {...line};
    this.#events.command({phase: 'typed', command: line.text, by: line.by});
  }

  #command(mark: Mark): void {
    const line = this.#entered ?? this.#ahead.shift();
    this.#entered = undefined;
    // The same number as before: the history is off, and its last entry is an older command.
    const known = mark.number !== historyOff && mark.number !== this.#number;
    this.#number = mark.number ?? historyOff;
    const text = (known && mark.text) || line?.text || '';
    this.#output.clear();
    this.#skipEcho = false;
    const begun = this.#levels.running;
    this.#levels.running = {text, by: line?.by ?? begun?.by ?? 'learner'};
    if (!begun) this.#events.command({phase: 'typed', command: text, by: this.#levels.running.by});
    this.#to('busy');
  }

  #prompt(who: Who, status: number | null, pid?: number): void {
    const ahead = !this.announces && !this.#levels.running && this.state === 'idle' && this.#ahead.shift();
    if (ahead && ahead.text.trim() !== '') {
      this.#levels.running = {...ahead};
      this.#events.command({phase: 'typed', command: ahead.text, by: ahead.by});
    }
    const {ended, entered} = this.#levels.prompt(who, pid);
    this.status = entered ? null : status;
    this.entered = entered !== undefined;
    if (entered) {
      entered.printed = this.printed;
      const {text: command, by, printed} = entered;
      this.#events.command({phase: 'entered', command, by, sure: this.sure, ...printed});
    }
    for (const running of ended) this.#finish(running, status);
  }

  #finish({text: command, by, printed = this.printed}: Running, status: number | null): void {
    this.#events.command({phase: 'finished', command, by, status, sure: this.sure, ...printed});
  }

  #to(state: ShellState): void {
    const same = state === this.state;
    this.state = state;
    if (!same || state === 'idle') this.#events.state(state);
  }
}
