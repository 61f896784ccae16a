/** The rooms below, as the screens ask for them. Nothing is loaded before somebody does. */
import type {Checkup, Lab, Lang, Params, Session, SessionOptions, Words} from '../course/index.ts';
import type {Engine} from '../engine/index.ts';
import type {HomeLab, OpenOptions} from '../ui/index.tsx';
import {CliFailure, type Context} from './failure.ts';

/** The rooms below, entered when first needed. */
export class Rooms {
  #context: Context;
  #engine: Promise<Engine> | undefined;
  #opened: (session: Session) => void;
  /** How each lab's files were just before they were read, by the lab's number. */
  #readAs = new Map<string, string>();
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

  /** Opened with the first call. */
  engine(): Promise<Engine> {
    this.#engine ??= this.engineRoom().then(({openEngine}) => openEngine());
    // A failure is not kept: what was missing may be there at the next try.
    this.#engine.catch(() => {
      this.#engine = undefined;
    });
    return this.#engine;
  }

  /** The host held against the labs. Without any lab the host alone. */
  async checkup(): Promise<Checkup> {
    const [course, {allLabs}] = await Promise.all([import('../course/index.ts'), import('./labs-home.ts')]);
    const {env, stdout} = this.#context;
    return course.checkup(await allLabs(this.#context).catch(() => []), {env, screen: stdout});
  }

  async homeLabs(): Promise<HomeLab[]> {
    const [course, {hostReport}, {allLabs, sayUnmet, unmetOf}] = await Promise.all([
      import('../course/index.ts'),
      this.engineRoom(),
      import('./labs-home.ts'),
    ]);
    const [refs, report, {progress, notices}, {due}] = await Promise.all([
      allLabs(this.#context),
      hostReport(),
      course.openProgress().read(),
      course.openDue().read(),
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
        const score = due.labs[id];
        return {
          number,
          id,
          title,
          question,
          minutes,
          unmet,
          ...(done && {progress: done}),
          ...(score && {quiz: {right: score.points, of: score.of}}),
          ...(id === left && {last: true}),
        };
      }),
    );
  }

  /** @param options what a session of its own kind is opened with: a demo leaves the learner's progress alone */
  async openSession(
    number: string,
    {size, atStep, glance}: OpenOptions,
    stage: 'private' | 'real-host',
    options: Partial<SessionOptions> = {},
  ): Promise<Session> {
    const [{createSession}, {findLab, openLab}, {signature}, engine] = await Promise.all([
      import('../course/index.ts'),
      import('./labs-home.ts'),
      import('./lab-files.ts'),
      this.engine(),
    ]);
    const read = async (): Promise<Lab> => {
      const ref = await findLab(this.#context, number);
      this.#readAs.set(number, await signature(ref.dir));
      return openLab(this.#context, ref);
    };
    const lab = options.lab ?? (await read());
    const session = createSession(engine, {
      ...options,
      ...(glance && {progress: null}),
      lab,
      stage,
      size,
      ...(atStep && {atStep}),
    });
    this.#opened(session);
    return session;
  }

  /** The folder is looked for once the screen stands; a lab without one is not watched. */
  watchLab(number: string, changed: (problems: Words[]) => void): () => void {
    let stop: (() => void) | undefined;
    let over = false;
    // What an earlier session had read says nothing.
    this.#readAs.delete(number);
    Promise.all([import('./watch.ts'), import('./labs-home.ts')])
      .then(async ([{watchLab}, {findLab}]) => {
        const {dir} = await findLab(this.#context, number);
        if (!over) stop = watchLab(dir, changed, {readAs: () => this.#readAs.get(number)});
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
export async function sayable<T>(work: Promise<T>): Promise<T> {
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
