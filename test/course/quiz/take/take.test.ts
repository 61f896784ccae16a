/** Taking a quiz, without a screen: what is kept, when, and what a failing machine costs. */
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {makeQuiz, number, repair, single, tempDir} from '../../../ui/quiz/support.ts';

const SIZE = {cols: 80, rows: 24};
const lines = (file: string) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as {type: string; n?: number; result?: {response: unknown}});

test('graded: an answer is on the disk before the next question is shown, and is final', async () => {
  const {take, file} = await makeQuiz([single, number], {mode: 'graded'});
  await take.begin(SIZE);
  expect(lines(file).map(({type}) => type)).toEqual(['begin', 'shown']);
  let shownBefore = 0;
  take.onChange(() => {
    if (take.current?.asked.n === 2 && shownBefore === 0) shownBefore = lines(file).length;
  });
  await take.answer({choices: ['b']});
  expect(shownBefore).toBeGreaterThanOrEqual(3);
  expect(lines(file)[2]).toMatchObject({type: 'answer', result: {response: {choices: ['b']}}});
  expect(take.phase).toBe('asking');
  expect(take.hint()).toBe(false);
  take.retry();
  await take.next();
  expect(take.current?.asked.n).toBe(2);
  await take.answer({text: ' ４,０２６。'});
  expect(take.phase).toBe('over');
  expect(take.result).toMatchObject({points: 2, of: 2, mode: 'graded'});
  expect(take.result?.chain).toHaveLength(2);
});

test('graded: an answer that could not be kept was not given, and can be given again', async () => {
  const {take} = await makeQuiz([single, number], {mode: 'graded'});
  await take.begin(SIZE);
  take.options.log!.close();
  await take.answer({choices: ['b']});
  expect(take.phase).toBe('asking');
  expect(take.current?.asked.n).toBe(1);
  expect(take.trouble).toMatchObject({code: 'log.unwritable'});
  expect(take.done).toEqual([]);
});

test('graded: gone on with after a crash, what was answered stays, and its stage comes anew', async () => {
  const dir = tempDir();
  const first = await makeQuiz([single, repair], {mode: 'graded', dir});
  await first.take.begin(SIZE);
  await first.take.answer({choices: ['a']});
  // The process is gone: nothing of it is closed in order, but the kernel lets go of its lock.
  first.take.options.log!.close();
  const {take, stages} = await makeQuiz([single, repair], {mode: 'graded', dir, log: first.file});
  await take.begin(SIZE);
  expect(take.current?.asked.n).toBe(2);
  expect(stages).toHaveLength(1);
  await take.answer({done: true});
  expect(take.result?.results.map(one => one.judged.verdict)).toEqual(['wrong', 'right']);
  expect(stages[0]!.closed).toBeGreaterThan(0);
});

describe('a machine that fails', () => {
  test('costs nobody points, and says why', async () => {
    const {take, stages} = await makeQuiz([repair, single], {mode: 'graded'});
    await take.begin(SIZE);
    stages[0]!.fails = new Error('the keeper is gone');
    await take.answer({done: true});
    expect(take.done[0]?.judged).toMatchObject({verdict: 'unjudged', points: 0});
    expect(take.done[0]?.judged.reason?.params.message).toContain('the keeper is gone');
    await take.answer({choices: ['b']});
    expect(take.result).toMatchObject({points: 1, of: 1});
  });

  test('leaving while a stage is being set up leaves none', async () => {
    const gate = Promise.withResolvers<void>();
    const closed: string[] = [];
    const {take} = await makeQuiz([repair], {
      openLive: async () => {
        await gate.promise;
        const {FakeStage} = await import('../../../ui/quiz/support.ts');
        const stage = new FakeStage();
        stage.close = async () => {
          closed.push('closed');
          return [];
        };
        return stage;
      },
    });
    const begun = take.begin(SIZE);
    const closing = take.close();
    gate.resolve();
    await Promise.all([begun, closing]);
    expect(closed).toEqual(['closed']);
  });
});

describe('time', () => {
  test('is over before anything is shown: everything counts as not answered', async () => {
    const now = Date.parse('2026-11-21T01:00:00Z');
    const {take} = await makeQuiz([single, number], {mode: 'graded', deadline: now - 1, now: () => now});
    await take.begin(SIZE);
    expect(take.phase).toBe('over');
    expect(take.result?.results.map(one => one.response)).toEqual([null, null]);
    expect(take.result).toMatchObject({points: 0, of: 2});
  });

  test('runs out while nobody answers: the clock ends it', async () => {
    const {take} = await makeQuiz([single, number], {mode: 'graded', deadline: Date.now() + 30});
    const over = new Promise<void>(resolve => {
      take.onChange(() => take.phase === 'over' && resolve());
    });
    await take.begin(SIZE);
    await over;
    expect(take.late).toBe(true);
    expect(take.result?.finished).not.toBeNull();
  });
});

describe('practice', () => {
  test('the first answer counts; hints and tries are told; a skipped one is wrong', async () => {
    const {take, practised} = await makeQuiz([single, number]);
    await take.begin(SIZE);
    expect(take.hint()).toBe(true);
    expect(take.hint()).toBe(false);
    await take.answer({choices: ['a']});
    expect(take.current?.explanation).toMatchObject({right: {en: 'beta', zh: '乙'}});
    expect(take.current?.explanation?.choices?.map(({id, right}) => [id, right])).toEqual([
      ['a', false],
      ['b', true],
      ['c', false],
    ]);
    take.retry();
    await take.answer({choices: ['b']});
    await take.next();
    await take.answer(null);
    await take.next();
    expect(practised).toEqual([
      ['made/one', 'wrong', 1],
      ['made/num', 'wrong', 0],
    ]);
    expect(take.result).toMatchObject({points: 0, of: 2, mode: 'practice'});
    expect(take.result?.results.map(({tries, hints}) => [tries, hints])).toEqual([
      [2, 1],
      [1, 0],
    ]);
  });
});
