/** A demo by keys, on a virtual terminal. */
import {describe, expect, test} from 'vitest';
import {expectWellDrawn} from '../support/drawn.ts';
import {KEYS, startDemo} from './support.ts';

const words = {
  en: {question: 'Who is renamed?', why: 'Because names live', end: 'Nothing more to do.', drift: 'other way round'},
  zh: {question: '谁会被改名？', why: '因为名字属于', end: '没有别的事了。', drift: '笔记里写反了'},
};

describe.each([
  {cols: 80, rows: 24, lang: 'en'},
  {cols: 80, rows: 24, lang: 'zh'},
  {cols: 120, rows: 36, lang: 'en'},
  {cols: 200, rows: 60, lang: 'zh'},
] as const)('at $cols×$rows in $lang', size => {
  const {question, why, end, drift} = words[size.lang];

  test('from the first page to the last, by the key of a clicker', async () => {
    const {term, session} = await startDemo({}, size);
    expect(term.text).not.toContain(question);
    term.press(KEYS.pageDown);
    await term.shows('box# ');
    expect(term.text).not.toContain(question);
    term.press(KEYS.pageDown);
    await term.shows(question);
    expect(session.asked('predict')).toEqual([]);
    term.press(KEYS.pageDown);
    await term.shows(why);
    expect(session.asked('predict')).toEqual([['who', null]]);
    term.press(KEYS.pageDown);
    term.press(KEYS.pageDown);
    await term.shows(end);
    await term.shows(drift);
    expectWellDrawn(term, 'the end');
  });
});
