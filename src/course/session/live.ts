/** A lab while it lives on one stage: its events lead to fresh facts, these to verdicts, and those to what comes next. */
import type {Engine, EngineErrorInfo} from '../../engine/index.ts';
import type {EventBody} from '../events.ts';
import type {CheckBlock, Lab} from '../lab.ts';
import {patience} from '../patience.ts';
import type {LabConditions} from './conditions.ts';
import {infoOf} from './errors.ts';
import {Play} from './play.ts';
import {wrongSide} from './same-command.ts';
import {Scene, type SceneOptions} from './scene.ts';
import type {Emit} from './stream.ts';
import {Veil} from './veil.ts';
import {StepWalk} from './walk.ts';
import type {Watch} from './watch.ts';

/** What the lab types by itself gets this long for each command: nobody is there who would press Ctrl-C. */
export const UNATTENDED_MS = 30_000 * patience();

export interface LiveOptions {
  engine: Engine;
  lab: Lab;
  vars: Record<string, string>;
  conditions: LabConditions;
  scene: SceneOptions;
  emit: Emit;
  sampleEveryMs: number;
  /** Whether anyone looks: nobody, and facts are only read when something happens. */
  watched: () => boolean;
  watch: Watch;
  /** See SessionOptions.unseen. */
  unseen?: ((play: Play) => void) | undefined;
  onLost: (why: EngineErrorInfo) => void;
}

export class Live {
  readonly play: Play;
  walk: StepWalk | undefined;
  #options: LiveOptions;
  #emit: Emit;
  #alive: {now: boolean};
  #timer: NodeJS.Timeout | undefined;
  #again = false;
  #refreshing: Promise<void> | undefined;
  #veil: Veil | undefined;
  #labAtWork = 0;
  #lastError = '';
  /** What the learner did, to be looked at with facts that were read after it. */
  #deeds: (() => void)[] = [];

  private constructor(play: Play, options: LiveOptions, emit: Emit, alive: {now: boolean}) {
    this.play = play;
    this.#options = options;
    this.#emit = emit;
    this.#alive = alive;
  }

  /** Builds the stage. @throws EngineError */
  static async open(options: LiveOptions): Promise<Live> {
    const alive = {now: true};
    let live: Live | undefined;
    const veil = options.unseen && new Veil();
    const emit: Emit = body => {
      if (!alive.now) return;
      const told = veil ? veil.pass(body) : body;
      if (told) options.emit(told);
      if (live) live.#hear(body);
    };
    const scene = await Scene.open(options.engine, options.scene, emit);
    const {lab, vars, conditions} = options;
    live = new Live(new Play(scene, {lab, vars, conditions, emit}), options, emit, alive);
    live.#veil = veil;
    scene.stage.onLost(why => alive.now && options.onLost(why));
    return live;
  }

  /** Runs all of the steps before `index`, silently as far as steps and checks go, and enters that one. */
  async rebuildTo(index: number): Promise<void> {
    await this.work(async () => {
      for (const step of this.play.lab.steps.slice(0, index)) await this.play.step(step);
    });
    await this.#veil?.lift(this.play.scene);
    await this.enter(index);
    this.#options.unseen?.(this.play);
  }

  async enter(index: number): Promise<void> {
    const {steps} = this.play.lab;
    const step = steps[index];
    if (!step) return;
    this.walk = undefined;
    await this.play.enter();
    this.#emit({type: 'step-entered', step: step.id, index, of: steps.length});
    this.walk = new StepWalk(step, index, this.play, this.#emit);
    this.settle();
    this.#tick();
  }

  /** Does the pending block. @returns what ⏎ means where no block is left: another step, or nothing */
  async advance(): Promise<void> {
    const walk = this.walk;
    const block = walk?.todo();
    if (!walk || !block) return;
    const shell = block.kind === 'run' ? this.play.scene.side(block.on)?.shell : undefined;
    if (block.kind === 'run' && shell?.state === 'busy') {
      this.error({code: 'session.busy', params: {side: block.on, command: block.commands[0] ?? ''}}, block.on);
      return;
    }
    try {
      await this.work(() => walk.advance(block), false);
    } catch (error) {
      this.error(infoOf(error), block.kind === 'run' ? block.on : block.id);
      await this.refresh();
    }
  }

  /** Does the rest of the step for the learner. @returns false: something hangs, the step is not done */
  async catchUp(): Promise<boolean> {
    const walk = this.walk;
    if (!walk || walk.done) return true;
    walk.skipping = true;
    try {
      await this.work(async () => {
        for (let block = walk.next(); block; block = walk.next()) {
          const at = walk.cursor;
          await walk.advance(block);
          if (block.kind === 'run' && walk.cursor === at) walk.skip();
        }
        for (const check of walk.checks()) await this.play.solve(check);
      });
    } catch (error) {
      this.error(infoOf(error), walk.step.id);
    }
    walk.settle();
    if (walk.done) return true;
    const open = walk.checks().filter(check => walk.verdict(check.id) !== 'pass');
    this.error(
      {code: 'session.not-caught-up', params: {step: walk.step.id, checks: open.map(one => one.id).join(', ')}},
      walk.step.id,
    );
    walk.skipping = false;
    return false;
  }

  /** Types a check's solution. */
  async solve(check: CheckBlock): Promise<void> {
    try {
      await this.work(async () => {
        await this.play.sample();
        this.play.watched = true;
        for (const run of check.solve) if (this.play.applies(run)) await this.play.run(run);
      });
    } catch (error) {
      this.error(infoOf(error), check.id);
    }
  }

  /** What the lab does by itself: whatever it brings about is not the learner's doing. Facts are read at its end. */
  async work(deed: () => Promise<void>, unattended = true): Promise<void> {
    this.#labAtWork++;
    if (unattended) this.play.timeoutMs = UNATTENDED_MS;
    try {
      await deed();
      await this.refresh();
    } finally {
      this.#labAtWork--;
      this.play.timeoutMs = undefined;
      this.play.watched = undefined;
    }
  }

  /** Reads facts and judges. Several calls at once become one more reading. */
  refresh(): Promise<void> {
    this.#again = true;
    this.#refreshing ??= this.#readOn().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** Judges by the facts at hand, and says what comes next. */
  settle(): void {
    const {walk} = this;
    if (!walk || !this.#alive.now) return;
    walk.judge(this.#labAtWork > 0 ? 'lab' : 'hand');
    const last = walk.index === this.play.lab.steps.length - 1;
    walk.announce(walk.done ? {kind: last ? 'finish' : 'next-step'} : null);
  }

  error(error: EngineErrorInfo, where: string): void {
    this.#emit({type: 'error', error, where, fatal: false});
  }

  /** From here on nothing more is said; what waits for a terminal is let go. Safe to call twice. */
  async close(): Promise<void> {
    this.#alive.now = false;
    clearTimeout(this.#timer);
    await this.play.scene.close();
    await this.#refreshing;
  }

  async #readOn(): Promise<void> {
    while (this.#again && this.#alive.now) {
      this.#again = false;
      const deeds = this.#deeds.splice(0);
      try {
        await this.play.sample();
      } catch (error) {
        this.#cannotRead(error);
        return;
      }
      for (const deed of deeds) deed();
      this.settle();
      await this.#look();
    }
  }

  async #look(): Promise<void> {
    try {
      if (this.#options.watched()) await this.#options.watch.look(this.play.scene.stage, this.#emit);
      this.#lastError = '';
    } catch (error) {
      this.#cannotRead(error);
    }
  }

  /** Said once, however often it happens again. */
  #cannotRead(error: unknown): void {
    const info = infoOf(error);
    const text = JSON.stringify([info.code, info.params]);
    if (text !== this.#lastError) this.error(info, 'facts');
    this.#lastError = text;
  }

  #tick(): void {
    clearTimeout(this.#timer);
    if (!this.#alive.now) return;
    this.#timer = setTimeout(async () => {
      if (this.#options.watched()) await this.refresh();
      this.#tick();
    }, this.#options.sampleEveryMs);
    this.#timer.unref();
  }

  #hear(body: EventBody): void {
    if (body.type === 'container-gone') void this.refresh();
    if (body.type === 'command-finished' && body.by === 'learner') void this.#learned(body);
  }

  /** A command of the learner's: fresh facts, whether it was the one that came next, and whether it was for another side. */
  async #learned(body: Extract<EventBody, {type: 'command-finished'}>): Promise<void> {
    const {side, command, status, output} = body;
    if (this.walk && this.#labAtWork === 0) this.#deeds.push(() => this.walk?.byHand(side, command, status, output));
    const walk = this.walk;
    await this.refresh();
    if (!walk || walk !== this.walk || !this.#alive.now) return;
    const pending = walk.checks().filter(check => walk.verdict(check.id) !== 'pass');
    const wrong = wrongSide(walk.step, pending, {side, command}, this.play);
    if (wrong) this.#emit({type: 'wrong-side', command, typedOn: side, ...wrong});
  }
}
