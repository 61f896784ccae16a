/** The terminals of a live question, line by line: a command is typed, waited for, and told with what it printed. */
import type {Event, LiveStage} from '../../../course/index.ts';

/** Where nobody can press Ctrl-C, a command gets this long. */
const UNATTENDED_MS = 30_000;

export interface CommandEnd {
  /** null: nobody could tell. */
  status: number | null;
  output: string;
  /** It was interrupted after half a minute. */
  long: boolean;
}

export class QuizSides {
  readonly stage: LiveStage;
  readonly #open = new Set<string>();
  readonly #off: () => void;
  #waiting: ((event: Event) => void) | undefined;
  #side: string | undefined;

  constructor(stage: LiveStage) {
    this.stage = stage;
    this.#off = stage.session.onEvent(event => this.#hear(event));
    for (const event of stage.early()) this.#hear(event);
  }

  /** Sides that have a terminal. */
  get names(): string[] {
    return [...this.#open];
  }

  /** Types a command and waits for its end. @param attended somebody is there to interrupt it */
  async type(side: string, command: string, attended: boolean): Promise<CommandEnd> {
    const {promise, resolve} = Promise.withResolvers<CommandEnd>();
    let long = false;
    let printed = '';
    const timer = attended
      ? undefined
      : setTimeout(() => {
          long = true;
          this.stage.session.type(side, '\x03');
        }, UNATTENDED_MS);
    this.#side = side;
    this.#waiting = event => {
      if (event.type === 'session-ended') resolve({status: null, output: printed, long});
      if (!('side' in event) || event.side !== side) return;
      if (event.type === 'bytes') printed = (printed + Buffer.from(event.data).toString()).slice(-64 * 1024);
      if (event.type === 'command-finished') resolve({status: event.status, output: event.output, long});
      // No command has ended, and yet there is a prompt: another shell's. The first line is the echo, the last the prompt.
      if (event.type === 'terminal-idle' || event.type === 'terminal-closed')
        setImmediate(resolve, {status: null, output: printed.split('\n').slice(1, -1).join('\n'), long});
    };
    try {
      this.stage.session.type(side, `${command.replace(/[\x00-\x1f\x7f]/g, ' ')}\r`);
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#waiting = undefined;
      this.#side = undefined;
    }
  }

  /** Ctrl-C for the command that is waited for. @returns false: none is */
  interrupt(): boolean {
    if (this.#side === undefined) return false;
    this.stage.session.type(this.#side, '\x03');
    return true;
  }

  close(): void {
    this.#off();
  }

  #hear(event: Event): void {
    if (event.type === 'terminal-opened') this.#open.add(event.side);
    if (event.type === 'terminal-closed') this.#open.delete(event.side);
    if (event.type === 'rebuilding') this.#open.clear();
    this.#waiting?.(event);
  }
}
