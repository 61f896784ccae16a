/** Looks on while a lab is rehearsed: what went wrong, where it stands in the file, and how long what took. */
import type {Event} from '../events.ts';
import {fold} from '../fold/fold.ts';
import {initialState, type LabState} from '../fold/state.ts';
import type {Block, Lab, Side} from '../lab.ts';
import {lineOf} from '../record/format.ts';
import type {Remark} from './types.ts';

/** A class waits this long without looking at its phones. */
export const SLOW_MS = 3000;

/** A command that is running. */
export interface Running {
  side: Side;
  command: string;
  at: number;
}

export class Witness {
  readonly lab: Lab;
  readonly remarks: Remark[] = [];
  readonly commands: string[] = [];
  readonly passed = new Set<string>();
  /** By step. */
  readonly leftOut = new Map<string, readonly number[]>();
  state: LabState;
  recordBytes = 0;
  /** Told when a command of the lab begins to run, and when it has ended. */
  onRunning: (running: Running | undefined) => void = () => {};
  #running: Running | undefined;
  /** The stage is being built up to a step: that was rehearsed before. */
  #silent = false;
  /** Already said of this command, so that its status is not said too. */
  #hung = '';

  constructor(lab: Lab) {
    this.lab = lab;
    this.state = initialState(lab);
  }

  /** True until the step is entered that a session was to begin with. */
  get silent(): boolean {
    return this.#silent;
  }

  /** A session is about to begin; with `silent`, what it does before it enters its step was seen before. */
  begin(silent: boolean): void {
    this.state = initialState(this.lab);
    this.#silent = silent;
  }

  hear(event: Event): void {
    this.state = fold(this.state, event);
    if (event.type === 'step-entered') this.#silent = false;
    this.#time(event);
    if (this.#silent) return;
    this.recordBytes += Buffer.byteLength(lineOf({kind: 'event', event})) + 1;
    this.#judge(event);
  }

  /** A remark about where the lab is now. */
  say(remark: Omit<Remark, 'step' | 'pos'> & Partial<Pick<Remark, 'step' | 'pos'>>): void {
    const step = this.lab.steps[this.state.current];
    this.remarks.push({
      ...(step && {step: step.id, pos: this.#block()?.pos ?? step.pos}),
      ...remark,
    });
  }

  /** The command that runs does not end. */
  hangs(seconds: number): void {
    const {side = '–', command = '–'} = this.#running ?? {};
    this.#hung = command;
    this.say({severity: 'fails', code: 'rehearse.hangs', params: {side, command, seconds}});
  }

  /** The checks of the present step that do not hold. */
  openChecks(): void {
    const step = this.lab.steps[this.state.current];
    for (const block of step?.blocks ?? []) {
      if (block.kind !== 'check') continue;
      const {verdict, reason} = this.state.checks[block.id]!;
      if (verdict === null || verdict === 'pass') continue;
      const {id, pos} = block;
      this.say({severity: 'fails', code: 'rehearse.check', params: {id}, pos, ...(reason && {reason})});
    }
  }

  #judge(event: Event): void {
    switch (event.type) {
      case 'left-out':
        this.leftOut.set(event.step, event.blocks);
        break;
      case 'check':
        if (event.verdict === 'pass') this.passed.add(event.id);
        break;
      case 'command-unexpected': {
        const {side, command, expected, status} = event;
        if (command === this.#hung) break;
        const code = status === null ? 'rehearse.no-status' : 'rehearse.status';
        this.say({severity: 'fails', code, params: {side, command, expected, status: status ?? '–'}});
        break;
      }
      case 'prediction-judged': {
        const {id, answer, reason} = event;
        if (answer !== null) break;
        const pos = this.#find('predict', id)?.pos;
        const code = reason?.code === 'prediction.ambiguous' ? 'rehearse.ambiguous' : 'rehearse.prediction';
        const params = {id, holding: reason?.params.holding ?? '–'};
        this.say({severity: 'fails', code, params, ...(pos && {pos}), ...(reason && {reason})});
        break;
      }
      case 'error': {
        const {error, where} = event;
        this.say({severity: 'fails', code: 'rehearse.error', params: {where}, error});
        break;
      }
      case 'session-ended':
        for (const what of event.left) this.remarks.push(left(what));
    }
  }

  #time(event: Event): void {
    if (event.type === 'command-typed' && event.by === 'lab') {
      if (!this.#silent) this.commands.push(event.command);
      this.#run({side: event.side, command: event.command, at: event.ms});
    } else if (event.type === 'command-finished' && event.by === 'lab') {
      const begun = this.#running;
      if (begun?.side === event.side && !this.#silent) this.#slow(begun, event.ms - begun.at);
      this.#run(undefined);
    } else if (event.type === 'terminal-idle' && event.side === this.#running?.side) {
      this.#run(undefined); // a command that opened another shell
    }
  }

  #slow({side, command}: Running, ms: number): void {
    if (ms <= SLOW_MS || command === this.#hung) return;
    this.say({severity: 'warns', code: 'rehearse.slow', params: {side, command, seconds: (ms / 1000).toFixed(1)}});
  }

  #run(running: Running | undefined): void {
    if (this.#silent) return;
    this.#running = running;
    this.onRunning(running);
  }

  /** What is pending, or the check whose solution is typed. */
  #block(): Block | undefined {
    const {pending, checks, current} = this.state;
    const blocks = this.lab.steps[current]?.blocks ?? [];
    if (pending && 'at' in pending) return blocks[pending.at];
    const solved = blocks.findLast(block => block.kind === 'check' && checks[block.id]?.solution);
    return pending ? undefined : solved;
  }

  #find(kind: 'predict' | 'check', id: string): Block | undefined {
    return this.lab.steps.flatMap(step => step.blocks).find(block => block.kind === kind && block.id === id);
  }
}

export function left(what: string): Remark {
  return {severity: 'fails', code: 'rehearse.left', params: {what}};
}
