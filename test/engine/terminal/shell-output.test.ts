import fc from 'fast-check';
import {expect, test} from 'vitest';
import {OutputTail} from '../../../src/engine/terminal/shell-output.ts';

test('keeps the last bytes, whatever the pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({maxLength: 25})), fc.integer({min: 1, max: 20}), (pieces, limit) => {
      const tail = new OutputTail(limit);
      for (const piece of pieces) tail.push(Buffer.from(piece));
      const all = Buffer.concat(pieces);
      expect(tail.read()).toEqual(all.subarray(Math.max(0, all.length - limit)));
      expect(tail.truncated).toBe(all.length > limit);
    }),
  );
});

test('what was read does not change afterwards', () => {
  const tail = new OutputTail(4);
  tail.push(Buffer.from('abcdef'));
  const read = tail.read();
  tail.clear();
  tail.push(Buffer.from('xyz'));
  expect(read.toString()).toBe('cdef');
  expect(tail.read().toString()).toBe('xyz');
});
