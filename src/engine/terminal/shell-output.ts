/** The last bytes of a stream, in memory that never grows. */
export class OutputTail {
  #ring: Buffer;
  #total = 0;

  /** Keeps at most `limit` bytes. */
  constructor(limit: number) {
    this.#ring = Buffer.allocUnsafeSlow(limit);
  }

  clear(): void {
    this.#total = 0;
  }

  push(bytes: Buffer): void {
    const limit = this.#ring.length;
    const kept = bytes.length > limit ? bytes.subarray(bytes.length - limit) : bytes;
    const at = (this.#total + bytes.length - kept.length) % limit;
    const first = kept.copy(this.#ring, at);
    if (first < kept.length) kept.copy(this.#ring, 0, first);
    this.#total += bytes.length;
  }

  /** True when bytes at the beginning were dropped. */
  get truncated(): boolean {
    return this.#total > this.#ring.length;
  }

  /** A copy of what is kept, oldest first. */
  read(): Buffer {
    if (!this.truncated) return Buffer.from(this.#ring.subarray(0, this.#total));
    const at = this.#total % this.#ring.length;
    return Buffer.concat([this.#ring.subarray(at), this.#ring.subarray(0, at)]);
  }
}
