/** `glassbox new`: the skeleton of a lab. */
import path from 'node:path';
import {NEW_WORDS, NewLabError, newLab, render} from '../../course/index.ts';
import {CliFailure, type Context, EXIT} from '../failure.ts';
import {print} from '../print.ts';
import {cliWords} from '../words.ts';

/** Writes labs/NN-ID with both languages; refuses to overwrite. */
export async function create(context: Context, [id]: string[], options: Record<string, unknown>): Promise<number> {
  try {
    const {dir} = await newLab(context.labsDir, id!, (options.title as string | undefined) ?? id!);
    const shown = path.relative(process.cwd(), dir) || dir;
    await print(context, render(cliWords, context.lang, 'new.done', {dir: shown}));
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof NewLabError)) throw error;
    const usage = error.code === 'new.id' || error.code === 'new.title';
    throw new CliFailure(usage ? EXIT.usage : EXIT.failed, 'plain', {
      text: render(NEW_WORDS, context.lang, error.code, error.params),
    });
  }
}
