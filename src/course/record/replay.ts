/** Plays a recorded session in any screen, as it happened, one deed at a time: no kernel is asked for anything. */
import type {Event} from '../events.ts';
import type {Side} from '../lab.ts';
import {FeedSession} from './feed.ts';
import type {RecordingHead} from './format.ts';
import type {RecordedLab} from './reader.ts';
import {nextStop} from './stops.ts';

/** Longer silences of the recording are cut to this: nobody waits for somebody else's thoughts. Milliseconds. */
const LONGEST_MS = 800;

export class ReplaySession extends FeedSession {
  #recorded: readonly Event[];
  #nextLab: (() => void) | undefined;
  #at = 0;
  #playing: {done: Promise<void>; hurry: () => void} | undefined;
  #ended = false;
  /** Sides whose emulator has more than it can show. */
  #paused = new Set<Side>();
  #flowing = () => {};

  /** @param nextLab begins the next lab of the recording; undefined: this is the last one */
  constructor({lab, events}: RecordedLab, head: RecordingHead, nextLab?: () => void) {
    super(lab, {how: 'replay', at: head.at, kernel: head.kernel});
    this.#recorded = events;
    this.#nextLab = nextLab;
  }

  /** Position in the recording and its length, in events. */
  get position(): {at: number; of: number} {
    return {at: this.#at, of: this.#recorded.length};
  }

  ahead(): 'deed' | 'lab' | null {
    if (this.#at < this.#recorded.length) return 'deed';
    return this.#nextLab ? 'lab' : null;
  }

  recorded(step: string): boolean {
    return this.#recorded.some(event => event.type === 'step-entered' && event.step === step);
  }

  /** Up to the first moment at which someone was asked for a deed. */
  override async start(): Promise<void> {
    this.#jump(nextStop(this.#recorded, this.#at));
  }

  /** Plays on to the next such moment at the recording's pace; asked again meanwhile, at once. At the end: the next lab. */
  override advance(): Promise<void> {
    this.#playing?.hurry();
    if (!this.#playing && this.ahead() === 'lab') this.#nextLab?.();
    this.#playing ??= this.#play(nextStop(this.#recorded, this.#at));
    return this.#playing.done;
  }

  /** Jumps to the next step. */
  override async next(): Promise<void> {
    await this.#settle();
    const entered = this.#recorded.findIndex((event, i) => i >= this.#at && event.type === 'step-entered');
    this.#jump(entered < 0 ? this.#recorded.length : nextStop(this.#recorded, entered));
  }

  /** Winds back to the beginning of the step before. */
  override async back(): Promise<void> {
    await this.#settle();
    const entered = this.#entered(this.#at);
    this.#windTo(entered.at(-2) ?? entered.at(-1) ?? 0);
  }

  override async goTo(step: string): Promise<void> {
    await this.#settle();
    const at = this.#recorded.findIndex(event => event.type === 'step-entered' && event.step === step);
    if (at >= 0) this.#windTo(at);
  }

  override async resetStep(): Promise<void> {
    await this.#settle();
    this.#windTo(this.#entered(this.#at).at(-1) ?? 0);
  }

  override async resetLab(): Promise<void> {
    await this.#settle();
    this.#windTo(0);
  }

  override predict(): void {
    void this.advance();
  }

  override pause(side: Side): void {
    this.#paused.add(side);
  }

  override resume(side: Side): void {
    this.#paused.delete(side);
    if (this.#paused.size === 0) this.#flowing();
  }

  override async end(): Promise<void> {
    this.#ended = true;
    this.#flowing();
    await this.#settle();
  }

  /** Positions of the steps' beginnings before `end`. */
  #entered(end: number): number[] {
    return this.#recorded.flatMap((event, i) => (i < end && event.type === 'step-entered' ? [i] : []));
  }

  #jump(to: number): void {
    while (this.#at < to) this.feed(this.#recorded[this.#at++] as Event);
  }

  #windTo(entered: number): void {
    this.rewind();
    this.#at = 0;
    this.#jump(nextStop(this.#recorded, entered));
  }

  async #settle(): Promise<void> {
    this.#playing?.hurry();
    await this.#playing?.done;
  }

  #play(to: number): {done: Promise<void>; hurry: () => void} {
    let hurried = false;
    let wake = () => {};
    const hurry = () => {
      hurried = true;
      wake();
    };
    const wait = (ms: number) =>
      new Promise<void>(resolve => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    const run = async () => {
      await Promise.resolve(); // so that #playing is set before this can end it
      while (this.#at < to && !this.#ended) {
        const event = this.#recorded[this.#at] as Event;
        const before = this.#recorded[this.#at - 1]?.ms ?? event.ms;
        const gap = Math.min(LONGEST_MS, event.ms - before);
        if (gap > 0 && !hurried) await wait(gap);
        while (this.#paused.size > 0 && !this.#ended) {
          await new Promise<void>(resolve => {
            this.#flowing = resolve;
          });
        }
        this.#jump(this.#at + 1);
      }
      this.#playing = undefined;
    };
    return {done: run(), hurry};
  }
}
