import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test, vi} from 'vitest';
import {makeMarkdown} from '../../src/ui/markdown/markdown.ts';
import {share} from '../../src/ui/markdown/table.ts';
import {ASCII, UNICODE} from '../../src/ui/text/glyphs.ts';
import {makeStyle} from '../../src/ui/text/style.ts';

// Before marked-terminal is imported: it looks at the terminal once, and this says that hyperlinks are known.
vi.hoisted(() => {
  process.env.FORCE_HYPERLINK = '1';
});

const plain = makeMarkdown(makeStyle('none'), UNICODE);
const colored = makeMarkdown(makeStyle('dark'), UNICODE);
const strip = (lines: string[]) => lines.map(line => line.replace(/\x1b\[[0-9;]*m/g, '').trimEnd());

test('inline markup in lists is rendered, and items hang', () => {
  const lines = colored('- one **bold** word and more words\n  - nested `code`\n- [x] done', 20);
  expect(strip(lines)).toEqual(['• one bold word and', '  more words', '  • nested code', '✓ done']);
  expect(lines[0]).toContain('\x1b[1mbold\x1b[22m');
});

test('numbered lists count from where they start', () => {
  expect(strip(plain('3. three\n4. four', 20))).toEqual(['3. three', '4. four']);
});

test('paragraphs are reflowed; a line break in Chinese means nothing', () => {
  expect(strip(plain('one\ntwo', 20))).toEqual(['one two']);
  expect(strip(plain('命名\n空间', 20))).toEqual(['命名空间']);
});

test('code keeps colons, and shows itself without colour too', () => {
  expect(strip(plain('see `a:b::c`', 40))).toEqual(['see `a:b::c`']);
  expect(strip(colored('see `a:b::c`', 40))).toEqual(['see a:b::c']);
});

test('characters that HTML escapes come out as they are', () => {
  expect(strip(plain('a < b & "c" `d > e`', 40))).toEqual(['a < b & "c" `d > e`']);
});

test('code blocks are wrapped, not cut', () => {
  for (const render of [plain, colored]) {
    const lines = strip(render('```sh\necho aaaaaaaaaaaaaaaaaaaaaaaaaaaa\n```', 16));
    expect(lines.map(line => line.slice(2)).join('')).toBe('echo aaaaaaaaaaaaaaaaaaaaaaaaaaaa');
    expect(Math.max(...lines.map(line => stringWidth(line)))).toBeLessThanOrEqual(16);
  }
});

test('an unknown language is silent', () => {
  const error = vi.spyOn(console, 'error');
  expect(strip(colored('```nosuchlang\nx = 1\n```', 20))).toEqual(['  x = 1']);
  expect(error).not.toHaveBeenCalled();
  error.mockRestore();
});

test('tables keep to the width, wrap in their cells, and align with Chinese', () => {
  const lines = strip(plain('| a | b |\n|---|---|\n| pid | 进程编号，很长的一段中文说明应该换行 |\n| 用户 | x |', 24));
  expect(Math.max(...lines.map(line => stringWidth(line)))).toBeLessThanOrEqual(24);
  const bars = lines.filter(line => line.includes('│')).map(line => stringWidth(line.slice(0, line.indexOf('│'))));
  expect(bars.length).toBeGreaterThan(3);
  expect(new Set(bars).size).toBe(1);
});

test('columns that ask for little get it', () => {
  expect(share([3, 40, 5], 30)).toEqual([3, 22, 5]);
  expect(share([3, 4], 30)).toEqual([3, 4]);
});

test('quotes, rules and headings; in ASCII nothing else', () => {
  const ascii = makeMarkdown(makeStyle('none'), ASCII)('# Head\n\n> said\n\n---\n\n- x', 20);
  expect(strip(ascii)).toEqual(['Head', '', '| said', '', '--------------------', '', '* x']);
});

test('numbers of a list end in one column, and count from 0 where it says so', () => {
  expect(strip(plain('9. nine\n10. ten', 20))).toEqual([' 9. nine', '10. ten']);
  expect(strip(plain('0. zero', 20))).toEqual(['0. zero']);
});

test('task lists have one mark each, also with blank lines between', () => {
  expect(strip(plain('- [ ] todo\n\n- [x] done', 20))).toEqual(['○ todo', '', '✓ done']);
});

test('a second paragraph of an item stands apart from the first', () => {
  expect(strip(plain('- one\n\n  two\n\n- three', 20))).toEqual(['• one', '', '  two', '', '• three']);
});

test('a hard break breaks', () => {
  expect(strip(plain('one  \ntwo\\\nthree<br>four', 20))).toEqual(['one', 'two', 'three', 'four']);
});

test.each([
  ['这是**“重点”**，还有', '这是“重点”，还有'],
  ['**注意：**后面', '注意：后面'],
  ['容器**`box`**是', '容器`box`是'],
  ['*“轻”*读', '“轻”读'],
  ['2 * 3 * 4 和 a**b', '2 * 3 * 4 和 a**b'],
  ['`a**b**`和`*.c`', '`a**b**`和`*.c`'],
])('emphasis beside Chinese: %s', (source, shown) => {
  expect(strip(colored(source, 60)).join('')).toBe(shown.replaceAll('`', ''));
  expect(strip(plain(source, 60))).toEqual([shown]);
});

test('a line break between Chinese means nothing, whatever style it is in', () => {
  expect(strip(plain('**命名**\n空间', 20))).toEqual(['命名空间']);
});

describe('links', () => {
  test.each([
    ['[the manual](https://man7.org/x)', 'the manual (https://man7.org/x)'],
    ['<https://example.com/a> https://example.org/b', 'https://example.com/a https://example.org/b'],
    ['[https://x.y/](https://x.y/)', 'https://x.y/'],
    ['a@b.cc', 'a@b.cc'],
  ])('%s: the address once', (source, shown) => {
    expect(strip(plain(source, 60))).toEqual([shown]);
  });

  test('no hyperlink sequences, whatever the terminal knows', () => {
    expect(plain('[x](https://y.z)', 60).join('')).not.toContain('\x1b]');
  });
});

test('images are their description, or else their file', () => {
  expect(strip(plain('see ![the stage](s.png) and ![](t.png).', 60))).toEqual(['see the stage and t.png.']);
});

test('HTML is shown as it is written, but for comments; entities are what they mean', () => {
  expect(strip(plain('a <b>x</b> &lt;y&gt; &#x4f60; &nosuch; <!-- z -->', 60))).toEqual(['a <b>x</b> <y> 你 &nosuch;']);
  expect(strip(plain('<div>\nx\n</div>\n\nafter', 60))).toEqual(['<div>', 'x', '</div>', '', 'after']);
});

test('tables obey their alignment', () => {
  expect(
    strip(plain('| a | 名字 | c |\n|--:|:-:|---|\n| 100 | 中间的字 | x |', 40)).map(line => line.trimEnd()),
  ).toEqual(['  a │   名字   │ c', '──────────────────', '100 │ 中间的字 │ x']);
});

test('a table of more columns than there is room for becomes a list', () => {
  const head = 'abcdefghij'.split('');
  const source = [head, head.map(() => '-'), head.map(one => one.repeat(4))]
    .map(row => `|${row.join('|')}|`)
    .join('\n');
  const lines = strip(plain(source, 40));
  expect(lines).toHaveLength(10);
  expect(lines[3]).toBe('d: dddd');
});

test('code keeps its first indent; where a line is broken, a mark says so', () => {
  for (const render of [plain, colored]) {
    expect(strip(render('```c\n  int x;\n    y;\n```', 20))).toEqual(['    int x;', '      y;']);
    expect(strip(render('```sh\necho aaaaaaaaaaaaaa\n```', 16))).toEqual(['  echo aaaaaaaaa', '↳ aaaaa']);
  }
});

test('control characters do not get through, wherever they are', () => {
  const evil = '\x1b[2J\x07\x9b1m\u202e';
  const source = `${evil}\n\n\`${evil}\`\n\n\`\`\`sh\n${evil}\n\`\`\`\n\n| ${evil} |\n|---|\n| x |\n\n[${evil}](http://a/${evil}) &#27;[1m`;
  const shown = plain(source, 60)
    .join('')
    .replace(/\x1b\[(\d+)m/g, (all, code) => (['0', '1', '4', '22', '24'].includes(code) ? '' : all));
  expect(shown).toContain('??[2J??');
  expect(shown).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202e]/);
});

/** Documents as people write them: every kind of block, of words that hold no digit. */
const documents = (() => {
  const word = fc.oneof(
    fc.stringMatching(/^[a-z]{1,14}$/),
    fc.constantFrom(
      '命名空间',
      '你好，世界',
      '（括号）',
      '**粗体。**',
      '`ps aux | wc`',
      '👨‍👩‍👧',
      'é',
      'https://a.bc/defghi/klmnop',
    ),
    fc.stringMatching(/^[a-z/]{40,90}$/),
  );
  const words = fc.array(word, {minLength: 1, maxLength: 12});
  const line = words.map(all => all.join(' '));
  const cell = line.map(text => text.replaceAll('|', '\\|'));
  const list = fc.tuple(fc.constantFrom('- ', '1. ', '- [ ] ', '- [x] '), fc.array(line, {minLength: 1, maxLength: 4}));
  const nested = fc
    .array(list, {minLength: 1, maxLength: 3})
    .map(levels =>
      levels.flatMap(([mark, items], depth) => items.map(item => ' '.repeat(depth * 4) + mark + item)).join('\n'),
    );
  const table = fc.integer({min: 1, max: 6}).chain(columns => {
    const row = fc.array(cell, {minLength: columns, maxLength: columns}).map(all => `| ${all.join(' | ')} |`);
    return fc
      .tuple(row, fc.array(row, {maxLength: 3}))
      .map(([head, rows]) => [head, `${'|---'.repeat(columns)}|`, ...rows].join('\n'));
  });
  const block = fc.oneof(
    line,
    fc.array(line, {maxLength: 3}).map(lines => lines.join('\n')),
    nested,
    table,
    line.map(text => `> ${text}`),
    line.map(text => `## ${text}`),
    fc
      .tuple(fc.constantFrom('sh', 'c', 'text', ''), line)
      .map(([language, text]) => `\`\`\`${language}\n${text}\n\`\`\``),
  );
  return fc.array(block, {minLength: 1, maxLength: 5}).map(blocks => blocks.join('\n\n'));
})();

const letters = (text: string) => {
  const counts = new Map<string, number>();
  for (const [letter] of text.matchAll(/\p{L}|👨‍👩‍👧/gu)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
};

test.each([
  ['without colour', plain],
  ['in colour', colored],
])('no line is too wide and no letter is lost, at any width (%s)', (_, render) => {
  fc.assert(
    fc.property(documents, fc.integer({min: 30, max: 120}), (source, width) => {
      const lines = render(source, width);
      for (const one of lines) expect(stringWidth(one)).toBeLessThanOrEqual(width);
      const shown = letters(strip(lines).join('\n'));
      const wanted = letters(source.replace(/^```\w*$/gm, '').replaceAll('[x]', ''));
      for (const [letter, count] of wanted)
        expect(shown.get(letter) ?? 0, `${letter} in:\n${source}\n→\n${lines.join('\n')}`).toBeGreaterThanOrEqual(
          count,
        );
    }),
    {numRuns: 60},
  );
});
