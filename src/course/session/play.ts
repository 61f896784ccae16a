/** One playing of a lab on one scene: the learner's own, the rebuilding of it, and the one with a flag left out. */
import type {ContainerSpec, FactValue} from '../../engine/index.ts';
import type {Verdict} from '../events.ts';
import type {Block, CheckBlock, ContainerBlock, Lab, RunBlock, Side, Step} from '../lab.ts';
import type {Judgement, LabConditions, RunFacts, Valued} from './conditions.ts';
import {tellsErrno} from './errno.ts';
import type {Scene, Sides} from './scene.ts';
import {shared} from './sharing.ts';
import {plainOutput, type RunResult} from './side.ts';
import {mappable} from './single.ts';
import type {Emit} from './stream.ts';
import {fillCommand, fillSpec, type Values} from './substitute.ts';
import {lacking} from './without.ts';

export interface PlayOptions {
  lab: Lab;
  vars: Record<string, string>;
  conditions: LabConditions;
  emit: Emit;
  timeoutMs?: number;
  /** Changes a container before it is started: ablation and mutants. */
  change?: (block: ContainerBlock, spec: ContainerSpec) => {spec: ContainerSpec; without?: string};
}

/** How a command of the lab went. */
export interface Outcome {
  side: Side;
  command: string;
  status: number | null;
  output: string;
  /** As the run block expects; null: nobody could tell. */
  expected: boolean | null;
  why?: RunResult['why'] | 'no-shell';
}

export class Play {
  readonly lab: Lab;
  readonly vars: Record<string, string>;
  readonly scene: Scene;
  now: Sides = {};
  before: Sides = {};
  runs: RunFacts = {};
  /** Give up waiting for a command after so many milliseconds. Undefined: a learner may take any time. */
  timeoutMs: number | undefined;
  /** Somebody looks on while a command is typed. Undefined: whoever may take any time does. */
  watched: boolean | undefined;
  readonly #options: PlayOptions;
  #sampling: Promise<void> = Promise.resolve();

  constructor(scene: Scene, options: PlayOptions) {
    this.scene = scene;
    this.lab = options.lab;
    this.vars = options.vars;
    this.timeoutMs = options.timeoutMs;
    this.#options = options;
  }

  get values(): Values {
    return {vars: this.vars, now: this.now, before: this.before};
  }

  /** Reads the facts of all sides, one reading after the other, and says what differs from the one before. */
  sample(): Promise<void> {
    const result = this.#sampling.then(async () => {
      const fresh = shared(this.now, await this.scene.sample());
      const changed = differences(this.now, fresh);
      this.now = fresh;
      if (changed.length > 0) this.#options.emit({type: 'facts', sides: fresh, changed});
    });
    this.#sampling = result.catch(() => {});
    return result;
  }

  /** A step begins: facts as they are now are its "before", and no command of it has run. */
  async enter(): Promise<void> {
    await this.sample();
    this.before = this.now;
  }

  /** @param allowRun predictions may ask what commands printed; checks may not */
  judge(expression: string, allowRun = false): Judgement {
    const {vars, now, before, runs} = this;
    return this.#options.conditions.judge(expression, {vars, now, before, runs}, allowRun);
  }

  /** What an expression comes to, as text: the answer to a question. */
  value(expression: string, want: 'int' | 'string'): Valued {
    const {vars, now, before, runs} = this;
    return this.#options.conditions.value(expression, {vars, now, before, runs}, want);
  }

  holds(expression: string): boolean {
    return this.judge(expression).verdict === 'pass';
  }

  /** Whether a block counts now (its `when`). */
  applies(block: Block): boolean {
    return block.when === undefined || this.holds(block.when);
  }

  check(block: CheckBlock): Judgement & {mistake?: string} {
    const judgement = this.judge(block.expr);
    if (judgement.verdict === 'pass') return judgement;
    const mistake = block.mistakes.find(one => this.holds(one.when));
    return mistake ? {...judgement, mistake: mistake.id} : judgement;
  }

  /** What the block's container comes to here and now. @throws ValueError */
  spec(block: ContainerBlock): ContainerSpec {
    const whole = mappable(block, fillSpec(block.spec, this.values), this.now.host);
    return lacking(block, whole, this.values);
  }

  async container(block: ContainerBlock): Promise<void> {
    await this.sample();
    const filled = this.spec(block);
    const {spec, without} = this.#options.change?.(block, filled) ?? {spec: filled};
    await this.scene.start(block.id, spec, without);
    await this.sample();
  }

  /** The command as it would be typed. @throws ValueError */
  command(block: RunBlock, index: number): string {
    return fillCommand(block.commands[index] as string, this.values);
  }

  /** Types one command of a block, and remembers what came of it. @throws ValueError where it names what is not there */
  async type(block: RunBlock, index: number): Promise<Outcome> {
    if (block.commands[index]?.includes('${')) await this.sample();
    const command = this.command(block, index);
    const {timeoutMs} = this;
    const result = await this.scene.run(block.on, command, {
      run: block.id,
      enters: block.enters !== undefined,
      timeoutMs,
      // Where nobody attends (a rebuilding), nobody looks on either.
      watched: this.watched ?? timeoutMs === undefined,
    });
    const outcome = outcomeOf(block, command, result);
    this.remember(block, outcome);
    const {emit} = this.#options;
    if (outcome.why === 'no-shell') {
      emit({
        type: 'error',
        error: {code: 'session.no-shell', params: {side: block.on, command}},
        where: block.on,
        fatal: false,
      });
    } else if (outcome.why === 'timeout') {
      this.scene.side(block.on)?.shell?.interrupt(); // nobody is there to press Ctrl-C, and the next command waits
      const params = {side: block.on, command, seconds: (timeoutMs ?? 0) / 1000};
      emit({type: 'error', error: {code: 'session.timeout', params}, where: block.on, fatal: false});
    } else if (outcome.expected === false) {
      const {status} = outcome;
      emit({type: 'command-unexpected', side: block.on, command, expected: block.expect, status, run: block.id});
    }
    await this.sample();
    return outcome;
  }

  /** What predictions may ask about a run: its last command counts. */
  remember(block: RunBlock, {status, output}: Pick<Outcome, 'status' | 'output'>): void {
    if (block.id !== undefined) this.runs = {...this.runs, [block.id]: {status, output}};
  }

  /** All commands of a block. */
  async run(block: RunBlock): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (let i = 0; i < block.commands.length; i++) {
      const outcome = await this.type(block, i);
      outcomes.push(outcome);
      if (outcome.why && ['no-shell', 'ended', 'dropped'].includes(outcome.why)) break;
    }
    return outcomes;
  }

  /** What makes a step's checks pass, for those that don't. A value that is not there stops that solution only. */
  async solve(block: CheckBlock): Promise<Verdict> {
    await this.sample();
    if (this.check(block).verdict === 'pass') return 'pass';
    for (const run of block.solve) {
      if (this.applies(run)) await this.run(run);
    }
    return this.check(block).verdict;
  }

  /** Everything that a step does by itself: containers and runs, in order. */
  async blocks(step: Step, upTo = step.blocks.length): Promise<void> {
    for (const block of step.blocks.slice(0, upTo)) {
      if (!this.applies(block)) continue;
      if (block.kind === 'container') await this.container(block);
      else if (block.kind === 'run') await this.run(block);
    }
  }

  /** A whole step: its blocks, then the solutions of what is not passed. */
  async step(step: Step): Promise<void> {
    await this.enter();
    await this.blocks(step);
    for (const block of step.blocks) if (block.kind === 'check' && this.applies(block)) await this.solve(block);
  }
}

function outcomeOf(block: RunBlock, command: string, result: RunResult | undefined): Outcome {
  const side = block.on;
  if (!result) return {side, command, status: null, output: '', expected: false, why: 'no-shell'};
  const {status, why} = result;
  const output = plainOutput(result.output);
  const came = {side, command, status, output, ...(why ? {why} : {})};
  if (why === 'dropped') return {...came, expected: null}; // nothing was run
  if (block.enters !== undefined) return {...came, expected: why === 'entered'};
  if (typeof block.expect === 'string') return {...came, expected: tellsErrno(output, block.expect)};
  if (why === 'lost' || why === 'entered') return {...came, expected: null};
  return {...came, expected: status === block.expect};
}

/** Full paths ('box.ns.uts') at which two samples differ; a side that came or went is named as such. */
export function differences(old: Sides, fresh: Sides): string[] {
  const changed: string[] = [];
  for (const side of new Set([...Object.keys(old), ...Object.keys(fresh)]))
    compare(side, old[side], fresh[side], changed);
  return changed;
}

function compare(path: string, old: unknown, fresh: unknown, changed: string[]): void {
  const isRecord = (value: unknown): value is Record<string, FactValue> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (old === fresh) return;
  if (isRecord(old) && isRecord(fresh)) {
    for (const key of new Set([...Object.keys(old), ...Object.keys(fresh)])) {
      compare(`${path}.${key}`, old[key], fresh[key], changed);
    }
  } else if (!same(old, fresh)) changed.push(path);
}

function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, i) => same(one, b[i]));
  if (a && b && typeof a === 'object' && typeof b === 'object') {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every(key => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
  }
  return a === b;
}
