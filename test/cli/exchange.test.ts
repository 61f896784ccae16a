/** Questions out and in on the command line: what is left out is named, nothing is overwritten, streams stay apart. */
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {parse} from 'gift-pegjs';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {glassbox} from '../support/glassbox.ts';

let dir: string;
const at = (name: string) => path.join(dir, name);
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'glassbox-exchange-'));
});
afterAll(() => rmSync(dir, {recursive: true, force: true}));

describe('export', () => {
  test('writes the file and names what is not in it; the sum is all there is', () => {
    const file = at('net.gift');
    const {status, stdout, stderr} = glassbox(['export', '06', '--to', 'gift', '-o', file]);
    expect([status, stdout]).toEqual([0, '']);
    const left = stderr.split('\n').filter(line => line.startsWith('left out: '));
    expect(left.some(line => line.startsWith('left out: net/q-number: '))).toBe(true);
    const [, count, of] = /wrote (\d+) of (\d+) questions/.exec(stderr)!;
    expect(Number(count) + left.length).toBe(Number(of));
    const questions = parse(readFileSync(file, 'utf8')).filter(one => one.type !== 'Category');
    expect(questions.length).toBe(Number(count));
  });

  test('goes to standard output, which holds nothing else', () => {
    const {status, stdout, stderr} = glassbox(['export', '06', '--to', 'moodle', '--lang', 'zh']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^<\?xml [\s\S]*<\/quiz>\n$/);
    expect(stderr).toContain('已略去：net/q-number');
  });

  test('a lab that is said twice has its questions once', () => {
    const once = glassbox(['export', '06', '--to', 'anki']).stdout;
    expect(glassbox(['export', '06,06', '--to', 'anki']).stdout).toBe(once);
  });

  test.each([
    [['--to', 'word'], 2, "got 'word'"],
    [[], 2, 'gift, moodle, qti, anki'],
    [['--to', 'qti'], 2, '-o questions.zip'],
  ])('%j: %i', (args, wanted, says) => {
    const {status, stdout, stderr} = glassbox(['export', '06', ...args]);
    expect([status, stdout]).toEqual([wanted, '']);
    expect(stderr).toContain(says);
  });

  test('leaves what is there', () => {
    const file = at('mine.xml');
    writeFileSync(file, 'mine');
    expect(glassbox(['export', '06', '--to', 'moodle', '-o', file]).status).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(glassbox(['export', '06', '--to', 'moodle', '-o', file, '--force']).status).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('<quiz>');
  });
});

describe('import', () => {
  test('names with its line what cannot be kept', () => {
    const [file, out] = [at('bank.gift'), at('quiz.md')];
    writeFileSync(file, 'One? {=a ~b}\n\nWrite. {}\n\nHow many? {#1..5}\n');
    const {status, stderr} = glassbox(['import', file, '-o', out]);
    expect(status).toBe(0);
    expect(stderr).toContain(`${file}:3: `);
    expect(stderr).toContain(`${file}:5: `);
    expect(stderr).toContain(`wrote 1 questions to ${out}`);
    expect(readFileSync(out, 'utf8')).toContain('type: single');
  });

  test.each([
    ['none.gift', undefined, 'ENOENT'],
    ['latin.gift', Buffer.from([0x61, 0xff, 0x7b, 0x7d]), 'UTF-8'],
    ['empty.gift', Buffer.alloc(0), 'nothing was written'],
    ['steer.gift', Buffer.from('x {\u001b[31ma}'), 'nothing was written'],
  ])('%s: nothing is written', (name, bytes, says) => {
    if (bytes) writeFileSync(at(name), bytes);
    const {status, stdout, stderr} = glassbox(['import', at(name), '-o', at('never.md')]);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('\u001b');
    expect(existsSync(at('never.md'))).toBe(false);
  });
});
