/** `glassbox import FILE.gift`: questions of others as a quiz.md that loads; what cannot be kept is named with its line. */
import {readFile, stat} from 'node:fs/promises';
import {quizFiles, render} from '../../course/index.ts';
import {CliFailure, type Context, EXIT} from '../failure.ts';
import {demandFree, writeWhole} from '../handout/files.ts';
import {tell, write} from './export.ts';

/** More than any question bank has. Bytes. */
const LARGEST = 16 * 1024 * 1024;

/** Status 0: at least one question was kept; 1: none, or the file cannot be read. */
export async function importQuestions(
  context: Context,
  args: string[],
  options: Record<string, unknown>,
): Promise<number> {
  const [file = ''] = args;
  const out = options.out as string | undefined;
  const wanted = {out, format: undefined, instructor: false, force: options.force === true};
  const source = await read(file);
  if (out !== undefined) await demandFree([{format: 'md', file: out}], wanted);
  const {importGift, quizExportWords} = await quizFiles();
  const {lang, stderr} = context;
  const {text, count, notes} = importGift(source, lang);
  for (const {line, code, params} of notes)
    stderr.write(`${file}:${line}: ${printable(render(quizExportWords, lang, code, params))}\n`);
  if (count === 0) throw new CliFailure(EXIT.failed, 'import.nothing', {file});
  if (out === undefined) await write(context, text);
  else {
    await writeWhole(out, text, wanted);
    tell(context, lang, 'import.wrote', {count, file: out});
  }
  return EXIT.ok;
}

/** What a file says must not steer the reader's terminal. */
const printable = (text: string): string => text.replace(/[\x00-\x1f\x7f-\x9f]/g, ' ');

async function read(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    const {size} = await stat(file);
    const [megabytes, most] = [Math.ceil(size / 1024 / 1024), LARGEST / 1024 / 1024];
    if (size > LARGEST) throw new CliFailure(EXIT.failed, 'import.large', {file, size: megabytes, most});
    bytes = await readFile(file);
  } catch (error) {
    if (error instanceof CliFailure) throw error;
    const {code, message} = error as NodeJS.ErrnoException;
    throw new CliFailure(EXIT.failed, 'import.unreadable', {file, why: code ?? message});
  }
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
  } catch {
    throw new CliFailure(EXIT.failed, 'import.no-text', {file});
  }
}
