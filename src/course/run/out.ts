/** Lines to a stream whose reader may go away at any moment (`| head`). */

export interface Writable {
  write(text: string): unknown;
  on?(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

export class Out {
  readonly #stream: Writable;
  readonly #broken = Promise.withResolvers<void>();
  #open = true;

  constructor(stream: Writable) {
    this.#stream = stream;
    // Whatever the error is: nobody reads any more. EPIPE is the usual one.
    stream.on?.('error', () => this.#close());
  }

  /** Resolves when nobody reads any more. */
  get broken(): Promise<void> {
    return this.#broken.promise;
  }

  line(text: string): void {
    if (!this.#open) return;
    try {
      this.#stream.write(`${text}\n`);
    } catch {
      this.#close();
    }
  }

  #close(): void {
    this.#open = false;
    this.#broken.resolve();
  }
}
