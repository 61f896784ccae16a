import {globSync, readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {sayError} from '../../../src/course/index.ts';
import {runWords} from '../../../src/course/words/run.ts';
import type {WordTable} from '../../../src/course/words/say.ts';
import {sessionWords} from '../../../src/course/words/session.ts';
import {verifyWords} from '../../../src/course/words/verify.ts';
import type {JournalEntry} from '../../../src/engine/index.ts';

const source = (pattern: string) =>
  globSync(pattern)
    .map(file => readFileSync(file, 'utf8'))
    .join('\n');
const codes = (text: string, names: RegExp) => new Set([...text.matchAll(names)].map(found => found[1] ?? ''));
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(found => found[1]).sort();

describe('words of what the course says', () => {
  const own = source('src/course/{session,progress,run,verify}/**/*.ts');

  it('has a sentence for every code, and no sentence that nobody says', () => {
    const said = codes(own, /'((?:session|progress|prediction)\.[a-z-]+)'/g);
    said.delete('progress.json');
    expect([...said].sort()).toEqual(Object.keys(sessionWords).sort());
  });

  it.each([
    ['run', runWords],
    ['verify', verifyWords],
  ] as [string, WordTable][])('%s: every code that is written out is there', (name, table) => {
    for (const code of codes(own, new RegExp(`'(${name}\\.[a-z.-]+)'`, 'g')))
      expect(Object.keys(table)).toContain(code);
  });

  it.each([sessionWords, runWords, verifyWords])('says the same things in both languages', table => {
    for (const [code, {en, zh}] of Object.entries(table)) {
      expect({code, holes: holes(zh)}).toEqual({code, holes: holes(en)});
      expect(zh.replace(/\{\w+\}/g, '')).toMatch(/\p{Script=Han}|^[^\p{L}]*$/u);
    }
  });

  it('tells a failed call with its arguments, its errno, and what that means', () => {
    const call: JournalEntry = {
      who: 'child',
      call: 'sethostname',
      args: ['"tiger"', '5'],
      result: -1n,
      errno: 'EPERM',
      startNs: 0n,
      durationNs: 0n,
      purpose: 'uts.sethostname',
    };
    const error = {code: 'call.failed', params: {call: 'sethostname', errno: 'EPERM'}, call};
    const lines = sayError(error, 'en').split('\n');
    expect(lines[0]).toContain('sethostname');
    expect(lines[1]).toBe('  sethostname("tiger", 5) = -1 EPERM');
    expect(lines[2]?.length).toBeGreaterThan(20);
    expect(sayError(error, 'zh')).toMatch(/内核/);
  });
});
