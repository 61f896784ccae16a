/** `glassbox export`: the labs' questions for programs of others; what is not in the file is named. */
import {formatFinding, type Lang, quizFiles, render} from '../../course/index.ts';
import {CliFailure, type Context, EXIT} from '../failure.ts';
import {demandFree, writeWhole} from '../handout/files.ts';
import {playlist} from '../playlist.ts';
import {cliWords} from '../words.ts';

/** Status 0: written; 1: a lab's file is broken or nothing could be written. */
export async function exportLabs(context: Context, args: string[], options: Record<string, unknown>): Promise<number> {
  const {exportQuestions, loadPool, QUESTION_FORMATS, quizExportWords} = await quizFiles();
  const to = QUESTION_FORMATS.find(one => one === options.to);
  if (!to)
    throw new CliFailure(EXIT.usage, 'usage.export.to', {
      got: String(options.to ?? ''),
      known: QUESTION_FORMATS.join(', '),
    });
  const file = options.out as string | undefined;
  if (to === 'qti' && file === undefined) throw new CliFailure(EXIT.usage, 'usage.export.no-file');
  const wanted = {out: file, format: undefined, instructor: false, force: options.force === true};
  const {lang} = context;
  const refs = await playlist(context, args);
  // A playlist may say a lab twice; a question is there once.
  const {items, findings} = await loadPool([...new Set(refs.map(ref => ref.dir))]);
  const errors = findings.filter(finding => finding.severity === 'error');
  if (errors.length > 0) {
    const details = errors.slice(0, 5).map(finding => formatFinding(finding, lang));
    throw new CliFailure(EXIT.failed, 'export.broken', {count: errors.length}, details);
  }
  if (file !== undefined) await demandFree([{format: 'html', file}], wanted);

  const made = exportQuestions(items, to, {lang, seed: String(options.seed ?? 'glassbox')});
  for (const {item, code, params} of made.left)
    tell(context, lang, 'export.left', {item, why: render(quizExportWords, lang, code, params)});
  if (made.count === 0) throw new CliFailure(EXIT.failed, 'export.nothing');
  if (made.warned.length > 0) {
    const names = made.warned.map(({item}) => item).join(', ');
    tell(context, lang, 'export.warned', {count: made.warned.length, items: names});
  }
  if (file === undefined) await write(context, made.data as string);
  else {
    await writeWhole(file, made.data, wanted);
    tell(context, lang, 'export.wrote', {count: made.count, of: items.length, file});
  }
  return EXIT.ok;
}

/** Beside the file, which may go to standard output. */
export function tell({stderr}: Context, lang: Lang, code: string, params: CliFailure['params']): void {
  stderr.write(`${render(cliWords, lang, code, params)}\n`);
}

/** Resolves when the reader has taken all of it. */
export async function write({stdout}: Context, text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    stdout.write(text, error => (error ? reject(error) : resolve()));
  });
}
