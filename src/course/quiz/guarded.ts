/** The session behind a question: terminals, facts and starting anew are there; ways to the lab's own answers are not. */
import type {Event} from '../events.ts';
import type {Lab, Side} from '../lab.ts';
import type {Session} from '../session.types.ts';
import {ASKED_AT} from './stage.ts';

export class GuardedSession implements Session {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  get lab(): Lab {
    return this.#session.lab;
  }

  get events(): readonly Event[] {
    return this.#session.events;
  }

  onEvent(listener: (event: Event) => void): () => void {
    return this.#session.onEvent(listener);
  }

  start(): Promise<void> {
    return this.#session.start();
  }

  /** A fresh stage, set up as before. */
  resetStep(): Promise<void> {
    return this.#session.goTo(ASKED_AT, {anew: true});
  }

  resetLab(): Promise<void> {
    return this.resetStep();
  }

  xray(pid: number | null): void {
    this.#session.xray(pid);
  }

  type(side: Side, data: Uint8Array | string, options?: {emulator?: boolean}): void {
    this.#session.type(side, data, options);
  }

  resize(side: Side, size: {cols: number; rows: number}): void {
    this.#session.resize(side, size);
  }

  pause(side: Side): void {
    this.#session.pause(side);
  }

  resume(side: Side): void {
    this.#session.resume(side);
  }

  refresh(): Promise<void> {
    return this.#session.refresh();
  }

  end(reason: 'finished' | 'left' | 'failed'): Promise<void> {
    return this.#session.end(reason);
  }

  // What a lab does by itself, and what it would tell: none of it for somebody who is asked.
  async advance(): Promise<void> {}
  predict(): void {}
  async next(): Promise<void> {}
  async back(): Promise<void> {}
  async goTo(): Promise<void> {}
  hint(): void {}
  async solution(): Promise<void> {}
  async ablate(): Promise<void> {}
}
