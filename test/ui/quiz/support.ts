/** A quiz on made-up questions, with a stage that a test speaks for. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';
import {
  type Asked,
  type Item,
  type Judged,
  type LiveStage,
  quizzes,
  Take,
  type TakeOptions,
} from '../../../src/course/index.ts';
import type {QuizBlock} from '../../../src/course/lab.ts';
import {madeUpLab, quizBlock} from '../../course/quiz/support.ts';
import {FakeSession} from '../support/fake-session.ts';

export const single = quizBlock({
  id: 'one',
  ask: {en: 'Which of *three*?', zh: '三个里的哪一个？'},
  choices: [
    {id: 'a', text: {en: 'alpha', zh: '甲'}, right: false, because: {en: 'Alpha comes first.', zh: '甲排第一。'}},
    {id: 'b', text: {en: 'beta', zh: '乙'}, right: true, because: {en: 'Beta it is.', zh: '正是乙。'}},
    {id: 'c', text: {en: 'gamma', zh: '丙'}, right: false, because: {en: 'Gamma comes last.', zh: '丙排最后。'}},
  ],
  hints: [{en: 'Not the first.', zh: '不是第一个。'}],
});
export const number: QuizBlock = {
  ...quizBlock({id: 'num', type: 'number', answer: '4026', ask: {en: 'How many?', zh: '多少？'}}),
  because: {en: 'So many there are.', zh: '就这么多。'},
};
delete number.choices;
export const multiple = quizBlock({
  id: 'many',
  type: 'multiple',
  ask: {en: 'Which ones?', zh: '哪几个？'},
  choices: ['a', 'b', 'c'].map(id => ({
    id,
    text: {en: `many ${id}`},
    right: id !== 'b',
    because: {en: `why ${id}`},
  })),
});
export const order = quizBlock({
  id: 'row',
  type: 'order',
  answer: 'a b c',
  ask: {en: 'In which order?', zh: '按什么顺序？'},
  choices: ['a', 'b', 'c'].map(id => ({id, text: {en: `step ${id}`}, right: false, because: {en: ''}})),
});
export const repair: QuizBlock = {
  ...quizBlock({id: 'mend', type: 'hands-on', check: 'true', ask: {en: 'Mend `box`.', zh: '修好 `box`。'}}),
  solve: [{kind: 'run', on: 'box', commands: ['hostname lion'], expect: 0, pos: {file: 'lab.md', line: 1, col: 1}}],
};
delete repair.choices;

/** A live question's stage, as a test wants it. */
export class FakeStage implements LiveStage {
  readonly session = new FakeSession(madeUpLab([]));
  readonly judged: unknown[] = [];
  verdict: Judged['verdict'] = 'right';
  closed = 0;
  fails: Error | undefined;

  constructor() {
    this.session.emit(
      {
        type: 'session-started',
        lab: 'made',
        labDir: '',
        version: '0',
        kernel: '6.1',
        stage: 'private',
        seed: 's',
        vars: {},
        root: true,
      },
      {type: 'terminal-opened', side: 'host', cols: 40, rows: 8},
      {type: 'container-started', id: 'box', pid: 300},
      {type: 'terminal-opened', side: 'box', cols: 40, rows: 8},
      {type: 'step-entered', step: 's-mend', index: 0, of: 1},
    );
  }

  /** What was there before anybody looked. */
  early: LiveStage['early'] = () => [
    ...this.session.events,
    {type: 'bytes', side: 'box', data: Buffer.from('early box# '), seq: 90, ms: 90},
  ];
  fill: LiveStage['fill'] = words => words;
  judge: LiveStage['judge'] = async response => {
    this.judged.push(response);
    if (this.fails) throw this.fails;
    const evidence = {at: '2026-11-21T00:00:00.000Z', values: {}, vars: {}, key: {done: true} as const};
    return {verdict: this.verdict, points: this.verdict === 'right' ? 2 : 0, evidence};
  };
  close: LiveStage['close'] = async () => {
    this.closed++;
    return [];
  };
}

export interface Made {
  take: Take;
  stages: FakeStage[];
  /** What was told of each question that was practised. */
  practised: [string, string, number][];
  asked: Asked[];
  file: string;
}

export interface MakeOptions extends Partial<Pick<TakeOptions, 'mode' | 'deadline' | 'openLive' | 'now'>> {
  /** A graded quiz goes on with this log. */
  log?: string;
  dir?: string;
}

/** A folder that is gone with the test. */
export function tempDir(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'gb-quiz-'));
  onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
  return dir;
}

/** The blocks in the order given: order and values are not drawn. */
export async function makeQuiz(
  blocks: QuizBlock[],
  {mode = 'practice', log, dir = tempDir(), ...rest}: MakeOptions = {},
): Promise<Made> {
  const {ask, beginLog, buildResult, itemsOf, resumeLog, writeResult} = await quizzes();
  const items: Item[] = itemsOf(madeUpLab(blocks));
  const asked = items.map((item, i) => ({
    ...ask(item, i + 1, 'seed'),
    ...(item.block.choices && {choices: item.block.choices.map(({id, text}) => ({id, text}))}),
  }));
  const title = {en: 'Quiz 11', zh: '测验 11'};
  const head = {
    app: '0',
    kernel: '6.1',
    mode,
    exam: {title, seed: 'seed', labs: ['11'], count: asked.length, minutes: null, sealed: null},
    student: {id: 's1', name: 'Ann', user: 'ann'},
    started: '2026-11-21T00:00:00.000Z',
  };
  const kept = mode === 'practice' ? undefined : log ? resumeLog(log) : beginLog({dir}, {...head, asked});
  const stages: FakeStage[] = [];
  const practised: [string, string, number][] = [];
  const out = path.join(dir, 'result.json');
  const take = new Take({
    mode,
    title,
    asked,
    items: new Map(items.map(item => [item.id, item])),
    ...(kept && {log: kept}),
    openLive: async () => {
      const stage = new FakeStage();
      stages.push(stage);
      return stage;
    },
    practised: async (item, {verdict, hints}) => void practised.push([item.id, verdict, hints]),
    build: (results, finished) => buildResult(head, results, finished),
    finish: async result => {
      if (!result || !kept) return undefined;
      await writeResult(out, result);
      return out;
    },
    ...rest,
  });
  onTestFinished(() => take.close());
  return {take, stages, practised, asked, file: kept?.file ?? ''};
}
