/** A learner's way through one step: which block comes next, what was predicted, which checks hold. */
import type {PendingBlock, Reason, Verdict} from '../events.ts';
import type {Block, CheckBlock, ContainerBlock, PredictBlock, RunBlock, Step} from '../lab.ts';
import type {Judgement} from './conditions.ts';
import type {Play} from './play.ts';
import {sameCommand} from './same-command.ts';
import type {Emit} from './stream.ts';

/** Who brought a change about: the lab by typing, or a hand (the learner's, or one from outside). */
export type By = 'lab' | 'hand';

interface CheckMemory {
  last: string;
  verdict: Verdict;
  initially: Verdict;
  /** Who was at work when it last became true. */
  by: By;
  hints: number;
  /** The container without which it cannot be judged. */
  missing?: string;
}

export class StepWalk {
  readonly step: Step;
  readonly index: number;
  done = false;
  /** The lab does the rest by itself: what is done then was skipped by the learner. */
  skipping = false;
  /** Where the next block is looked for. */
  cursor = 0;
  #play: Play;
  #emit: Emit;
  /** How many commands of the run block at the cursor have run. */
  #commands = 0;
  #answers = new Map<string, string | null>();
  #asked = new Set<string>();
  /** Answered, and waiting for the kernel. */
  #open: PredictBlock[] = [];
  #checks = new Map<string, CheckMemory>();
  #pending = '';
  /** Indexes of blocks whose `when` did not hold when the learner last stood before them. */
  #leftOut = new Set<number>();
  #saidLeftOut = '[]';

  constructor(step: Step, index: number, play: Play, emit: Emit) {
    this.step = step;
    this.index = index;
    this.#play = play;
    this.#emit = emit;
  }

  /** The block that ⏎ would do, past those that only say something. */
  next(): ContainerBlock | RunBlock | PredictBlock | undefined {
    for (let at = this.cursor; at < this.step.blocks.length; at++) {
      const block = this.step.blocks[at] as Block;
      const acts = block.kind === 'container' || block.kind === 'run' || block.kind === 'predict';
      if (!acts || (block.kind === 'predict' && this.#answers.has(block.id)) || !this.#play.applies(block)) continue;
      this.cursor = at;
      return block.kind === 'run' ? (this.#missing(block) ?? block) : block;
    }
    this.cursor = this.step.blocks.length;
    return undefined;
  }

  /** Says what ⏎ would do, when that has changed. @param after what it is once nothing is left in this step */
  announce(after: PendingBlock | null): void {
    this.#leaveOut();
    const block = this.todo();
    if (block?.kind === 'predict' && !this.#asked.has(block.id)) {
      this.#asked.add(block.id);
      this.#emit({type: 'prediction-asked', id: block.id});
    }
    const pending = block ? this.#pendingOf(block) : after;
    const text = JSON.stringify(pending);
    if (text === this.#pending) return;
    this.#pending = text;
    this.#emit({type: 'pending', block: pending});
  }

  /** Locks an answer; a locked one stays. @returns whether it was open */
  answer(id: string, choice: string | null): boolean {
    const block = this.step.blocks.find(one => one.kind === 'predict' && one.id === id) as PredictBlock | undefined;
    if (!block || this.#answers.has(id)) return false;
    if (choice !== null && !block.choices.some(one => one.id === choice)) return false;
    this.#answers.set(id, choice);
    this.#open.push(block);
    this.#emit({type: 'prediction-answered', id, choice});
    return true;
  }

  /** Does one block; the cursor moves on when it is done. @throws EngineError, ValueError: then it is still to be done */
  async advance(block: ContainerBlock | RunBlock | PredictBlock): Promise<void> {
    if (block.kind === 'predict') {
      this.answer(block.id, null);
    } else if (block.kind === 'container') {
      await this.#play.container(block);
      if (this.step.blocks[this.cursor] === block) this.cursor++;
    } else {
      const at = this.cursor;
      while (this.cursor === at && this.#commands < block.commands.length) {
        const outcome = await this.#play.type(block, this.#commands);
        if (outcome.why === 'no-shell' || outcome.why === 'dropped') return;
        this.#commands++;
      }
      this.#ran(at);
    }
  }

  /**
   * A command that the learner typed: if it is the one that comes next, its block is done by hand. A question above it
   * that was not answered counts as "just show me".
   */
  byHand(side: string, command: string, status: number | null, output: string): void {
    const skipped: PredictBlock[] = [];
    for (let at = this.cursor; at < this.step.blocks.length; at++) {
      const block = this.step.blocks[at] as Block;
      if (block.kind === 'predict' && !this.#answers.has(block.id) && this.#play.applies(block)) skipped.push(block);
      if (block.kind === 'container' && this.#play.applies(block)) return;
      if (block.kind !== 'run' || !this.#play.applies(block)) continue;
      const done = at === this.cursor ? this.#commands : 0;
      if (block.on !== side || !sameCommand(block, done, command, this.#play)) return;
      for (const question of skipped) this.answer(question.id, null);
      this.#play.remember(block, {status, output});
      this.cursor = at;
      this.#commands = done + 1;
      if (this.#commands === block.commands.length) this.#ran(at);
      return;
    }
  }

  /**
   * Judges the step's checks by the newest facts, says what changed, and whether the step is done: all checks hold, and
   * either its blocks are done too, or it was a hand that made a check true that was not true before.
   */
  judge(by: By): void {
    const checks = this.checks();
    for (const block of checks) this.#say(block, this.#play.check(block), by);
    if (this.done || !checks.every(block => this.verdict(block.id) === 'pass')) return;
    const walked = this.next() === undefined;
    const left = this.step.blocks.slice(this.cursor).filter(block => this.#play.applies(block));
    const memories = checks.map(block => this.#checks.get(block.id));
    const byHand = memories.some(memory => memory?.initially !== 'pass' && memory?.by === 'hand');
    if (!walked && !(byHand && !left.some(block => block.kind === 'container'))) return;
    this.done = true;
    this.#emit({type: 'step-done', step: this.step.id, skipped: this.skipping});
  }

  /** What next() gives, or a container that is needed again because it ended before the step was done. */
  todo(): ContainerBlock | RunBlock | PredictBlock | undefined {
    const block = this.next();
    if (block || this.done) return block;
    return this.#containers(this.cursor).find(one => !this.#play.scene.running(one.id) && this.#needs(one.id));
  }

  /** Some containers are meant to end: only one without which a check cannot come true is needed. */
  #needs(id: string): boolean {
    return this.checks().some(check => {
      const memory = this.#checks.get(check.id);
      if (memory?.verdict === 'pass') return false;
      return memory?.missing === id || check.solve.some(run => run.on === id && this.#play.applies(run));
    });
  }

  /** Leaves out the block at the cursor. */
  skip(): void {
    this.cursor++;
    this.#commands = 0;
  }

  /** The checks that count now. */
  checks(): CheckBlock[] {
    return this.step.blocks.filter(block => block.kind === 'check').filter(block => this.#play.applies(block));
  }

  verdict(check: string): Verdict | undefined {
    return this.#checks.get(check)?.verdict;
  }

  hint(id?: string): void {
    const fits = (block: CheckBlock) =>
      (this.#checks.get(block.id)?.hints ?? 0) < block.hints.length &&
      (id ? block.id === id : this.verdict(block.id) !== 'pass');
    const block = this.checks().find(fits);
    const memory = block && this.#checks.get(block.id);
    if (!block || !memory) return;
    this.#emit({type: 'hint-shown', check: block.id, index: memory.hints++, of: block.hints.length});
  }

  /** Predictions that no run block followed are judged when the step is left. */
  settle(): void {
    for (const block of this.#open.splice(0)) this.#reveal(block);
  }

  /** Says which blocks ahead do not count. What was passed stays as it was then. */
  #leaveOut(): void {
    for (let at = this.cursor; at < this.step.blocks.length; at++) {
      if (this.#play.applies(this.step.blocks[at] as Block)) this.#leftOut.delete(at);
      else this.#leftOut.add(at);
    }
    const blocks = [...this.#leftOut].sort((a, b) => a - b);
    const text = JSON.stringify(blocks);
    if (text === this.#saidLeftOut) return;
    this.#saidLeftOut = text;
    this.#emit({type: 'left-out', step: this.step.id, blocks});
  }

  #ran(at: number): void {
    if (this.cursor === at) this.cursor++;
    this.#commands = 0;
    this.settle();
  }

  /** A run needs the container of its side: gone, it is started once more. */
  #missing(block: RunBlock): ContainerBlock | undefined {
    if (block.on === 'host' || this.#play.scene.running(block.on)) return undefined;
    return this.#containers(this.cursor).find(one => one.id === block.on);
  }

  /** The newest container block of each id, up to a block of this step. */
  #containers(upTo: number): ContainerBlock[] {
    const earlier = this.#play.lab.steps.slice(0, this.index).flatMap(step => step.blocks);
    const byId = new Map<string, ContainerBlock>();
    for (const block of [...earlier, ...this.step.blocks.slice(0, upTo)]) {
      if (block.kind === 'container') byId.set(block.id, block);
    }
    return [...byId.values()];
  }

  #pendingOf(block: ContainerBlock | RunBlock | PredictBlock): PendingBlock {
    const at = this.cursor;
    if (block.kind !== 'run') return {kind: block.kind, id: block.id, at};
    const commands = block.commands.slice(this.#commands).map((raw, i) => {
      try {
        return this.#play.command(block, this.#commands + i);
      } catch {
        return raw;
      }
    });
    return {kind: 'run', on: block.on, commands, at, ...(block.id === undefined ? {} : {run: block.id})};
  }

  #say(block: CheckBlock, judged: Judgement & {mistake?: string}, by: By): void {
    const {verdict, mistake, reason, values} = judged;
    const last = JSON.stringify([verdict, mistake, reason]);
    const memory = this.#checks.get(block.id);
    if (memory?.last === last) return;
    const actor = verdict === 'pass' && memory?.verdict !== 'pass' ? by : (memory?.by ?? by);
    this.#checks.set(block.id, {
      last,
      verdict,
      initially: memory?.initially ?? verdict,
      by: actor,
      hints: memory?.hints ?? 0,
      ...(reason?.code === 'no-container' && {missing: String(reason.params.id)}),
    });
    this.#emit({type: 'check', id: block.id, verdict, mistake, reason, values});
  }

  #reveal(block: PredictBlock): void {
    const choice = this.#answers.get(block.id) ?? null;
    const judged = block.choices.map(one => ({id: one.id, ...this.#play.judge(one.when, true)}));
    const holding = judged.filter(one => one.verdict === 'pass').map(one => one.id);
    const unknown = judged.find(one => one.verdict === 'cannot-judge');
    let answer: string | null = null;
    let reason: Reason | undefined;
    if (holding.length === 1 && !unknown) answer = holding[0] as string;
    else reason = unknown?.reason ?? {code: 'prediction.ambiguous', params: {holding: holding.join(', ') || '–'}};
    if (choice === null) reason ??= {code: 'prediction.none', params: {}};
    const verdict = answer === null || choice === null ? 'cannot-judge' : choice === answer ? 'pass' : 'fail';
    this.#emit({type: 'prediction-judged', id: block.id, choice, answer, verdict, ...(reason ? {reason} : {})});
  }
}
