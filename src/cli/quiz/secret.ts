/** A secret from a file's first line, or typed at the terminal where nobody sees it. */
import {readFile} from 'node:fs/promises';
import {createInterface} from 'node:readline/promises';
import {Writable} from 'node:stream';
import {render} from '../../course/index.ts';
import {CliFailure, type Context, EXIT} from '../failure.ts';
import {cliWords} from '../words.ts';

/** A line from the terminal. @param hidden nothing that is typed is shown */
export async function askLine(
  {stdin, stderr, lang}: Context,
  code: string,
  params: Record<string, string> = {},
  hidden = false,
): Promise<string> {
  const prompt = render(cliWords, lang, code, params);
  if (hidden) stderr.write(prompt);
  // With a terminal as output readline switches the terminal's own echo off, and here nothing is echoed in its place.
  const silent = new Writable({write: (_chunk, _encoding, done) => done()});
  const lines = createInterface({input: stdin, output: hidden ? silent : stderr, terminal: true});
  const leave = new AbortController();
  lines.on('SIGINT', () => leave.abort());
  lines.on('close', () => leave.abort());
  try {
    // readline clears its line before it writes: the question must be its own.
    return await lines.question(hidden ? '' : prompt, {signal: leave.signal});
  } catch {
    throw new CliFailure(EXIT.usage, 'secret.cancelled');
  } finally {
    lines.close();
    if (hidden) stderr.write('\n');
  }
}

/**
 * The secret of a sealed file.
 * @param from path of the file that has it; undefined: it is asked for
 * @throws CliFailure where there is neither a file nor somebody to ask
 */
export async function secretFor(context: Context, file: string, from: unknown): Promise<string> {
  if (typeof from === 'string') {
    try {
      return (await readFile(from, 'utf8')).split(/\r?\n/)[0]!;
    } catch (error) {
      throw new CliFailure(EXIT.usage, 'secret.unreadable', {why: (error as Error).message});
    }
  }
  if (!context.stdin.isTTY) throw new CliFailure(EXIT.usage, 'secret.none', {file});
  return askLine(context, 'quiz.ask.secret', {file}, true);
}
