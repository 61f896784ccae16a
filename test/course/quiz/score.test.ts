import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {score, tally, tallyByLab} from '../../../src/course/quiz/score.ts';
import type {Kind, QuizVerdict} from '../../../src/course/quiz/types.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];
const asked = (kind: Kind, points = 1, all = ids) => ({
  kind,
  points,
  choices: all.map(id => ({id, text: {en: id}})),
});
const subset = fc.subarray(ids);
const points = fc.integer({min: 1, max: 10});

describe('choices', () => {
  it.each<[Kind, string[], string[], QuizVerdict, number]>([
    ['single', ['a'], ['a'], 'right', 1],
    ['single', ['b'], ['a'], 'wrong', 0],
    ['single', ['a', 'b'], ['a'], 'wrong', 0],
    ['single', [], ['a'], 'wrong', 0],
    ['prediction', ['a', 'b'], ['a'], 'wrong', 0],
    ['multiple', ['a', 'b'], ['a', 'b'], 'right', 1],
    ['multiple', ['a'], ['a', 'b'], 'partly', 0.5],
    ['multiple', ['a', 'b', 'c'], ['a', 'b'], 'partly', 0.67],
    ['multiple', ['c'], ['a', 'b'], 'wrong', 0],
    ['multiple', ids, ['a', 'b'], 'wrong', 0],
    ['multiple', ids, ['a', 'b', 'c', 'd'], 'wrong', 0],
    ['multiple', ids, ids, 'right', 1],
    ['multiple', ['a', 'a'], ['a', 'b'], 'partly', 0.5],
  ])('%s %j for %j: %s, %d', (kind, choices, key, verdict, worth) =>
    expect(score(asked(kind), {choices}, {choices: key})).toEqual({verdict, points: worth}),
  );

  it('points lie between nothing and all, full only for all that is right, and no order of ticking matters', () => {
    fc.assert(
      fc.property(subset, subset, points, fc.infiniteStream(fc.nat()), (said, key, max, random) => {
        fc.pre(key.length > 0);
        const got = score(asked('multiple', max), {choices: said}, {choices: key});
        expect(got.points).toBeGreaterThanOrEqual(0);
        expect(got.points).toBeLessThanOrEqual(max);
        expect(got.verdict === 'right').toBe(said.length === key.length && said.every(id => key.includes(id)));
        const mixed = said.map(id => ({id, at: random.next().value})).sort((a, b) => a.at - b.at);
        const again = {choices: mixed.map(({id}) => id)};
        expect(score(asked('multiple', max, [...ids].reverse()), again, {choices: [...key].reverse()})).toEqual(got);
      }),
    );
  });

  it('one more right choice never costs, one more wrong choice never gives', () => {
    fc.assert(
      fc.property(subset, subset, fc.constantFrom(...ids), (said, key, more) => {
        fc.pre(key.length > 0 && !said.includes(more));
        const before = score(asked('multiple'), {choices: said}, {choices: key}).points;
        const after = score(asked('multiple'), {choices: [...said, more]}, {choices: key}).points;
        if (key.includes(more)) expect(after).toBeGreaterThanOrEqual(before);
        else expect(after).toBeLessThanOrEqual(before);
      }),
    );
  });
});

describe('order', () => {
  it.each([
    ['abcd', 'abcd', 1],
    ['abdc', 'abcd', 0.5],
    ['bcda', 'abcd', 0.5],
    ['badc', 'abcd', 0],
    ['dcba', 'abcd', 0],
    ['ba', 'ab', 0],
    ['abc', 'abcd', 0.5],
    ['abcdabcd', 'abcd', 1],
    ['', 'abcd', 0],
  ])('%s for %s: %d', (said, key, worth) =>
    expect(score(asked('order'), {order: [...said]}, {order: [...key]}).points).toBe(worth),
  );

  it('is full for the right order alone, and the names of the entries make no difference', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(ids, {minLength: 5}), fc.shuffledSubarray(ids, {minLength: 5}), (said, key) => {
        const got = score(asked('order'), {order: said}, {order: key});
        expect(got.points === 1).toBe(said.join() === key.join());
        expect(got.points).toBeGreaterThanOrEqual(0);
        const rename = (list: string[]) => ({order: list.map(id => `x${key.indexOf(id)}`)});
        expect(score(asked('order'), rename(said), rename(key))).toEqual(got);
      }),
    );
  });
});

describe('the rest', () => {
  it('numbers and texts by what they mean, nothing never', () => {
    expect(score(asked('reading', 2), {text: 'uts:[7]'}, {text: '7'})).toEqual({verdict: 'right', points: 2});
    expect(score(asked('text'), {text: ' '}, {text: 'x'}).verdict).toBe('wrong');
    expect(score(asked('text'), null, {text: 'x'}).verdict).toBe('wrong');
    expect(score(asked('number'), {choices: ['a']}, {text: '7'}).verdict).toBe('wrong');
  });

  it('a repair by the kernel alone, once it is said to be done', () => {
    const done = {done: true} as const;
    expect(score(asked('repair', 2), done, done, 'pass')).toEqual({verdict: 'right', points: 2});
    expect(score(asked('repair', 2), done, done, 'fail')).toEqual({verdict: 'wrong', points: 0});
    expect(score(asked('repair', 2), done, done).verdict).toBe('wrong');
    expect(score(asked('repair', 2), null, done, 'pass').verdict).toBe('wrong');
    expect(score(asked('repair', 2), done, done, 'cannot-judge')).toEqual({verdict: 'unjudged', points: 0});
  });

  it("a machine's failure is no student's", () => {
    const one = (verdict: QuizVerdict, got: number, worth: number, number = '01') => ({
      asked: {points: worth, number},
      judged: {verdict, points: got},
    });
    const results = [one('right', 0.1, 0.1), one('partly', 0.2, 1), one('unjudged', 0, 2), one('wrong', 0, 1, '02')];
    expect(tally(results)).toEqual({points: 0.3, of: 2.1, right: 1, partly: 1, wrong: 1, unjudged: 1});
    const labs = tallyByLab(results as unknown as Parameters<typeof tallyByLab>[0]);
    expect([...labs].map(([number, {of}]) => [number, of])).toEqual([
      ['01', 1.1],
      ['02', 1],
    ]);
  });
});
