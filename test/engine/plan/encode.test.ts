import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {runHere} from '../../../src/engine/native.ts';
import {readAnswer, readOut} from '../../../src/engine/plan/answer.ts';
import {encode} from '../../../src/engine/plan/encode.ts';
import {journal} from '../../../src/engine/plan/journal.ts';
import type {Arg, Op, Plan} from '../../../src/engine/plan/types.ts';

/** Runs a plan in this process, by the real interpreter. */
function run(plan: Plan) {
  const encoded = encode(plan);
  const {data} = runHere(encoded.blob);
  const answer = readAnswer(encoded, Buffer.from(data));
  return {answer, ...readOut(answer)};
}

const REGION = 64;

/** An operation on memory and slots, and what it does to a model of both. */
type Step =
  | {kind: 'move'; value: bigint; to: string}
  | {kind: 'copy'; from: number; to: string}
  | {kind: 'store'; at: number; width: 1 | 2 | 4 | 8; value: bigint}
  | {kind: 'load'; at: number; width: 1 | 2 | 4 | 8; to: string}
  | {kind: 'format'; at: number; value: bigint}
  | {kind: 'write'; text: string};

const width = fc.constantFrom(1 as const, 2 as const, 4 as const, 8 as const);
const at = fc.integer({min: 0, max: REGION - 24});
const value = fc.bigInt({min: -(2n ** 63n), max: 2n ** 63n - 1n});
const slot = fc.integer({min: 0, max: 40}).map(n => `s${n}`);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({kind: fc.constant('move' as const), value, to: slot}),
  fc.record({kind: fc.constant('copy' as const), from: fc.nat(100), to: slot}),
  fc.record({kind: fc.constant('store' as const), at, width, value}),
  fc.record({kind: fc.constant('load' as const), at, width, to: slot}),
  fc.record({kind: fc.constant('format' as const), at, value}),
  fc.record({
    kind: fc.constant('write' as const),
    text: fc.string({unit: 'grapheme', maxLength: 30}).filter(s => !s.includes('\0')),
  }),
);

/** Plans of these steps, with the memory and the results that they must end with. */
function model(steps: readonly Step[]) {
  const memory = Buffer.alloc(REGION);
  const slots = new Map<string, bigint>();
  const main: Op[] = [];
  const region = (offset: number): Arg => ({buffer: 'region', offset});
  const emit = (op: Omit<Op, 'purpose'>): void => void main.push({...op, purpose: 'test'});
  for (const s of steps) {
    const cell = Buffer.alloc(8);
    if (s.kind === 'move') {
      emit({call: 'MOVE', args: [s.value], as: s.to});
      slots.set(s.to, s.value);
    } else if (s.kind === 'copy') {
      const known = [...slots.keys()];
      if (known.length === 0) continue;
      const from = known[s.from % known.length]!;
      emit({call: 'MOVE', args: [{slot: from}], as: s.to});
      slots.set(s.to, slots.get(from)!);
    } else if (s.kind === 'store') {
      emit({call: 'STORE', args: [region(s.at), s.value, s.width]});
      cell.writeBigInt64LE(s.value);
      cell.copy(memory, s.at, 0, s.width);
    } else if (s.kind === 'load') {
      emit({call: 'LOAD', args: [region(s.at), s.width], as: s.to});
      memory.copy(cell, 0, s.at, s.at + s.width);
      slots.set(s.to, s.width === 4 ? BigInt(cell.readInt32LE()) : cell.readBigInt64LE());
    } else if (s.kind === 'format') {
      emit({call: 'FORMAT', args: [region(s.at), s.value]});
      memory.write(`${s.value}\0`, s.at, 'latin1');
    } else {
      // A string is as long as we say: writing it to /dev/null gives its bytes back as the result.
      emit({call: 'write', args: [{slot: 'null'}, s.text, Buffer.byteLength(s.text)], as: 'written'});
      slots.set('written', BigInt(Buffer.byteLength(s.text)));
    }
  }
  const open: Op = {call: 'openat', args: [-100, '/dev/null', 0x80001, 0], purpose: 'test', as: 'null', fd: true};
  return {
    plan: {buffers: {region: {size: REGION}}, main: [open, ...main], out: ['region']} satisfies Plan,
    memory,
    slots,
  };
}

describe('encode', () => {
  it('is understood by the interpreter, whatever valid plan it is given', () => {
    fc.assert(
      fc.property(fc.array(step, {maxLength: 60}), steps => {
        const {plan, memory, slots} = model(steps);
        const {out, results, answer} = run(plan);
        expect(answer.result.mainOp).toBe(-1);
        expect(out.region).toEqual(memory);
        // A slot that is filled twice: each record keeps its own result, the last one is what the model holds.
        for (const [name, expected] of slots) expect([name, results[name]]).toEqual([name, expected]);
      }),
      {numRuns: 300},
    );
  });

  it('lays out strings, vectors and structs that point to one another', () => {
    const plan: Plan = {
      buffers: {pidfd: {size: 4}, clone: {cells: [0x1000, {buffer: 'pidfd'}, 0, 0, 17, 0, 0, 0, 0, 0, 0]}},
      main: [
        {call: 'CLONE', args: [{buffer: 'clone'}, 88], purpose: 'test', as: 'pid'},
        {call: 'LOAD', args: [{buffer: 'pidfd'}, 4], purpose: 'test', as: 'pidfd', fd: true},
        {call: 'CHILD_WAIT', args: [], purpose: 'test', as: 'status'},
      ],
      child: [
        {
          call: 'execve',
          args: [
            '/bin/sh',
            {strings: ['sh', '-c', 'test "$1-$2" = "a b-ü" && test "$X" = y', 'sh', 'a b', 'ü']},
            {strings: ['X=y']},
          ],
          purpose: 'test',
        },
      ],
    };
    expect(run(plan).results.status).toBe(0n);
  });

  it('returns several regions by their names, and only these', () => {
    const {out} = run({
      buffers: {a: {size: 3}, hidden: {bytes: Buffer.from('no')}, b: {bytes: Buffer.from('yes')}, c: {cells: [1, -1]}},
      main: [{call: 'STORE', args: [{buffer: 'a'}, 0x010203, 2], purpose: 'test'}],
      out: ['b', 'a', 'c'],
    });
    expect(Object.keys(out)).toEqual(['b', 'a', 'c']);
    expect(out.a).toEqual(Buffer.from([3, 2, 0]));
    expect(out.b!.toString()).toBe('yes');
    expect(out.c!.readBigInt64LE(8)).toBe(-1n);
  });

  it('takes negative numbers, 64-bit numbers and null', () => {
    const main: Op[] = [-1, -100, 2 ** 40, -(2 ** 40), 2n ** 63n - 1n, -(2n ** 63n), null].map((n, i) => ({
      call: 'MOVE',
      args: [n],
      purpose: 'test',
      as: `n${i}`,
    }));
    expect(Object.values(run({main}).results)).toEqual([
      -1n,
      -100n,
      2n ** 40n,
      -(2n ** 40n),
      2n ** 63n - 1n,
      -(2n ** 63n),
      0n,
    ]);
  });

  it.each([
    [
      'a slot that nobody filled',
      {main: [{call: 'close', args: [{slot: 'x'}], purpose: 't'}]},
      /no operation before this one gives "x"/,
    ],
    [
      'a region that nobody declared',
      {main: [{call: 'uname', args: [{buffer: 'x'}], purpose: 't'}]},
      /declares no region "x"/,
    ],
    ['a string with a NUL', {main: [{call: 'chdir', args: ['a\0b'], purpose: 't'}]}, /no NUL/],
    [
      'too many slots',
      {main: Array.from({length: 65}, (_, i): Op => ({call: 'getpid', args: [], purpose: 't', as: `s${i}`}))},
      /plan\.too-many/,
    ],
  ] as [string, Plan, RegExp][])('refuses %s before anything runs', (_name, plan, message) => {
    expect(() => encode(plan)).toThrow(message);
  });

  it('a blob with any one bit flipped is refused, or runs as some valid plan: it never crashes the interpreter', () => {
    // Only calls that do no harm whatever their arguments are.
    const {blob} = encode({
      buffers: {r: {size: 16}},
      main: [{call: 'FORMAT', args: [{buffer: 'r'}, 5], purpose: 't'}],
      out: ['r'],
    });
    let refused = 0;
    for (let bit = 0; bit < 48 * 8; bit++) {
      const bad = Buffer.from(blob);
      bad[bit >> 3]! ^= 1 << (bit & 7);
      try {
        runHere(bad);
      } catch (error) {
        expect(error).toMatchObject({code: 'plan.refused'});
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(300);
  });
});

describe('journal', () => {
  it('tells a failure by its errno, and what never ran by the lack of a result', () => {
    const {answer} = run({
      main: [
        {call: 'chdir', args: ['/nowhere/at/all'], purpose: 'a', tolerate: 'ENOENT'},
        {call: 'FORMAT', args: [{buffer: 'path', offset: 5}, 77], purpose: 'b'},
        {call: 'openat', args: [-100, {buffer: 'path'}, 0x80000, 0], purpose: 'c', as: 'fd', fd: true},
        {call: 'close', args: [{slot: 'fd'}], purpose: 'd'},
      ],
      final: [{call: 'umask', args: [0o22], purpose: 'e'}],
      buffers: {path: {bytes: Buffer.from(`/dev/${'\0'.repeat(24)}`)}},
    });
    const text = journal(answer).map(
      e =>
        `${e.call}(${e.args.join(', ')}) = ${e.result} ${e.errno ?? ''}${e.tolerated ? ' tolerated' : ''} ${e.purpose}`,
    );
    expect(text).toEqual([
      'chdir("/nowhere/at/all") = -1 ENOENT tolerated a',
      'openat(AT_FDCWD, "/dev/77", O_RDONLY|O_CLOEXEC) = -1 ENOENT c',
      expect.stringMatching(/^umask\(022\) = \d+ {2}e$/),
      'close(?) = undefined  d',
    ]);
    expect(answer.result).toMatchObject({mainOp: 2, mainErrno: 2});
  });
});
