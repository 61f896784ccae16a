import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {drawQuiz} from '../../../src/course/quiz/draw.ts';
import {classTable, gradeFile, gradeFiles, gradeResult, regraded} from '../../../src/course/quiz/grade.ts';
import {buildResult, parseResult, resultText} from '../../../src/course/quiz/result.ts';
import {resultKey} from '../../../src/course/quiz/seal.ts';
import type {Result, ResultFile} from '../../../src/course/quiz/types.ts';
import {GRADE_WORDS} from '../../../src/course/words/quiz-grade.ts';
import {render} from '../../../src/course/words/say.ts';
import {classItems, exam, honest} from './class.ts';

const now = Date.UTC(2026, 0, 6);
const grade = async (file: ResultFile, options = {}) =>
  gradeResult('x.json', parseResult(resultText(file), 'x.json'), {items: await classItems(), exam, now, ...options});
const codes = (graded: {findings: {code: string; severity: string}[]}) => graded.findings.map(({code}) => code);

/** Rebuilds the file after an edit, as somebody does who knows how the chain is made. */
const careful = (file: ResultFile, edit: (results: Result[]) => void, key?: Uint8Array): ResultFile => {
  const copy = structuredClone(file);
  edit(copy.results);
  return buildResult(copy, copy.results, copy.finished, key);
};
const of = (results: Result[], item: string) => results.find(({asked}) => asked.item === item)!;

describe('an honest file', () => {
  it('is worth what it says, whatever was answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.func(fc.boolean()), async good => {
        const file = await honest(1, good);
        const graded = await grade(file);
        expect(graded.findings).toEqual([]);
        expect(graded).toMatchObject({ok: true, points: file.points, of: file.of});
        expect(regraded(graded)).toEqual(file);
      }),
      {numRuns: 30},
    );
  });

  it('of somebody who knows everything is full, also without the labs', async () => {
    const graded = await grade(await honest(1), {items: undefined, exam: undefined});
    expect(graded.points).toBe(graded.of);
    expect(codes(graded)).toEqual(['grade.repair.unproved']);
    expect(graded.ok).toBe(true);
  });

  it('leaves what a machine could not judge to the teacher', async () => {
    const file = careful(await honest(1), results => {
      const {judged} = of(results, 'pid/number');
      Object.assign(judged, {verdict: 'unjudged', points: 0, reason: {code: 'no-container', params: {id: 'box'}}});
      judged.evidence.key = null;
      judged.evidence.values = {'box.children[0]': null};
    });
    const graded = await grade(file);
    expect(codes(graded)).toEqual(['grade.unjudged']);
    expect(graded).toMatchObject({ok: true, points: graded.of});
    expect(classTable([graded])[0]).toMatchObject({unjudged: 1, percent: 100, flags: ['grade.unjudged']});
  });
});

describe('a careless edit is found', () => {
  const edits: [string, (file: ResultFile) => void, string][] = [
    ['points of a question', file => Object.assign(file.results[0]!.judged, {points: 9}), 'grade.points'],
    ['the sum', file => Object.assign(file, {points: file.points + 1}), 'grade.sum'],
    ['an answer', file => Object.assign(file.results[2]!, {response: {text: 'x'}}), 'grade.chain.broken'],
    ['the name', file => Object.assign(file.student, {name: 'Somebody else'}), 'grade.chain.broken'],
    [
      'the time of the beginning',
      file => Object.assign(file, {started: '2026-01-05T09:10:00.000Z'}),
      'grade.chain.broken',
    ],
    ['an entry of the chain', file => file.chain.splice(3, 1, 'ab'.repeat(32)), 'grade.chain.broken'],
    ['a question taken out', file => file.results.splice(3, 1), 'grade.chain.length'],
    [
      'the end before the beginning',
      file => Object.assign(file, {finished: '2026-01-05T08:00:00.000Z'}),
      'grade.time.finished',
    ],
  ];
  it.each(edits)('%s', async (_, edit, code) => {
    const file = await honest(1, n => n % 2 === 0);
    edit(file);
    const graded = await grade(file);
    expect(codes(graded)).toContain(code);
    expect(graded.ok).toBe(false);
  });

  it('anywhere in the results or above them', async () => {
    const file = await honest(1, n => n % 2 === 0);
    const text = resultText(file);
    const values = [...text.matchAll(/"(?:(?!at"|finished)\w+)": ("[^"]+"|\d+)/g)];
    const places = fc.constantFrom(
      ...values.filter(({index}) => index > text.indexOf('"app"') && index < text.indexOf('"chain"')),
    );
    await fc.assert(
      fc.asyncProperty(places, async match => {
        const at = match.index + match[0].length - match[1]!.length;
        const other = match[1]!.startsWith('"') ? '"?"' : '123456';
        const edited = text.slice(0, at) + other + text.slice(at + match[1]!.length);
        const path = join(dir, 'edited.json');
        writeFileSync(path, edited);
        expect((await gradeFile(path, {items: await classItems(), exam, now})).ok, match[0]).toBe(false);
      }),
      {numRuns: 60},
    );
  });
});

describe('an edit with the chain made anew is found where it does not fit', () => {
  const edits: [string, (results: Result[]) => void, string][] = [
    [
      'a key',
      results => {
        const one = results.find(({judged, asked}) => judged.verdict === 'wrong' && !asked.live)!;
        one.judged.evidence.key = one.response;
        Object.assign(one.judged, {verdict: 'right', points: one.asked.points});
      },
      'grade.key',
    ],
    [
      'the key of a reading',
      results => {
        const one = of(results, 'pid/number');
        one.response = one.judged.evidence.key = {text: '1'};
        Object.assign(one.judged, {verdict: 'right', points: one.asked.points});
      },
      'grade.key',
    ],
    [
      'the key of a diagnosis',
      results => {
        const one = of(results, 'pid/missing');
        const other = ['uts', 'ipc', 'pid'].find(id => id !== one.asked.vars.missing)!;
        one.response = one.judged.evidence.key = {choices: [other]};
        Object.assign(one.judged, {verdict: 'right', points: one.asked.points});
      },
      'grade.key',
    ],
    [
      'the verdict of a repair',
      results => {
        const one = of(results, 'pid/guests');
        one.response = {done: true};
        one.judged.evidence.values['box.processes'] = [1n];
        Object.assign(one.judged, {verdict: 'right', points: one.asked.points});
      },
      'grade.points',
    ],
    [
      'facts taken out',
      results => {
        of(results, 'pid/number').judged.evidence.values = {};
      },
      'grade.values.missing',
    ],
    [
      'a wrong answer called unjudged',
      results => {
        const {judged} = results.find(({judged: {verdict}, asked}) => verdict === 'wrong' && asked.live)!;
        Object.assign(judged, {verdict: 'unjudged', points: 0});
      },
      'grade.judgeable',
    ],
    [
      'points of a question',
      results => {
        for (const one of results) if (one.judged.verdict === 'right') one.asked.points = one.judged.points = 5;
      },
      'grade.question.other',
    ],
    [
      'a wrong question left out',
      results => {
        results.splice(
          results.findIndex(({judged}) => judged.verdict === 'wrong'),
          1,
        );
      },
      'grade.question.missing',
    ],
    [
      'an easy question twice',
      results => {
        const good = results.find(({judged}) => judged.verdict === 'right')!;
        const bad = results.findIndex(({judged}) => judged.verdict === 'wrong');
        results[bad] = {...good, asked: {...good.asked, n: results[bad]!.asked.n}};
      },
      'grade.question.twice',
    ],
    [
      'other values',
      results => {
        const one = of(results, 'pid/missing');
        one.asked.vars = {...one.asked.vars, missing: 'mnt'};
      },
      'grade.question.altered',
    ],
    [
      'answers after the time',
      results => {
        for (const {judged} of results) judged.evidence.at = judged.evidence.at.replace('T09', 'T10');
      },
      'grade.time.over',
    ],
    [
      'times that run backwards',
      results => {
        results[5]!.judged.evidence.at = results[3]!.judged.evidence.at;
      },
      'grade.time.backwards',
    ],
    [
      'more seconds than there were',
      results => {
        results[0]!.seconds = 9999;
      },
      'grade.time.seconds',
    ],
    [
      'help',
      results => {
        results[0]!.hints = 1;
      },
      'grade.help',
    ],
  ];
  it.each(edits)('%s', async (_, edit, code) => {
    const {asked} = drawQuiz(await classItems(), exam);
    const live = asked.filter(({live: yes}) => yes).map(({n}) => n);
    const file = careful(await honest(1, n => n % 2 === 0 && n !== live[0]), edit);
    const graded = await grade(file);
    expect(codes(graded)).toContain(code);
    expect(graded.ok).toBe(false);
    for (const finding of graded.findings)
      for (const lang of ['en', 'zh'] as const)
        expect(render(GRADE_WORDS, lang, finding.code, finding.params)).not.toMatch(/\{/);
  });

  it('another exam, a practice, an unfinished one', async () => {
    const file = await honest(1);
    expect(codes(await grade(file, {exam: {...exam, seed: 'summer'}}))).toContain('grade.exam.other');
    expect(codes(await grade(file, {exam: {...exam, minutes: undefined}}))).toContain('grade.exam.other');
    expect(codes(await grade({...file, mode: 'practice'}))).toContain('grade.practice');
    const half = buildResult(file, file.results.slice(0, 3), null);
    expect(await grade(half)).toMatchObject({ok: true, findings: [{code: 'grade.unfinished', severity: 'warning'}]});
    expect(codes(await grade(file, {now: Date.UTC(2025, 0, 1)}))).toEqual(['grade.time.future']);
  });
});

describe('a sealed exam', () => {
  const secret = 'correct horse';
  const name = 'scrypt:16384:8:1:AAAAAAAAAAAAAAAAAAAAAA==:0123456789abcdef';

  it('shows who had no secret, however careful', async () => {
    const key = await resultKey(secret, name);
    const file = await honest(1, n => n > 5, undefined, {name, key});
    expect(await grade(file, {secret, sealed: name})).toMatchObject({ok: true, findings: []});
    expect(await grade(file)).toMatchObject({ok: true, findings: [{code: 'grade.seal.unchecked', severity: 'note'}]});
    const forge = (results: Result[]) => Object.assign(results[0]!, {seconds: 1});
    const other = await resultKey('another secret', name);
    expect(codes(await grade(careful(file, forge, other), {secret}))).toEqual(['grade.seal.wrong']);
    expect(codes(await grade({...careful(file, forge), seal: file.seal}, {secret}))).toEqual(['grade.seal.wrong']);
    expect(codes(await grade(careful(file, forge), {secret}))).toEqual(['grade.seal.none']);
    expect(codes(await grade({...file, finished: '2026-01-05T09:25:00.000Z'}, {secret}))).toEqual(['grade.seal.wrong']);
    expect(codes(await grade(await honest(1), {secret, sealed: name}))).toEqual(['grade.exam.unsealed']);
    const odd = await honest(1, undefined, undefined, {name: 'scrypt:odd', key});
    expect(codes(await grade(odd, {secret}))).toEqual(['grade.seal.wrong']);
  });
});

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'quiz-class-'));
});
afterEach(() => rmSync(dir, {recursive: true}));

describe('a class', () => {
  const write = (name: string, text: string) => {
    const path = join(dir, name);
    writeFileSync(path, text);
    return path;
  };

  it('of forty becomes one table, in order, with what is wrong', async () => {
    const files = await Promise.all(
      Array.from({length: 40}, async (_, i) => write(`${99 - i}.json`, resultText(await honest(i, n => n <= i)))),
    );
    const bad = write('bad.json', '{');
    const graded = await gradeFiles([...files, bad], {items: await classItems(), exam, now});
    expect(graded.at(-1)).toMatchObject({ok: false, findings: [{code: 'result.no-json'}]});
    const table = classTable(graded);
    expect(table.map(({student}) => student.id)).toEqual(Array.from({length: 40}, (_, i) => String(i)));
    expect(table.every(({ok, flags}) => ok && flags.length === 0)).toBe(true);
    expect(table[0]).toMatchObject({points: 0, percent: 0});
    expect(table[39]).toMatchObject({percent: 100});
    for (const {points, of: all, labs} of table) {
      const sum = (key: 'points' | 'of') => Object.values(labs).reduce((total, lab) => total + lab[key], 0);
      expect(sum('points')).toBeCloseTo(points);
      expect(sum('of')).toBeCloseTo(all);
    }
  });

  it('finds copies, and who handed in twice', async () => {
    const one = await honest(1);
    const two = await honest(2);
    const copy = buildResult({...one, student: {id: '3', name: 'Copy', user: 'c'}}, one.results, one.finished);
    const again = {...(await honest(2, n => n > 3)), started: one.started};
    const files = [one, two, copy, again].map((file, i) => write(`${i}.json`, resultText(file)));
    const graded = await gradeFiles(files, {items: await classItems(), exam, now});
    expect(graded.map(codes)).toEqual([
      ['grade.copy'],
      ['grade.student.twice'],
      ['grade.copy'],
      ['grade.student.twice'],
    ]);
    expect(graded[0]!.findings[0]!.params).toEqual({other: files[2]});
  });
});
