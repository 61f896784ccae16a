import {expect, test} from 'vitest';
import {LineTracker} from '../../../src/engine/terminal/shell-lines.ts';

function type(...keys: (string | Buffer)[]): {lines: string[]; dirty: boolean; broken: number} {
  const tracker = new LineTracker();
  const lines: string[] = [];
  let broken = 0;
  for (const one of keys) {
    tracker.push(
      one,
      line => lines.push(line),
      () => broken++,
    );
  }
  return {lines, dirty: tracker.dirty, broken};
}

test.each([
  ['ls -l\r', ['ls -l']],
  ['one\rtwo\n', ['one', 'two']],
  ['lx\x7fs\r', ['ls']],
  ['中文\x7f国\r', ['中国']],
  ['echo a b  \x17c\r', ['echo a c']],
  ['wrong\x15right\r', ['right']],
  ['half\x03\r', ['']],
  ['a\x16\x03b\r', ['a\x03b']],
  ['a\x1b[Db\x1bOAc\r', ['abc']],
])('keys %j enter %j', (keys, lines) => {
  expect(type(keys).lines).toEqual(lines);
});

test('a character cut in two is one character', () => {
  const bytes = Buffer.from('中\r');
  expect(type(bytes.subarray(0, 1), bytes.subarray(1)).lines).toEqual(['中']);
});

test('knows whether something stands on the line', () => {
  expect(type('').dirty).toBe(false);
  expect(type('ls').dirty).toBe(true);
  expect(type('ls\r').dirty).toBe(false);
  expect(type('x\x7f').dirty).toBe(false);
  // History: something that was never typed.
  expect(type('\x1b[A').dirty).toBe(true);
  expect(type('\x12').dirty).toBe(true);
});

test('Ctrl-C breaks any line, Ctrl-D an empty one', () => {
  expect(type('ls\x03').broken).toBe(1);
  expect(type('\x04').broken).toBe(1);
  expect(type('ls\x04').broken).toBe(0);
  expect(type('\x16\x03').broken).toBe(0);
});
