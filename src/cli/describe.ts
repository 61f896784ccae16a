/** Any error as what a person should read, in their language, with the exit status that goes with it. */
import {type Lang, type Params, render, sayError, sayQuizError, type Words} from '../course/index.ts';
import {EngineError} from '../engine/index.ts';
import {CliFailure, EXIT} from './failure.ts';
import {harmless} from './harmless.ts';
import {cliWords} from './words.ts';

/** Text without a newline at its end, harmless in any terminal. Only what should never happen shows where in the code it did. */
export async function describe(error: unknown, lang: Lang): Promise<{status: number; text: string}> {
  const {status, text} = await told(error, lang);
  return {status, text: text.split('\n').map(harmless).join('\n')};
}

async function told(error: unknown, lang: Lang): Promise<{status: number; text: string}> {
  if (error instanceof CliFailure) {
    return {status: error.status, text: `glassbox: ${sentence(error, lang)}`};
  }
  if (error instanceof EngineError) return {status: EXIT.failed, text: `glassbox: ${sayError(error.info, lang)}`};
  const quiz = sayQuizError(error, lang);
  if (quiz !== undefined) return {status: EXIT.failed, text: `glassbox: ${quiz}`};
  const {syscall, code: why, path = ''} = (error ?? {}) as NodeJS.ErrnoException;
  if (syscall === 'write' && why) {
    const what = path && ` ${path}`;
    return {status: EXIT.failed, text: `glassbox: ${render(cliWords, lang, 'unwritten', {what, why})}`};
  }
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

/** States of containers travel by their names. */
function states(params: Params, lang: Lang): Params {
  const word = (name: Params[string]): Params[string] => cliWords[`engine.state.${name}`]?.[lang] ?? name;
  return {...params, state: word(params.state), expected: word(params.expected)};
}

function sentence({code, params, details}: CliFailure, lang: Lang): string {
  return [render(cliWords, lang, code, code === 'engine.state' ? states(params, lang) : params), ...details].join('\n');
}
