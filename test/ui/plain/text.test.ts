/** Text for lines: paragraphs, and output without what a terminal would obey. */
import {expect, test} from 'vitest';
import {outputLines, prose} from '../../../src/ui/plain/text.ts';

test('paragraphs are joined and wrapped, lists and code keep their lines', () => {
  const source = 'One *small*\nparagraph.\n\n- a `b`\n  c\n- d\n\n```sh\nls  -l\n```\n';
  expect(prose(source, Number.POSITIVE_INFINITY)).toEqual([
    'One small paragraph.',
    '',
    '- a b c',
    '- d',
    '',
    '    ls  -l',
  ]);
  expect(prose('aaaa bbbb cccc dddd eeee', 20)).toEqual(['aaaa bbbb cccc dddd', 'eeee']);
});

test('Chinese lines are joined without a blank', () => {
  expect(prose('容器里的\n名字', Number.POSITIVE_INFINITY)).toEqual(['容器里的名字']);
});

test('a table is read row by row', () => {
  expect(prose('| a | b |\n|---|---|\n| 1 | 2 |', 80)).toEqual(['a; b', '1; 2']);
});

test('output has no escape sequences, and of overwritten lines the last', () => {
  expect(outputLines('\x1b[31mred\x1b[0m\r\n10%\r50%\r100%\r\n\x07bell\n').lines).toEqual(['red', '100%', 'bell']);
  const {lines, leftOut} = outputLines('y\n'.repeat(1000));
  expect([lines.length, leftOut]).toEqual([200, 800]);
});
