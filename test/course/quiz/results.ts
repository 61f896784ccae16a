/** Results of nobody. */
import type {LogHead} from '../../../src/course/quiz/log.ts';
import type {Asked, Result} from '../../../src/course/quiz/types.ts';

const asked = (n: number): Asked => ({
  n,
  item: `made/q${n}`,
  kind: 'single',
  number: '11',
  labId: 'made',
  ask: {en: 'Which?', zh: '哪个？'},
  choices: ['a', 'b'].map(id => ({id, text: {en: id}})),
  points: 1,
  live: true,
  vars: {name: 'lion'},
});

/** A graded quiz of `count` questions, begun at ten o'clock. */
export const headOf = (count: number): LogHead => ({
  app: '1.2.3',
  kernel: '6.1.0',
  mode: 'graded',
  exam: {title: {en: 'Exam'}, seed: 's', labs: [], count, minutes: 30, sealed: null},
  student: {id: '7', name: 'Ada', user: 'ada'},
  started: '2026-01-01T10:00:00.000Z',
  asked: Array.from({length: count}, (_, i) => asked(i + 1)),
});

/** The right answer, with values of every kind. */
export const answered = (question: Asked, at: string): Result => ({
  asked: question,
  response: {choices: ['b']},
  judged: {
    verdict: 'right',
    points: question.points,
    evidence: {
      at,
      values: {'box.ns.uts': 4026532437n, 'host.big': 2n ** 63n, 'box.gone': null},
      vars: question.vars,
      key: {choices: ['b']},
      transcript: 'ab'.repeat(32),
      commands: [{side: 'host', command: 'readlink /proc/self/ns/uts', status: 0}],
    },
  },
  seconds: 1,
  hints: 0,
  tries: 1,
});
