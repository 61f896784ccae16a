/**
 * Lines from a person or from a pipe. The terminal stays as it is: the kernel's line discipline echoes, erases, and turns
 * Ctrl-C and Ctrl-Z into signals, so no cursor is ever moved by us.
 */
import {createInterface, type Interface} from 'node:readline';

export class LineInput {
  /** A person's line that nobody waited for; without a listener it is kept for the next question. */
  onStray: ((line: string) => void) | undefined;
  /** How many lines have come in all. */
  count = 0;
  readonly #lines: Interface;
  readonly #stream: NodeJS.ReadStream;
  #queue: string[] = [];
  #waiting: ((line: string | undefined) => void) | undefined;
  #peeking: (() => void)[] = [];
  #sameChunk = false;
  #closed = false;

  constructor(stream: NodeJS.ReadStream, leave: AbortSignal) {
    this.#stream = stream;
    this.#lines = createInterface({input: stream, terminal: false, crlfDelay: Number.POSITIVE_INFINITY});
    this.#lines.on('line', line => this.#hear(line));
    this.#lines.on('close', () => this.#end());
    stream.on('error', () => this.#end());
    leave.addEventListener('abort', () => {
      this.#queue = [];
      this.#end();
    });
  }

  /** The next line; undefined: there are no more. */
  next(): Promise<string | undefined> {
    const line = this.#queue.shift();
    if (line !== undefined || this.#closed) return Promise.resolve(line);
    return new Promise(resolve => {
      this.#waiting = resolve;
    });
  }

  /** Whether next() would wait. */
  get empty(): boolean {
    return this.#queue.length === 0;
  }

  /** Ends a waiting next() without a line. */
  cancel(): void {
    this.#answer(undefined);
  }

  /** Keeps a line for the next question. */
  keep(line: string): void {
    this.#queue.push(line);
  }

  /** Resolves when the first line has come, or when it is known that none will. @returns whether there is one */
  async any(): Promise<boolean> {
    if (this.count === 0 && !this.#closed) await new Promise<void>(resolve => this.#peeking.push(resolve));
    return this.count > 0;
  }

  get ended(): boolean {
    return this.#closed && this.#queue.length === 0;
  }

  /** Lets go of the stream, so that the process can end. */
  close(): void {
    this.#lines.close();
    this.#stream.pause();
    this.#stream.unref?.();
  }

  #hear(line: string): void {
    this.count++;
    for (const resolve of this.#peeking.splice(0)) resolve();
    if (this.#waiting) {
      // What was pasted together belongs together: the rest of it are no answers to what this line begins.
      this.#sameChunk = true;
      setImmediate(() => {
        this.#sameChunk = false;
      });
      this.#answer(line);
    } else if (this.#sameChunk || !this.onStray) this.#queue.push(line);
    else this.onStray(line);
  }

  #answer(line: string | undefined): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(line);
  }

  #end(): void {
    this.#closed = true;
    for (const resolve of this.#peeking.splice(0)) resolve();
    this.#answer(undefined);
  }
}
