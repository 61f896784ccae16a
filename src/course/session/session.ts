/** The session: runs a lab for a learner and says everything that happens as one stream of events. */
import type {Engine, TerminalSize} from '../../engine/index.ts';
import type {Typist} from '../demo/typist.ts';
import type {Event, ShowEvent} from '../events.ts';
import type {CheckBlock, Lab, Side} from '../lab.ts';
import {keepProgress} from '../progress/keep.ts';
import {openProgress} from '../progress/store.ts';
import type {Session, SessionOptions} from '../session.types.ts';
import {ablate} from './ablation.ts';
import {containersOf, LabConditions} from './conditions.ts';
import {infoOf} from './errors.ts';
import {Leftovers} from './leftovers.ts';
import type {Live, LiveOptions} from './live.ts';
import {drawVars, newSeed} from './seed.ts';
import {type Spool, trySpool} from './spool.ts';
import {Stages} from './stages.ts';
import {started} from './started.ts';
import {Stream} from './stream.ts';
import {Tally} from './tally.ts';
import {Watch} from './watch.ts';

/**
 * A session of one lab, not started yet: listen first, then call start().
 * @param engine from openEngine()
 * @param options see SessionOptions; `progress: null` leaves the learner's progress alone
 */
export function createSession(engine: Engine, options: SessionOptions): Session {
  return new LabSession(engine, options);
}

class LabSession implements Session {
  readonly lab: Lab;
  #engine: Engine;
  #options: SessionOptions;
  #stream: Stream;
  #spool: Spool | undefined;
  #conditions: LabConditions;
  #seed: string;
  #vars: Record<string, string>;
  #tally: Tally;
  #stages: Stages;
  #step = 0;
  #watch: Watch;
  #task: Promise<void> | undefined;
  #ablating: Promise<void> | undefined;
  #stopAblating = new AbortController();
  #ending: Promise<void> | undefined;
  #sizes = new Map<Side, TerminalSize>();
  #left = new Leftovers();
  #saved: (() => Promise<void>) | undefined;
  #typist: Typist | undefined;

  constructor(engine: Engine, options: SessionOptions) {
    this.#engine = engine;
    this.#options = options;
    this.lab = options.lab;
    this.#conditions = new LabConditions(options.lab);
    this.#seed = options.seed ?? newSeed();
    this.#vars = drawVars(options.lab.vars, this.#seed);
    this.#tally = new Tally(options.lab);
    this.#watch = new Watch(options.processes ?? true);
    const {spool, problem} = trySpool(options.spool);
    this.#spool = spool;
    this.#stream = new Stream(spool);
    this.#stream.on(event => this.#note(event));
    this.#stages = new Stages({
      lab: this.lab,
      emit: this.#stream.emit,
      realHost: options.stage === 'real-host',
      live: () => this.#liveOptions(),
      step: () => this.#step,
      task: () => this.#task,
      ending: () => this.#ending !== undefined,
      fail: () => this.end('failed'),
    });
    if (problem) this.#stream.emit({type: 'error', error: infoOf(problem), where: 'spool', fatal: false});
    if (options.progress !== null) {
      const store = options.progress ?? openProgress();
      this.#saved = keepProgress(this.lab, store, this.#stream);
    }
  }

  get #live(): Live | undefined {
    return this.#stages.live;
  }

  get events(): readonly Event[] {
    return this.#stream.events;
  }

  onEvent(listener: (event: Event) => void): () => void {
    return this.#stream.on(listener, true);
  }

  async start(): Promise<void> {
    const {lab} = this;
    this.#stream.emit(started(lab, this.#options.stage, this.#seed, this.#vars));
    const at = lab.steps.findIndex(step => step.id === this.#options.atStep);
    return at > 0 ? this.#stages.rebuild(at, 'resume') : this.#stages.first();
  }

  advance(): Promise<void> {
    return (
      this.#task ??
      this.#do(async live => {
        if (live.walk?.todo()) await live.advance();
        else if (live.walk?.done) await this.#onwards(live);
      })
    );
  }

  predict(id: string, choice: string | null): void {
    if (this.#live?.walk?.answer(id, choice)) this.#live.settle();
  }

  next(): Promise<void> {
    return this.#ahead(() => this.#step + 1);
  }

  /** Does the rest of each step before that one; past the last step the lab is finished. */
  async #ahead(to: () => number): Promise<void> {
    this.#live?.play.scene.interrupt();
    await this.#task;
    await this.#do(async live => {
      const index = to();
      const goesOn = () => this.#step < index && this.#live === live && !this.#ending;
      while (goesOn() && (await live.catchUp())) await this.#onwards(live);
    });
  }

  back(): Promise<void> {
    return this.#stages.rebuild(Math.max(0, this.#step - 1), 'back');
  }

  async goTo(step: string, {anew = false}: {anew?: boolean} = {}): Promise<void> {
    const index = this.lab.steps.findIndex(one => one.id === step);
    if (index < 0) {
      const error = {code: 'session.no-step', params: {step, known: this.lab.steps.map(one => one.id).join(', ')}};
      this.#stream.emit({type: 'error', error, where: 'session', fatal: false});
    } else if (anew || index <= this.#step)
      await this.#stages.rebuild(index, index === this.#step ? 'reset-step' : 'go');
    else await this.#ahead(() => index);
  }

  xray(pid: number | null): void {
    void this.#watch.lookInto(pid, this.#live?.play.scene.stage, this.#stream.emit);
  }

  resetStep(): Promise<void> {
    return this.#stages.rebuild(this.#step, 'reset-step');
  }

  resetLab(): Promise<void> {
    return this.#stages.rebuild(0, 'reset-lab');
  }

  hint(check?: string): void {
    this.#live?.walk?.hint(check);
  }

  async solution(id: string, run: boolean): Promise<void> {
    const live = this.#live;
    const check = live?.walk?.checks().find(one => one.id === id);
    if (!live || !check) return;
    const runs = check.solve.flatMap((run, i) => (live.play.applies(run) ? [i] : []));
    this.#stream.emit({type: 'solution-shown', check: id, runs});
    if (!run) return;
    await this.#task;
    await this.#do(now => now.solve(check as CheckBlock));
  }

  ablate(container: string, without: string): Promise<void> {
    const {lab} = this;
    const live = this.#live;
    const walk = live?.walk;
    if (this.#ablating || this.#ending || !live || !walk) return this.#ablating ?? Promise.resolve();
    this.#ablating = ablate({
      engine: this.#engine,
      lab,
      conditions: this.#conditions,
      scene: this.#sceneOptions(),
      live: live.play,
      walk,
      container,
      without,
      emit: this.#stream.emit,
      signal: this.#stopAblating.signal,
    }).finally(() => {
      this.#ablating = undefined;
    });
    return this.#ablating;
  }

  type(side: Side, data: Uint8Array | string, {emulator = false}: {emulator?: boolean} = {}): void {
    if (this.#stages.building && !emulator) return; // the lab is typing there to bring the stage to this step
    this.#live?.play.scene.side(side)?.type(data, emulator);
  }

  resize(side: Side, size: TerminalSize): void {
    this.#sizes.set(side, size);
    this.#live?.play.scene.resize(side, size);
  }

  pause(side: Side): void {
    this.#live?.play.scene.side(side)?.pause();
  }

  resume(side: Side): void {
    this.#live?.play.scene.side(side)?.resume();
  }

  setTypist(typist: Typist | undefined): void {
    this.#typist = typist;
  }

  show(event: ShowEvent): void {
    this.#stream.emit(event);
  }

  async refresh(): Promise<void> {
    await this.#live?.refresh();
  }

  end(reason: 'finished' | 'left' | 'failed'): Promise<void> {
    this.#ending ??= this.#end(reason);
    return this.#ending;
  }

  /** One deed at a time; a deed that finds no stage does nothing. */
  #do(deed: (live: Live) => Promise<void>): Promise<void> {
    const live = this.#live;
    if (!live || this.#stages.building || this.#ending) return Promise.resolve();
    const task = deed(live)
      .catch(error => live.error(infoOf(error), 'session'))
      .finally(() => {
        if (this.#task === task) this.#task = undefined;
      });
    this.#task = task;
    return task;
  }

  async #onwards(live: Live): Promise<void> {
    if (this.#live !== live) return;
    const index = this.#step + 1;
    if (index < this.lab.steps.length) await live.enter(index);
    else void this.end('finished'); // it waits for this very task, so it must not be waited for here
  }

  /** Whatever comes out of the stream: remembered for later, whoever caused it. */
  #note(event: Event): void {
    this.#tally.add(event);
    if (event.type === 'step-entered') this.#step = event.index;
    if (event.type === 'rebuilding') {
      this.#step = this.lab.steps.findIndex(step => step.id === event.step);
      this.#watch.renew(this.#stream.emit);
    }
    if (event.type === 'container-started') this.#left.process(event.pid);
    if (event.type === 'step-done' && this.#tally.complete)
      this.#stream.emit({type: 'lab-done', ...this.#tally.score()});
  }

  async #end(reason: 'finished' | 'left' | 'failed'): Promise<void> {
    await Promise.resolve(); // so that #ending is set before anything asks for it
    this.#stopAblating.abort();
    await this.#stages.end();
    await this.#ablating;
    this.#stream.emit({type: 'session-ended', reason, left: this.#left.find()});
    this.#spool?.close();
    await this.#saved?.();
  }

  #sceneOptions(): LiveOptions['scene'] {
    const {stage: kind, env} = this.#options;
    const size = this.#sizes.get('host') ?? this.#options.size;
    return {
      kind,
      containers: containersOf(this.lab),
      ...(this.lab.requires.controllers ? {controllers: this.lab.requires.controllers} : {}),
      sizes: this.#sizes,
      ...(size ? {size} : {}),
      ...(env ? {env} : {}),
    };
  }

  #liveOptions(): Omit<LiveOptions, 'onLost'> {
    return {
      engine: this.#engine,
      lab: this.lab,
      vars: this.#vars,
      conditions: this.#conditions,
      scene: {...this.#sceneOptions(), typist: () => this.#typist, onStage: stage => this.#left.stage(stage.id)},
      emit: this.#stream.emit,
      sampleEveryMs: this.#options.sampleEveryMs ?? 400,
      watched: () => this.#stream.watched,
      watch: this.#watch,
      unseen: this.#options.unseen,
    };
  }
}
