import {expect, it} from 'vitest';
import {stageMap} from '../../src/engine/idmap.ts';

const lines = (own: number, ...ranges: [start: number, count: number][]): string[] =>
  stageMap(
    own,
    ranges.map(([start, count]) => ({start, count})),
  ).map(one => `${one.containerID} ${one.hostID} ${one.size}`);

it('of few ids all come right after the own one', () => {
  expect(lines(1000, [200_000, 59_998])).toEqual(['0 1000 1', '1 200000 59998']);
  expect(lines(7, [10, 1], [20, 2])).toEqual(['0 7 1', '1 10 1', '2 20 2']);
});

it('of many the first 9999 do, and what labs call 100000 is there with 50000 more at least', () => {
  expect(lines(1000, [200_000, 65_536])).toEqual(['0 1000 1', '1 200000 9999', '100000 209999 55537']);
  expect(lines(1000, [200_000, 59_999])).toEqual(['0 1000 1', '1 200000 9999', '100000 209999 50000']);
});

it('ranges may be cut anywhere', () => {
  expect(lines(5, [300, 4000], [9000, 70_000])).toEqual([
    '0 5 1',
    '1 300 4000',
    '4001 9000 5999',
    '100000 14999 64001',
  ]);
});
