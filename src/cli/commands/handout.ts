/** `glassbox handout`: a run, or a recording of one, as pages to hand out. */
import path from 'node:path';
import {
  collect,
  createSession,
  type DrawPicture,
  type Edition,
  type Handout,
  handoutPages,
  type IndexEntry,
  type Lab,
  type Lang,
  render,
} from '../../course/index.ts';
import {openEngine} from '../../engine/index.ts';
import {loadPictures} from '../../ui/index.tsx';
import {CliFailure, type Context, EXIT} from '../failure.ts';
import {baseName, demandFree, isFile, type Target, targets, type Wanted, writeWhole} from '../handout/files.ts';
import {handoutsOf} from '../handout/recorded.ts';
import {demandHost, openLab} from '../labs-home.ts';
import {playlist} from '../playlist.ts';
import {print} from '../print.ts';
import {onSignals} from '../signals.ts';
import {cliWords} from '../words.ts';

/** Status 0: all was written and went as the labs expect; 1: not so; 3: nothing could be run here, nothing was written. */
export async function handout(context: Context, args: string[], options: Record<string, unknown>): Promise<number> {
  const wanted: Wanted = {
    out: options.out as string | undefined,
    format: oneOf(options.format, ['html', 'md', 'both'], 'format'),
    instructor: options.instructor === true,
    force: options.force === true,
  };
  const langs: Lang[] = options.lang === 'both' ? ['en', 'zh'] : [context.lang];
  const from = options.from as string | undefined;
  if (from !== undefined && args.length > 0) throw new CliFailure(EXIT.usage, 'usage.handout.both');
  if (from === undefined && args.length === 0) throw new CliFailure(EXIT.usage, 'usage.handout.missing');
  const draw = await loadPictures();
  const job = new Job(context, wanted, {langs, instructor: wanted.instructor});
  return from === undefined ? job.live(args, draw) : job.recorded(await handoutsOf(context, from, draw));
}

function oneOf<T extends string>(got: unknown, known: readonly T[], name: string): T | undefined {
  if (got === undefined || known.includes(got as T)) return got as T | undefined;
  throw new CliFailure(EXIT.usage, `usage.handout.${name}`, {got: String(got)});
}

class Job {
  readonly #context: Context;
  readonly #wanted: Wanted;
  readonly #edition: Edition;
  #status: number = EXIT.ok;

  constructor(context: Context, wanted: Wanted, edition: Edition) {
    this.#context = context;
    this.#wanted = wanted;
    this.#edition = edition;
  }

  async live(args: string[], draw: DrawPicture): Promise<number> {
    const refs = await playlist(this.#context, args);
    const labs = await Promise.all(
      refs.filter((ref, i) => refs.findIndex(one => one.dir === ref.dir) === i).map(ref => openLab(this.#context, ref)),
    );
    await this.#demandRoom(labs);
    const entries: IndexEntry[] = [];
    const signals = onSignals();
    try {
      for (const lab of labs) {
        const why = labs.length > 1 ? await this.#unmet(lab) : void (await demandHost(this.#context, lab));
        if (why !== undefined) {
          entries.push({...lab, made: {why}});
          continue;
        }
        const run = await this.#run(lab, draw, signals.signal);
        if (signals.signal.aborted) return signals.status() ?? EXIT.failed;
        if (run) entries.push(await this.#write(run));
        else {
          await this.#tell('handout.broken', {number: lab.number});
          this.#status = EXIT.failed;
        }
      }
    } finally {
      signals.off();
    }
    if (labs.length > 1 && entries.every(({made}) => 'why' in made)) return EXIT.notRun;
    if (labs.length > 1) await this.#index(entries);
    return this.#status;
  }

  async recorded(handouts: Handout[]): Promise<number> {
    await this.#demandRoom(handouts);
    const entries: IndexEntry[] = [];
    for (const one of handouts) entries.push(await this.#write(one));
    if (handouts.length > 1) await this.#index(entries);
    return EXIT.ok;
  }

  /** Nothing is run when its page could not be written. */
  async #demandRoom(labs: readonly {number: string; id: string}[]): Promise<void> {
    const {out} = this.#wanted;
    if (labs.length > 1 && (await isFile(out)))
      throw new CliFailure(EXIT.usage, 'usage.handout.one-file', {count: labs.length, out});
    const bases = labs.map(lab => this.#base(lab));
    if (labs.length > 1) bases.push(this.#indexBase);
    for (const base of bases) await demandFree(await targets(this.#wanted, base), this.#wanted);
  }

  /** Why this host cannot run a lab among several: the others are written all the same. */
  async #unmet(lab: Lab): Promise<string | undefined> {
    try {
      await demandHost(this.#context, lab);
      return undefined;
    } catch (error) {
      if (!(error instanceof CliFailure) || error.status !== EXIT.notRun) throw error;
      await this.#tell('handout.not-run', error.params);
      return String(error.params.why);
    }
  }

  async #run(lab: Lab, draw: DrawPicture, signal: AbortSignal): Promise<Handout | undefined> {
    const engine = await openEngine();
    try {
      // Processes are listed for the pictures; the machine's own solutions are nobody's progress.
      const session = createSession(engine, {lab, stage: 'private', progress: null, spool: null});
      const onStep = (index: number, of: number) => {
        const step = {number: lab.number, index: index + 1, of};
        this.#context.stderr.write(`${render(cliWords, this.#context.lang, 'handout.running', step)}\n`);
      };
      return await collect(session, {signal, draw, onStep});
    } finally {
      await engine.close();
    }
  }

  async #write(one: Handout): Promise<IndexEntry> {
    const {htmlPage, markdownPage} = await handoutPages();
    const {number, title, question, run} = one;
    const files = await targets(this.#wanted, this.#base(one));
    await this.#put(files, {html: () => htmlPage(one, this.#edition), md: () => markdownPage(one, this.#edition)});
    if (!run.sound && run.how === 'live') {
      await this.#tell('handout.unsound', {number, passed: run.passed, checks: run.checks});
      this.#status = EXIT.failed;
    }
    return {number, title, question, made: {file: `${this.#base(one)}`, handout: one}};
  }

  async #index(entries: readonly IndexEntry[]): Promise<void> {
    const {indexHtml, indexMarkdown} = await handoutPages();
    const linked = (ending: string) =>
      entries.map(one =>
        'file' in one.made ? {...one, made: {...one.made, file: `${one.made.file}.${ending}`}} : one,
      );
    await this.#put(await targets(this.#wanted, this.#indexBase), {
      html: () => indexHtml(linked('html'), this.#edition),
      md: () => indexMarkdown(linked('md'), this.#edition),
    });
  }

  async #put(files: readonly Target[], make: Record<Target['format'], () => string>): Promise<void> {
    for (const {format, file} of files) {
      await writeWhole(file, make[format](), this.#wanted);
      await print(this.#context, render(cliWords, this.#context.lang, 'handout.wrote', {file: path.normalize(file)}));
    }
  }

  #base({number, id}: {number: string; id: string}): string {
    return baseName(number, id, this.#wanted.instructor);
  }

  get #indexBase(): string {
    return baseName('index', '', this.#wanted.instructor);
  }

  async #tell(code: string, params: CliFailure['params']): Promise<void> {
    this.#context.stderr.write(`${render(cliWords, this.#context.lang, code, params)}\n`);
  }
}
