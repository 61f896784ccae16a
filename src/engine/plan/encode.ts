/** Plan → the blob of native/plan.h: names become slots and offsets, nothing is decided here. */
import {EngineError} from '../errors.ts';
import {callNumber, errnos} from '../syscalls.ts';
import {
  FLAG_FD,
  FLAG_OUT,
  HEADER_BYTES,
  isPseudo,
  MAGIC,
  MAX_FDS,
  MAX_SLOTS,
  OP_BYTES,
  pseudo,
  TOLERATE_ABSENT,
  TOLERATE_ANY,
} from './layout.ts';
import {Pool} from './pool.ts';
import type {Arg, Op, Plan} from './types.ts';

/** A plan ready to be carried out, and what is needed to read the answer. */
export interface EncodedPlan {
  readonly plan: Plan;
  readonly blob: Buffer;
  /** Slot names of the descriptors that come back, in their order. */
  readonly outs: readonly string[];
  /** Regions that come back: name, offset in the answer's out region, bytes. */
  readonly regions: readonly {name: string; offset: number; size: number}[];
}

function tolerated(what: NonNullable<Op['tolerate']>): number {
  if (what === 'any') return TOLERATE_ANY;
  return what === 'absent' ? TOLERATE_ABSENT : errnos[what];
}

class Encoder {
  readonly plan: Plan;
  readonly slots = new Map<string, number>();
  readonly outs: string[] = [];
  readonly pool = new Pool();
  readonly ops: readonly Op[];
  readonly head: Buffer;
  readonly words: Uint32Array;
  /** Cells among the arguments that hold an address, as offsets in the blob. */
  readonly cells: number[] = [];

  constructor(plan: Plan) {
    this.plan = plan;
    this.ops = [...plan.main, ...(plan.child ?? []), ...(plan.final ?? [])];
    this.head = Buffer.alloc(HEADER_BYTES + this.ops.length * OP_BYTES);
    this.words = new Uint32Array(this.head.buffer, this.head.byteOffset, this.head.length / 4);
    for (const name of plan.fds ?? []) this.slot(name);
    if (this.slots.size > MAX_FDS) throw new RangeError(`at most ${MAX_FDS} descriptors go with a plan`);
  }

  slot(name: string): number {
    let index = this.slots.get(name);
    if (index === undefined) {
      index = this.slots.size;
      if (index >= MAX_SLOTS) throw new EngineError({code: 'plan.too-many', params: {max: MAX_SLOTS}});
      this.slots.set(name, index);
    }
    return index;
  }

  private put(at: number, value: number): void {
    this.words[at / 4] = value;
    this.words[at / 4 + 1] = Math.floor(value / 2 ** 32);
  }

  /** Writes one argument; true where it is the number of a slot. */
  private arg(arg: Arg, at: number): boolean {
    if (typeof arg === 'number') this.put(at, arg);
    else if (typeof arg === 'bigint') this.head.writeBigUInt64LE(BigInt.asUintN(64, arg), at);
    else if (arg === null) return false;
    else if (typeof arg === 'object' && 'slot' in arg) {
      const index = this.slots.get(arg.slot);
      if (index === undefined) throw new RangeError(`no operation before this one gives "${arg.slot}"`);
      this.put(at, index);
      return true;
    } else {
      this.put(at, this.pool.address(arg));
      this.cells.push(at);
    }
    return false;
  }

  private op(op: Op, at: number): void {
    let flags = 0;
    op.args.forEach((arg, i) => {
      if (this.arg(arg, at + 8 + 8 * i)) flags |= 1 << (8 + i);
    });
    if (op.as !== undefined) flags |= this.slot(op.as) + 1;
    if (op.fd) flags |= FLAG_FD;
    if (op.out) {
      flags |= FLAG_OUT;
      this.outs.push(op.as ?? '');
    }
    if (op.tolerate) flags |= tolerated(op.tolerate) << 16;
    this.words[at / 4] = isPseudo(op.call) ? pseudo[op.call] : callNumber(op.call);
    this.words[at / 4 + 1] = flags;
  }

  encode(): EncodedPlan {
    const {plan, pool} = this;
    const out = new Set(plan.out ?? []);
    const buffers = Object.entries(plan.buffers ?? {});
    // What comes back lies together at the beginning of the pool.
    for (const [name, spec] of buffers) if (out.has(name)) pool.region(name, spec);
    const outBytes = pool.length;
    for (const [name, spec] of buffers) if (!out.has(name)) pool.region(name, spec);

    this.ops.forEach((op, i) => {
      this.op(op, HEADER_BYTES + i * OP_BYTES);
    });
    const body = pool.finish();
    const relocs = this.cells.length + pool.cells.length;
    const poolAt = (this.head.length + relocs * 4 + 7) & ~7;
    const blob = Buffer.alloc(poolAt + body.length);
    blob.set(this.head);
    blob.set(body, poolAt);

    const words = new Uint32Array(blob.buffer, blob.byteOffset, blob.length >> 2);
    let next = this.head.length / 4;
    const relocate = (at: number): void => {
      words[at / 4]! += poolAt;
      words[next++] = at;
    };
    for (const at of this.cells) relocate(at);
    for (const at of pool.cells) relocate(poolAt + at);
    words.set([MAGIC, blob.length, plan.main.length, plan.child?.length ?? 0, plan.final?.length ?? 0, relocs]);
    words.set([poolAt, plan.fds?.length ?? 0, outBytes > 0 ? poolAt : 0, outBytes], 6);
    return {
      plan,
      blob,
      outs: this.outs,
      regions: [...out].map(name => ({name, ...pool.place(name)})),
    };
  }
}

/**
 * Encodes a plan for the interpreter. Throws RangeError on a plan that names a slot or a region which does not exist: a
 * mistake of ours, never of a specification. Throws 'plan.too-many' {max} on one that holds too many descriptors at once.
 */
export function encode(plan: Plan): EncodedPlan {
  return new Encoder(plan).encode();
}
