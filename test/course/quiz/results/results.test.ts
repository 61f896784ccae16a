/** Results for grade books and machines, each read by a program that we didn't write. */
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {Ajv2020} from 'ajv/dist/2020.js';
import {parse} from 'csv-parse/sync';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {exportResults, ResultExportError} from '../../../../src/course/quiz/export/results/results.ts';
import {resultFileSchema, resultJsonSchema} from '../../../../src/course/quiz/result-schema.ts';
import type {Judged, Kind, Response, ResultFile} from '../../../../src/course/quiz/types.ts';
import {anyText, xmlErrors} from '../export/support.ts';

const root = join(import.meta.dirname, '../../../..');
const require = createRequire(import.meta.url);
const validateStatement = (require('@learninglocker/xapi-validation') as {default: (data: unknown) => unknown[]})
  .default;

/** The Ant JUnit schema, which the package's own tests carry. */
function junitSchema(): string {
  const source = readFileSync(join(root, 'node_modules/junit-xml/src/index.test.ts'), 'utf8');
  const [, written] = /antJunitSchema = '((?:\\.|[^'\\])*)'/.exec(source)!;
  return written!.replace(/\\(.)/g, '$1');
}

const answers: [Kind, Response, Response, Judged['verdict']][] = [
  ['single', {choices: ['a']}, {choices: ['b']}, 'wrong'],
  ['multiple', {choices: ['a', 'b']}, {choices: ['a']}, 'partly'],
  ['number', {text: '4026532437'}, {text: '4026532437'}, 'right'],
  ['text', null, {text: 'tiger'}, 'wrong'],
  ['order', {order: ['b', 'a']}, {order: ['a', 'b']}, 'wrong'],
  ['reading', {text: '1'}, {text: '2'}, 'unjudged'],
  ['repair', {done: true}, {done: true}, 'right'],
];

type Parts = {
  name?: string;
  id?: string;
  user?: string;
  title?: string;
  seed?: string;
  finished?: string | null;
  said?: string;
};

function file({
  name = 'Ada',
  id = '7',
  user = 'ada',
  title = 'Exam',
  seed = 's',
  finished = '2026-01-01T11:00:00.000Z',
  said = 'x',
}: Parts = {}): ResultFile {
  const results = answers.map(([kind, response, key, verdict], i) => ({
    asked: {
      n: i + 1,
      item: `pid/q-${kind}`,
      kind,
      number: '03',
      labId: 'pid',
      ask: {en: `What? ${said}`, zh: '什么？'},
      ...(response && 'choices' in response && {choices: ['a', 'b'].map(one => ({id: one, text: {en: one}}))}),
      points: 2,
      live: kind === 'reading',
      vars: {name: said},
    },
    response: response && 'text' in response && kind === 'reading' ? {text: said} : response,
    judged: {
      verdict,
      points: {right: 2, partly: 1, wrong: 0, unjudged: 0}[verdict],
      ...(verdict === 'unjudged' && {reason: {code: 'no-container', params: {id: said}}}),
      evidence: {
        at: '2026-01-01T10:30:00.000Z',
        values: {'box.ns.uts': 4026532437n, 'host.big': 2n ** 63n, 'box.gone': null},
        vars: {},
        key,
      },
    },
    seconds: 1.23456,
    hints: 0,
    tries: 1,
  }));
  return {
    format: 'glassbox-result',
    version: 1,
    app: '0.1.0',
    kernel: '6.1.0',
    mode: 'graded',
    exam: {title: {en: title}, seed, labs: ['03'], count: 7, minutes: 30, sealed: null},
    student: {id, name, user},
    started: '2026-01-01T10:00:00.000Z',
    finished,
    results,
    points: 5,
    of: 12,
    chain: results.map((_, i) => `${i}`.padStart(64, '0')),
  };
}

const rows = (text: string) => parse(text, {bom: true}) as string[][];

describe('the schema of results', () => {
  const schema = JSON.parse(readFileSync(join(root, 'docs/result.schema.json'), 'utf8')) as object;
  const validate = new Ajv2020({formats: {'date-time': true}, allErrors: true}).compile(schema);

  it('is the one that readers check by', () => {
    expect(schema).toEqual(JSON.parse(JSON.stringify(resultJsonSchema())));
  });

  it('takes what is exported, and what is exported is what was there', () => {
    const [back] = JSON.parse(exportResults([file()], 'json')) as unknown[];
    expect(validate(back)).toBe(true);
    expect(resultFileSchema.parse(back)).toEqual(file());
  });

  it.each([
    ['another version', (one: Record<string, unknown>) => ({...one, version: 2})],
    ['an unknown key', (one: Record<string, unknown>) => ({...one, more: 1})],
    ['no student', ({student: _, ...one}: Record<string, unknown>) => one],
    ['points below 0', (one: Record<string, unknown>) => ({...one, points: -1})],
  ])('refuses %s', (_, edit) => {
    const [back] = JSON.parse(exportResults([file()], 'json')) as Record<string, unknown>[];
    expect(validate(edit(back!))).toBe(false);
  });
});

describe('grade books', () => {
  it('Moodle: a row for each person, a column for each exam, nothing where there is no result', () => {
    const files = [file(), file({id: '8', name: '王伟', user: 'wang', title: 'Other'}), file({title: 'Other'})];
    expect(rows(exportResults(files, 'csv-moodle'))).toEqual([
      ['ID number', 'Username', 'Full name', 'Exam (/12)', 'Other (/12)'],
      ['7', 'ada', 'Ada', '5', '5'],
      ['8', 'wang', '王伟', '', '5'],
    ]);
  });

  it('Canvas: its five columns, and the maxima below', () => {
    expect(rows(exportResults([file({name: 'Lovelace, Ada'})], 'csv-canvas'))).toEqual([
      ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', 'Exam'],
      ['    Points Possible', '', '', '', '', '12'],
      ['Lovelace, Ada', '', '7', 'ada', '', '5'],
    ]);
  });

  it('one of several results counts: finished before unfinished, then the later, then the better', () => {
    const early = {...file({finished: '2026-01-01T10:40:00.000Z'}), points: 9};
    const open = {...file({finished: null}), points: 12};
    const both = [early, open, file(), {...file(), points: 6}];
    for (const files of [both, both.toReversed()])
      expect(rows(exportResults(files, 'csv-moodle'))[1]!.at(-1)).toBe('6');
  });

  it('what could not be judged is nobody’s loss', () => {
    const less = {...file({id: '8'}), points: 5, of: 10};
    expect(rows(exportResults([file(), less], 'csv-moodle')).map(row => row.at(-1))).toEqual(['Exam (/12)', '5', '6']);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1', '"=1"'.slice(1)])('%j is no formula', name => {
    for (const to of ['csv-moodle', 'csv-canvas'] as const) {
      const cells = rows(exportResults([file({name, id: name, user: name, title: name})], to)).flat();
      for (const cell of cells) expect(cell).not.toMatch(/^\s*[=+\-@＝]/);
    }
  });

  it('marks UTF-8 for Excel on demand only', () => {
    expect(exportResults([file()], 'csv-moodle').startsWith('\ufeff')).toBe(false);
    expect(exportResults([file()], 'csv-moodle', {bom: true}).startsWith('\ufeffID number')).toBe(true);
  });

  it('keeps its rows and columns whatever people are called', () => {
    fc.assert(
      fc.property(anyText({lines: true}), anyText({lines: true}), (name, title) => {
        for (const to of ['csv-moodle', 'csv-canvas'] as const) {
          const table = rows(exportResults([file({name, title}), file({id: '8', name, title})], to));
          expect(new Set(table.map(row => row.length)).size).toBe(1);
          expect(table.length).toBe(to === 'csv-moodle' ? 3 : 4);
        }
      }),
    );
  });
});

describe('machines', () => {
  it('Gradescope: points that add up, one submission only', () => {
    const json = JSON.parse(exportResults([file()], 'gradescope')) as {
      score: number;
      tests: {score: number; max_score: number; status?: string}[];
    };
    expect(json.tests.reduce((sum, one) => sum + one.max_score, 0)).toBe(12);
    expect(json.tests.reduce((sum, one) => sum + one.score, 0)).toBe(json.score);
    for (const {status} of json.tests) expect(['passed', 'failed', undefined]).toContain(status);
    expect(json.tests.filter(({status}) => status === 'passed').length).toBe(2);
    expect(() => exportResults([file(), file()], 'gradescope')).toThrow(ResultExportError);
  });

  it('JUnit: valid by the schema of Ant, whatever is in it', async () => {
    const schema = junitSchema();
    const made = exportResults([file(), file({id: '8'})], 'junit');
    expect(await xmlErrors(made, schema)).toEqual([]);
    expect(made.match(/<failure /g)?.length).toBe(8);
    expect(made.match(/<error /g)?.length).toBe(2);
    expect(await xmlErrors(made.replace('<system-out/>', ''), schema)).not.toEqual([]);
    const odd = fc.sample(anyText({lines: true}), 30).map(said => file({said, name: said, title: said}));
    expect(await xmlErrors(exportResults(odd, 'junit'), schema)).toEqual([]);
  });

  it('xAPI: statements that a record store takes, with ids that stay', () => {
    const made = exportResults([file(), file({id: '8', finished: null})], 'xapi');
    const statements = made
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as {id: string; verb: {id: string}});
    for (const one of statements) expect(validateStatement(one)).toEqual([]);
    expect(statements.length).toBe(7 + 1 + 7);
    expect(new Set(statements.map(({id}) => id)).size).toBe(statements.length);
    expect(exportResults([file(), file({id: '8', finished: null})], 'xapi')).toBe(made);
    expect(validateStatement({...statements[0], actor: {name: 'nobody'}})).not.toEqual([]);
    for (const said of fc.sample(anyText({lines: true}), 30))
      for (const line of exportResults([file({said, name: said, id: said, title: said})], 'xapi')
        .trimEnd()
        .split('\n'))
        expect(validateStatement(JSON.parse(line))).toEqual([]);
  });
});
