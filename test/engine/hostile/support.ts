/** Input as somebody hostile, or a kernel that we do not know, might give it: real bytes with a few of them changed. */
import fc from 'fast-check';

type Change = {kind: 'cut' | 'flip' | 'put' | 'drop' | 'double'; at: number; byte: number; length: number};

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('cut', 'flip', 'put', 'drop', 'double'),
  at: fc.nat(1 << 20),
  // What separates words and ends numbers, more often than chance would have it.
  byte: fc.oneof(fc.nat(255), fc.constantFrom(0, 9, 10, 32, 40, 41, 45, 58, 61, 92, 127, 128, 255)),
  length: fc.nat(64),
});

function changed(bytes: Buffer, {kind, at, byte, length}: Change): Buffer {
  const i = bytes.length === 0 ? 0 : at % bytes.length;
  if (kind === 'cut') return bytes.subarray(0, i);
  if (kind === 'drop') return Buffer.concat([bytes.subarray(0, i), bytes.subarray(i + length)]);
  if (kind === 'put') return Buffer.concat([bytes.subarray(0, i), Buffer.from([byte]), bytes.subarray(i)]);
  if (kind === 'double') return Buffer.concat([bytes.subarray(0, i + length), bytes.subarray(i)]);
  const copy = Buffer.from(bytes);
  if (i < copy.length) copy[i] = byte;
  return copy;
}

/** Bytes near to one of these samples, or none like them at all. */
export function near(...samples: readonly Uint8Array[]): fc.Arbitrary<Buffer> {
  const mutated = fc
    .record({from: fc.constantFrom(...samples), changes: fc.array(change, {maxLength: 6})})
    .map(({from, changes}) => changes.reduce(changed, Buffer.from(from)));
  return fc.oneof({weight: 9, arbitrary: mutated}, {weight: 1, arbitrary: fc.uint8Array().map(b => Buffer.from(b))});
}

/** The same as text. */
export const nearText = (...samples: readonly string[]): fc.Arbitrary<string> =>
  near(...samples.map(text => Buffer.from(text))).map(bytes => bytes.toString('utf8'));
