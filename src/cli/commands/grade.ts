/** `glassbox grade FILE…`: result files scored again from their evidence, and the table of the class. */
import {readFile, writeFile} from 'node:fs/promises';
import {
  type Exam,
  GRADE_WORDS,
  type GradedFile,
  type GradeOptions,
  type Item,
  quizzes,
  render,
} from '../../course/index.ts';
import {CliFailure, type Context, EXIT} from '../failure.ts';
import {soundExam} from '../quiz/exam-file.ts';
import {wholePool} from '../quiz/pick.ts';
import {secretFor} from '../quiz/secret.ts';
import {classLines} from '../quiz/table.ts';
import {cliWords} from '../words.ts';

type Options = Record<string, unknown>;

/** Resolves to 0; 1 where a file is edited, forged, or no result at all. @throws CliFailure */
export async function grade(context: Context, files: string[], options: Options): Promise<number> {
  const {gradeFiles, RESULT_FORMATS} = await quizzes();
  const to = String(options.to ?? 'table').toLowerCase();
  const known = ['table', ...RESULT_FORMATS];
  if (!known.includes(to)) throw new CliFailure(EXIT.usage, 'usage.grade.to', {got: to, known: known.join(', ')});
  const graded = await gradeFiles(files, await gradingOptions(context, files, options));
  for (const one of graded) report(context, one);
  const text = await textOf(context, graded, to);
  if (typeof options.output === 'string') {
    await writeFile(options.output, text).catch((error: Error) => {
      throw new CliFailure(EXIT.failed, 'grade.unwritable', {file: String(options.output), why: error.message});
    });
    say(context, 'grade.written', {file: options.output});
  } else context.stdout.write(text);
  const bad = graded.filter(({ok}) => !ok).length;
  if (bad > 0) say(context, 'grade.not-ok', {count: bad});
  else if (to === 'table') say(context, 'grade.all-ok');
  return bad > 0 ? EXIT.failed : EXIT.ok;
}

function say({stderr, lang}: Context, code: string, params: Record<string, string | number> = {}): void {
  stderr.write(`${render(cliWords, lang, code, params)}\n`);
}

/** What speaks against a file, on stderr: the table goes to other programs. */
function report({stderr, lang}: Context, {file, findings}: GradedFile): void {
  for (const {severity, code, params} of findings) {
    const mark = render(cliWords, lang, `grade.${severity}`);
    stderr.write(`${file}: ${mark}: ${render(GRADE_WORDS, lang, code, params)}\n`);
  }
}

/** The labs at hand, the exam of the class, and the secret, where there is one. */
async function gradingOptions(context: Context, files: readonly string[], options: Options): Promise<GradeOptions> {
  const {openExam, readResult, sealedTitle} = await quizzes();
  const given = typeof options.exam === 'string' ? options.exam : undefined;
  const text =
    given === undefined
      ? undefined
      : await readFile(given, 'utf8').catch((error: Error) => {
          throw new CliFailure(EXIT.usage, 'exam.unreadable', {file: given, why: error.message});
        });
  const isSealed = text !== undefined && sealedTitle(text) !== undefined;
  const results = await Promise.all(files.map(file => readResult(file).catch(() => undefined)));
  const first = results.find(one => one?.exam.sealed);
  const asks = isSealed || typeof options.secret === 'string' || (first !== undefined && context.stdin.isTTY);
  const secret = asks
    ? await secretFor(context, given ?? files[results.indexOf(first)] ?? '', options.secret)
    : undefined;
  const withSecret = secret === undefined ? {} : {secret};
  if (isSealed && text !== undefined && given !== undefined) {
    const {exam, items, sealed} = await openExam(text, secret ?? '', given);
    return {exam, items, sealed, ...withSecret};
  }
  // An exam may name any question; without one, the labs that were asked about are enough.
  const asked = new Set(results.flatMap(one => one?.results.map(({asked}) => asked.number) ?? []));
  const items = await poolAtHand(context, given === undefined ? asked : undefined);
  const exam: Exam | undefined = given === undefined ? undefined : await soundExam(context, given, items ?? []);
  return {...(items && {items}), ...(exam && {exam}), ...withSecret};
}

/** A teacher's machine need not have the labs. */
async function poolAtHand(context: Context, only?: ReadonlySet<string>): Promise<Item[] | undefined> {
  try {
    return await wholePool(context, only);
  } catch (error) {
    if (error instanceof CliFailure) return undefined;
    throw error;
  }
}

async function textOf(context: Context, graded: GradedFile[], to: string): Promise<string> {
  const {classTable, exportResults, RESULT_FORMATS, regraded} = await quizzes();
  const format = RESULT_FORMATS.find(one => one === to);
  if (!format) return `${classLines(classTable(graded), context.lang).join('\n')}\n`;
  const results = graded.flatMap(one => regraded(one) ?? []);
  if (format === 'gradescope' && results.length !== 1)
    throw new CliFailure(EXIT.usage, 'grade.one', {count: results.length});
  return exportResults(results, format, {lang: context.lang});
}
