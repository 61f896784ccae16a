/** Opens the screens. Before the first frame only Ink and React are loaded: all else waits behind a loader. */
import type {Words} from '../course/index.ts';
import {
  type Elsewhere,
  type PlainDeps,
  type Settings,
  startPlain,
  startUi,
  type UiDeps,
  whyNoScreen,
} from '../ui/index.tsx';
import {openContext} from './context.ts';
import type {Context} from './failure.ts';
import {Rooms, sayable} from './rooms.ts';
import {effective, type Options as Look} from './settings/effective.ts';
import {SettingsSaver} from './settings/save.ts';
import {inWords} from './watching.ts';

export interface LearnOptions {
  context?: Context;
  /** Number or name of a lab to open at once. */
  lab?: string | undefined;
  realHost?: boolean;
  /** Line by line, also where a screen could be shown. */
  plain?: boolean;
  /** What the command line says about the looks. */
  look?: Look;
  /** File for a recording of the screen; the events' file stands beside it. */
  record?: string;
}

type Once = LearnOptions & {context: Context};

/** Another way with a lab than learning it, asked for by key. */
interface Wanted {
  what: Elsewhere;
  lab: string;
}

/** What was switched by key: it holds when the screens are opened again. */
type Switched = Partial<Pick<Settings, 'lang' | 'theme'>>;

/** Resolves to the exit status when the learner has left and nothing is running any more. */
export async function learn(options: LearnOptions): Promise<number> {
  const given = options.context ?? (await openContext([]));
  const switched: Switched = {};
  for (let lab = options.lab; ; lab = undefined) {
    const wanted: Wanted[] = [];
    const status = await once({...options, context: given, lab}, wanted, switched);
    const next = wanted[0];
    if (!next) return status;
    const ended = await OPEN[next.what](
      {...given, lang: switched.lang ?? given.lang},
      next.lab,
      options.realHost === true,
    );
    if (ended > 128) return ended; // a signal, and it meant all of us
  }
}

const OPEN: Record<Elsewhere, (context: Context, lab: string, realHost: boolean) => Promise<number>> = {
  demo: async (context, lab, realHost) => (await import('./commands/demo.ts')).demo(context, [lab], {realHost}),
  quiz: async (context, lab) => (await import('./commands/quiz.ts')).quiz(context, [lab], {}),
};

async function once(options: Once, wanted: Wanted[], switched: Switched): Promise<number> {
  const {context, lab, realHost, plain, record, look = {}} = options;
  const {env, stdin, stdout} = context;
  const why = whyNoScreen(env, stdin, stdout);
  const startLab = lab === undefined ? undefined : await numberOf(context, lab, realHost);
  const screen = !why && !plain;
  const recording = record === undefined ? undefined : await recordTo(record, context, startLab, screen);
  const rooms = new Rooms(context, session => recording?.attach(session));
  const saver = new SettingsSaver();
  const {file, problems} = context.settings;
  const deps: UiDeps = {
    stdin,
    stdout,
    env,
    version: context.version,
    settings: {...effective({...look, lang: context.lang}, env, context.settings.settings).settings, ...switched},
    settingsFile: file,
    settingsProblems: await inWords(file, problems),
    saveSettings: (change, failed) => {
      Object.assign(switched, change);
      void saver.save(change).then(async problem => {
        for (const words of await inWords(file, problem ? [problem] : [])) failed(words);
      });
    },
    ...(recording && {onNotice: recording.onNotice, ...(recording.onOutput && {onOutput: recording.onOutput})}),
    // A recording is of one opening of the screens.
    ...(!recording && {elsewhere: (what: Elsewhere, number: string) => void wanted.push({what, lab: number})}),
    stage: realHost ? 'real-host' : 'private',
    ...(startLab && {startLab}),
    labs: () => sayable(rooms.homeLabs()),
    progressProblems: () => rooms.progressProblems,
    hostReport: () => rooms.checkup(),
    openSession: (number, options) => sayable(rooms.openSession(number, options, realHost ? 'real-host' : 'private')),
    watchLab: (number, changed) => rooms.watchLab(number, changed),
  };
  try {
    if (why || plain) {
      const say = (words: Words) => context.stderr.write(`${words[context.lang] ?? words.en}\n`);
      for (const one of deps.settingsProblems ?? []) say(one);
      recording?.onNotice(say);
      return await startPlain(await plainDeps(context, deps, rooms, why === 'ci'));
    }
    return await startUi(deps);
  } finally {
    await Promise.all([rooms.close(), saver.settled()]);
    recording?.close();
  }
}

async function recordTo(file: string, {env, lang, stdout}: Context, lab: string | undefined, screen: boolean) {
  const {openRecording} = await import('./record/recording.ts');
  const size = () => ({columns: stdout.columns || 80, rows: stdout.rows || 24});
  return openRecording(file, {env, lang, size, screen, title: lab === undefined ? 'Glassbox' : `Glassbox ${lab}`});
}

/** @param nobody a terminal is there, but nobody at it */
async function plainDeps(context: Context, deps: UiDeps, rooms: Rooms, nobody: boolean): Promise<PlainDeps> {
  const {stdin, stdout, startLab, stage, settings} = deps;
  // Where the list goes to another program, a question below it would be asked of nobody.
  const person = stdin.isTTY && (stdout.isTTY || startLab !== undefined);
  return {
    ...deps,
    lang: settings.lang,
    // What fails is said once, in one language: `describe` knows it better than a screen.
    labs: () => rooms.homeLabs(),
    openSession: (number, options) => rooms.openSession(number, options, stage),
    saveLang: lang => deps.saveSettings?.({lang}, () => {}),
    input: nobody ? 'nobody' : person ? 'keyboard' : 'lines',
    walk: async number => {
      const {run} = await import('./commands/run.ts');
      return run(context, [number], {realHost: stage === 'real-host'});
    },
    describe: async (error, lang) => {
      const {describe} = await import('./describe.ts');
      return (await describe(error, lang)).text;
    },
  };
}

async function numberOf(context: Context, query: string, realHost = false): Promise<string> {
  const {demandHost, findLab, openLab} = await import('./labs-home.ts');
  const ref = await findLab(context, query);
  await demandHost(context, await openLab(context, ref), realHost);
  return ref.number;
}
