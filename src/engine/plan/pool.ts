/** The pool of a blob: strings, bytes and structs that the operations point to. Addresses are offsets in the pool. */
import type {BufferRef, BufferSpec, CellsArg, StringsArg} from './types.ts';

type Pointed = string | Uint8Array | BufferRef | StringsArg | CellsArg;

export class Pool {
  private bytes = Buffer.alloc(2048);
  private readonly strings = new Map<string, number>();
  private readonly regions = new Map<string, {offset: number; size: number}>();
  /** Offsets of 8-byte cells that hold an address. */
  readonly cells: number[] = [];
  length = 0;

  private room(size: number, align: number): number {
    const at = (this.length + align - 1) & -align;
    this.length = at + size;
    if (this.length > this.bytes.length) {
      const larger = Buffer.alloc(this.length * 2);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    return at;
  }

  private text(text: string): number {
    let at = this.strings.get(text);
    if (at === undefined) {
      if (text.includes('\0')) throw new RangeError(`a string for the kernel holds no NUL: ${JSON.stringify(text)}`);
      const size = Buffer.byteLength(text);
      at = this.room(size + 1, 1);
      this.bytes.write(text, at, size, 'utf8');
      this.strings.set(text, at);
    }
    return at;
  }

  private raw(bytes: Uint8Array): number {
    const at = this.room(bytes.length, 8);
    this.bytes.set(bytes, at);
    return at;
  }

  private cell(at: number, address: number): void {
    this.bytes.writeUInt32LE(address, at);
    this.cells.push(at);
  }

  private struct(cells: CellsArg['cells']): number {
    const at = this.room(8 * cells.length, 8);
    cells.forEach((value, i) => {
      const to = at + 8 * i;
      if (typeof value === 'number') this.bytes.writeBigInt64LE(BigInt(value), to);
      else if (typeof value === 'bigint') this.bytes.writeBigUInt64LE(BigInt.asUintN(64, value), to);
      else if (value !== null) this.cell(to, this.address(value));
    });
    return at;
  }

  /** Offset of what an argument points to; equal strings are stored once. */
  address(what: Pointed): number {
    if (typeof what === 'string') return this.text(what);
    if (what instanceof Uint8Array) return this.raw(what);
    if ('buffer' in what) return this.place(what.buffer).offset + (what.offset ?? 0);
    if ('strings' in what) return this.struct([...what.strings, null]);
    return this.struct(what.cells);
  }

  /** Stores a named region; regions declared one after the other lie one after the other. */
  region(name: string, spec: BufferSpec): void {
    if ('size' in spec) this.regions.set(name, {offset: this.room(spec.size, 8), size: spec.size});
    else if ('bytes' in spec) this.regions.set(name, {offset: this.raw(spec.bytes), size: spec.bytes.length});
    else this.regions.set(name, {offset: this.struct(spec.cells), size: 8 * spec.cells.length});
  }

  place(name: string): {offset: number; size: number} {
    const region = this.regions.get(name);
    if (!region) throw new RangeError(`the plan declares no region "${name}"`);
    return region;
  }

  /** Everything, with the NUL at the end that the format asks for. */
  finish(): Buffer {
    this.room(1, 1);
    return this.bytes.subarray(0, this.length);
  }
}
