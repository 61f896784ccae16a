/** `glassbox replay`: a recorded session in the same screens, without root and without a kernel that is asked for anything. */
import {access} from 'node:fs/promises';
import {
  eventToJson,
  type Lang,
  plainReporter,
  type Recording,
  RecordingError,
  ReplaySession,
  readRecording,
  render,
  type Session,
  type Words,
} from '../../course/index.ts';
import {whyNoScreen} from '../../ui/index.tsx';
import {CliFailure, type Context, EXIT} from '../failure.ts';
import {print} from '../print.ts';
import {EVENTS} from '../record/recording.ts';
import {recordWords, whyCode} from '../record/words.ts';
import type {Options as Look} from '../settings/effective.ts';
import {watchOnScreen} from '../watching.ts';

/** Status 0 however the recorded session went; 1: it cannot be read; 2: it is none, or none for this Glassbox. */
export async function replay(context: Context, [file]: string[], options: Record<string, unknown>): Promise<number> {
  const recording = await read(file!, context.lang);
  const {env, stdin, stdout} = context;
  if (options.json) return printEvents(context, recording);
  if (options.plain || whyNoScreen(env, stdin, stdout)) return printText(context, recording);
  return watchOnScreen(context, {
    look: options as Look,
    mode: {kind: 'replay', sessions: next => play(recording, next)},
    onNotice: listener => {
      if (recording.torn !== undefined) listener(tornWords(recording.torn));
      return () => {};
    },
  });
}

/** One lab after the other. @returns ends the playing */
function play({head, labs}: Recording, next: (session: Session) => void): () => void {
  let session: ReplaySession | undefined;
  const begin = (index: number) => {
    const lab = labs[index]!;
    session = new ReplaySession(lab, head, index + 1 < labs.length ? () => begin(index + 1) : undefined);
    next(session);
    void session.start();
  };
  begin(0);
  return () => void session?.end();
}

/** A recording by either of its two files' names. @throws CliFailure that says why it cannot be read */
export async function read(file: string, lang: Lang): Promise<Recording> {
  try {
    return await readRecording(file);
  } catch (error) {
    if (!(error instanceof RecordingError)) {
      const {code, errno} = whyCode(error, true);
      throw new CliFailure(EXIT.failed, 'recording.unreadable', {file, why: render(recordWords, lang, code, {errno})});
    }
    // Whoever names the file for asciinema means the one beside it.
    const beside = `${file}${EVENTS}`;
    if (error.code === 'recording.screen' && (await isThere(beside))) return read(beside, lang);
    throw new CliFailure(EXIT.usage, error.code, error.params);
  }
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function printEvents(context: Context, {labs, torn}: Recording): Promise<number> {
  for (const event of labs.flatMap(lab => lab.events)) await print(context, eventToJson(event));
  if (torn !== undefined) sayTorn(context, torn);
  return EXIT.ok;
}

/** As `glassbox run` prints a lab, with the words of the recording. */
async function printText(context: Context, {head, labs, torn}: Recording): Promise<number> {
  const {lang} = context;
  const kernel = /^\d+\.\d+/.exec(head.kernel)?.[0] ?? '?';
  await print(context, render(recordWords, lang, 'replay.head', {date: head.at.slice(0, 10), kernel}));
  for (const {lab, events} of labs) {
    const lines: string[] = [''];
    const reporter = plainReporter(lab, lang, line => lines.push(line));
    for (const event of events) {
      reporter.hear(event);
      for (const line of lines.splice(0)) await print(context, line);
    }
  }
  if (torn !== undefined) sayTorn(context, torn);
  return EXIT.ok;
}

function sayTorn({stderr, lang}: Context, line: number): void {
  stderr.write(`glassbox: ${render(recordWords, lang, 'recording.torn', {line})}\n`);
}

function tornWords(line: number): Words {
  const say = (lang: Lang) => render(recordWords, lang, 'recording.torn', {line});
  return {en: say('en'), zh: say('zh')};
}
