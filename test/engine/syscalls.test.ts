import {execFileSync} from 'node:child_process';
import {describe, expect, it} from 'vitest';
import * as flags from '../../src/engine/flags.ts';
import {callNumbers, errnoName, errnos} from '../../src/engine/syscalls.ts';

/** Values of C expressions, from the compiler that knows the headers of an architecture. */
function fromHeaders(compiler: string, headers: readonly string[], names: readonly string[]): Map<string, number> {
  const source = [
    '#define _GNU_SOURCE',
    ...headers.map(h => `#include <${h}>`),
    // One line per name that is defined at all; the preprocessor alone is enough for numbers.
    ...names.map(name => `#ifdef ${name}\nGLASSBOX_${name} = (${name})\n#endif`),
  ].join('\n');
  const out = execFileSync(compiler, ['-E', '-P', '-'], {input: source, encoding: 'utf8'});
  const found = new Map<string, number>();
  // GLASSBOX_O_TMPFILE = ((020000000 | 0200000)): octal and hexadecimal as in C, casts and suffixes dropped.
  for (const match of out.matchAll(/GLASSBOX_(\w+) = (.*)/g)) {
    const expression = match[2]!
      .replace(/\(\s*(unsigned\s+)?\w+\s*\)(?=\()/g, '')
      .replace(/\b(0x[\da-f]+|\d+)[ULul]+\b/gi, '$1');
    const c = expression.replace(/\b0([0-7]+)\b/g, '0o$1');
    if (/^[\d\sxoa-fA-F()|<+*-]+$/.test(c)) found.set(match[1]!, Number(new Function(`return ${c}`)()));
  }
  return found;
}

const compilers = {x64: 'gcc', arm64: 'aarch64-linux-gnu-gcc'} as const;

describe.each([
  ['x86-64', 0, compilers.x64],
  ['arm64', 1, compilers.arm64],
] as const)('system calls of %s', (_name, column, compiler) => {
  it('have the numbers of the headers', () => {
    const names = Object.keys(callNumbers);
    const found = fromHeaders(
      compiler,
      ['sys/syscall.h'],
      names.map(name => `__NR_${name}`),
    );
    const expected = Object.fromEntries(
      Object.entries(callNumbers).map(([name, numbers]) => [`__NR_${name}`, numbers[column]]),
    );
    expect(Object.fromEntries(found)).toEqual(expected);
  });
});

it('errnos are those of the headers, on both architectures', () => {
  for (const compiler of Object.values(compilers)) {
    expect(Object.fromEntries(fromHeaders(compiler, ['errno.h'], Object.keys(errnos)))).toEqual(errnos);
  }
  expect(errnoName(1)).toBe('EPERM');
  expect(errnoName(95)).toBe('EOPNOTSUPP');
  expect(errnoName(4000)).toBe('4000');
});

it('flags are those of the headers on this architecture', () => {
  const compiler = process.arch === 'arm64' ? 'cc' : 'gcc';
  const tables = {...flags.CLONE, ...flags.O, ...flags.RESOLVE, ...flags.PR, ...flags.CLOSE_RANGE};
  const headers = ['fcntl.h', 'linux/sched.h', 'linux/prctl.h', 'linux/close_range.h', 'linux/openat2.h'];
  const found = fromHeaders(compiler, headers, Object.keys(tables));
  expect(found.size).toBeGreaterThan(30);
  for (const [name, value] of found) expect([name, value]).toEqual([name, (tables as Record<string, number>)[name]]);
  const mounts = {...flags.MS, ...flags.MNT};
  const uapi = fromHeaders(compiler, ['linux/mount.h'], Object.keys(mounts));
  expect(uapi.size).toBeGreaterThan(15);
  for (const [name, value] of uapi) expect([name, value]).toEqual([name, (mounts as Record<string, number>)[name]]);
});

it('names of flags read as strace prints them', () => {
  expect(flags.flagNames(flags.MS, 0x44000n)).toBe('MS_REC|MS_PRIVATE');
  expect(flags.flagNames(flags.MS, 0n)).toBe('0');
  expect(flags.flagNames(flags.CLONE, 0x4000000n | 0x1n)).toBe('CLONE_NEWUTS|0x1');
});
