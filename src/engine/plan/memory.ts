/** What the operations of a plan had in their slots and in memory when they ran, worked out again from the records. */
import {type Arg, type BufferRef, type CellsArg, isRef, type Op, type Plan} from './types.ts';

const key = (ref: BufferRef): string => `${ref.buffer}+${ref.offset ?? 0}`;

export class Memory {
  private readonly plan: Plan;
  private slots = new Map<string, bigint>();
  /** Bytes of regions after what the plan itself wrote there. */
  private bytes = new Map<string, Buffer>();
  /** What LOAD found, by address: the only sight of what system calls wrote. */
  private loads = new Map<string, bigint>();

  constructor(plan: Plan) {
    this.plan = plan;
  }

  snapshot(): Memory {
    const copy = new Memory(this.plan);
    copy.slots = new Map(this.slots);
    copy.bytes = new Map([...this.bytes].map(([name, bytes]) => [name, Buffer.from(bytes)]));
    copy.loads = this.loads;
    return copy;
  }

  slot(name: string): bigint | undefined {
    return this.slots.get(name);
  }

  loaded(ref: BufferRef): bigint | undefined {
    return this.loads.get(key(ref));
  }

  load(op: Op, result: bigint): void {
    const ref = op.args[0];
    if (isRef(ref)) this.loads.set(key(ref), result);
  }

  /** Bytes of a region from the reference on; undefined for a struct, whose members are addresses. */
  read(ref: BufferRef): Buffer | undefined {
    let bytes = this.bytes.get(ref.buffer);
    const spec = this.plan.buffers?.[ref.buffer];
    if (!bytes && spec) {
      if ('bytes' in spec) bytes = Buffer.from(spec.bytes);
      else if ('size' in spec) bytes = Buffer.alloc(spec.size);
      if (bytes) this.bytes.set(ref.buffer, bytes);
    }
    return bytes?.subarray(ref.offset ?? 0);
  }

  /** Members of a struct, given in place or as a region. */
  cells(arg: Arg): CellsArg['cells'] {
    if (!arg || typeof arg !== 'object') return [];
    if ('cells' in arg) return arg.cells;
    if (!isRef(arg)) return [];
    const spec = this.plan.buffers?.[arg.buffer];
    return spec && 'cells' in spec ? spec.cells : [];
  }

  /** The value of a number: immediate, or the result of an earlier operation. Undefined where that never ran. */
  number(arg: Arg | undefined): bigint | undefined {
    if (arg === null || arg === undefined) return 0n;
    if (typeof arg === 'number' || typeof arg === 'bigint') return BigInt(arg);
    return typeof arg === 'object' && 'slot' in arg ? this.slots.get(arg.slot) : undefined;
  }

  /** Notes what an operation that ran has changed. */
  after(op: Op, result: bigint): void {
    if (op.as !== undefined && (result >= 0n || op.call === 'LOAD' || op.call === 'MOVE')) {
      this.slots.set(op.as, result);
    }
    const [to, what, width] = op.args;
    if (!isRef(to)) return;
    const value = this.number(what);
    const bytes = value === undefined ? undefined : this.read(to);
    if (!bytes || value === undefined) return;
    if (op.call === 'FORMAT') bytes.write(`${value}\0`, 0, 'latin1');
    if (op.call === 'STORE') {
      const cell = Buffer.alloc(8);
      cell.writeBigUInt64LE(BigInt.asUintN(64, value));
      cell.copy(bytes, 0, 0, Number(width));
    }
  }
}
