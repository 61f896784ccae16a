/** Any error as what a person should read, in their language, with the exit status that goes with it. */
import {type Lang, render, sayError, sayQuizError, type Words} from '../course/index.ts';
import {EngineError} from '../engine/index.ts';
import {CliFailure, EXIT} from './failure.ts';
import {cliWords} from './words.ts';

/** Text without a newline at its end. Only what should never happen shows where in the code it did. */
export async function describe(error: unknown, lang: Lang): Promise<{status: number; text: string}> {
  if (error instanceof CliFailure) {
    return {status: error.status, text: `glassbox: ${sentence(error, lang)}`};
  }
  if (error instanceof EngineError) return {status: EXIT.failed, text: `glassbox: ${sayError(error.info, lang)}`};
  const quiz = sayQuizError(error, lang);
  if (quiz !== undefined) return {status: EXIT.failed, text: `glassbox: ${quiz}`};
  const {message, stack} = error instanceof Error ? error : {message: String(error), stack: ''};
  const where = stack?.split('\n')[1]?.trim() ?? '';
  return {
    status: EXIT.failed,
    text: `glassbox: ${render(cliWords, lang, 'crash', {message: `${message} ${where}`.trim()})}`,
  };
}

/** The same for a screen, which can be read in either language. */
export function wordsOfFailure(failure: CliFailure): Words {
  return {en: sentence(failure, 'en'), zh: sentence(failure, 'zh')};
}

function sentence({code, params, details}: CliFailure, lang: Lang): string {
  return [render(cliWords, lang, code, params), ...details].join('\n');
}
