/** `glassbox quiz`: practice, a graded quiz, an exam; on the screen, line by line, or as JSON. */
import {readFile} from 'node:fs/promises';
import {type Item, type LogHead, quizzes, render, type Take} from '../../course/index.ts';
import {type Settings, type Theme, whyNoScreen} from '../../ui/index.tsx';
import {CliFailure, type Context, EXIT} from '../failure.ts';
import {
  beginGraded,
  type Graded,
  gradedTake,
  leftQuiz,
  outFile,
  practiceTake,
  resume,
  titleOf,
  userName,
} from '../quiz/open.ts';
import {cannotRun, minutesOf, type Wanted, wantedOf, warn, whole, wholePool} from '../quiz/pick.ts';
import {askLine, secretFor} from '../quiz/secret.ts';
import {QuizRooms, takeIt} from '../quiz/take-it.ts';
import {cliWords} from '../words.ts';

type Options = Record<string, unknown>;

/** What is made of the command line, before anything is shown. */
type Made = {take: Take; sealedFile?: string};

/**
 * Resolves to the exit status: 1 where a graded quiz was not taken to its end or its result could not be written.
 * @throws CliFailure: wrong usage, nothing to ask, an exam or a log that cannot be read, a machine that cannot run it
 */
export async function quiz(context: Context, args: string[], options: Options): Promise<number> {
  check(options);
  const {env, stdin, stdout} = context;
  const plain = options.plain === true || options.json === true || whyNoScreen(env, stdin, stdout) !== undefined;
  const rooms = new QuizRooms(context);
  try {
    // Who answers is known before a quiz is begun that nobody would take.
    const ready = plain ? await rooms.answers() : true;
    if (!ready) throw new CliFailure(EXIT.usage, 'quiz.no-input');
    const {take, sealedFile} = await make(context, args, options, rooms);
    const look = {
      theme: options.theme as Theme | undefined,
      ascii: options.ascii as Settings['ascii'] | undefined,
    };
    const status = await takeIt(context, take, rooms, {plain, json: options.json === true, look});
    if (!take.graded) return status;
    if (take.phase === 'over') return take.file === undefined ? EXIT.failed : status;
    const count = {done: take.done.length, of: take.of};
    if (sealedFile === undefined) await warn(context, 'quiz.kept', count);
    else await warn(context, 'quiz.kept-sealed', {...count, file: sealedFile});
    return status || EXIT.failed;
  } finally {
    await rooms.close();
  }
}

function make(context: Context, args: string[], options: Options, rooms: QuizRooms): Promise<Made> {
  if (typeof options.exam === 'string') return exam(context, options.exam, options, rooms);
  if (options.resume === true) return goOn(context, options, rooms);
  if (options.graded === true) return graded(context, args, options, rooms);
  return practice(context, args, options, rooms);
}

/** Options that do not go together: said before anything is read. */
function check(options: Options): void {
  const given = (names: readonly string[]) => names.find(name => options[name] !== undefined);
  const refuse = (code: string, names: readonly string[]) => {
    const name = given(names);
    if (name) throw new CliFailure(EXIT.usage, code, {option: `--${name}`});
  };
  if (options.exam !== undefined) refuse('usage.quiz.exam', ['count', 'seed', 'kinds', 'minutes', 'due', 'resume']);
  else if (options.resume === true)
    refuse('usage.quiz.resume', ['count', 'seed', 'kinds', 'minutes', 'due', 'graded', 'student', 'name']);
  else if (options.due === true) refuse('usage.quiz.due', ['kinds', 'graded', 'minutes']);
  if (options.exam === undefined && options.graded !== true)
    refuse('usage.quiz.graded', ['minutes', 'student', 'name', 'secret']);
}

async function practice(context: Context, args: string[], options: Options, rooms: QuizRooms): Promise<Made> {
  const {buildResult, drawQuiz, openDue} = await quizzes();
  const due = openDue();
  const wanted = await wantedOf(context, args, options);
  const pool = await wholePool(context);
  const ids = options.due === true ? await dueIds(context, pool, wanted, args.length > 0) : undefined;
  const barred = await cannotRun(context, pool);
  const runnable = pool.filter(item => !barred?.items.includes(item));
  const fits = ids ? runnable.filter(({id}) => ids.includes(id)) : runnable;
  const count = ids ? (whole(options.count, 'usage.quiz.count') ?? ids.length) : wanted.count;
  const {seed, kinds, labs} = wanted;
  const draw = {seed, kinds, labs: ids ? [] : labs, ...(count !== undefined && {count})};
  const {items, asked} = drawQuiz(fits, draw);
  const left = drawQuiz(barred?.items ?? [], {seed, kinds, labs}).items;
  if (barred && left.length > 0)
    await warn(context, 'quiz.left-out', {why: barred.why, list: left.map(({id}) => id).join(', ')});
  if (asked.length === 0) throw new CliFailure(EXIT.usage, 'quiz.none');
  const out = typeof options.out === 'string' ? outFile(options.out, noOne) : undefined;
  const title = ids ? {en: 'Due today', zh: '今天该练的'} : titleOf(labs);
  const practised = {items, asked, title, seed, labs, pool, due, ...(out !== undefined && {out})};
  return {take: practiceTake(context, practised, rooms.engine, buildResult)};
}

const noOne = {student: {id: '', name: '', user: ''}, started: ''};

/** What is due today. @throws CliFailure where nothing is */
async function dueIds(context: Context, pool: readonly Item[], {labs}: Wanted, named: boolean): Promise<string[]> {
  const {dayOf, dueItems, nextDue, ofLab, openDue} = await quizzes();
  const {due} = await openDue().read();
  const here = new Map(pool.map(item => [item.id, item]));
  const ids = dueItems(due, dayOf(new Date())).filter(id => {
    const item = here.get(id);
    return item && (!named || labs.some(lab => ofLab(item, lab)));
  });
  if (ids.length > 0) return ids;
  const next = nextDue(due);
  const {day = '', count = 0} = next ?? {};
  const soon = next ? render(cliWords, context.lang, 'quiz.next-due', {day, count}) : '';
  throw new CliFailure(EXIT.ok, 'quiz.none-due', {next: soon});
}

async function graded(context: Context, args: string[], options: Options, rooms: QuizRooms): Promise<Made> {
  const {drawQuiz} = await quizzes();
  const wanted = await wantedOf(context, args, options);
  const minutes = minutesOf(options.minutes);
  const left = await leftQuiz(head => sameQuiz(head, wanted, options, minutes));
  if (left) return goOnWith(context, left, options, rooms, await wholePool(context));
  const pool = await wholePool(context);
  const {seed, kinds, labs} = wanted;
  const draw = {seed, kinds, labs, ...(wanted.count !== undefined && {count: wanted.count})};
  const {items, asked} = drawQuiz(pool, draw);
  if (asked.length === 0) throw new CliFailure(EXIT.usage, 'quiz.none');
  await demandAll(context, items);
  const given: Graded = {
    exam: {
      title: titleOf(labs),
      labs,
      kinds,
      count: asked.length,
      seed,
      ...(minutes !== undefined && {minutes}),
      include: [],
      exclude: [],
      points: {},
    },
    student: studentOf(context, options),
  };
  const out = outFile(options.out, {student: given.student, started: new Date().toISOString()});
  return {take: gradedTake(await beginGraded(context, given, asked), pool, rooms.engine, out)};
}

/** The same labs, number and time; the same seed and student, where they are said. */
function sameQuiz({exam, student}: LogHead, wanted: Wanted, options: Options, minutes: number | undefined): boolean {
  return (
    exam.sealed === null &&
    exam.labs.join() === wanted.labs.join() &&
    (wanted.count === undefined || exam.count === wanted.count) &&
    (exam.minutes ?? undefined) === minutes &&
    (options.seed === undefined || exam.seed === wanted.seed) &&
    (options.student === undefined || student.id === options.student)
  );
}

async function goOn(context: Context, options: Options, rooms: QuizRooms): Promise<Made> {
  const left = await leftQuiz(() => true);
  if (!left) throw new CliFailure(EXIT.usage, 'quiz.nothing-to-resume');
  if (left.head.exam.sealed !== null) throw new CliFailure(EXIT.usage, 'quiz.resume-sealed');
  return goOnWith(context, left, options, rooms, await wholePool(context));
}

async function goOnWith(
  context: Context,
  {file, head}: {file: string; head: LogHead},
  options: Options,
  rooms: QuizRooms,
  pool: readonly Item[],
  macKey?: Uint8Array,
): Promise<Made> {
  const out = outFile(options.out, head);
  const log = await resume(file, macKey);
  const started = new Date(head.started).toLocaleString(context.lang === 'zh' ? 'zh-CN' : 'en-GB');
  await warn(context, 'quiz.resumes', {started, done: log.results.length, of: head.asked.length});
  return {take: gradedTake(log, pool, rooms.engine, out)};
}

/** An instructor's exam; one that was begun with it is gone on with. */
async function exam(context: Context, file: string, options: Options, rooms: QuizRooms): Promise<Made> {
  const {drawQuiz, openExam, sealedTitle} = await quizzes();
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CliFailure(EXIT.usage, 'exam.unreadable', {file, why: error.message});
  });
  const isSealed = sealedTitle(text) !== undefined;
  const opened = isSealed ? await openExam(text, await secretFor(context, file, options.secret), file) : undefined;
  const pool = opened?.items ?? (await wholePool(context));
  const {soundExam} = await import('../quiz/exam-file.ts');
  const one = opened?.exam ?? (await soundExam(context, file, pool));
  const left = await leftQuiz(
    ({exam: old}) => old.sealed === (opened?.sealed ?? null) && old.seed === one.seed && old.title.en === one.title.en,
  );
  const sealedFile = isSealed ? {sealedFile: file} : {};
  if (left) return {...(await goOnWith(context, left, options, rooms, pool, opened?.macKey)), ...sealedFile};
  const {items, asked} = drawQuiz(pool, one);
  await demandAll(context, items);
  const student = await askStudent(context, options);
  const given: Graded = {
    exam: one,
    student,
    ...(opened && {sealed: {name: opened.sealed, macKey: opened.macKey}}),
  };
  const out = outFile(options.out, {student, started: new Date().toISOString()});
  return {take: gradedTake(await beginGraded(context, given, asked), pool, rooms.engine, out), ...sealedFile};
}

function studentOf({env}: Context, {student, name}: Options) {
  return {id: String(student ?? ''), name: String(name ?? ''), user: userName(env)};
}

/** Of an exam: asked for where somebody is there. */
async function askStudent(context: Context, options: Options) {
  const given = studentOf(context, options);
  if (!context.stdin.isTTY) return given;
  if (options.student === undefined) given.id = (await askLine(context, 'quiz.ask.student')).trim();
  if (options.name === undefined) given.name = (await askLine(context, 'quiz.ask.name')).trim();
  return given;
}

/** A graded quiz is the same for all: what this machine cannot run is not left out. */
async function demandAll(context: Context, items: readonly Item[]): Promise<void> {
  const barred = await cannotRun(context, items);
  if (!barred) return;
  const list = barred.items.map(({id}) => id).join(', ');
  throw new CliFailure(EXIT.notRun, 'quiz.cannot-run', {list, why: barred.why});
}
