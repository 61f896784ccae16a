/** A question with a kernel behind it: the stage is set up unseen, a person looks and types, the kernel is asked. */
import {createHash} from 'node:crypto';
import {type Engine, EngineError, type TerminalSize} from '../../engine/index.ts';
import type {Event} from '../events.ts';
import type {Lang, Words} from '../lab.ts';
import {UNATTENDED_MS} from '../session/live.ts';
import type {Play} from '../session/play.ts';
import {createSession} from '../session/session.ts';
import {fillText} from '../session/substitute.ts';
import type {Session} from '../session.types.ts';
import {GuardedSession} from './guarded.ts';
import {type Truth, truthOf} from './kernel.ts';
import {POINTS, type Score, score} from './score.ts';
import {ASKED_AT, stageOf} from './stage.ts';
import type {Asked, Evidence, Item, Judged, Response} from './types.ts';

export interface OpenOptions {
  /** Values drawn for this question: Asked.vars. */
  vars: Record<string, string>;
  /** Of the asked question; what its kind is worth by default. */
  points?: number;
  size?: TerminalSize;
  /** Added to the environment of the host's shell. */
  env?: Record<string, string>;
  /** Everything that happens on the stage, from its beginning; what sets it up stays unseen. */
  onEvent?: (event: Event) => void;
}

export interface LiveQuestion {
  /** With the host's terminal and those of containers, for LabScreen's panes. */
  readonly session: Session;
  /** A text with the values that the kernel has for its ${…}: of the moment at which the question was shown. */
  fill(words: Words): Words;
  /**
   * Judges an answer. What must hold: of choices, what held when the question was shown (or, where a run below the
   * question shows it, what holds after that run); of numbers and texts, the value then or now, since it may change under
   * the hand; of a repair, the state now. Of a question with such a run the first answer is final: later ones get the
   * same key.
   */
  judge(response: Response): Promise<Judged>;
  /** Everything of it goes. Safe to call twice. @returns what is left on the host: nothing */
  close(): Promise<string[]>;
}

const COMMANDS_KEPT = 50;

/**
 * Opens the stage of an item that has one.
 * @throws EngineError where there can be none; nothing is left then
 */
export async function openQuestion(engine: Engine, item: Item, options: OpenOptions): Promise<LiveQuestion> {
  const question = new Question(engine, item, options);
  await question.open();
  return question;
}

class Question implements LiveQuestion {
  readonly session: Session;
  readonly #asked: Pick<Asked, 'kind' | 'choices' | 'points'>;
  readonly #stage: ReturnType<typeof stageOf>;
  readonly #transcript = createHash('sha256');
  #commands: NonNullable<Evidence['commands']> = [];
  #vars: Record<string, string>;
  #play: Play | undefined;
  /** As it was when the question was shown, on this stage and on those before it. */
  #shown: Truth[] = [];
  /** After the runs below the question. */
  #revealed: Truth | undefined;
  #failed: Event | undefined;

  constructor(engine: Engine, item: Item, {vars, points, size, env, onEvent}: OpenOptions) {
    const {block, kind} = item;
    this.#asked = {kind, points: points ?? POINTS[kind], ...(block.choices && {choices: block.choices})};
    this.#vars = vars;
    this.#stage = stageOf(item, vars);
    this.session = new GuardedSession(
      createSession(engine, {
        lab: this.#stage.lab,
        stage: 'private',
        seed: 'question',
        atStep: ASKED_AT,
        progress: null,
        spool: null,
        unseen: play => this.#show(play),
        ...(size && {size}),
        ...(env && {env}),
      }),
    );
    this.session.onEvent(event => this.#hear(event));
    if (onEvent) this.session.onEvent(onEvent);
  }

  async open(): Promise<void> {
    await this.session.start();
    if (this.#play) return;
    await this.session.end('failed');
    const error =
      this.#failed?.type === 'error' ? this.#failed.error : {code: 'session.internal', params: {message: ''}};
    throw new EngineError(error);
  }

  fill(words: Words): Words {
    const fill = (lang: Lang) => fillText(words[lang] ?? '', this.#values());
    return {en: fill('en'), ...(words.zh !== undefined && {zh: fill('zh')})};
  }

  async judge(response: Response): Promise<Judged> {
    const truth = await this.#truth().catch(
      (error): Truth => ({
        key: null,
        verdict: 'cannot-judge',
        reason: {code: 'quiz.no-kernel', params: {message: String((error as Error).message)}},
        values: {},
      }),
    );
    const [first, ...others] = this.#candidates(truth);
    const scored = (one: Truth): Score => score(this.#asked, response, one.key, one.verdict);
    // The key of the answer that was right at one of the moments that count; else the one of now.
    const held = [first, ...others].find(one => one && scored(one).verdict === 'right') ?? first ?? truth;
    const {verdict, points} = scored(held);
    const {reason, mistake} = held;
    return {
      verdict,
      points,
      ...(reason && {reason}),
      ...(mistake !== undefined && {mistake}),
      evidence: {
        at: new Date().toISOString(),
        values: held.values,
        vars: this.#vars,
        key: held.key,
        transcript: this.#transcript.copy().digest('hex'),
        commands: this.#commands,
      },
    };
  }

  async close(): Promise<string[]> {
    await this.session.end('left');
    const ended = this.session.events.findLast(event => event.type === 'session-ended');
    return ended?.type === 'session-ended' ? ended.left : [];
  }

  #values() {
    const {vars} = this.#play ?? {vars: this.#vars};
    return this.#play?.values ?? {vars, now: {}, before: {}};
  }

  #show(play: Play): void {
    this.#play = play;
    this.#shown.push(truthOf(play, this.#stage.block));
  }

  /** The stage's truth now; where runs show it, after them. */
  async #truth(): Promise<Truth> {
    if (this.#revealed) return this.#revealed;
    const play = this.#play;
    if (!play || play.scene.closed) throw new Error('no stage');
    const {block, reveals} = this.#stage;
    // In a terminal of its own: whatever the person's shell calls `kill` is not what is asked about.
    if (reveals.some(run => run.on === 'host')) await play.scene.renewHost(() => {});
    for (const run of reveals) {
      play.timeoutMs = UNATTENDED_MS;
      await play.run(run);
    }
    play.timeoutMs = undefined;
    await play.sample();
    const truth = truthOf(play, block);
    if (reveals.length > 0) this.#revealed = truth;
    return truth;
  }

  /** The truths of the moments that count, that of now first. */
  #candidates(now: Truth): Truth[] {
    const {block, reveals} = this.#stage;
    if (reveals.length > 0 || block.check !== undefined) return [now];
    if (block.choices) return this.#shown.slice(-1);
    return [now, ...this.#shown].filter(one => one.key !== null || one === now);
  }

  #hear(event: Event): void {
    if (event.type === 'bytes') this.#transcript.update(event.data);
    if (event.type === 'error' && event.fatal) this.#failed = event;
    if (event.type === 'command-finished' && event.by === 'learner') {
      const {side, command, status} = event;
      this.#commands = [...this.#commands, {side, command, status}].slice(-COMMANDS_KEPT);
    }
  }
}
