/** Terminals that know fewer signs: ASCII instead of frames and arrows, no colour, nothing dimmed. */
import {expect, test} from 'vitest';
import {type AppOptions, startApp} from '../support/app.ts';
import {expectWellDrawn} from '../support/drawn.ts';
import {tour} from '../support/tour.ts';

/** What the program in the container's terminal prints, also where a line ends in the middle of it. */
const FOREIGN = /[你好，世界]/g;

test.each<[string, AppOptions]>([
  ['by setting', {settings: {ascii: 'yes'}}],
  ['by setting, on a large screen', {cols: 120, rows: 36, settings: {ascii: 'yes'}}],
  ['by probe', {wide: true}],
  ['by locale', {env: {LANG: 'C'}}],
])('ASCII %s, on every screen', async (_, options) => {
  const app = startApp({cols: 80, rows: 24, ...options});
  // The first frame is drawn before the terminal has answered.
  await app.term.shows(/^-{20,}$/m);
  for await (const {name} of tour(app, 'en')) {
    expectWellDrawn(app.term, name);
    if (name === 'lab') expect(app.term.lines.at(-1)).toMatch(/^ Enter start {2}Lt\/Rt step/);
    const signs =
      app.term.text
        .replaceAll('中文', '')
        .replace(FOREIGN, '')
        .match(/[^\x00-\x7f]/g) ?? [];
    expect(signs.join(''), `${name}:\n${app.term.text}`).toBe('');
  }
});

test('ASCII in Chinese: frames and signs are ASCII, words are not', async () => {
  const app = startApp({cols: 80, rows: 24, lang: 'zh', settings: {ascii: 'yes'}});
  for await (const {name} of tour(app, 'zh')) {
    const signs = app.term.text.match(/[^\x00-\x7f\u3000-\u9fff\uff00-\uffef]/g) ?? [];
    expect(signs.join(''), `${name}:\n${app.term.text}`).toBe('');
  }
});

/** SGR parameters that were written, each for itself; a colour's own numbers are not among them. */
function sgr(written: string): Set<number> {
  const codes = new Set<number>();
  for (const [, all] of written.matchAll(/\x1b\[([\d;]*)m/g)) {
    const list = all!.split(';').map(Number);
    for (let i = 0; i < list.length; i++) {
      const code = list[i]!;
      codes.add(code);
      if (code === 38 || code === 48) i += list[i + 1] === 5 ? 2 : 4;
    }
  }
  return codes;
}

const isColor = (code: number) => (code >= 30 && code <= 49) || (code >= 90 && code <= 107);

test.each<[string, AppOptions]>([
  ['NO_COLOR', {env: {NO_COLOR: '1'}}],
  ['NO_COLOR on a large screen', {cols: 120, rows: 36, env: {NO_COLOR: '1'}}],
  ['the theme none', {settings: {theme: 'none'}}],
])('%s: no colour is written on any screen', async (_, options) => {
  const app = startApp({cols: 80, rows: 24, ...options});
  for await (const {name} of tour(app, 'en'))
    expect([...sgr(app.term.written)].filter(isColor), `up to ${name}`).toEqual([]);
});

test.each([
  [80, 24],
  [120, 36],
])('the theme contrast has no colour and dims nothing (%i×%i)', async (cols, rows) => {
  const app = startApp({cols, rows, settings: {theme: 'contrast'}});
  for await (const {name} of tour(app, 'en'))
    expect(
      [...sgr(app.term.written)].filter(code => isColor(code) || code === 2),
      `up to ${name}`,
    ).toEqual([]);
});

test('with colours there are some, so that the tests above can see them', async () => {
  const app = startApp({cols: 120, rows: 36});
  for await (const _ of tour(app, 'en'));
  const codes = sgr(app.term.written);
  expect([...codes].some(isColor)).toBe(true);
  expect(codes).toContain(2);
});
