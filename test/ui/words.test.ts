import {describe, expect, test} from 'vitest';
import {actionWords, fixedKeys} from '../../src/ui/help/words.ts';
import {asciiOnly, canRunScreen, languageOf, whyNoScreen} from '../../src/ui/locale.ts';
import {uiWords} from '../../src/ui/words.ts';

const entries = Object.entries(uiWords);
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
/** The other language's name, symbols, and words that Chinese borrows as they are. */
const SAME = new Set(['app.otherLang', 'key.lang', 'app.root', 'facts.absent']);

describe('words', () => {
  test.each(entries)('%s: both languages, with the same parameters', (code, {en, zh}) => {
    expect(en).not.toBe('');
    expect(holes(zh)).toEqual(holes(en));
    if (!SAME.has(code)) expect(zh).toMatch(/[\u4e00-\u9fff]/);
    if (!SAME.has(code)) expect(en).not.toMatch(/[\u4e00-\u9fff]/);
  });

  test('Chinese uses its own punctuation', () => {
    const halfWidth = entries.filter(([, {zh}]) => /[\u4e00-\u9fff][,;:?!]/.test(zh)).map(([code]) => code);
    expect(halfWidth).toEqual([]);
  });

  test.each(Object.keys(actionWords) as (keyof typeof actionWords)[])('the help of %s has both languages', place => {
    for (const {en, zh} of [...Object.values(actionWords[place]), ...fixedKeys[place].map(one => one.does)]) {
      expect(en).toMatch(/[a-z]/);
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
    }
  });
});

describe('locale', () => {
  test.each([
    [{LANG: 'zh_CN.UTF-8'}, 'zh'],
    [{LANG: 'zh'}, 'zh'],
    [{LANG: 'zh_TW.UTF-8', LC_ALL: 'C'}, 'en'],
    [{LANG: 'en_US.UTF-8', LC_MESSAGES: 'zh_CN.UTF-8'}, 'zh'],
    [{LANG: 'zh_CN.UTF-8', LC_ALL: ''}, 'zh'],
    [{LANG: 'zhuang'}, 'en'],
    [{}, 'en'],
  ] as const)('%j is %s', (env, lang) => {
    expect(languageOf(env)).toBe(lang);
  });

  test.each([
    [{LANG: 'C'}, true],
    [{LANG: 'C.UTF-8'}, false],
    [{LANG: 'en_US.utf8'}, false],
    [{LC_ALL: 'zh_CN.GB18030', LANG: 'C.UTF-8'}, true],
    [{}, false],
    [{GLASSBOX_ASCII: '1', LANG: 'C.UTF-8'}, true],
    [{GLASSBOX_ASCII: '0', LANG: 'C'}, false],
  ] as const)('%j is ASCII only: %s', (env, ascii) => {
    expect(asciiOnly(env)).toBe(ascii);
  });
});

test.each([
  [{TERM: 'xterm'}, true, true, undefined],
  [{TERM: 'xterm'}, false, true, 'not-a-tty'],
  [{TERM: 'xterm'}, true, false, 'not-a-tty'],
  [{TERM: 'dumb'}, true, true, 'dumb'],
  [{}, true, true, 'dumb'],
  [{TERM: 'xterm', CI: 'true'}, true, true, 'ci'],
  [{TERM: 'xterm', CI: 'false'}, true, true, undefined],
  [{TERM: 'xterm', INK_SCREEN_READER: 'true'}, true, true, 'screen-reader'],
] as const)('%j with stdin %s and stdout %s: %s', (env, stdin, stdout, why) => {
  expect(whyNoScreen(env, {isTTY: stdin}, {isTTY: stdout})).toBe(why);
  expect(canRunScreen(env, {isTTY: stdin}, {isTTY: stdout})).toBe(why === undefined);
});
