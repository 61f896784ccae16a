import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {runPlan} from '../../../src/engine/library.ts';
import {
  addressesOf,
  devicesOf,
  dumpPlan,
  dumpsOf,
  type Message,
  readDump,
  routesOf,
} from '../../../src/engine/network/index.ts';
import {mergeExec, readAnswer, readOut} from '../../../src/engine/plan/answer.ts';
import {encode} from '../../../src/engine/plan/encode.ts';
import {journal} from '../../../src/engine/plan/journal.ts';
import {elfNeeds} from '../../../src/engine/rootfs/elf.ts';
import {MarkParser} from '../../../src/engine/terminal/marks.ts';
import {near} from './support.ts';

describe('ELF files (a program of a root that somebody else made)', () => {
  const shell = readFileSync('/bin/sh');

  it('damaged ones have needs or none; names are names, and few bytes never become many', () => {
    // The headers, and the dynamic section and strings where the real one has them.
    const head = fc.record({at: fc.nat(1024), value: fc.uint8Array({minLength: 1, maxLength: 8})});
    fc.assert(
      fc.property(fc.array(head, {maxLength: 5}), near(shell.subarray(0, 4096)), (puts, cut) => {
        const whole = Buffer.from(shell);
        for (const {at, value} of puts) whole.set(value, at);
        for (const file of [whole, cut]) {
          const needs = elfNeeds(file);
          const texts = typeof needs === 'string' ? [] : [needs.interpreter ?? '', ...needs.needed, ...needs.runpath];
          expect(texts.every(text => text.length <= 4096)).toBe(true);
        }
      }),
      {numRuns: 300},
    );
  });

  it('one whose library names never end is damaged', () => {
    const file = Buffer.alloc(1 << 20, 'x');
    file.set(shell.subarray(0, 64));
    file.writeBigUInt64LE(64n, 32);
    file.writeUInt16LE(56, 54);
    file.writeUInt16LE(2, 56);
    const segment = (at: number, type: number, offset: number, size: number): void => {
      file.fill(0, at, at + 56);
      file.writeUInt32LE(type, at);
      file.writeBigUInt64LE(BigInt(offset), at + 8);
      file.writeBigUInt64LE(BigInt(offset), at + 16);
      file.writeBigUInt64LE(BigInt(size), at + 32);
    };
    segment(64, 1, 0, file.length);
    segment(120, 2, 4096, 16_384);
    for (let at = 4096; at < 4096 + 16_384; at += 16) {
      file.writeBigUInt64LE(1n, at);
      file.writeBigUInt64LE(8192n * 4n, at + 8);
    }
    file.writeBigUInt64LE(5n, 4096);
    file.writeBigUInt64LE(1n, 4104);
    expect(elfNeeds(file)).toBe('damaged');
  });
});

describe('a dump by netlink', () => {
  const plan = dumpPlan();
  const answer = runPlan(plan);
  const {results, out} = readOut(answer);

  it.each(['links', 'addresses', 'routes'])('of %s, damaged: is a list or none, and nothing is thrown', name => {
    const real = out[name]!.subarray(0, Number(results[`${name}.0`]));
    const all = (messages: Message[]): unknown[] => [
      devicesOf(messages),
      addressesOf(messages, String),
      routesOf(messages, String),
    ];
    expect(readDump([real, out[name]!.subarray(16_384)]) ?? dumpsOf(out, results)).toBeDefined();
    const done = Buffer.from([20, 0, 0, 0, 3, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    fc.assert(
      fc.property(near(real), bytes => {
        all(readDump([bytes, done]) ?? []);
      }),
      {numRuns: 1000},
    );
  });
});

describe("the interpreter's answer", () => {
  const encoded = encode({
    buffers: {text: {size: 16}},
    main: [
      {call: 'getpid', args: [], purpose: 'test', as: 'pid'},
      {call: 'openat', args: [-100, '/dev/null', 0, 0], purpose: 'test', as: 'null', fd: true},
    ],
    final: [{call: 'getpid', args: [], purpose: 'test'}],
    out: ['text'],
  });
  const whole = Buffer.alloc(24 + 3 * 24 + 16, 1);

  it('too short a one is refused by its size; any other can be read and told', () => {
    fc.assert(
      fc.property(near(whole), bytes => {
        if (bytes.length < 24 + 3 * 24 + 16) {
          expect(() => readAnswer(encoded, bytes)).toThrow(/expected/);
          return;
        }
        const answer = readAnswer(encoded, bytes);
        readOut(answer);
        journal(answer);
      }),
    );
  });

  it('a later one of the child that is too short is refused too', () => {
    const answer = readAnswer(encoded, Buffer.from(whole));
    expect(() => mergeExec(answer, Buffer.alloc(12))).toThrow(RangeError);
  });
});

describe("prompt marks in a terminal's bytes", () => {
  const nonce = 'n0nce';
  const real = Buffer.from(
    ['D;n=n0nce;p=12;s=0', 'A;n=n0nce;p=12', 'B;n=n0nce;p=12', "C;n=n0nce;p=12;h=4;c=$'a\\303\\251'"]
      .map(payload => `\x1b]133;${payload}\x07text\r\n`)
      .join(''),
  );

  it('are the same however the bytes are cut, and lie where they say', () => {
    fc.assert(
      fc.property(near(real), fc.array(fc.nat(200), {maxLength: 8}), (bytes, cuts) => {
        const once = new MarkParser(nonce).push(bytes);
        const parser = new MarkParser(nonce);
        const places = [0, ...cuts.map(at => Math.min(at, bytes.length)).sort((a, b) => a - b), bytes.length];
        const parts = places.slice(1).flatMap((end, i) => [...parser.push(bytes.subarray(places[i], end))]);
        expect(parts).toEqual([...once]);
        expect(parser.offset).toBe(bytes.length);
        expect(parser.held?.length ?? 0).toBeLessThanOrEqual(8 * 1024 + 16);
        for (const {start, end} of once) {
          expect(bytes[start]).toBe(0x1b);
          expect([0x07, 0x5c]).toContain(bytes[end - 1]);
        }
      }),
      {numRuns: 1000},
    );
  });
});
