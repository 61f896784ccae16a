import {expect, it} from 'vitest';
import {mapFacts} from '../../../src/engine/facts/mapped.ts';

it.each([
  ['0 0 4294967295', false, 4_294_967_295n],
  ['0 1000 1', true, 1n],
  ['0 1000 1\n1 200000 9999\n100000 209999 55537', true, 65_537n],
  ['', true, 0n],
])('%j', (map, mapped, ids) => {
  expect(mapFacts(map)).toEqual({mapped, ids});
});
