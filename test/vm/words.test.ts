// What can be proved of the harness without a guest.
import {execFileSync} from 'node:child_process';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {newc} from '../../scripts/vm/newc.ts';
import {parseRun, UsageError} from '../../scripts/vm/options.ts';
import {quoted} from '../../scripts/vm/quoted.ts';
import {Tail} from '../../scripts/vm/tail.ts';

describe('arguments of run.ts', () => {
  it('takes what is said of the guest, and the command as it stands', () => {
    const {command, options} = parseRun([
      '--cgroup',
      'v1',
      '--memory',
      '900',
      '--timeout',
      '5',
      '--writable',
      '--',
      'ls',
      '-l',
      '--memory',
    ]);
    expect(command).toEqual(['ls', '-l', '--memory']);
    expect(options).toEqual({cgroup: 'v1', memory: 900, timeout: 5, writable: true});
  });

  it.each([
    [[], 'no command was given'],
    [['--cgroup', 'v3', '--', 'true'], '--cgroup: expected v2, v1 or hybrid, came v3'],
    [['--timeout', 'soon', '--', 'true'], '--timeout: expected a number of at least 1, came soon'],
    [['--memory', '0', '--', 'true'], '--memory: expected a number of at least 1, came 0'],
    [['--what', '--', 'true'], '--what'],
  ])('%j is refused', (args, message) => {
    expect(() => parseRun(args)).toThrow(UsageError);
    expect(() => parseRun(args)).toThrow(message);
  });
});

it('a word comes through sh as it was', () => {
  const word = fc.string({unit: 'binary'}).filter(text => !text.includes('\0') && text.isWellFormed());
  fc.assert(
    fc.property(fc.array(word, {minLength: 1, maxLength: 5}), words => {
      const script = `printf '%s\\0' ${words.map(quoted).join(' ')}`;
      expect(execFileSync('sh', ['-c', script]).toString()).toBe(words.map(text => `${text}\0`).join(''));
    }),
    {numRuns: 20},
  );
});

it('the first root is an archive as kernels read it: each header and each file begins at a multiple of four', () => {
  const archive = newc([
    {name: 'bin'},
    {name: 'bin/tool', data: Buffer.from('12345')},
    {name: 'a', data: Buffer.alloc(0), mode: 0o644},
  ]);
  const found: [string, string, string][] = [];
  for (let at = 0; ; ) {
    expect(archive.toString('latin1', at, at + 6)).toBe('070701');
    const field = (i: number) => Number.parseInt(archive.toString('latin1', at + 6 + i * 8, at + 14 + i * 8), 16);
    const [mode, size, length] = [field(1), field(6), field(11)];
    const name = archive.toString('utf8', at + 110, at + 110 + length - 1);
    const begin = (at + 110 + length + 3) & ~3;
    found.push([name, mode.toString(8), archive.toString('utf8', begin, begin + size)]);
    at = (begin + size + 3) & ~3;
    if (name === 'TRAILER!!!') {
      expect(at).toBe(archive.length);
      break;
    }
  }
  expect(found).toEqual([
    ['bin', '40755', ''],
    ['bin/tool', '100755', '12345'],
    ['a', '100644', ''],
    ['TRAILER!!!', '0', ''],
  ]);
});

it('of a console the last lines are kept, without what was meant for a screen', () => {
  const tail = new Tail();
  tail.add(Buffer.from('\x1bc\x1b[2JBooting\r\n'));
  for (let i = 0; i < 6000; i++) tail.add(Buffer.from(`line ${i}\r\n\r\n`));
  expect(tail.text(2)).toBe('line 5998\nline 5999');
  expect(tail.text()).not.toContain('Booting');
});
