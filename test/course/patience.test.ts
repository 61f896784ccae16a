import {expect, test} from 'vitest';
import {patience} from '../../src/course/patience.ts';

test.each([
  ['12', 12],
  ['1.5', 1.5],
  ['100', 100],
  ['0', 1],
  ['0.5', 1],
  ['101', 1],
  ['-3', 1],
  ['soon', 1],
  ['', 1],
])('GLASSBOX_PATIENCE=%s is a factor of %d', (text, factor) => {
  expect(patience({GLASSBOX_PATIENCE: text})).toBe(factor);
});

test('without it, nothing is longer', () => {
  expect(patience({})).toBe(1);
});
