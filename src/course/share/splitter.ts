/** Cuts a stream of bytes into lines. */

/** No lab and no event comes near this, in bytes. */
const LINE_MAX = 64 << 20;

/**
 * Gives whole lines to `line`, as they are complete. Only a newline ends one: node:readline also breaks at U+2028, which
 * JSON leaves as it is within a string.
 */
export class Splitter {
  readonly #line: (text: string) => void;
  #parts: Buffer[] = [];
  #size = 0;

  constructor(line: (text: string) => void) {
    this.#line = line;
  }

  /** @throws RangeError: a line that no demo writes */
  push(data: Buffer): void {
    let from = 0;
    for (let at = data.indexOf(0x0a); at >= 0; at = data.indexOf(0x0a, from)) {
      const whole = Buffer.concat([...this.#parts, data.subarray(from, at)]);
      this.#parts = [];
      this.#size = 0;
      from = at + 1;
      this.#line(whole.toString('utf8'));
    }
    this.#parts.push(data.subarray(from));
    this.#size += data.length - from;
    if (this.#size > LINE_MAX) throw new RangeError('line too long');
  }
}
