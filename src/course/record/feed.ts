/** A session that is only watched: its events come from a recording or from another process. It can be asked for nothing. */
import type {Event} from '../events.ts';
import type {Lab, Side} from '../lab.ts';
import type {Session, Watched} from '../session.types.ts';

export class FeedSession implements Session {
  readonly lab: Lab;
  readonly watched: Watched;
  readonly events: Event[] = [];
  /** What came before anybody listened: bytes, too, are told from the beginning. */
  #early: Event[] = [];
  #listeners = new Set<(event: Event) => void>();
  #rewinds = new Set<() => void>();

  constructor(lab: Lab, watched: Watched) {
    this.lab = lab;
    this.watched = watched;
  }

  onEvent(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    for (const event of this.#early.splice(0)) this.feed(event);
    return () => this.#listeners.delete(listener);
  }

  onRewind(listener: () => void): () => void {
    this.#rewinds.add(listener);
    return () => this.#rewinds.delete(listener);
  }

  /** Takes the next event of the stream, as it was numbered and timed there. */
  feed(event: Event): void {
    if (this.#listeners.size === 0) {
      this.#early.push(event);
      return;
    }
    if (event.type !== 'bytes') this.events.push(event);
    for (const listener of [...this.#listeners]) listener(event);
  }

  /** Forgets everything: the stream begins anew. */
  rewind(): void {
    this.events.length = 0;
    this.#early = [];
    for (const listener of [...this.#rewinds]) listener();
  }

  async start(): Promise<void> {}
  async advance(): Promise<void> {}
  async next(): Promise<void> {}
  async back(): Promise<void> {}
  async goTo(_step: string): Promise<void> {}
  async resetStep(): Promise<void> {}
  async resetLab(): Promise<void> {}
  async solution(): Promise<void> {}
  async ablate(): Promise<void> {}
  async refresh(): Promise<void> {}
  async end(_reason: 'finished' | 'left' | 'failed'): Promise<void> {}
  predict(): void {}
  hint(): void {}
  xray(): void {}
  type(): void {}
  resize(): void {}
  pause(_side: Side): void {}
  resume(_side: Side): void {}
}
