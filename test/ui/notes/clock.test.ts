import {expect, test} from 'vitest';
import type {Block, Lab} from '../../../src/course/index.ts';
import {duration, paceOf, schedule, timeOfDay} from '../../../src/ui/notes/clock.ts';

const pos = {file: '', line: 1, col: 1};
const run: Block = {kind: 'run', on: 'host', commands: ['true'], expect: 0, pos};
const note: Block = {kind: 'note', text: {en: 'n'}, pos};
const step = (id: string, blocks: Block[]): Lab['steps'][number] => ({id, title: {en: id}, blocks, pos});
/** 10 minutes: two for the first step, six for the second, two for the last. */
const lab = {minutes: 10, steps: [step('a', []), step('b', [run, run, note]), step('c', [])]};

test('the planned minutes are shared out by what there is to do', () => {
  expect(schedule(lab)).toEqual([0, 2, 8, 10]);
});

test.each([
  [0, 0, {planned: 0, ahead: 0}],
  [0, 1.9, {planned: 0, ahead: 0}],
  [0, 2.9, {planned: 1, ahead: 0}],
  [0, 5.5, {planned: 1, ahead: -3}],
  [1, 5, {planned: 1, ahead: 0}],
  [2, 1, {planned: 0, ahead: 7}],
  [2, 14, {planned: 3, ahead: -4}],
])('in step %i after %f minutes: %j', (current, elapsed, expected) => {
  expect(paceOf(lab, current, elapsed)).toEqual(expected);
});

test.each([
  [-5, '0:00'],
  [247_999, '4:07'],
  [3_847_000, '1:04:07'],
])('%i ms is %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test('the time of day has two digits each', () => {
  expect(timeOfDay(new Date(2026, 0, 1, 7, 5, 9))).toBe('07:05:09');
});
