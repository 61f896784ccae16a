/** Each screen in both languages at three sizes: what a person reads there, and that it is drawn without a flaw. */
import {describe, expect, test} from 'vitest';
import type {Lang} from '../../../src/course/index.ts';
import {startApp} from '../support/app.ts';
import {expectWellDrawn, read, squeeze} from '../support/drawn.ts';
import {tour} from '../support/tour.ts';

const sizes = [
  [80, 24],
  [120, 36],
  [200, 60],
] as const;
const langs: Lang[] = ['en', 'zh'];

describe.each(sizes)('%i×%i', (cols, rows) => {
  test.each(langs)('every screen says what it is for, and which keys there are (%s)', async lang => {
    const app = startApp({cols, rows, lang});
    const {term} = app;
    let scenes = 0;
    for await (const {name, reads, keys} of tour(app, lang)) {
      expectWellDrawn(term, name);
      const text = read(term);
      for (const words of reads[lang]) expect(text, `${name}:\n${term.text}`).toContain(squeeze(words));
      const footer = term.lines.at(-1)!;
      let from = 0;
      for (const words of keys[lang]) {
        const at = footer.indexOf(words, from);
        expect(at, `${name}: ${words} on the last line of\n${term.text}`).toBeGreaterThanOrEqual(0);
        from = at + words.length;
      }
      if (lang === 'zh') expect(text, name).not.toMatch(/namespace|terminals|Predict:|Building/);
      scenes++;
    }
    expect(scenes).toBeGreaterThan(14);
  });
});

test.each(langs)('a lab that cannot be opened says why, at the least size (%s)', async lang => {
  const failure = Object.assign(new Error('x'), {info: {code: 'session.internal', params: {message: 'no such stage'}}});
  const {term} = startApp({cols: 60, rows: 16, lang, startLab: '01', openSession: () => Promise.reject(failure)});
  await term.shows(lang === 'zh' ? '这个实验打不开' : 'This lab could not be opened');
  await term.shows('no such stage');
  expectWellDrawn(term, 'failure');
  expect(term.lines.at(-1)).toContain('Esc');
});
