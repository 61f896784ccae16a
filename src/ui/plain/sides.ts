/** The learner's commands in the sides' real terminals: typed, waited for, interrupted, and told with what they printed. */
import type {Event, Session, Side} from '../../course/index.ts';
import type {TalkIo} from './deps.ts';
import type {Teller} from './teller.ts';
import {harmless} from './text.ts';

/** Where nobody can press Ctrl-C, a command gets this long, and the shell as much again to come back. */
const UNATTENDED_S = 30;
const KEPT_BYTES = 64 * 1024;

export class Sides {
  readonly #session: Session;
  readonly #teller: Teller;
  readonly #io: TalkIo;
  /** The side whose command is waited for. */
  #waiting: {side: Side; done: () => void; finished: boolean; output: string} | undefined;
  #order: Side[] = [];

  constructor(session: Session, teller: Teller, io: TalkIo) {
    this.#session = session;
    this.#teller = teller;
    this.#io = io;
  }

  hear(event: Event): void {
    if (event.type === 'terminal-opened') this.#order = [...this.#order.filter(one => one !== event.side), event.side];
    if (event.type === 'session-ended') this.#waiting?.done();
    const waiting = this.#waiting;
    if (!waiting || !('side' in event) || event.side !== waiting.side) return;
    if (event.type === 'bytes')
      waiting.output = (waiting.output + Buffer.from(event.data).toString()).slice(-KEPT_BYTES);
    if (event.type === 'command-finished') waiting.finished = true;
    if (event.type === 'terminal-idle' || event.type === 'terminal-closed') waiting.done();
  }

  /** Types a command into a side and waits for its prompt. */
  async type(name: string, command: string): Promise<void> {
    const teller = this.#teller;
    const side = this.#named(name);
    const terminal = side === undefined ? undefined : teller.state.terminals[side];
    if (side === undefined || !terminal?.open) {
      const list =
        this.#open()
          .map(one => `${one}:`)
          .join(' ') || '–';
      teller.tell('side.none', {side: name, list});
      return;
    }
    if (command === '') {
      teller.tell('side.empty', {side});
      return;
    }
    if (!terminal.idle && terminal.command !== null) {
      teller.tell('command.busy', {side: teller.side(side), command: terminal.command});
      return;
    }
    await this.#run(side, harmless(command.replaceAll('\t', ' ')));
  }

  /** A line for the program that runs and is waited for. @returns false: none is */
  give(line: string): boolean {
    const waiting = this.#waiting;
    if (!waiting) return false;
    this.#session.type(waiting.side, `${harmless(line)}\r`);
    this.#teller.tell('command.given', {side: this.#teller.side(waiting.side)});
    return true;
  }

  /** Ctrl-C where a command runs, the learner's or the lab's. @returns false: none runs */
  interrupt(): boolean {
    const {terminals} = this.#teller.state;
    const busy = Object.keys(terminals).filter(side => terminals[side]!.open && terminals[side]!.command !== null);
    const side = this.#waiting?.side ?? busy.at(-1);
    if (side === undefined) return false;
    this.#session.type(side, '\x03');
    if (this.#io.keyboard) this.#io.paper.fresh();
    this.#teller.tell('command.interrupted', {side: this.#teller.side(side)});
    return true;
  }

  async #run(side: Side, command: string): Promise<void> {
    const teller = this.#teller;
    const {promise, resolve: done} = Promise.withResolvers<void>();
    const resolve = () => done();
    const waiting = {side, done: resolve, finished: false, output: ''};
    this.#waiting = waiting;
    const timers = this.#io.keyboard ? [] : this.#limits(side, resolve);
    this.#io.leave.addEventListener('abort', resolve, {once: true});
    try {
      this.#session.type(side, `${command}\r`);
      await promise;
    } finally {
      for (const timer of timers) clearTimeout(timer);
      this.#io.leave.removeEventListener('abort', resolve);
      this.#waiting = undefined;
    }
    if (waiting.finished || teller.state.ended || this.#io.leave.aborted) return;
    // No command has ended, and yet there is a prompt: another shell's. The first line is the echo, the last the prompt.
    const lines = waiting.output.replace(/\r/g, '').split('\n').slice(1, -1);
    if (lines.length > 0) teller.output(lines.join('\n'), 0);
    teller.tell('command.waits', {side: teller.side(side)});
  }

  /** For lines from a pipe: a command that does not end would hold up all that follow. */
  #limits(side: Side, giveUp: () => void): NodeJS.Timeout[] {
    const interrupt = () => {
      this.#teller.tell('command.too-long', {seconds: UNATTENDED_S});
      this.#session.type(side, '\x03');
    };
    return [setTimeout(interrupt, UNATTENDED_S * 1000), setTimeout(giveUp, 2 * UNATTENDED_S * 1000)];
  }

  #open(): Side[] {
    return this.#order.filter(side => this.#teller.state.terminals[side]?.open);
  }

  /** 'c' is the newest container; else a side by its name, whatever the case. */
  #named(name: string): Side | undefined {
    const open = this.#open();
    const lower = name.toLowerCase();
    const exact = open.find(side => side.toLowerCase() === lower);
    if (exact !== undefined) return exact;
    if (['宿主机', 'h'].includes(lower)) return open.find(side => side === 'host');
    return ['c', '容器', 'container'].includes(lower) ? open.findLast(side => side !== 'host') : undefined;
  }
}
