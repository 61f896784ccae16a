/** Any error as what a person should read, in their language, with the exit status that goes with it. */
import {type Lang, render, sayError} from '../course/index.ts';
import {EngineError} from '../engine/index.ts';
import {CliFailure, EXIT} from './failure.ts';
import {cliWords} from './words.ts';

/** Text without a newline at its end. Only what should never happen shows where in the code it did. */
export async function describe(error: unknown, lang: Lang): Promise<{status: number; text: string}> {
  if (error instanceof CliFailure) {
    const text = [`glassbox: ${render(cliWords, lang, error.code, error.params)}`, ...error.details].join('\n');
    return {status: error.status, text};
  }
  if (error instanceof EngineError) return {status: EXIT.failed, text: `glassbox: ${sayError(error.info, lang)}`};
  const {message, stack} = error instanceof Error ? error : {message: String(error), stack: ''};
  const where = stack?.split('\n')[1]?.trim() ?? '';
  return {
    status: EXIT.failed,
    text: `glassbox: ${render(cliWords, lang, 'crash', {message: `${message} ${where}`.trim()})}`,
  };
}
