/** A session under test: its events, and waiting for one of them. */
import {fileURLToPath} from 'node:url';
import {
  createSession,
  type Event,
  fold,
  initialState,
  type Lab,
  type LabState,
  loadLab,
  type Session,
  type SessionOptions,
} from '../../../src/course/index.ts';
import {type Engine, openEngine} from '../../../src/engine/index.ts';

type Of<T extends Event['type']> = Extract<Event, {type: T}>;

export async function probeLab(): Promise<Lab> {
  return readLab(fileURLToPath(new URL('../fixtures/labs/90-probe', import.meta.url)));
}

export async function readLab(dir: string): Promise<Lab> {
  const {lab, findings} = await loadLab(dir);
  if (!lab) throw new Error(`fixture: ${JSON.stringify(findings)}`);
  return lab;
}

export class Watched {
  readonly session: Session;
  readonly engine: Engine;
  readonly bytes: Of<'bytes'>[] = [];
  state: LabState;
  #waiting = new Set<() => void>();

  constructor(engine: Engine, session: Session) {
    this.engine = engine;
    this.session = session;
    this.state = initialState(session.lab);
    session.onEvent(event => {
      if (event.type === 'bytes') this.bytes.push(event);
      this.state = fold(this.state, event);
      for (const look of [...this.#waiting]) look();
    });
  }

  static async open(lab: Lab, options: Partial<SessionOptions> = {}): Promise<Watched> {
    const engine = await openEngine();
    const usual = {lab, stage: 'private', seed: 'test', progress: null, spool: null, sampleEveryMs: 50} as const;
    return new Watched(engine, createSession(engine, {...usual, ...options}));
  }

  all<T extends Event['type']>(type: T): Of<T>[] {
    return this.session.events.filter(event => event.type === type) as Of<T>[];
  }

  last<T extends Event['type']>(type: T): Of<T> | undefined {
    return this.all(type).at(-1);
  }

  /** Waits until something holds of the state; the test's own timeout ends it otherwise. */
  async until(holds: (watched: this) => boolean): Promise<void> {
    if (holds(this)) return;
    await new Promise<void>(resolve => {
      const look = () => {
        if (!holds(this)) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
    });
  }

  /** Types a command as a learner does, and waits until its end was said. */
  async type(side: string, command: string): Promise<Of<'command-finished'>> {
    const from = this.session.events.length;
    const mine = () =>
      this.session.events
        .slice(from)
        .find(event => event.type === 'command-finished' && event.by === 'learner' && event.side === side);
    this.session.type(side, `${command}\r`);
    await this.until(() => mine() !== undefined);
    return mine() as Of<'command-finished'>;
  }

  /** Talks to the `cat` that runs on a side until it answers: only then a Ctrl-C is sure to reach it, not the shell. */
  async catAnswers(side: string): Promise<void> {
    await this.until(({state}) => state.terminals[side]?.command === 'cat');
    this.session.type(side, 'ping\r');
    const text = () =>
      Buffer.concat(this.bytes.filter(event => event.side === side).map(event => event.data)).toString();
    await this.until(() => text().includes('ping\r\nping\r\n'));
  }

  /** Does blocks until nothing, or a step's end, is pending. */
  async walk(): Promise<void> {
    for (let pending = this.state.pending; pending; pending = this.state.pending) {
      if (pending.kind === 'next-step' || pending.kind === 'finish') return;
      await this.session.advance();
    }
  }

  async close(): Promise<void> {
    await this.session.end('left');
    await this.engine.close();
  }
}
