/** The session's one stream: numbered, timed, append-only. Bytes pass through to listeners and to the spool only. */
import type {Event, EventBody} from '../events.ts';
import type {Spool} from './spool.ts';

export type Emit = (body: EventBody) => void;

export class Stream {
  readonly events: Event[] = [];
  #listeners = new Set<(event: Event) => void>();
  #watching = new Set<(event: Event) => void>();
  #spool: Spool | undefined;
  #spoolFull = false;
  #seq = 0;
  #start = performance.now();
  #waiting: Event[] = [];
  #delivering = false;

  constructor(spool?: Spool) {
    this.#spool = spool;
  }

  /** Whether anyone looks. */
  get watched(): boolean {
    return this.#watching.size > 0;
  }

  /** @param watches someone looks: facts are worth reading while nothing happens */
  on(listener: (event: Event) => void, watches = false): () => void {
    this.#listeners.add(listener);
    if (watches) this.#watching.add(listener);
    return () => {
      this.#listeners.delete(listener);
      this.#watching.delete(listener);
    };
  }

  /** Appends an event and tells everyone, in the order of the stream also when a listener causes further events. */
  readonly emit: Emit = body => {
    const event = {...body, seq: this.#seq++, ms: Math.round(performance.now() - this.#start)} as Event;
    if (event.type === 'session-started') event.at = new Date().toISOString();
    if (event.type !== 'bytes') this.events.push(event);
    else this.#keep(event);
    this.#waiting.push(event);
    if (!this.#delivering) this.#deliver();
  };

  #deliver(): void {
    this.#delivering = true;
    try {
      for (let event = this.#waiting.shift(); event; event = this.#waiting.shift()) {
        for (const listener of [...this.#listeners]) listener(event);
      }
    } finally {
      this.#delivering = false;
    }
  }

  #keep(event: Extract<Event, {type: 'bytes'}>): void {
    if (!this.#spool || this.#spoolFull) return;
    if (this.#spool.add(event.seq, event.ms, event.side, event.data)) return;
    this.#spoolFull = true;
    this.emit({type: 'spool-full', limitBytes: this.#spool.limitBytes});
  }
}
