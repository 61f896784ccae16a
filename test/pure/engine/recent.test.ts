import {expect, it} from 'vitest';
import {Recent} from '../../../src/engine/recent.ts';

it('holds so many, and of more the last ones; what is there already is changed in its place', () => {
  const recent = new Recent<number | undefined, string>(2);
  recent.set(undefined, 'a').set(2, 'b');
  expect([...recent]).toEqual([
    [undefined, 'a'],
    [2, 'b'],
  ]);
  recent.set(undefined, 'c');
  expect([...recent.keys()]).toEqual([undefined, 2]);
  recent.set(3, 'd');
  expect([...recent]).toEqual([
    [2, 'b'],
    [3, 'd'],
  ]);
});
