/** A handout made by hand, in which every text is a different, recognisable word. */
import type {Handout, QuizBlock} from '../../../src/course/index.ts';

const pos = {file: 'lab.md', line: 1, col: 1};
const both = (word: string) => ({en: `en-${word}`, zh: `zh-${word}`});

const choice = (id: string, right: boolean) => ({id, text: both(`choice-${id}`), right, because: both(`reason-${id}`)});

export const QUIZ: QuizBlock[] = [
  {
    kind: 'quiz',
    pos,
    id: 'single',
    type: 'single',
    ask: both('ask-single'),
    choices: [choice('a', true), choice('b', false)],
  },
  {
    kind: 'quiz',
    pos,
    id: 'number',
    type: 'number',
    ask: both('ask-number'),
    answer: '421337',
    because: both('why-number'),
  },
  {
    kind: 'quiz',
    pos,
    id: 'order',
    type: 'order',
    ask: both('ask-order'),
    choices: [choice('one', false), choice('two', false)],
    answer: 'one two',
    because: both('why-order'),
  },
  {
    kind: 'quiz',
    pos,
    id: 'hands',
    type: 'hands-on',
    ask: both('ask-hands'),
    check: 'box.secret == 1',
    because: both('why-hands'),
    hints: [both('quiz-hint')],
    solve: [{kind: 'run', pos, on: 'host', commands: ['solve-the-quiz'], expect: 0}],
  },
];

/** Words that only an instructor may read. */
export const SECRETS =
  'reason-a reason-b 421337 why-number why-order box.secret why-hands solve-the-quiz note-text hint-text solve-the-check make-the-mistake say-text typed-solution box.expr'.split(
    ' ',
  );

export function sample(): Handout {
  return {
    number: '42',
    id: 'sample',
    title: both('title'),
    question: both('question'),
    minutes: 7,
    sources: ['000'],
    intro: both('intro'),
    steps: 1,
    pages: [
      {
        id: 'one',
        index: 0,
        title: both('step'),
        items: [
          {kind: 'prose', text: {en: 'en-prose `code` **strong**\n\n1. list', zh: 'zh-prose，是**“重点”**的'}},
          {kind: 'note', text: both('note-text')},
          {kind: 'drift', text: both('drift-text')},
          {
            kind: 'container',
            id: 'box',
            pid: 77,
            calls: [
              {
                who: 'keeper',
                call: 'clone3',
                args: ['{flags=CLONE_NEWUTS}', '88'],
                result: 77n,
                startNs: 0n,
                durationNs: 1n,
                purpose: 'process.clone',
              },
              {who: 'child', call: 'close', args: ['3'], result: 0n, startNs: 0n, durationNs: 1n, purpose: ''},
              {
                who: 'child',
                call: 'mount',
                args: ['"proc"'],
                result: -1n,
                errno: 'EPERM',
                startNs: 0n,
                durationNs: 1n,
                purpose: '',
              },
            ],
          },
          {kind: 'question', id: 'p', ask: both('predict'), choices: [{id: 'x', text: both('guess')}], votes: {x: 3}},
          {
            kind: 'command',
            side: 'box',
            command: 'echo out',
            output: 'command-output\r\n',
            status: 0,
            by: 'lab',
            solution: false,
          },
          {kind: 'command', side: 'box', command: 'typed-solution', output: '', status: 0, by: 'lab', solution: true},
          {kind: 'answer', id: 'p', answer: both('guess'), because: both('predict-reason')},
          {
            kind: 'facts',
            sides: ['host', 'box'],
            rows: [
              {path: 'hostname', cells: {host: {value: 'tiger'}, box: {value: 'panda', was: 'tiger'}}},
              {path: 'ns.uts', cells: {host: {value: 4026531838n}, box: {value: 4026531838n}}},
            ],
          },
          {kind: 'picture', name: 'layers', lines: {en: ['┌──┐ en-picture'], zh: ['┌──┐ 图 zh-picture']}},
          {
            kind: 'ablation',
            container: 'box',
            without: 'uts',
            rows: [
              {path: 'host.hostname', withFlag: 'before', withoutFlag: 'renamed-host'},
              {path: 'box.pid', withFlag: 77n, withoutFlag: 40771239n},
            ],
            checks: [{title: both('check'), withFlag: 'pass', withoutFlag: 'fail'}],
            failed: [],
          },
          {kind: 'gone', id: 'box', status: {signal: 'SIGKILL', userUs: 0, systemUs: 0, maxRssBytes: 0}},
        ],
        checks: [
          {
            block: {
              kind: 'check',
              pos,
              id: 'c',
              title: both('check'),
              expr: 'box.expr == 1',
              hints: [both('hint-text')],
              solve: [{kind: 'run', pos, on: 'box', commands: ['solve-the-check'], expect: 0}],
              mistakes: [
                {
                  id: 'm',
                  pos,
                  commands: [{kind: 'run', pos, on: 'host', commands: ['make-the-mistake'], expect: 0}],
                  when: 'true',
                  say: both('say-text'),
                },
              ],
            },
            passed: true,
            verdict: 'pass',
            mistake: null,
            reason: null,
          },
        ],
      },
    ],
    quiz: QUIZ,
    run: {
      at: '2026-07-14T10:21:33.000Z',
      kernel: '6.1.0-test',
      version: '9.9.9',
      stage: 'private',
      seed: 'abc',
      how: 'live',
      sound: true,
      passed: 1,
      checks: 1,
    },
  };
}

/** The same with every text replaced by `text`, in prose as in what terminals and the kernel said. */
export function hostile(text: string): Handout {
  const keys = new Set([
    'kind',
    'id',
    'side',
    'by',
    'status',
    'type',
    'verdict',
    'withFlag',
    'how',
    'stage',
    'name',
    'on',
    'who',
    'at',
  ]);
  const change = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string') return keys.has(key) ? value : text;
    if (Array.isArray(value)) return value.map(one => change(one));
    if (value && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, change(one, name)]));
    return value;
  };
  return change(sample()) as Handout;
}
