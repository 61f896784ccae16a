/** The last of what a detached container printed. */
const KEPT = 256 << 10;

export class Tail {
  private parts: Buffer[] = [];
  private size = 0;

  add(data: Buffer): void {
    this.parts.push(Buffer.from(data));
    this.size += data.length;
    // Not with every byte: the parts are joined when there is twice as much as is kept.
    if (this.size > 2 * KEPT) this.shorten();
  }

  private shorten(): void {
    const all = Buffer.concat(this.parts);
    this.parts = [all.subarray(Math.max(0, all.length - KEPT))];
    this.size = this.parts[0]!.length;
  }

  content(): Buffer {
    this.shorten();
    return this.parts[0] ?? Buffer.alloc(0);
  }
}
