/** A shell on a terminal: types commands into it and knows when they end. The learner may type at any moment as well. */
import {setTimeout as delay} from 'node:timers/promises';
import type {Terminal} from '../types.ts';
import {framed, MarkParser} from './marks.ts';
import {foreground} from './shell-foreground.ts';
import {type CommandEvent, CommandTracker, type Printed, type ShellState} from './shell-tracker.ts';
import {killLine, LineTyping, type LineTypist} from './shell-typing.ts';

export interface ShellConfig {
  /** The nonce of shellEnv and bashRc. */
  nonce: string;
  /** PID of the shell in the machine's PID namespace. */
  rootPid: number;
  /** Bytes of a command's output that are kept, from its end; default 64 KiB. */
  outputLimit?: number;
}

export interface RunOptions {
  /** Give up waiting after this many milliseconds (the command goes on). Default: never. */
  timeoutMs?: number;
  /** The command opens another program: one that waits for the terminal's input counts as come up, shell or not. */
  enters?: boolean;
  /** Gives each line to the terminal in its own rhythm (Enter follows when it resolves). Default: all at once. */
  typist?: LineTypist;
}

export interface RunResult {
  /** Exit status; null where it is not known: see `why`. */
  status: number | null;
  /** What it printed, as bytes of the terminal (newlines are CR LF); the last outputLimit bytes. */
  output: Buffer;
  truncated: boolean;
  /** False: no mark said that it ended, only that the terminal waits for input. */
  sure: boolean;
  /** Another shell took the terminal over; it has not ended. */
  entered: boolean;
  /** Why there is no status. lost: marks are lost; incomplete: the shell asked for more and was interrupted; dropped: before Enter. */
  why?: 'entered' | 'lost' | 'timeout' | 'incomplete' | 'dropped' | 'ended';
}

type Unsubscribe = () => void;

const nothing: Printed = {output: Buffer.alloc(0), truncated: false};
/** How long a busy terminal must be quiet (ms) before its foreground process is asked. */
const quietMs = 100;
/** How long a shell may take (ms) from its prompt to reading keys. */
const settleMs = 500;

export class Shell {
  readonly terminal: Terminal;
  readonly #config: ShellConfig;
  readonly #parser: MarkParser;
  readonly #tracker: CommandTracker;
  readonly #commands = new Set<(event: CommandEvent) => void>();
  readonly #states = new Set<(state: ShellState, sure: boolean) => void>();
  readonly #unsubscribe: Unsubscribe[];
  #queue: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #activeAt = performance.now();
  #waitingPid = 0;
  #enters = false;
  #printed: Printed | undefined;
  #typing = new LineTyping();

  constructor(terminal: Terminal, config: ShellConfig) {
    this.terminal = terminal;
    this.#config = config;
    this.#parser = new MarkParser(config.nonce);
    this.#tracker = new CommandTracker(config.rootPid, config.outputLimit ?? 64 * 1024, {
      command: event => this.#onCommand(event),
      state: state => this.#onState(state),
    });
    this.#unsubscribe = [terminal.onData(data => this.#onData(data)), terminal.onEnd(() => this.#tracker.end())];
    this.#watch();
  }

  get state(): ShellState {
    return this.#tracker.state;
  }

  /** False where marks are lost and only the foreground process says that the terminal is idle. */
  get sure(): boolean {
    return this.#tracker.sure;
  }

  get busy(): boolean {
    return this.state === 'busy' || this.state === 'starting';
  }

  /** A line of run() is being typed, and Enter was not pressed yet. */
  get typing(): boolean {
    return this.#typing.going;
  }

  /** Resolves at the first prompt, or with 'ended' when the shell went before it. */
  async ready(): Promise<ShellState> {
    await this.#until(state => state !== 'starting');
    return this.state;
  }

  /** Keys of the learner. All that is typed goes through here: plain sh says nowhere else which command it was given. */
  type(data: Uint8Array | string): void {
    this.#write(data, 'learner');
  }

  /** Bytes that no one typed: a terminal emulator's answers. */
  reply(data: Uint8Array | string): void {
    if (this.state !== 'ended') this.terminal.write(data);
  }

  /** Ctrl-C. A line that is being typed goes no further, and no Enter follows. */
  interrupt(): void {
    if (this.#typing.going)
      this.#typing.drop(); // #run gives the prompt back
    else this.#write('\x03', 'lab');
  }

  /**
   * Types `command`, line by line, and resolves when the prompt is back. First it waits for the prompt and takes away what
   * stands half typed on the line. Several runs follow one another. Never rejects: RunResult.why says what went wrong.
   */
  run(command: string, options: RunOptions = {}): Promise<RunResult> {
    const [before, {timeoutMs}] = [this.#queue, options];
    const deadline = timeoutMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + timeoutMs;
    // A run before it that never ends takes this one's time as well.
    const late = timeoutMs === undefined ? [] : [delay(timeoutMs, undefined, {ref: false})];
    const result = Promise.race([before, ...late]).then(() => this.#run(command, options, deadline));
    this.#queue = Promise.allSettled([before, result]).then(() => {});
    return result;
  }

  /** Called for every command, whoever typed it. */
  onCommand(listener: (event: CommandEvent) => void): Unsubscribe {
    this.#commands.add(listener);
    return () => this.#commands.delete(listener);
  }

  /** Called when the state changes, and at every prompt. */
  onState(listener: (state: ShellState, sure: boolean) => void): Unsubscribe {
    this.#states.add(listener);
    return () => this.#states.delete(listener);
  }

  /** Stops following the terminal (which stays open); what waits for it gets 'ended'. */
  dispose(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    clearTimeout(this.#timer);
    this.#tracker.end();
  }

  async #run(command: string, options: RunOptions, deadline: number): Promise<RunResult> {
    const {typist} = options;
    const lines = command.replace(/\n+$/, '').split('\n');
    const all: Printed[] = [];
    const result = (why?: RunResult['why']): RunResult => ({
      status: why ? null : this.#tracker.status,
      output: Buffer.concat(all.map(one => one.output)),
      truncated: all.some(one => one.truncated),
      sure: this.#tracker.sure && why !== 'timeout',
      entered: why === 'entered',
      ...(why && {why}),
    });
    let state = await this.#clearPrompt(deadline);
    for (const line of lines) {
      if (state === 'timeout' || state === 'ended') return result(state);
      this.#printed = undefined;
      this.#enters = options.enters ?? false;
      const whole = !typist || (await this.#typing.type(line, typist, part => this.#write(part, 'lab')));
      if (!whole) return result(await this.#dropLine());
      this.#write(typist ? '\r' : `${line}\r`, 'lab');
      state = await this.#until(now => now !== 'busy', deadline);
      this.#enters = false;
      all.push(this.#printed ?? (this.busy ? this.#tracker.printed : nothing));
    }
    if (state === 'timeout' || state === 'ended') return result(state);
    if (state === 'more') return result((await this.#abandon(deadline)) === 'timeout' ? 'timeout' : 'incomplete');
    if (this.#tracker.entered) return result('entered');
    return result(this.#tracker.status === null ? 'lost' : undefined);
  }

  /** Waits for a prompt with nothing on its line. */
  async #clearPrompt(deadline: number): Promise<ShellState | 'timeout'> {
    const state = await this.#until(now => now !== 'busy' && now !== 'starting', deadline);
    if (state === 'more') return this.#abandon(deadline);
    if (state === 'idle' && this.#tracker.dirty) {
      this.terminal.write(this.#tracker.announces ? killLine.readline : killLine.driver);
      this.#tracker.clearLine();
    }
    return state;
  }

  /** Leaves a continuation prompt. */
  async #abandon(deadline: number): Promise<ShellState | 'timeout'> {
    await this.#settled(deadline);
    this.#write('\x03', 'lab');
    return this.#until(now => now === 'idle' || now === 'ended', deadline);
  }

  /** Ctrl-C on a line that was not entered. Its prompt is idle all the while: the next one is waited for. */
  async #dropLine(): Promise<RunResult['why']> {
    const limit = performance.now() + settleMs;
    await this.#settled(limit);
    const prompt = this.#next(state => state === 'idle' || state === 'ended', limit);
    this.#write('\x03', 'lab');
    return (await prompt) === 'ended' ? 'ended' : 'dropped';
  }

  /** Between printing the prompt and waiting for keys, readline notes a Ctrl-C and then waits all the same. */
  async #settled(deadline: number): Promise<void> {
    const limit = Math.min(deadline, performance.now() + settleMs);
    while (foreground(this.#config.rootPid)?.waits === 'no' && performance.now() < limit) await delay(1);
  }

  /** @returns false: there is no shell any more */
  #write(data: Uint8Array | string, by: 'lab' | 'learner'): boolean {
    if (this.state === 'ended') return false;
    this.#activeAt = performance.now();
    this.#waitingPid = 0;
    this.terminal.write(data);
    this.#tracker.keys(data, by, this.#activeAt);
    return true;
  }

  #onData(data: Buffer): void {
    this.#activeAt = performance.now();
    this.#waitingPid = 0;
    const held = this.#parser.held;
    const bytes = held ? Buffer.concat([held, data]) : data;
    const base = this.#parser.offset - (held?.length ?? 0);
    let cursor = 0;
    for (const mark of this.#parser.push(data)) {
      const {start, end} = framed(bytes, mark.start - base, mark.end - base);
      this.#tracker.output(bytes.subarray(cursor, start));
      cursor = end;
      this.#tracker.mark(mark, mark.kind === 'done' ? this.#promptPid() : undefined, this.#activeAt);
    }
    this.#tracker.output(bytes.subarray(cursor, bytes.length - (this.#parser.held?.length ?? 0)));
  }

  /** The shell that has just shown its prompt has the terminal, unless it already runs what was typed ahead. */
  #promptPid(): number | undefined {
    const front = this.#tracker.typedAhead ? undefined : foreground(this.#config.rootPid);
    return front?.shell ? front.pid : undefined;
  }

  #onCommand(event: CommandEvent): void {
    // Where an `exit` ends two commands, the inner one is what was typed.
    if (event.phase !== 'typed') this.#printed ??= {output: event.output, truncated: event.truncated};
    for (const listener of this.#commands) listener(event);
  }

  #onState(state: ShellState): void {
    if (state === 'ended') this.#typing.drop();
    this.#watch();
    for (const listener of this.#states) listener(state, this.sure);
  }

  /** While busy and quiet, asks the foreground process; two same answers in a row count. */
  #watch(): void {
    clearTimeout(this.#timer);
    if (!this.busy) return;
    this.#timer = setTimeout(() => {
      if (performance.now() - this.#activeAt >= quietMs) this.#ask();
      this.#watch();
    }, quietMs).unref();
  }

  #ask(): void {
    const front = foreground(this.#config.rootPid);
    if (!front) {
      this.#tracker.end();
      return;
    }
    const waits = front.waits === 'prompt' || (front.waits === 'input' && this.#enters);
    if (waits && this.#waitingPid === front.pid) this.#tracker.waiting(front.pid);
    else this.#waitingPid = waits ? front.pid : 0;
  }

  #until(done: (state: ShellState) => boolean, deadline = Number.POSITIVE_INFINITY): Promise<ShellState | 'timeout'> {
    return done(this.state) ? Promise.resolve(this.state) : this.#next(done, deadline);
  }

  /** The next state that is said, whatever it is now. */
  #next(done: (state: ShellState) => boolean, deadline: number): Promise<ShellState | 'timeout'> {
    if (this.state === 'ended') return Promise.resolve(this.state);
    return new Promise(resolve => {
      let timer: NodeJS.Timeout | undefined;
      const finish = (answer: ShellState | 'timeout') => {
        clearTimeout(timer);
        unsubscribe();
        resolve(answer);
      };
      const unsubscribe = this.onState(state => done(state) && finish(state));
      if (deadline !== Number.POSITIVE_INFINITY) {
        timer = setTimeout(() => finish('timeout'), Math.max(0, deadline - performance.now()));
      }
    });
  }
}
