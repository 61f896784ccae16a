/** Times on stage: arithmetic on given texts and commands. */
import {expect, test} from 'vitest';
import {typingMs} from '../../../src/course/demo/typist.ts';
import type {Lab} from '../../../src/course/index.ts';
import {READING, readingMs, slideMs, slidesOf, stageTime} from '../../../src/course/rehearse/estimate.ts';
import {readLab} from '../session/helper.ts';

const minute = 60_000;

test('a minute of English, a minute of Chinese, and both in one text', () => {
  expect(readingMs('word '.repeat(READING.words))).toBe(minute);
  expect(readingMs('容'.repeat(READING.characters))).toBe(minute);
  expect(readingMs(`${'容'.repeat(READING.characters)} ${'word '.repeat(READING.words)}`)).toBe(2 * minute);
});

test('signs, markup and Chinese punctuation are not read', () => {
  expect(readingMs('')).toBe(0);
  expect(readingMs('— … | ≠')).toBe(0);
  expect(readingMs('**two** `words`')).toBe(readingMs('two words'));
  expect(readingMs('命名空间。')).toBe(readingMs('命名空间'));
  expect(readingMs('`CLONE_NEWUTS` 一个')).toBe(readingMs('flag 一个'));
});

test('a real lab: every text is on one slide, the reason behind the command that reveals it', async () => {
  const lab = await readLab('labs/01-uts');
  const slides = slidesOf(lab);
  expect(slides[0]!.texts).toContain(lab.intro);
  for (const step of lab.steps) {
    expect(slides.filter(slide => slide.texts.includes(step.title))).toHaveLength(1);
    for (const block of step.blocks) {
      if (block.kind === 'note') expect(slides.some(slide => slide.texts.includes(block.text))).toBe(false);
      if (block.kind !== 'predict' || !block.because) continue;
      const at = (words: unknown) => slides.findIndex(slide => slide.texts.includes(words as never));
      expect(at(block.because)).toBeGreaterThan(at(block.ask));
    }
  }
});

const lab = (texts: string[]): Lab =>
  ({
    langs: ['en'],
    steps: [
      {
        id: 'one',
        title: {en: ''},
        blocks: texts.map(en => ({kind: 'prose', text: {en}, pos: {file: '', line: 1, col: 1}})),
      },
    ],
  }) as unknown as Lab;

test('by hand it is reading, typing and running; by itself typing, running and pauses', () => {
  const usual = {
    lab: lab(['word '.repeat(READING.words)]),
    commands: ['true', 'false'],
    running: 1234.4,
    deeds: 5,
    keyMs: 100,
  };
  const typing = typingMs('true', 100) + typingMs('false', 100);
  expect(stageTime({...usual, auto: null}, 'en')).toEqual({
    reading: minute,
    typing,
    running: 1234,
    pausing: 0,
    total: Math.round(minute + typing + 1234.4),
  });
  expect(stageTime({...usual, auto: 8}, 'en')).toMatchObject({
    pausing: 40_000,
    total: Math.round(typing + 1234.4 + 40_000),
  });
  expect(stageTime({...usual, keyMs: 0, auto: null}, 'zh')).toMatchObject({typing: 0, reading: minute});
});

test('what does not count here is not read', () => {
  const both = lab(['one two', 'three']);
  const [slide] = slidesOf(both, new Map([['one', [1]]]));
  expect(slideMs(slide!, 'en')).toBe(readingMs('one two'));
});
