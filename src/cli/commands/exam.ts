/** `glassbox exam lint|draw|seal FILE`: what an instructor does with an exam before a class gets it. */
import {existsSync} from 'node:fs';
import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {formatFinding, type Item, plainMarkdown, quizzes, render} from '../../course/index.ts';
import {CliFailure, type Context, EXIT} from '../failure.ts';
import {soundExam} from '../quiz/exam-file.ts';
import {wholePool} from '../quiz/pick.ts';
import {askLine, secretFor} from '../quiz/secret.ts';
import {cliWords} from '../words.ts';

const ASK_WIDTH = 72;

/** Resolves to 0; 1 where the exam has mistakes. @throws CliFailure */
export async function exam(context: Context, args: string[], options: Record<string, unknown>): Promise<number> {
  const [what = '', file = ''] = args;
  if (!isDeed(what)) throw new CliFailure(EXIT.usage, 'usage.exam', {got: what});
  await readFile(file).catch((error: Error) => {
    throw new CliFailure(EXIT.usage, 'exam.unreadable', {file, why: error.message});
  });
  return DEEDS[what](context, file, options, await wholePool(context));
}

type Deed = (context: Context, file: string, options: Record<string, unknown>, pool: Item[]) => Promise<number>;

const DEEDS = {lint, draw, seal} satisfies Record<string, Deed>;

const isDeed = (what: string): what is keyof typeof DEEDS => Object.hasOwn(DEEDS, what);

function say({stdout, lang}: Context, code: string, params: Record<string, string | number> = {}): void {
  stdout.write(`${render(cliWords, lang, code, params)}\n`);
}

async function lint(context: Context, file: string, _options: unknown, pool: Item[]): Promise<number> {
  const {drawQuiz, loadExam, sealedTitle} = await quizzes();
  if (sealedTitle(await readFile(file, 'utf8')) !== undefined)
    throw new CliFailure(EXIT.usage, 'exam.is-sealed', {file});
  const {exam: one, findings} = await loadExam(file, pool);
  for (const finding of findings) context.stdout.write(`${formatFinding(finding, context.lang)}\n`);
  if (!one) return EXIT.failed;
  const {minutes: limit} = one;
  const minutes = render(cliWords, context.lang, limit === undefined ? 'exam.no-limit' : 'exam.minutes', {
    minutes: limit,
  });
  const all = drawQuiz(pool, {...one, count: pool.length}).items.length;
  say(context, 'exam.sound', {file, count: drawQuiz(pool, one).items.length, all, minutes});
  return EXIT.ok;
}

/** What the seed draws: number, points, kind, id, and the beginning of the question. */
async function draw(context: Context, file: string, options: Record<string, unknown>, pool: Item[]): Promise<number> {
  const {drawQuiz, openExam, sealedTitle} = await quizzes();
  const text = await readFile(file, 'utf8');
  const sealed = sealedTitle(text) !== undefined;
  const opened = sealed ? await openExam(text, await secretFor(context, file, options.secret), file) : undefined;
  const {asked} = drawQuiz(opened?.items ?? pool, opened?.exam ?? (await soundExam(context, file, pool)));
  for (const {n, kind, item, points, ask} of asked) {
    const words = plainMarkdown(ask[context.lang] ?? ask.en).replace(/\s+/g, ' ');
    const short = [...words].length > ASK_WIDTH ? `${[...words].slice(0, ASK_WIDTH).join('')}…` : words;
    context.stdout.write(
      `${String(n).padStart(3)}  ${kind.padEnd(10)} ${String(points).padStart(4)}  ${item}: ${short}\n`,
    );
  }
  say(context, 'exam.points', {points: asked.reduce((sum, {points}) => sum + points, 0)});
  return EXIT.ok;
}

async function seal(context: Context, file: string, options: Record<string, unknown>, pool: Item[]): Promise<number> {
  const {drawQuiz, sealExam} = await quizzes();
  const one = await soundExam(context, file, pool);
  const out = path.resolve(
    typeof options.output === 'string' ? options.output : `${file.replace(/\.ya?ml$/i, '')}.sealed.json`,
  );
  if (existsSync(out)) throw new CliFailure(EXIT.usage, 'quiz.out.exists', {file: out});
  const secret = await secretFor(context, file, options.secret);
  // What is typed unseen is typed twice.
  if (typeof options.secret !== 'string' && (await askLine(context, 'quiz.ask.again', {}, true)) !== secret)
    throw new CliFailure(EXIT.usage, 'secret.differ');
  const text = await sealExam(secret, {exam: one, items: drawQuiz(pool, one).items});
  await writeFile(out, text, {flag: 'wx'});
  say(context, 'exam.sealed', {file: path.relative('.', out) || out});
  return EXIT.ok;
}
