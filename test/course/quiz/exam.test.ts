import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {drawQuiz} from '../../../src/course/quiz/draw.ts';
import {loadExam, parseExam} from '../../../src/course/quiz/exam.ts';
import {formatFinding} from '../../../src/course/words/lab.ts';
import {realItems} from './support.ts';

const whole = `title: {en: Midterm, zh: 期中}
labs: [03, uts, 06-net]
kinds: [single, repair]
count: 4
seed: 2026
minutes: 30
include: [pid/q-hands]
exclude: [uts/q1]
points: {repair: 3}
`;

describe('an exam', () => {
  it('is read whole', async () => {
    const items = await realItems();
    const {exam, findings} = parseExam(whole.replace('[uts/q1]', '[pid/q-order]'), 'exam.yaml', items);
    expect(findings).toEqual([]);
    expect(exam).toEqual({
      title: {en: 'Midterm', zh: '期中'},
      labs: ['3', 'uts', '06-net'],
      kinds: ['single', 'repair'],
      count: 4,
      seed: '2026',
      minutes: 30,
      include: ['pid/q-hands'],
      exclude: ['pid/q-order'],
      points: {repair: 3},
    });
    const {asked} = drawQuiz(items, exam!);
    expect(asked.length).toBe(4);
    expect(asked.find(({item}) => item === 'pid/q-hands')?.points).toBe(3);
    for (const {labId, kind} of asked) {
      expect(['pid', 'uts', 'net']).toContain(labId);
      expect(['single', 'repair']).toContain(kind);
    }
  });

  it('needs a title, a count and a seed', () => {
    const {exam} = parseExam('title: T\ncount: 5\nseed: s', 'exam.yaml');
    expect(exam).toEqual({
      title: {en: 'T'},
      labs: [],
      kinds: [],
      count: 5,
      seed: 's',
      include: [],
      exclude: [],
      points: {},
    });
  });

  it.each([
    ['count: 5\nseed: s', '1:1 yaml.missing'],
    ['title: T\ncount: 0\nseed: s', '2:8 yaml.range'],
    ['title: T\ncount: many\nseed: s', '2:8 yaml.type'],
    ['title: T\ncount: 5\nseed: s\nminuets: 3', '4:1 yaml.unknown-key'],
    ['title: T\ncount: 5\nseed: s\nminutes: 0.5', '4:10 yaml.type'],
    ['title: T\ncount: 5\nseed: s\nkinds: [singel]', '4:9 yaml.value'],
    ['title: T\ncount: 5\nseed: s\npoints: {repair: -1}', '4:18 yaml.range'],
    ['title: T\ncount: 5\nseed: s\nlabs: [88]', '4:8 exam.unknown-lab'],
    ['title: T\ncount: 5\nseed: s\nlabs: [uts, utz]', '4:13 exam.unknown-lab'],
    ['title: T\ncount: 5\nseed: s\ninclude: [pid/q-hand]', '4:11 exam.unknown-item'],
    ['title: T\ncount: 5\nseed: s\ninclude: [pid/q-hands]\nexclude: [pid/q-hands]', '4:11 exam.in-and-out'],
    ['title: T\ncount: 200\nseed: s', '2:8 exam.count'],
    ['title: T\ncount: 3\nseed: s\nlabs: [uts]\nkinds: [order]', '2:8 exam.count'],
    ['title: T\ncount: 1\nseed: s\ninclude: [pid/q-hands, pid/q-order]', '2:8 exam.include'],
    ['title: T\ncount: 5\nseed: s\nlabs: [uts, uts]', '4:13 exam.twice'],
    ['title: T\ncount: 1\nseed: s\nlabs: [uts]\nkinds: [single, order]', '5:17 exam.no-kind'],
    ['title: T\n  count: 5', '1:8 yaml.syntax'],
    ['title: {en: T, cn: T}\ncount: 5\nseed: s', '1:16 yaml.unknown-key'],
    ['title: [T]\ncount: 5\nseed: s', '1:8 yaml.type'],
    ['title: T\ncount: 5\nseed: [1]', '3:7 yaml.type'],
    ['- a', '1:1 yaml.not-map'],
    ['', '1:1 yaml.not-map'],
  ])('says where and what is wrong: %j', async (text, expected) => {
    const {exam, findings} = parseExam(text, 'exam.yaml', await realItems());
    const told = findings.map(({line, col, code}) => `${line}:${col} ${code}`);
    expect(told).toContain(expected);
    expect(exam === undefined).toBe(findings.some(({severity}) => severity === 'error'));
    for (const finding of findings)
      for (const lang of ['en', 'zh'] as const) {
        const said = formatFinding(finding, lang);
        expect(said).toMatch(/^exam\.yaml:\d+:\d+: /);
        // A code without words, or a parameter that nobody gave.
        expect(said).not.toMatch(/\{"|\{\w+\}/);
      }
  });

  it('names what was probably meant', async () => {
    const near = async (from: string, to: string) =>
      parseExam(whole.replace(from, to), 'e', await realItems()).findings.map(({params}) => params.nearest);
    expect(await near('repair: 3', 'repiar: 3')).toEqual(['repair']);
    expect(await near('uts,', 'utz,')).toContain('uts');
    expect(await near('pid/q-hands', 'pid/q-hand')).toContain('pid/q-hands');
    expect(await near('minutes', 'minuts')).toEqual(['minutes']);
  });

  it('never throws', async () => {
    const items = await realItems();
    fc.assert(
      fc.property(fc.string(), fc.nat(whole.length), (noise, at) => {
        const text = whole.slice(0, at) + noise + whole.slice(at);
        const {exam, findings} = parseExam(text, 'e', items);
        expect(exam !== undefined || findings.length > 0).toBe(true);
      }),
    );
    expect((await loadExam('/nonexistent/exam.yaml')).findings).toMatchObject([{code: 'exam.missing'}]);
    expect((await loadExam('/')).findings).toMatchObject([{code: 'file.unreadable'}]);
  });
});
