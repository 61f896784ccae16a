import {describe, expect, it} from 'vitest';
import {COLUMNS, measure, widthOf} from '../../../src/course/lint/width.ts';

describe('how much room a text takes', () => {
  it.each([
    ['one line', 1],
    ['two\nlines that flow together', 1],
    [`${'x'.repeat(COLUMNS)}`, 1],
    [`${'x'.repeat(COLUMNS + 1)}`, 2],
    ['a paragraph\n\nand another', 3],
    ['- one\n- two\n- three', 3],
    ['a list:\n1. one\n2. two', 3],
    ['| a | b |\n| - | - |', 2],
    ['```sh\nls\npwd\n```', 2],
    ['before\n\n```\nx\n\ny\n```\nafter', 6],
    // 38 characters fill a line of 76 cells.
    ['字'.repeat(38), 1],
    ['字'.repeat(39), 2],
    [`**${'x'.repeat(COLUMNS - 2)}** \`y\``, 1],
  ])('%j: %i', (text, lines) => expect(measure(text).lines).toBe(lines));

  it('an example cannot be wrapped', () => {
    expect(measure(`\`\`\`\n${'x'.repeat(77)}\nok\n\`\`\``).wide).toEqual([{text: 'x'.repeat(77), width: 77}]);
    expect(measure('x'.repeat(77)).wide).toEqual([]);
  });

  it('cells of one line: Chinese counts twice, markup and addresses not at all', () => {
    expect(widthOf('容器 box')).toBe(8);
    expect(widthOf('`uts` and **more**')).toBe(12);
    expect(widthOf('[text](https://example.org)')).toBe(4);
  });
});
