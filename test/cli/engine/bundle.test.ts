/** Files that somebody wrote by hand: one clear fault each, with the file and the place in it, in both languages. */
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {describe, expect, onTestFinished, test} from 'vitest';
import {describe as words} from '../../../src/cli/describe.ts';
import {readBundle} from '../../../src/cli/engine/flags/bundle.ts';
import {readJson} from '../../../src/cli/engine/flags/read-json.ts';
import {JsonFault, scanJson} from '../../../src/cli/engine/flags/scan-json.ts';
import type {Lang} from '../../../src/course/index.ts';
import {engine} from './support.ts';

function folder(): string {
  const dir = mkdtempSync('/tmp/gb-bundle-');
  onTestFinished(() => rmSync(dir, {recursive: true}));
  return dir;
}

function bundle(config: string | Buffer): string {
  const dir = folder();
  writeFileSync(path.join(dir, 'config.json'), config);
  return dir;
}

/** What a person reads of a bundle that is refused, without the path of its file. */
async function said(dir: string, lang: Lang = 'en'): Promise<string> {
  const failure = await readBundle(dir).then(
    spec => expect.unreachable(JSON.stringify(spec)),
    (error: unknown) => error,
  );
  const {text} = await words(failure, lang);
  expect(text).toContain(path.join(dir, 'config.json'));
  return text.replaceAll(path.join(dir, 'config.json'), 'FILE');
}

const good = '{"process": {"args": ["true"]}}';
const deep = (n: number, inner = '1'): string => '['.repeat(n) + inner + ']'.repeat(n);

describe('a text that is no specification', () => {
  test.each<[string, string | Buffer, ...string[]]>([
    ['nothing', '', 'FILE:1:1', 'ends here'],
    ['blanks', ' \n\n  ', 'FILE:3:3', 'ends here'],
    ['half of it', good.slice(0, -1), 'FILE:1:31', ', }', 'ends here'],
    ['a string without an end', '{"process', 'FILE:1:10', 'expected one of "'],
    ['a comma too many', '{\n  "process": {"args": ["true"],}\n}', 'FILE:2:32', '"}"'],
    ['a comma too few', '{"process": {}\n "hostname": "x"}', 'FILE:2:2', ', }', '"\\""'],
    ['a comment', `// mine\n${good}`, 'FILE:1:1', '"/"'],
    ['single quotes', "{'process': 1}", 'FILE:1:2', '"\'"'],
    ['a number of YAML', '{"a": 0x10}', 'FILE:1:8', '"x"'],
    ['NaN', '{"a": NaN}', 'FILE:1:7', '"N"'],
    ['an escape that is none', '{"a": "\\x"}', 'FILE:1:8', '\\uXXXX'],
    ['a tab in a string', '{"a": "\t"}', 'FILE:1:8', '\\u0009'],
    ['two of them', `${good}\n${good}`, 'FILE:2:1', 'EOF'],
    ['a NUL', `${good}\0`, 'FILE:1:32', 'EOF', '\\u0000'],
    ['an emoji', '{"a": 😀}', 'FILE:1:7', '"😀"'],
    ['a byte order mark', `\uFEFF${good}`, 'FILE:1:1', 'byte order mark'],
    ['UTF-16', Buffer.from(`\uFEFF${good}`, 'utf16le'), 'FILE:1:1', 'UTF-8', '0xff'],
    ['Latin 1', Buffer.from('{"a": "x",\n "b": "\xe9"}', 'latin1'), 'FILE:2:8', 'UTF-8', '0xe9'],
    ['a key twice', '{"process": 1,\n  "process": 2}', 'FILE:2:3', '"process"', 'second time'],
    ['a key twice, deep inside', '{"a": [{"b": {"c": 1, "d": [], "c": {}}}]}', 'FILE:1:32', '"c"'],
    ['a key twice, written in two ways', '{"args": 1, "\\u0061rgs": 2}', 'FILE:1:13', '"args"'],
    ['__proto__', '{"process": {"args": ["true"], "__proto__": {"terminal": true}}}', 'FILE: process.__proto__'],
    ['__proto__ as a whole', '{"__proto__": {"process": {"args": ["true"]}}}', 'FILE: process is missing'],
    ['__proto__ of annotations', `{"annotations": {"__proto__": "x"}, ${good.slice(1)}`, 'FILE: annotations.__proto__'],
    ['a list', '[]', 'FILE', 'object'],
    ['null', 'null', 'FILE', 'object'],
    ['lists in lists, far down', deep(1_000_000), 'FILE', 'object'],
    ['the same, without an end', '['.repeat(1_000_000), 'FILE:1:1000001', 'ends here'],
    ['the same as a value', `{"process": {"args": ${deep(500_000)}}}`, 'FILE: process.args[0]', 'string'],
    [
      'the same of objects',
      `{"hostname": ${'{"a":'.repeat(300_000)}1${'}'.repeat(300_000)}, ${good.slice(1)}`,
      'FILE: hostname',
    ],
    ['a value of the wrong kind', '{"process": {"args": [true]}}', 'FILE: process.args[0]', 'string', 'true'],
    ['a key that is nobody’s', `{"hostnam": "x", ${good.slice(1)}`, 'FILE: hostnam'],
    ['what is not carried out', `{"hooks": {}, ${good.slice(1)}`, 'FILE: hooks'],
  ])('%s', async (_what, config, ...parts) => {
    const text = await said(bundle(config));
    for (const part of parts) expect(text).toContain(part);
    expect(text.split('\n'), 'one sentence or two, and no stack').toHaveLength(1);
    expect(text).not.toMatch(/\{\w+\}|undefined|SyntaxError/);
    const chinese = await said(bundle(config), 'zh');
    expect(chinese).toMatch(/[\u4e00-\u9fff]/);
    expect(chinese).not.toMatch(/\{\w+\}|undefined|expected|got/);
  });
});

describe('what is no file of text', () => {
  const file = (dir: string): string => path.join(dir, 'config.json');
  test.each<[string, (dir: string) => void, RegExp]>([
    ['nothing', () => {}, /FILE: ENOENT/],
    ['a folder', dir => mkdirSync(file(dir)), /FILE .*directory/],
    // Nobody will ever write into it: whoever waited for that would hang.
    ['a FIFO', dir => execFileSync('mkfifo', [file(dir)]), /FILE .*FIFO/],
    ['a link to a device', dir => execFileSync('ln', ['-s', '/dev/zero', file(dir)]), /FILE .*device/],
    ['a link in a circle', dir => execFileSync('ln', ['-s', 'config.json', file(dir)]), /FILE: ELOOP/],
    ['10 MiB', dir => writeFileSync(file(dir), good.padEnd(10 * 2 ** 20)), /FILE .*4194304.*10485760/],
    [
      'a terabyte of nothing',
      dir => {
        writeFileSync(file(dir), '');
        truncateSync(file(dir), 2 ** 40);
      },
      /FILE .*4194304/,
    ],
    ['a file whose size is not told', dir => execFileSync('ln', ['-s', '/proc/self/status', file(dir)]), /FILE:1:1: /],
  ])('%s', async (_what, make, expected) => {
    const dir = folder();
    make(dir);
    expect(await said(dir)).toMatch(expected);
    expect(await said(dir, 'zh')).toMatch(/[\u4e00-\u9fff]/);
  });
});

test('what is JSON is taken as JSON.parse has it, and the rest is refused where JSON.parse refuses', () => {
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"b"',
    '"\\u00e9"',
    '"',
    '\\',
    '1',
    '-0',
    '01',
    '1e5',
    '.',
    'true',
  ];
  const more = ['null', 'nul', ' ', '\n', '\0', 'é', '{"a":1}', '[1,2]', '\u2028', '"\\'];
  const verdict = (act: () => unknown): unknown => {
    try {
      return act();
    } catch (error) {
      return error instanceof JsonFault && error.key !== undefined ? 'twice' : 'no';
    }
  };
  const same = (text: string): void => {
    const [ours, theirs] = [verdict(() => scanJson(text)), verdict(() => JSON.parse(text))];
    // A key that comes twice is told at once, whatever follows.
    if (ours !== 'twice') expect([text, ours === 'no']).toEqual([text, theirs === 'no']);
  };
  fc.assert(fc.property(fc.json(), same), {seed: 8, numRuns: 500});
  const mixed = fc.array(fc.constantFrom(...pieces, ...more), {maxLength: 12}).map(parts => parts.join(''));
  fc.assert(fc.property(mixed, same), {seed: 8, numRuns: 5000});
  const cut = fc.tuple(fc.json(), fc.nat(), fc.constantFrom(...pieces)).map(([text, at, by]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + by + text.slice(place + 1);
  });
  fc.assert(fc.property(cut, same), {seed: 8, numRuns: 3000});
});

test('a filter is read in the same way, and a whole run says it and leaves nothing', () => {
  const dir = bundle('{"defaultAction": "SCMP_ACT_ALLOW", "defaultAction": "SCMP_ACT_KILL"}');
  const filter = path.join(dir, 'config.json');
  expect(() => readJson(filter)).toThrow(expect.objectContaining({code: 'engine.json.twice'}));
  const e = engine();
  for (const args of [
    ['--security-opt', `seccomp=${filter}`, 'true'],
    ['--bundle', dir],
  ]) {
    const {status, stdout, stderr} = e(['run', '--rm', ...args]);
    expect({status, stdout}).toEqual({status: 125, stdout: ''});
    expect(stderr).toBe(
      `glassbox: ${filter}:1:37: expected each key once, got "defaultAction" a second time: leave one of them out.\n`,
    );
  }
  expect(e.files()).toEqual([]);
});
