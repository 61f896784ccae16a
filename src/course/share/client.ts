/** Looks on at a demo: finds it, connects, and connects again when it was interrupted or another one begins. */
import {connect, type Socket} from 'node:net';
import type {Lab} from '../lab.ts';
import {FeedSession} from '../record/feed.ts';
import type {RecordingHead} from '../record/format.ts';
import type {Session} from '../session.types.ts';
import {clean} from './clean.ts';
import {parseShareLine, type ShareLine} from './lines.ts';
import {findSockets, type Places, placesOf} from './places.ts';
import {putBack} from './public.ts';
import {isPublicLab, isReveal} from './sound.ts';
import {Splitter} from './splitter.ts';

export interface WatchStatus {
  /**
   * 'waiting': no demo was found yet; 'lost': the connection broke, and is made again if the demo still runs; 'ended': it
   * is over, and another one is waited for.
   */
  state: 'waiting' | 'watching' | 'lost' | 'ended';
  /** PID of the demo. */
  pid: number | null;
  /** How many look on at it; null: only the speaker is told. */
  followers: {notes: number; share: number} | null;
}

export interface WatchOptions {
  how: 'notes' | 'follow';
  /** A PID or the path of a socket; undefined: the newest demo. */
  target?: string;
  places?: Places;
  /** Milliseconds between two looks for a demo. */
  everyMs?: number;
  onSession(session: Session): void;
  onStatus(status: WatchStatus): void;
}

/** @returns ends the watching */
export function watchDemo(options: WatchOptions): () => void {
  const watcher = new Watcher(options);
  void watcher.look();
  return () => watcher.close();
}

class Watcher {
  readonly #options: WatchOptions;
  readonly #places: Places;
  #status: WatchStatus = {state: 'waiting', pid: null, followers: null};
  #socket: Socket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  /** The connection broke just now: the demo may still be there. */
  #lost = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#places = options.places ?? placesOf();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.destroy();
  }

  /** Tries the demos that there may be, newest first; again and again where none answers. */
  async look(): Promise<void> {
    for (const {socket, pid} of this.#candidates()) {
      if (this.#closed) return;
      if (await this.#watch(socket, pid)) break;
    }
    if (this.#closed) return;
    if (this.#status.state === 'lost' && !this.#lost) this.#say({state: 'ended'});
    this.#lost = false;
    this.#timer = setTimeout(() => void this.look(), this.#options.everyMs ?? 500);
  }

  #candidates(): {socket: string; pid: number | null}[] {
    const {how, target} = this.#options;
    if (target?.includes('/')) return [{socket: target, pid: null}];
    const found = findSockets(this.#places, how === 'notes' ? 'notes' : 'share');
    return target === undefined ? found : found.filter(({pid}) => String(pid) === target);
  }

  #say(change: Partial<WatchStatus>): void {
    this.#status = {...this.#status, ...change};
    if (!this.#closed) this.#options.onStatus(this.#status);
  }

  /** Resolves when the connection is over: whether there was one. */
  #watch(path: string, pid: number | null): Promise<boolean> {
    return new Promise(resolve => {
      let connected = false;
      const socket = connect(path);
      this.#socket = socket;
      const stream = new Stream(this.#options, change => this.#say(change));
      const lines = new Splitter(text => {
        if (!this.#closed) stream.take(parseShareLine(text));
      });
      socket.on('connect', () => {
        connected = true;
        this.#say({state: 'watching', pid, followers: null});
      });
      socket.on('data', data => {
        // What comes from another user's program may be anything; a screen that cannot draw it must not end the app.
        try {
          lines.push(data);
        } catch {
          socket.destroy();
        }
      });
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#lost = connected && !stream.ended;
        if (connected) this.#say({state: this.#lost ? 'lost' : 'ended', pid: null, followers: null});
        resolve(connected);
      });
    });
  }
}

/** The lines of one connection as sessions. */
class Stream {
  readonly #options: WatchOptions;
  readonly #say: (change: Partial<WatchStatus>) => void;
  #head: RecordingHead | undefined;
  #session: FeedSession | undefined;
  #lab: Lab | undefined;
  /** The demo has said so. */
  ended = false;

  constructor(options: WatchOptions, say: (change: Partial<WatchStatus>) => void) {
    this.#options = options;
    this.#say = say;
  }

  take(line: ShareLine | undefined): void {
    switch (line?.kind) {
      case 'recording':
        this.#head = clean(line);
        break;
      case 'lab':
        this.#open(clean(line.lab));
        break;
      case 'event':
        this.#session?.feed(line.event.type === 'bytes' ? line.event : clean(line.event));
        break;
      case 'reveal':
        if (this.#lab && isReveal(line.reveal)) putBack(this.#lab, clean(line.reveal));
        break;
      case 'end':
        this.ended = true;
        break;
      case 'followers':
        this.#say({followers: {notes: Number(line.notes), share: Number(line.share)}});
        break;
    }
  }

  #open(lab: Lab): void {
    const {how, onSession} = this.#options;
    if (!this.#head) return;
    if (how === 'follow' && !isPublicLab(lab)) throw new TypeError('no lab');
    const {at, kernel} = this.#head;
    this.#lab = lab;
    this.#session = new FeedSession(lab, {how, at, kernel});
    onSession(this.#session);
  }
}
