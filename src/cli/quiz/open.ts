/** Makes the quiz that is taken: drawn afresh, gone on with, or an exam; for screens and lines alike. */
import {existsSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  type Asked,
  type DueStore,
  type Exam,
  type Item,
  type LogHead,
  type QuizLog,
  quizzes,
  type ResultFile,
  type Student,
  statePlace,
  Take,
  type TakeOptions,
  type Words,
} from '../../course/index.ts';
import type {Engine} from '../../engine/index.ts';
import {CliFailure, type Context, EXIT} from '../failure.ts';

export interface Graded {
  exam: Exam;
  /** Of a sealed exam. */
  sealed?: {name: string; macKey: Uint8Array};
  student: Student;
}

export interface Drawn {
  items: readonly Item[];
  asked: readonly Asked[];
}

const MINUTE_MS = 60_000;

/** The login name of the person, also under sudo. */
export function userName(env: NodeJS.ProcessEnv): string {
  if (env.SUDO_USER) return env.SUDO_USER;
  try {
    return os.userInfo().username;
  } catch {
    return String(process.getuid?.() ?? '');
  }
}

export function titleOf(labs: readonly string[]): Words {
  const numbers = labs.map(name => name.split('-')[0]!);
  const list = numbers.length > 4 ? `${numbers[0]}…${numbers.at(-1)}` : numbers.join(' ');
  return {en: `Quiz ${list}`, zh: `测验 ${list}`};
}

function headOf(context: Context, {exam, sealed, student}: Graded, asked: readonly Asked[]): LogHead {
  const {title, seed, labs, minutes} = exam;
  return {
    app: context.version,
    kernel: os.release(),
    mode: 'graded',
    exam: {title, seed, labs, count: asked.length, minutes: minutes ?? null, sealed: sealed?.name ?? null},
    student,
    started: new Date().toISOString(),
    asked: [...asked],
  };
}

/** Begins the log of a graded quiz. */
export async function beginGraded(context: Context, graded: Graded, asked: readonly Asked[]): Promise<QuizLog> {
  const {beginLog, logPlace} = await quizzes();
  const macKey = graded.sealed?.macKey;
  return beginLog(logPlace(), headOf(context, graded, asked), macKey ? {macKey} : {});
}

/** The graded quiz that was left last and fits. */
export async function leftQuiz(fits: (head: LogHead) => boolean): Promise<{file: string; head: LogHead} | undefined> {
  const {openLogs} = await quizzes();
  const found = openLogs().find(({content}) => content.head.mode === 'graded' && fits(content.head));
  return found && {file: found.file, head: found.content.head};
}

export async function resume(file: string, macKey?: Uint8Array): Promise<QuizLog> {
  const {resumeLog} = await quizzes();
  return resumeLog(file, macKey ? {macKey} : {});
}

/** A graded quiz over its log. @throws CliFailure where the questions of the log are no longer there */
export function gradedTake(log: QuizLog, pool: readonly Item[], engine: () => Promise<Engine>, out: string): Take {
  const {head} = log;
  const items = new Map(pool.map(item => [item.id, item]));
  const gone = head.asked.find(({item}) => !items.has(item));
  if (gone) {
    log.close();
    throw new CliFailure(EXIT.failed, 'quiz.changed', {item: gone.item});
  }
  const {minutes, title} = head.exam;
  return new Take({
    mode: 'graded',
    title,
    asked: head.asked,
    items,
    log,
    ...(minutes !== null && {deadline: Date.parse(head.started) + minutes * MINUTE_MS}),
    openLive: opener(engine),
    build: () => log.result(),
    finish: async result => {
      if (!result) return undefined;
      const {writeResult} = await quizzes();
      const {owner} = statePlace();
      await writeResult(out, result, owner);
      return out;
    },
  });
}

export interface Practice extends Drawn {
  title: Words;
  seed: string;
  labs: string[];
  /** Every question that there is: whether all of a lab were asked. */
  pool: readonly Item[];
  out?: string | undefined;
  due?: DueStore;
}

export function practiceTake(
  context: Context,
  {items, asked, title, seed, labs, pool, out, due}: Practice,
  engine: () => Promise<Engine>,
  build: (head: Omit<LogHead, 'asked'>, results: readonly Result[], finished: string) => ResultFile,
): Take {
  const started = new Date().toISOString();
  const head = {
    app: context.version,
    kernel: os.release(),
    mode: 'practice' as const,
    exam: {title, seed, labs, count: asked.length, minutes: null, sealed: null},
    student: {id: '', name: '', user: userName(context.env)},
    started,
  };
  return new Take({
    mode: 'practice',
    title,
    asked,
    items: new Map(items.map(item => [item.id, item])),
    openLive: opener(engine),
    build: (results, finished) => build(head, results, finished),
    ...(due && {
      practised: async (item, {verdict, hints}) => {
        // With a hint it was not known yet.
        await due.answered(item.id, verdict === 'right' && hints > 0 ? 'partly' : verdict);
      },
    }),
    finish: async result => {
      if (!result) return undefined;
      if (due) await keepScores(due, pool, result);
      if (out === undefined) return undefined;
      const {writeResult} = await quizzes();
      await writeResult(out, result, statePlace().owner);
      return out;
    },
  });
}

type Result = ResultFile['results'][number];

/** The score of each lab all of whose questions were asked. */
async function keepScores(due: DueStore, pool: readonly Item[], {results}: ResultFile): Promise<void> {
  const {tally} = await quizzes();
  const asked = new Set(results.map(one => one.asked.item));
  for (const [lab, items] of Map.groupBy(pool, item => item.labId)) {
    if (!items.every(({id}) => asked.has(id))) continue;
    const {points, of} = tally(results.filter(one => one.asked.labId === lab));
    await due.practised(lab, {points, of});
  }
}

function opener(engine: () => Promise<Engine>): TakeOptions['openLive'] {
  return async (item, asked, size) => {
    const [{openStage}, opened] = await Promise.all([quizzes(), engine()]);
    return openStage(opened, item, asked, size);
  };
}

/** Where a graded result goes; a name that is free. @throws CliFailure (usage) where a named one is taken */
export function outFile(given: unknown, {student, started}: {student: Student; started: string}): string {
  if (typeof given === 'string') {
    const file = path.resolve(given);
    if (existsSync(file)) throw new CliFailure(EXIT.usage, 'quiz.out.exists', {file});
    return file;
  }
  const who = (student.id || student.user || 'student').replace(/[^\p{L}\p{N}_.-]+/gu, '_').slice(0, 60);
  const stem = `glassbox-${who}-${started.slice(0, 16).replace(/[^\d]/g, '')}`;
  for (let n = 1; ; n++) {
    const file = path.resolve(n === 1 ? `${stem}.json` : `${stem}-${n}.json`);
    if (!existsSync(file)) return file;
  }
}
