/** Where lines go. While a person types, nothing is printed between their keys: it is held until they press Enter. */

export class Paper {
  readonly #stream: NodeJS.WriteStream;
  #held: string[] | undefined;
  #open = true;
  /** The last line was empty: another one tells nothing. */
  #blank = true;

  /** @param onGone called when nobody reads any more */
  constructor(stream: NodeJS.WriteStream, onGone: () => void) {
    this.#stream = stream;
    stream.on('error', () => {
      this.#open = false;
      onGone();
    });
  }

  /** Cells to fill; endless where no terminal is: whoever reads has their own. */
  get width(): number {
    return this.#stream.isTTY
      ? Math.min(100, Math.max(40, (this.#stream.columns || 80) - 1))
      : Number.POSITIVE_INFINITY;
  }

  line = (text = ''): void => {
    if (this.#held) this.#held.push(text);
    else if (text !== '' || !this.#blank) this.#write(`${text}\n`);
    this.#blank = text === '';
  };

  /** A new line: after a prompt that nobody answered, and after a Ctrl-C, which the terminal shows as ^C. */
  fresh(): void {
    this.#write('\n');
    this.#blank = true;
  }

  /** Shows the prompt; from here on lines are held. */
  ask(prompt: string): void {
    this.#write(prompt);
    this.#blank = false;
    this.#held = [];
  }

  /** The answer has come: what was held is printed. @returns whether there was something */
  answered(): boolean {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const text of held) this.line(text);
    return held.length > 0;
  }

  #write(text: string): void {
    if (this.#open) this.#stream.write(text);
  }
}
