import stringWidth from 'string-width';
import {expect, test, vi} from 'vitest';
import {makeMarkdown} from '../../src/ui/markdown/markdown.ts';
import {share} from '../../src/ui/markdown/table.ts';
import {ASCII, UNICODE} from '../../src/ui/text/glyphs.ts';
import {makeStyle} from '../../src/ui/text/style.ts';

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

test('a terminal’s own control sequences do not get through', () => {
  expect(plain('evil \x1b[2J \x07 text', 40).join('')).not.toMatch(/\x1b\[2J|\x07/);
});
