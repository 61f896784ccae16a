/** The stages of a session, one after the other: building, rebuilding, loss, and the end. */
import type {EngineErrorInfo} from '../../engine/index.ts';
import type {Lab} from '../lab.ts';
import {patience} from '../patience.ts';
import {infoOf} from './errors.ts';
import {Live, type LiveOptions} from './live.ts';
import type {Emit} from './stream.ts';

export type Why = 'reset-step' | 'reset-lab' | 'back' | 'resume' | 'lost' | 'go';

export interface StagesOptions {
  lab: Lab;
  emit: Emit;
  /** A stage on the machine itself must be cleaned up by the lab's own commands before the next one. */
  realHost: boolean;
  live: () => Omit<LiveOptions, 'onLost'>;
  /** The index of the step that the learner is in. */
  step: () => number;
  /** What the lab is doing on the stage: it ends when the stage does. */
  task: () => Promise<void> | undefined;
  ending: () => boolean;
  /** No stage can be had: the session is over. */
  fail: () => Promise<void>;
}

/** A keeper that dies again so soon would die for ever. */
const LOST_AGAIN_MS = 5000;
const CLEANUP_MS = 5000 * patience();

export class Stages {
  live: Live | undefined;
  #options: StagesOptions;
  #building: Promise<void> | undefined;
  /** Counts buildings: one that is no longer the newest gives up. */
  #turn = 0;
  #lostAt = Number.NEGATIVE_INFINITY;

  constructor(options: StagesOptions) {
    this.#options = options;
  }

  get building(): boolean {
    return this.#building !== undefined;
  }

  /** The first stage, at the lab's beginning. */
  first(): Promise<void> {
    return this.#build(async current => {
      const live = await this.#open(current);
      await live?.enter(0);
    }, true);
  }

  /** A fresh stage up to a step. What ran on the old one is let go, however long it would have taken. */
  rebuild(index: number, why: Why): Promise<void> {
    const {lab, emit, realHost, ending} = this.#options;
    const step = lab.steps[index];
    if (!step || ending()) return Promise.resolve();
    return this.#build(async current => {
      emit({type: 'rebuilding', step: step.id, why});
      await this.#close(realHost);
      const live = await this.#open(current);
      await live?.rebuildTo(index);
      if (live && current()) emit({type: 'rebuilt', step: step.id});
    }, why === 'resume');
  }

  /** The last stage goes, after the lab's own cleaning where there is a stage to clean. */
  async end(): Promise<void> {
    await this.#close(!this.building && this.#options.lab.cleanup.length > 0);
    await this.#building;
    await this.#close(false);
  }

  async #open(current: () => boolean): Promise<Live | undefined> {
    const live = await Live.open({...this.#options.live(), onLost: why => this.#lost(why)});
    if (current()) this.live = live;
    else await live.close();
    return this.live;
  }

  /** One building at a time. One that fails leaves no stage; the first of all ends the session, later ones can be repeated. */
  async #build(work: (current: () => boolean) => Promise<void>, fatal: boolean): Promise<void> {
    const {emit, ending, fail} = this.#options;
    const turn = ++this.#turn;
    const current = () => turn === this.#turn && !ending();
    if (this.#building) {
      await this.#close(false);
      await this.#building;
    }
    if (!current()) return;
    let failed: Promise<void> | undefined;
    const building = work(current).catch(async error => {
      if (!current()) return;
      emit({type: 'error', error: infoOf(error), where: 'stage', fatal});
      await this.#close(false);
      if (fatal) failed = fail();
    });
    this.#building = building;
    await building;
    if (this.#building === building) this.#building = undefined;
    await failed;
  }

  async #close(cleanup: boolean): Promise<void> {
    const live = this.live;
    this.live = undefined;
    if (live && cleanup) await this.#cleanUp(live);
    await live?.close();
    await this.#options.task();
  }

  async #cleanUp(live: Live): Promise<void> {
    const {play} = live;
    play.timeoutMs = CLEANUP_MS;
    for (const block of this.#options.lab.cleanup) {
      const shell = play.scene.side(block.on)?.shell;
      if (shell?.busy || shell?.typing) shell.interrupt();
      try {
        if (play.applies(block)) await play.run(block);
      } catch (error) {
        live.error(infoOf(error), 'cleanup');
      }
    }
  }

  #lost(why: EngineErrorInfo): void {
    const again = performance.now() - this.#lostAt < LOST_AGAIN_MS;
    this.#lostAt = performance.now();
    this.#options.emit({type: 'error', error: why, where: 'stage', fatal: again});
    if (again) void this.#options.fail();
    else void this.rebuild(this.#options.step(), 'lost');
  }
}
