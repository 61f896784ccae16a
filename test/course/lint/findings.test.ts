import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {lintFolder} from '../../../src/course/lint/lint.ts';
import {formatFinding, LAB_WORDS} from '../../../src/course/words/lab.ts';
import {BLOCKS} from '../cases/blocks.ts';
import type {Case} from '../cases/case.ts';
import {CONDITIONS} from '../cases/conditions.ts';
import {FENCES} from '../cases/fences.ts';
import {FRONT} from '../cases/front.ts';
import {MEANING} from '../cases/meaning.ts';
import {QUIZ} from '../cases/quiz.ts';
import {SPEC} from '../cases/spec.ts';
import {TRANSLATIONS} from '../cases/translations.ts';
import {change, FACTS, inFolder, QUESTIONS, SAMPLE, unmark} from '../support/labs.ts';

const ALL = {FRONT, FENCES, BLOCKS, SPEC, CONDITIONS, MEANING, TRANSLATIONS, QUIZ};
/** Found in folders and bytes, not in the text of a lab: load.test.ts and find.test.ts. */
const ELSEWHERE = [
  'file.missing',
  'file.unreadable',
  'file.not-regular',
  'file.too-big',
  'file.not-utf8',
  'labs.missing',
  'folder.name',
  'folder.same-number',
  'folder.same-id',
  'folder.ignored',
  'lab.no-steps',
  'lab.no-check',
  'check.no-mistake',
  // Only a session knows where it runs.
  'spec.needs-namespace-here',
  // Thousands of conditions: test/engine/spec/seccomp.test.ts.
  'spec.seccomp-long',
  'translation.none',
  'translation.unknown',
  // Examples stand with what finds them: test/course/quiz/{exam,draw}.test.ts.
  'exam.missing',
  'exam.twice',
  'exam.in-and-out',
  'exam.unknown-lab',
  'exam.unknown-item',
  'exam.count',
  'exam.include',
  'exam.no-kind',
  'quiz.same-id',
];

async function lintCase(one: Case) {
  const file = one.file ?? 'lab.md';
  const sample = {...SAMPLE, ...(file.startsWith('quiz') && QUESTIONS)};
  const changed = change(sample[file] ?? '', one.from, one.to);
  const {text, at} = unmark(one.more ? change(changed, ...one.more) : changed);
  const files = Object.fromEntries(
    Object.entries({...sample, [file]: text}).map(([name, content]) => [`01-sample/${name}`, content]),
  );
  return inFolder(files, async root => {
    const findings = await lintFolder(join(root, '01-sample'), FACTS);
    return {at: `${file}:${at}`, findings: findings.map(f => ({...f, file: f.file.split('/').at(-1)!}))};
  });
}

for (const [group, cases] of Object.entries(ALL)) {
  describe(`findings: ${group.toLowerCase()}`, () => {
    it.each(cases.map((one, i) => [`${one.code} (${i})`, one] as const))('%s', async (_, one) => {
      const {at, findings} = await lintCase(one);
      const places = findings.map(f => `${f.file}:${f.line}:${f.col} ${f.code}`);
      expect(places.filter(place => place === `${at} ${one.code}`)).toHaveLength(1);
      const finding = findings.find(f => `${f.file}:${f.line}:${f.col} ${f.code}` === `${at} ${one.code}`)!;
      expect(finding.params).toMatchObject(one.params ?? {});
      const others = findings.filter(f => f !== finding).map(f => f.code);
      expect(others.filter(code => !one.also?.includes(code))).toEqual([]);
      for (const lang of ['en', 'zh'] as const) {
        const said = formatFinding(finding, lang);
        expect(said).toMatch(new RegExp(`^${at.replaceAll('.', '\\.')}: `));
        // Nothing of the table's own shows: an unfilled {name}, a code instead of words.
        expect(said).not.toMatch(/(?<!\$)\{\w+\}|undefined/);
        expect(said).not.toContain(finding.code);
        if (finding.params.nearest) expect(said).toContain(String(finding.params.nearest));
      }
      expect(formatFinding(finding, 'zh')).toMatch(/\p{Script=Han}/u);
    });
  });
}

describe('the table of words', () => {
  it('has an example for every code, here or in a test of files', () => {
    const shown = Object.values(ALL).flatMap(cases => cases.map(one => one.code));
    expect(Object.keys(LAB_WORDS).filter(code => !shown.includes(code) && !ELSEWHERE.includes(code))).toEqual([]);
    expect([...shown, ...ELSEWHERE].filter(code => !Object.hasOwn(LAB_WORDS, code))).toEqual([]);
  });

  it('asks for the same parameters in each language', () => {
    const names = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(found => found[1]))].sort();
    for (const [code, words] of Object.entries(LAB_WORDS))
      expect([code, names(words.zh)]).toEqual([code, names(words.en)]);
  });

  it('says the nearest word, and that a warning is one', () => {
    const at = {file: 'labs/01-uts/lab.md', line: 3, col: 7};
    const finding = {
      ...at,
      severity: 'error' as const,
      code: 'run.side',
      params: {came: 'hots', known: 'host, box', nearest: 'host'},
    };
    expect(formatFinding(finding, 'en')).toBe(
      'labs/01-uts/lab.md:3:7: There is no side hots at this point. There is: host, box. A container must be begun above. Did you mean host?',
    );
    const warning = {...at, severity: 'warning' as const, code: 'var.unused', params: {name: 'x'}};
    expect(formatFinding(warning, 'zh')).toBe('labs/01-uts/lab.md:3:7: 提醒：变量 x 没有用到。请用上它，或者删掉。');
  });
});
