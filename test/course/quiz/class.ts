/** A class that takes an exam: honest result files, with questions of every kind and the kernel's answers to them. */
import {join} from 'node:path';
import {findLabs} from '../../../src/course/format/find.ts';
import {drawQuiz} from '../../../src/course/quiz/draw.ts';
import {loadPool} from '../../../src/course/quiz/load.ts';
import {staticKey} from '../../../src/course/quiz/pool.ts';
import {buildResult} from '../../../src/course/quiz/result.ts';
import {score} from '../../../src/course/quiz/score.ts';
import type {Asked, Exam, Item, Response, Result, ResultFile} from '../../../src/course/quiz/types.ts';
import type {FactValue} from '../../../src/engine/index.ts';

type Values = Record<string, FactValue | null>;

/** What the kernel says, by item: as a live run records it. */
const LIVE: Record<string, {values: (asked: Asked) => Values; key: (asked: Asked) => Response; pass?: boolean}> = {
  'pid/missing': {
    values: ({vars}) => {
      const box = {uts: 22n, ipc: 33n, pid: 44n};
      const host = {uts: 2n, ipc: 3n, pid: 4n, [vars.missing!]: box[vars.missing as 'uts']};
      const named = (side: string, ns: object) =>
        Object.entries(ns).map(([name, value]) => [`${side}.ns.${name}`, value]);
      return Object.fromEntries([...named('host', host), ...named('box', box)]) as Values;
    },
    key: ({vars}) => ({choices: [vars.missing!]}),
  },
  'pid/term': {
    values: () => ({'box.pid': 77n, 'host.children': [5n], 'before.box.children': [78n]}),
    key: () => ({choices: ['goes-on']}),
  },
  'pid/number': {values: () => ({'box.children[0]': 4242n}), key: () => ({text: '4242'})},
  'pid/guests': {
    values: ({vars}) => ({
      'box.processes': [1n, 2n, 3n, 4n, 5n, 6n],
      'box.children': [2n],
      'box.nspid': 1n,
      'vars.guests': vars.guests!,
    }),
    key: () => ({done: true}),
    pass: true,
  },
};
const START = Date.UTC(2026, 0, 5, 9);

export const exam: Exam = {
  title: {en: 'Midterm', zh: '期中'},
  labs: [],
  kinds: [],
  count: 15,
  seed: 'winter',
  minutes: 30,
  include: Object.keys(LIVE),
  exclude: [],
  points: {repair: 4},
};

let pool: Promise<Item[]> | undefined;
/** Static questions of all labs, and the live ones above. */
export function classItems(): Promise<Item[]> {
  pool ??= (async () => {
    const {labs} = await findLabs(join(import.meta.dirname, '../../../labs'));
    const {items} = await loadPool(labs.map(({dir}) => dir));
    return items.filter(item => item.stage === 'none' || item.id in LIVE);
  })();
  return pool;
}

function responseTo(asked: Asked, key: Response, good: boolean): Response {
  if (good || key === null) return key;
  if ('choices' in key) return {choices: asked.choices!.filter(({id}) => !key.choices.includes(id)).map(({id}) => id)};
  if ('order' in key) return {order: [...key.order].reverse()};
  return 'text' in key ? {text: 'no idea'} : null;
}

/** One student's results. @param good whether the nth answer is right */
export async function results(student: number, good: (n: number) => boolean): Promise<Result[]> {
  const {asked, items} = drawQuiz(await classItems(), exam);
  return asked.map((question, i) => {
    const live = LIVE[question.item];
    const key = live ? live.key(question) : staticKey(items[i]!.block)!;
    const response = responseTo(question, key, good(question.n));
    const at = new Date(START + student * 1000 + (i + 1) * 60_000).toISOString();
    const evidence = {at, values: live?.values(question) ?? {}, vars: question.vars, key};
    const judged = {...score(question, response, key, live ? 'pass' : undefined), evidence};
    return {asked: question, response, judged, seconds: 50, hints: 0, tries: 1};
  });
}

/** An honest file. */
export async function honest(
  student: number,
  good: (n: number) => boolean = () => true,
  change: (results: Result[]) => Result[] = same => same,
  sealed?: {name: string; key: Uint8Array},
): Promise<ResultFile> {
  const head = {
    app: '1.2.3',
    kernel: '6.1.0',
    mode: 'graded' as const,
    exam: {title: exam.title, seed: exam.seed, labs: [], count: 15, minutes: 30, sealed: sealed?.name ?? null},
    student: {id: String(student), name: `Student ${student}`, user: `s${student}`},
    started: new Date(START).toISOString(),
  };
  const finished = new Date(START + 20 * 60_000).toISOString();
  return buildResult(head, change(await results(student, good)), finished, sealed?.key);
}
