/** One lab played to its end as a demo plays it, and on from the next step where it comes to a stop. */
import type {Engine, TerminalSize} from '../../engine/index.ts';
import type {Typist} from '../demo/typist.ts';
import type {Lab} from '../lab.ts';
import {move, progressOf} from '../run/drive.ts';
import {createSession} from '../session/session.ts';
import type {Session} from '../session.types.ts';
import {Witness} from './witness.ts';

export interface PlayOptions {
  /** A command that runs longer hangs: it is interrupted, and after a while the step is given up. */
  commandMs: number;
  /** Types the commands; undefined: at once. */
  typist?: Typist;
  /** Of the terminals. */
  size?: TerminalSize;
  seed?: string;
  /** Ends the lab (Ctrl-C): cleaned up as ever. */
  signal?: AbortSignal;
}

export interface Played {
  witness: Witness;
  /** Milliseconds in which commands ran and containers started. */
  running: number;
  deeds: number;
}

/** What a command that was interrupted gets to end, in milliseconds. */
const GRACE_MS = 5000;
/** Typing at a person's pace is no hanging. */
const TYPING_MS = 300_000;

/** Never rejects: what goes wrong is a remark of the witness. */
export async function playLab(engine: Engine, lab: Lab, options: PlayOptions): Promise<Played> {
  const played: Played = {witness: new Witness(lab), running: 0, deeds: 0};
  for (let from = 0; from < lab.steps.length; ) {
    const end = await playFrom(engine, lab, from, options, played);
    if (end === 'finished' || options.signal?.aborted) break;
    if (end === 'not-begun') {
      const {id: step, pos} = lab.steps[from]!;
      if (from > 0) played.witness.say({severity: 'fails', code: 'rehearse.unreached', params: {step}, step, pos});
      break;
    }
    from = end.stoppedAt + 1;
  }
  return played;
}

type End = 'finished' | 'not-begun' | {stoppedAt: number};

async function playFrom(engine: Engine, lab: Lab, from: number, options: PlayOptions, played: Played): Promise<End> {
  const {typist, size, seed, signal} = options;
  const {witness} = played;
  const atStep = from > 0 ? lab.steps[from]?.id : undefined;
  const session = createSession(engine, {
    lab,
    stage: 'private',
    progress: null,
    spool: null,
    ...(seed !== undefined && {seed}),
    ...(size && {size}),
    ...(atStep !== undefined && {atStep}),
  });
  witness.begin(atStep !== undefined);
  session.onEvent(event => witness.hear(event));
  let typing = 0;
  if (typist) {
    session.setTypist?.(async (text, write) => {
      const begin = performance.now();
      await typist(text, write);
      typing += performance.now() - begin;
    });
  }
  const leave = () => void session.end('left');
  if (signal?.aborted) leave();
  signal?.addEventListener('abort', leave, {once: true});
  const guard = new Guard(session, witness, options.commandMs, typist ? TYPING_MS : 0);
  try {
    // Steps before the one to begin with were rehearsed; what hung there hangs again, and has the session's own patience.
    if (atStep === undefined) await guard.during(() => session.start());
    else await session.start();
    while (!witness.state.ended) {
      const before = progressOf(witness.state);
      const said = witness.remarks.length;
      const {kind} = witness.state.pending ?? {};
      const [begin, typedBefore] = [performance.now(), typing];
      await guard.during(() => move(session, witness.state));
      const took = performance.now() - begin - (typing - typedBefore);
      played.deeds += kind === 'predict' ? 2 : 1; // it is asked with one key, and left to the kernel with another
      if (kind !== 'predict' && kind !== 'next-step' && kind !== 'finish') played.running += took;
      if (witness.state.ended || progressOf(witness.state) !== before) continue;
      if (witness.remarks.length === said) witness.openChecks();
      return {stoppedAt: witness.state.current};
    }
  } finally {
    guard.off();
    signal?.removeEventListener('abort', leave);
    await session.end('failed'); // changes nothing where it has ended
  }
  if (witness.state.ended?.reason === 'finished') return 'finished';
  return witness.silent || witness.state.current < from ? 'not-begun' : {stoppedAt: witness.state.current};
}

/** Nobody is there who would press Ctrl-C. */
class Guard {
  #session: Session;
  #witness: Witness;
  #limitMs: number;
  #typingMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(session: Session, witness: Witness, limitMs: number, typingMs: number) {
    this.#session = session;
    this.#witness = witness;
    this.#limitMs = limitMs;
    this.#typingMs = typingMs;
    witness.onRunning = running => {
      clearTimeout(this.#timer);
      if (running) this.#timer = setTimeout(() => this.#interrupt(running.side), limitMs);
    };
  }

  /** A deed without a command, such as a container that never comes to its prompt, is given up as well. */
  async during(deed: () => Promise<void>): Promise<void> {
    let over = false;
    const {promise: given, resolve: giveUp} = Promise.withResolvers<void>();
    this.#timer = setTimeout(
      () => {
        if (over) return;
        this.#witness.hangs(this.#limitMs / 1000);
        void this.#session.end('failed').then(giveUp);
      },
      this.#limitMs + GRACE_MS + this.#typingMs,
    );
    await Promise.race([deed(), given]);
    over = true;
    this.off();
  }

  off(): void {
    clearTimeout(this.#timer);
  }

  #interrupt(side: string): void {
    this.#witness.hangs(this.#limitMs / 1000);
    this.#session.type(side, '\x03');
    this.#timer = setTimeout(() => void this.#session.end('failed'), GRACE_MS);
  }
}
