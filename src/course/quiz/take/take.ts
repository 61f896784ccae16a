/**
 * Somebody takes a quiz: one question after the other, with its stage, its answers and what comes of them. Screens and the
 * plain mode show it; nothing of it knows them. In a graded quiz an answer is locked when it is given, is on the disk before the
 * next question is shown, and nothing is said about it.
 */
import type {TerminalSize} from '../../../engine/index.ts';
import type {Words} from '../../lab.ts';
import {infoOf} from '../../session/errors.ts';
import {staticKey} from '../pool.ts';
import {score} from '../score.ts';
import type {Asked, Judged, Response, ResultFile} from '../types.ts';
import {explain, filled} from './explain.ts';
import type {Current, Done, Phase, TakeOptions} from './types.ts';

/** setTimeout counts in 32 bits. */
const LONGEST_MS = 2 ** 31 - 1;

export class Take {
  readonly options: TakeOptions;
  phase: Phase = 'asking';
  current: Current | undefined;
  /** After the end: everything that was answered. */
  result: ResultFile | undefined;
  /** Where the result was written. */
  file: string | undefined;
  /** What went wrong at the last answer: it was not taken, and may be given again. */
  trouble: unknown;
  /** The end came by the clock. */
  late = false;
  readonly #done: Done[];
  readonly #listeners = new Set<() => void>();
  #size: TerminalSize = {cols: 80, rows: 12};
  #timer: NodeJS.Timeout | undefined;
  #opening: Promise<void> = Promise.resolve();
  #ending: Promise<void> | undefined;
  #closed = false;

  constructor(options: TakeOptions) {
    this.options = options;
    this.#done = [...(options.log?.results ?? [])];
  }

  get graded(): boolean {
    return this.options.mode === 'graded';
  }

  /** What was answered; after the end of a graded quiz also what was not. */
  get done(): readonly Done[] {
    return this.result?.results ?? this.#done;
  }

  get of(): number {
    return this.options.asked.length;
  }

  /** Milliseconds left, never below 0; undefined: no limit. */
  get left(): number | undefined {
    const {deadline} = this.options;
    return deadline === undefined ? undefined : Math.max(0, deadline - this.#now());
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Shows the first question that has no answer. @param size of one terminal */
  async begin(size: TerminalSize): Promise<void> {
    this.#size = size;
    this.#watchClock();
    await this.#onward();
  }

  /** One more hint of this question. @returns false: there is none, or none is given */
  hint(): boolean {
    const {current} = this;
    const hints = current?.item.block.hints?.length ?? 0;
    if (!current || this.graded || this.phase !== 'asking' || current.hints >= hints) return false;
    current.hints++;
    this.#changed();
    return true;
  }

  /** Gives an answer; null: skips the question. Resolves when it is judged (and, in a graded quiz, the next one is shown). */
  async answer(response: Response): Promise<void> {
    const {current} = this;
    if (!current || this.phase !== 'asking') return;
    this.phase = 'judging';
    this.trouble = undefined;
    this.#changed();
    const judged = await this.#judge(current, response);
    if (this.#closed) return;
    current.tries++;
    try {
      if (current.tries === 1) this.#keep(current, response, judged);
      else this.#again(current);
    } catch (error) {
      // It is not on the disk, so it was not given.
      current.tries--;
      this.trouble = error;
      this.phase = 'asking';
      return this.#changed();
    }
    if (this.graded) return this.#onward();
    current.judged = judged;
    current.response = response;
    current.explanation = explain(current.item, current.asked, judged, words => fillOf(current, words));
    this.phase = 'told';
    this.#changed();
    if (current.tries === 1)
      await this.options.practised?.(current.item, {verdict: judged.verdict, hints: current.hints});
  }

  /** Practice: the same question once more, on the stage as it is now. */
  retry(): void {
    const {current} = this;
    if (!current || this.phase !== 'told') return;
    delete current.judged;
    delete current.response;
    delete current.explanation;
    this.phase = 'asking';
    this.#changed();
  }

  /** A fresh stage for a live question, set up as before. */
  async reset(): Promise<void> {
    const {current} = this;
    if (!current?.asked.live || this.phase !== 'asking') return;
    if (current.live) await current.live.session.resetStep();
    else if (current.failed !== undefined) await this.#stage(current);
  }

  /** Practice: the next question. */
  async next(): Promise<void> {
    if (this.phase === 'told') await this.#onward();
  }

  /** Practice: no more questions; what was answered counts. */
  async stop(): Promise<void> {
    await this.#end();
  }

  /** Ends it where it stands. A graded quiz can be gone on with. Nothing is left running. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#opening;
    await this.current?.live?.close();
    await this.#ending;
    this.options.log?.close();
  }

  #now(): number {
    return (this.options.now ?? Date.now)();
  }

  #iso(): string {
    return new Date(this.#now()).toISOString();
  }

  #open(): Asked[] {
    const answered = new Set(this.#done.map(({asked}) => asked.n));
    return this.options.asked.filter(({n}) => !answered.has(n));
  }

  async #onward(): Promise<void> {
    const before = this.current;
    const [asked] = this.#open();
    const item = asked && this.options.items.get(asked.item);
    if (!asked || !item || this.left === 0) return this.#end();
    const shown = this.options.log?.shownAt(asked.n) ?? this.#iso();
    try {
      this.options.log?.shown(asked.n, shown);
    } catch (error) {
      this.trouble = error;
    }
    this.current = {item, asked, hints: 0, tries: 0, shown};
    this.phase = 'asking';
    this.#changed();
    await before?.live?.close();
    await this.#stage(this.current);
  }

  /** Opens the stage of a question that has one, in place of the one before. */
  async #stage(current: Current): Promise<void> {
    if (!current.asked.live) return;
    const before = current.live;
    delete current.live;
    delete current.failed;
    this.#changed();
    this.#opening = (async () => {
      try {
        await before?.close();
        const live = await this.options.openLive(current.item, current.asked, this.#size);
        if (this.#closed || this.current !== current || this.phase === 'over') await live.close();
        else current.live = live;
      } catch (error) {
        current.failed = error;
      }
      this.#changed();
    })();
    await this.#opening;
  }

  async #judge(current: Current, response: Response): Promise<Judged> {
    const {item, asked, live} = current;
    const evidence = {at: this.#iso(), values: {}, vars: asked.vars, key: staticKey(item.block) ?? null};
    if (!asked.live) return {...score(asked, response, evidence.key), evidence};
    if (!live) return unjudged(current.failed, evidence);
    try {
      return await live.judge(response);
    } catch (error) {
      return unjudged(error, evidence);
    }
  }

  #keep(current: Current, response: Response, judged: Judged): void {
    const {asked, hints, tries, shown} = current;
    const seconds = Math.max(0, Math.round((this.#now() - Date.parse(shown)) / 1000));
    const result: Done = {asked, response, judged, seconds, hints, tries};
    this.options.log?.answer(result);
    this.#done.push(result);
  }

  /** The first answer stays the one that counts. */
  #again({asked, hints, tries}: Current): void {
    const at = this.#done.findIndex(one => one.asked.n === asked.n);
    if (at >= 0) this.#done[at] = {...this.#done[at]!, hints, tries};
  }

  #end(): Promise<void> {
    this.#ending ??= (async () => {
      clearTimeout(this.#timer);
      const {log, items, build, finish} = this.options;
      await this.#opening;
      await this.current?.live?.close();
      try {
        const keyOf = (asked: Asked): Response => {
          const block = items.get(asked.item)?.block;
          return (block && staticKey(block)) ?? null;
        };
        this.result = log ? log.end(this.#iso(), keyOf) : build(this.#done, this.#iso());
        this.file = await finish(this.result);
      } catch (error) {
        this.trouble = error;
      }
      this.phase = 'over';
      this.current = undefined;
      this.#changed();
    })();
    return this.#ending;
  }

  /** Also where a judging is under way: what was answered in time counts. */
  #watchClock(): void {
    const {left} = this;
    if (left === undefined) return;
    this.#timer = setTimeout(
      () => {
        if (this.left !== 0) return this.#watchClock();
        this.late = true;
        if (this.phase === 'asking') void this.#end();
      },
      Math.min(left, LONGEST_MS),
    );
    this.#timer.unref();
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Words with today's values: of the kernel where there is a stage, else those that were drawn. */
export function fillOf({live, asked}: Current, words: Words): Words {
  return live?.fill(words) ?? filled(words, asked.vars);
}

/** The machine's failure: it counts neither way. */
function unjudged(error: unknown, evidence: Judged['evidence']): Judged {
  const {code, params} = infoOf(error);
  const plain = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'number' ? value : String(value),
  ]);
  return {verdict: 'unjudged', points: 0, reason: {code, params: Object.fromEntries(plain)}, evidence};
}
