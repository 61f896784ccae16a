/** The rhythm of typing as a distribution, and a typist who can be hurried: with random numbers of a known seed. */
import {describe, expect, test} from 'vitest';
import {HumanTypist, nextPace, PACE, rhythm, swing, wordsPerMinute} from '../../../src/course/demo/typist.ts';

/** mulberry32: the same numbers in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
const spread = (values: number[]) => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map(one => (one - middle) ** 2))) / middle;
};

describe('the rhythm', () => {
  test.each([15, 120, 400])('at %i ms a key the mean is that pace, whatever the text holds', keyMs => {
    const random = seeded(7);
    for (const text of ['hostname tiger; hostname', 'echo $$', 'cat /proc/$$/status | grep -i NSpid']) {
      const beats = Array.from({length: 800}, () => rhythm(text, {keyMs}, random)).flat();
      expect(mean(beats) / keyMs).toBeGreaterThan(0.97);
      expect(mean(beats) / keyMs).toBeLessThan(1.03);
    }
  });

  test('keys differ by about a third of the pace, and none comes at once or after a yawn', () => {
    const random = seeded(11);
    const swings = Array.from({length: 20_000}, () => swing(random));
    expect(spread(swings)).toBeGreaterThan(0.32);
    expect(spread(swings)).toBeLessThan(0.38);
    expect(Math.min(...swings)).toBeGreaterThanOrEqual(0.3);
    expect(Math.max(...swings)).toBeLessThan(6);
  });

  test('a new word takes longer than the letters in it, a sign longer than a letter', () => {
    const random = seeded(3);
    const runs = Array.from({length: 2000}, () => rhythm('ab cd $', {keyMs: 100}, random));
    const at = (i: number) => mean(runs.map(beats => beats[i]!));
    expect(at(3) / at(1)).toBeGreaterThan(1.5);
    expect(at(6) / at(3)).toBeGreaterThan(1.2);
  });

  test('words a minute, and paces between the fastest and the slowest', () => {
    expect(wordsPerMinute(PACE.usual)).toBe(100);
    const faster: number[] = [PACE.usual];
    while (faster.at(-1)! > 0) faster.push(nextPace(faster.at(-1)!, 'faster'));
    expect(faster.at(-2)).toBe(PACE.least);
    expect(faster.length).toBeLessThan(15);
    const slower = [0];
    for (let i = 0; i < 30; i++) slower.push(nextPace(slower.at(-1)!, 'slower'));
    expect(slower[1]).toBe(PACE.least);
    expect(slower.at(-1)).toBe(PACE.most);
  });
});

describe('the typist', () => {
  test('gives a line character by character, a pair of surrogates as one', async () => {
    const typist = new HumanTypist(0.01, seeded(1));
    const parts: string[] = [];
    await typist.type('echo 容器 🐯', part => parts.push(part));
    expect(parts).toEqual([...'echo 容器 🐯']);
    expect(typist.typing).toBe(false);
  });

  test('at pace 0 all of it comes at once', async () => {
    const parts: string[] = [];
    await new HumanTypist(0).type('ls -l', part => parts.push(part));
    expect(parts).toEqual(['ls -l']);
  });

  test('hurried, the rest of the line comes at once, and the next line has its pace again', async () => {
    const typist = new HumanTypist(0.01, seeded(2));
    expect(typist.hurry()).toBe(false);
    const parts: string[] = [];
    await typist.type('abcdef', part => {
      parts.push(part);
      if (part === 'b') expect(typist.hurry()).toBe(true);
    });
    expect(parts).toEqual(['a', 'b', 'cdef']);
    const next: string[] = [];
    await typist.type('xyz', part => next.push(part));
    expect(next).toEqual(['x', 'y', 'z']);
  });

  test('a pace may change within a line', async () => {
    const typist = new HumanTypist(0.01, seeded(2));
    const parts: string[] = [];
    await typist.type('abcdef', part => {
      parts.push(part);
      if (part === 'c') typist.keyMs = 0;
    });
    expect(parts).toEqual(['a', 'b', 'c', 'def']);
  });
});
