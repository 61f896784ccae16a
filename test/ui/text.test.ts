import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {cells, clip, fitTo, spread} from '../../src/ui/text/width.ts';
import {wrap} from '../../src/ui/text/wrap.ts';

const strip = (text: string) => text.replace(/\x1b\[[0-9;]*m/g, '');
/** Text as labs have it: English, Chinese, punctuation, styles. */
const word = fc.oneof(
  fc.stringMatching(/^[a-z()/.,]{1,12}$/),
  fc.constantFrom(
    '命名空间',
    '你好，世界',
    '（括号）',
    '容器',
    '\x1b[1mbold\x1b[22m',
    '\x1b[36m青色\x1b[39m',
    'é',
    '👨‍👩‍👧',
  ),
);
const prose = fc.array(word, {maxLength: 30}).map(words => words.join(' '));

test('cells: as many as string-width says, whatever path is taken', () => {
  fc.assert(fc.property(prose, text => cells(text) === stringWidth(text)));
});

test('fitTo: exactly the width, whatever comes', () => {
  fc.assert(
    fc.property(prose, fc.integer({min: 1, max: 60}), (text, width) => stringWidth(fitTo(text, width)) === width),
  );
});

test('fitTo: a wide character that does not fit is replaced by a blank, and styles end', () => {
  expect(fitTo('你好', 3)).toBe('你 ');
  expect(fitTo('\x1b[31mred and more', 3)).toBe('\x1b[31mred\x1b[0m');
  expect(fitTo('ab', 4)).toBe('ab  ');
});

test('clip: says that something was cut', () => {
  expect(clip('abcdef', 6, '…')).toBe('abcdef');
  expect(strip(clip('abcdefg', 6, '…'))).toBe('abcde…');
  expect(strip(clip('命名空间的', 6, '…'))).toBe('命名…');
});

test('spread: both ends on one line; the left one gives way', () => {
  expect(strip(spread('left', 'right', 20, '…'))).toBe('left           right');
  expect(strip(spread('a very long left part', 'right', 20, '…'))).toBe('a very long l… right');
});

describe('wrap', () => {
  test('no line is wider than asked, and nothing but blanks is lost', () => {
    fc.assert(
      fc.property(prose, fc.integer({min: 4, max: 50}), (text, width) => {
        const lines = wrap(text, width);
        const solid = (all: string) => strip(all).replace(/\s/g, '');
        return lines.every(line => stringWidth(line) <= width) && solid(lines.join('')) === solid(text);
      }),
    );
  });

  test('no line begins with closing punctuation, and no English word is broken', () => {
    fc.assert(
      fc.property(prose, fc.integer({min: 16, max: 50}), (text, width) => {
        const lines = wrap(text, width).map(strip);
        const words = (all: string) => all.match(/[a-z]+/g) ?? [];
        const known = new Set(words(strip(text)));
        return lines.every(line => !/^[，。）]/.test(line) && words(line).every(one => known.has(one)));
      }),
    );
  });

  test('what is wider than a line is cut between characters as people see them', () => {
    expect(wrap('👨‍👩‍👧'.repeat(4), 5)).toEqual(['👨‍👩‍👧👨‍👩‍👧', '👨‍👩‍👧👨‍👩‍👧']);
  });

  test('English breaks at blanks', () => {
    expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four']);
  });

  test('Chinese breaks anywhere, but punctuation keeps to its word', () => {
    expect(wrap('这是命名空间，不是别的', 12)).toEqual(['这是命名空', '间，不是别的']);
    expect(wrap('一二三四（五六）', 10)).toEqual(['一二三四', '（五六）']);
  });

  test('Chinese and English stand on one line', () => {
    expect(wrap('右边的 shell 是用 clone3 启动的', 20)).toEqual(['右边的 shell 是用', 'clone3 启动的']);
  });

  test('a style that spans lines is closed and opened again on each', () => {
    expect(wrap('\x1b[1mone two\x1b[22m x', 4)).toEqual(['\x1b[1mone\x1b[0m', '\x1b[1mtwo\x1b[22m', 'x']);
  });

  test('what is wider than a line is cut', () => {
    expect(wrap('/a/very/long/path', 6)).toEqual(['/a/ver', 'y/long', '/path']);
  });
});
