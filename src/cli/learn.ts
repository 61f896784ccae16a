/** Opens the screens. Before the first frame only Ink and React are loaded: all else waits behind a loader. */
import type {Lab, Lang, Params, Session, Words} from '../course/index.ts';
import type {Engine} from '../engine/index.ts';
import {
  type HomeLab,
  type OpenOptions,
  type PlainDeps,
  startPlain,
  startUi,
  type UiDeps,
  whyNoScreen,
} from '../ui/index.tsx';
import {openContext} from './context.ts';
import {CliFailure, type Context} from './failure.ts';
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

/** Resolves to the exit status when the learner has left and nothing is running any more. */
export async function learn({context: given, lab, realHost, plain, record, look = {}}: LearnOptions): Promise<number> {
  const context = given ?? (await openContext([]));
  const {env, stdin, stdout} = context;
  const why = whyNoScreen(env, stdin, stdout);
  const startLab = lab === undefined ? undefined : await numberOf(context, lab);
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
    settings: effective({...look, lang: context.lang}, env, context.settings.settings).settings,
    settingsFile: file,
    settingsProblems: await inWords(file, problems),
    saveSettings: (change, failed) =>
      void saver.save(change).then(async problem => {
        for (const words of await inWords(file, problem ? [problem] : [])) failed(words);
      }),
    ...(recording && {onNotice: recording.onNotice, ...(recording.onOutput && {onOutput: recording.onOutput})}),
    stage: realHost ? 'real-host' : 'private',
    ...(startLab && {startLab}),
    labs: () => sayable(rooms.homeLabs()),
    progressProblems: () => rooms.progressProblems,
    hostReport: async () => (await rooms.engineRoom()).hostReport(),
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

async function numberOf(context: Context, query: string): Promise<string> {
  const {demandHost, findLab, openLab} = await import('./labs-home.ts');
  const ref = await findLab(context, query);
  await demandHost(context, await openLab(context, ref));
  return ref.number;
}

/** The rooms below, entered when first needed. */
class Rooms {
  #context: Context;
  #engine: Promise<Engine> | undefined;
  #opened: (session: Session) => void;
  /** Of the last time that the labs were read. */
  progressProblems: Words[] = [];

  /** @param opened told of each session before it is started */
  constructor(context: Context, opened: (session: Session) => void) {
    this.#context = context;
    this.#opened = opened;
  }

  engineRoom(): Promise<typeof import('../engine/index.ts')> {
    return import('../engine/index.ts');
  }

  #openEngine(): Promise<Engine> {
    this.#engine ??= this.engineRoom().then(({openEngine}) => openEngine());
    // A failure is not kept: what was missing may be there at the next try.
    this.#engine.catch(() => {
      this.#engine = undefined;
    });
    return this.#engine;
  }

  async homeLabs(): Promise<HomeLab[]> {
    const [course, {hostReport}, {allLabs, sayUnmet, unmetOf}] = await Promise.all([
      import('../course/index.ts'),
      this.engineRoom(),
      import('./labs-home.ts'),
    ]);
    const [refs, report, {progress, notices}] = await Promise.all([
      allLabs(this.#context),
      hostReport(),
      course.openProgress().read(),
    ]);
    const say = (code: string, params: Params, lang: Lang) => course.render(course.sessionWords, lang, code, params);
    this.progressProblems = notices.map(({code, params}) => ({
      en: say(code, params, 'en'),
      zh: say(code, params, 'zh'),
    }));
    const left = course.lastLeft(progress);
    return Promise.all(
      refs.map(async (ref): Promise<HomeLab> => {
        const {header, findings} = await course.loadHeader(ref.dir);
        const {number, id} = ref;
        if (!header) {
          const first = findings.find(finding => finding.severity === 'error') ?? findings[0]!;
          const broken = {en: course.formatFinding(first, 'en'), zh: course.formatFinding(first, 'zh')};
          return {number, id, title: {en: id}, question: {en: ''}, minutes: 0, broken};
        }
        const {title, question, minutes} = header;
        const missing = unmetOf(header, report);
        const unmet = missing.map(one => ({en: sayUnmet(one, 'en'), zh: sayUnmet(one, 'zh')}));
        const kept = progress.labs[id];
        // Only a lab that was begun is read whole: its steps say where the learner is.
        const lab = kept && (await course.loadLab(ref.dir)).lab;
        const done = lab && progressOf(lab, kept);
        const last = id === left;
        return {number, id, title, question, minutes, unmet, ...(done && {progress: done}), ...(last && {last})};
      }),
    );
  }

  async openSession(number: string, {size, atStep}: OpenOptions, stage: 'private' | 'real-host'): Promise<Session> {
    const [{createSession}, {findLab, openLab}, engine] = await Promise.all([
      import('../course/index.ts'),
      import('./labs-home.ts'),
      this.#openEngine(),
    ]);
    const lab = await openLab(this.#context, await findLab(this.#context, number));
    const session = createSession(engine, {lab, stage, size, ...(atStep && {atStep})});
    this.#opened(session);
    return session;
  }

  /** The folder is looked for once the screen stands; a lab without one is not watched. */
  watchLab(number: string, changed: (problems: Words[]) => void): () => void {
    let stop: (() => void) | undefined;
    let over = false;
    Promise.all([import('./watch.ts'), import('./labs-home.ts')])
      .then(async ([{watchLab}, {findLab}]) => {
        const {dir} = await findLab(this.#context, number);
        if (!over) stop = watchLab(dir, changed);
      })
      .catch(() => {});
    return () => {
      over = true;
      stop?.();
    };
  }

  async close(): Promise<void> {
    const engine = await this.#engine?.catch(() => undefined);
    await engine?.close();
  }
}

/** Whatever fails says so in both languages: a screen may change its language at any moment. */
async function sayable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof CliFailure) || 'findings' in error) throw error;
    const {wordsOfFailure} = await import('./describe.ts');
    throw Object.assign(new Error(error.code), {words: wordsOfFailure(error)});
  }
}

/** Where the learner is in a lab; a step that the lab no longer has counts as none. */
function progressOf(lab: Lab, kept: {current: string | null; done: string | null}): HomeLab['progress'] {
  const index = lab.steps.findIndex(step => step.id === kept.current);
  const here = index >= 0 ? {step: lab.steps[index]!.id, index: index + 1} : {index: 0};
  return {...here, of: lab.steps.length, done: kept.done !== null};
}
