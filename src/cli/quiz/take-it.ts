/** Shows a quiz: on the screen, or line by line. */
import type {Lang, Take} from '../../course/index.ts';
import type {Engine} from '../../engine/index.ts';
import {type LineSource, openLines, startPlainQuiz, startUi, type UiDeps} from '../../ui/index.tsx';
import type {Context} from '../failure.ts';
import {Rooms, sayable} from '../rooms.ts';
import {effective, type Options as Look} from '../settings/effective.ts';
import {SettingsSaver} from '../settings/save.ts';
import {inWords} from '../watching.ts';

/** The engine that stages are built with, and who answers; opened when first needed. */
export class QuizRooms {
  readonly rooms: Rooms;
  readonly #context: Context;
  #lines: Promise<LineSource> | undefined;

  constructor(context: Context) {
    this.#context = context;
    this.rooms = new Rooms(context, () => {});
  }

  readonly engine = (): Promise<Engine> => this.rooms.engine();

  /** Lines from the keyboard or a pipe. */
  lines(): Promise<LineSource> {
    this.#lines ??= openLines(this.#context.stdin);
    return this.#lines;
  }

  /** Whether there is somebody, or something, that answers. */
  async answers(): Promise<boolean> {
    return this.#context.stdin.isTTY || (await this.lines()).any();
  }

  async close(): Promise<void> {
    (await this.#lines)?.close();
    await this.rooms.close();
  }
}

export interface How {
  plain: boolean;
  json: boolean;
  look: Look;
}

/** Resolves to the exit status once the quiz is over or was left. */
export async function takeIt(
  context: Context,
  take: Take,
  rooms: QuizRooms,
  {plain, json, look}: How,
): Promise<number> {
  const {env, stdin, stdout, version, lang} = context;
  if (plain) {
    return startPlainQuiz({
      take,
      lang,
      json,
      stdout,
      lines: await rooms.lines(),
      keyboard: stdin.isTTY,
      describe: async (error: unknown, to: Lang) => (await (await import('../describe.ts')).describe(error, to)).text,
    });
  }
  const saver = new SettingsSaver();
  const {file, problems, settings} = context.settings;
  const deps: UiDeps = {
    mode: {kind: 'quiz'},
    stdin,
    stdout,
    env,
    version,
    settings: effective({...look, lang}, env, settings).settings,
    settingsFile: file,
    settingsProblems: await inWords(file, problems),
    saveSettings: (change, failed) =>
      void saver.save(change).then(async problem => {
        for (const words of await inWords(file, problem ? [problem] : [])) failed(words);
      }),
    stage: 'private',
    startLab: 'quiz',
    labs: async () => [],
    hostReport: () => rooms.rooms.checkup(),
    // The lab that "show me" opens is only looked at.
    openSession: (number, options) => sayable(rooms.rooms.openSession(number, options, 'private')),
    openQuiz: async () => take,
  };
  try {
    return await startUi(deps);
  } finally {
    await Promise.all([take.close(), saver.settled()]);
  }
}
