/** What counts as not done, and what nobody can tell. */
import {expect, test} from 'vitest';
import {repairVerdict} from '../../../src/course/index.ts';

const unknown = (code: string, params: Record<string, string>) =>
  repairVerdict({verdict: 'cannot-judge', reason: {code, params}});

test('a repair that was not made is wrong; where the kernel does not answer it is not judged', () => {
  expect(unknown('no-container', {id: 'box'})).toBe('fail');
  expect(unknown('missing-fact', {path: 'host.folder.text["merged/name"]'})).toBe('fail');
  expect(unknown('missing-fact', {path: 'box.cpu.quota'})).toBe('cannot-judge');
  expect(unknown('cel', {message: 'division by zero'})).toBe('cannot-judge');
  expect(repairVerdict({verdict: 'pass'})).toBe('pass');
  expect(repairVerdict({verdict: 'fail'})).toBe('fail');
});
