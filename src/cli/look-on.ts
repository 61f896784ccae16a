/** Opens a screen on somebody's demo: the speaker's view of one's own, or the class's view of one that is shared. */
import type {Session, WatchStatus, Words} from '../course/index.ts';
import {whyNoScreen} from '../ui/index.tsx';
import {CliFailure, type Context, EXIT} from './failure.ts';
import type {Options as Look} from './settings/effective.ts';
import {watchOnScreen} from './watching.ts';
import {cliWords} from './words.ts';

export interface LookOnOptions {
  how: 'notes' | 'follow';
  /** PID of a demo, or the path of its socket; undefined: the newest one. */
  target?: string | undefined;
  look?: Look;
}

/**
 * Shows a demo until the reader leaves; waits for one where none is there.
 * @returns the exit status
 * @throws CliFailure (usage) where the target is neither, or no screen can be shown
 */
export async function lookOn(context: Context, {how, target, look = {}}: LookOnOptions): Promise<number> {
  const {env, stdin, stdout} = context;
  if (target !== undefined && !/^\d+$/.test(target) && !target.includes('/'))
    throw new CliFailure(EXIT.usage, 'usage.demo', {got: target});
  if (whyNoScreen(env, stdin, stdout)) throw new CliFailure(EXIT.usage, 'usage.noScreen', {});
  const {watchDemo, placesOf} = await import('../course/index.ts');
  const feed = new Feed();
  const places = placesOf(env);
  const stop = watchDemo({
    how,
    ...(target !== undefined && {target}),
    places,
    onSession: session => feed.session(session),
    onStatus: status => feed.status(status),
  });
  try {
    return await watchOnScreen(context, {
      look,
      mode: {
        kind: how,
        sessions: next => feed.onSession(next),
        status: listener => feed.onStatus(listener),
      },
      // The speaker's view has a line for it.
      ...(how === 'follow' && {onNotice: (listener: (words: Words) => void) => feed.onNotice(listener)}),
    });
  } finally {
    stop();
  }
}

/** What the client tells, for a screen that may come later. */
export class Feed {
  #session: Session | undefined;
  #status: WatchStatus = {state: 'waiting', pid: null, followers: null};
  #next: ((session: Session) => void) | undefined;
  readonly #listeners = new Set<(status: WatchStatus) => void>();

  session(session: Session): void {
    this.#session = session;
    this.#next?.(session);
  }

  status(status: WatchStatus): void {
    this.#status = status;
    for (const listener of [...this.#listeners]) listener(status);
  }

  onSession(next: (session: Session) => void): () => void {
    this.#next = next;
    if (this.#session) next(this.#session);
    return () => {
      this.#next = undefined;
    };
  }

  onStatus(listener: (status: WatchStatus) => void): () => void {
    listener(this.#status);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onNotice(listener: (words: Words) => void): () => void {
    let before = this.#status.state;
    return this.onStatus(({state}) => {
      const gone = state === 'ended' || state === 'lost';
      if (state !== before && gone) listener(words(`follow.${state}`));
      // What was said stays in sight until a key is pressed, and nobody presses one here.
      if (state === 'watching' && (before === 'ended' || before === 'lost')) listener(words('follow.again'));
      before = state;
    });
  }
}

function words(code: string): Words {
  const found = cliWords[code]!;
  return {en: found.en, zh: found.zh};
}
