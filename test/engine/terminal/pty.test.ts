/** The master side of a terminal, at its end. */
import {openSync} from 'node:fs';
import {expect, test} from 'vitest';
import {Pty} from '../../../src/engine/terminal/pty.ts';

test('a closed terminal takes no size: the number of its descriptor may be another file’s by now', () => {
  const pty = new Pty(openSync('/dev/ptmx', 'r+'), {cols: 80, rows: 24});
  pty.close();
  expect(() => pty.resize({cols: 132, rows: 50})).not.toThrow();
  expect(pty.size).toEqual({cols: 80, rows: 24});
});
