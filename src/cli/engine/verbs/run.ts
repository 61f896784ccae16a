/** `glassbox engine run`: one container by hand. */
import {render, sayCall} from '../../../course/index.ts';
import {EngineError} from '../../../engine/index.ts';
import {describe} from '../../describe.ts';
import {CliFailure, type Context, EXIT} from '../../failure.ts';
import {print} from '../../print.ts';
import {cliWords} from '../../words.ts';
import {ask} from '../client.ts';
import {startDetached} from '../detached.ts';
import {cannot, RUN_EXIT} from '../failure.ts';
import {jobOf, type RunOptions} from '../flags/spec.ts';
import {checkTerminal, handThrough, sizeOf, statusOf} from '../hand-through.ts';
import type {Records} from '../records.ts';
import {supervise} from '../supervise.ts';
import type {BoxStatus} from '../types.ts';

/** How Docker tells our own failures from the program's: not found, not to be run, anything else. */
export function runStatus(error: unknown): number {
  if (!(error instanceof EngineError)) return RUN_EXIT.engine;
  if (error.code === 'program.missing') return RUN_EXIT.notFound;
  if (error.code !== 'call.failed' || error.call?.call !== 'execve') return RUN_EXIT.engine;
  return error.call.errno === 'ENOENT' ? RUN_EXIT.notFound : RUN_EXIT.notRunnable;
}

/** Says why a program was not run. @returns the status for that */
export async function refuse(context: Context, error: unknown): Promise<number> {
  const {text} = await describe(error, context.lang);
  context.stderr.write(`${text}\n`);
  return runStatus(error);
}

/**
 * With Docker a name of an image comes before the program. Where no root was named and the first word is no program, that is what
 * it may have been.
 */
function noImage(error: unknown, [first = '']: readonly string[], {rootfs, programs, bundle}: RunOptions): boolean {
  if (!(error instanceof EngineError) || error.code !== 'program.missing' || error.params?.program !== first)
    return false;
  return (rootfs ?? programs ?? bundle) === undefined && !/^[./]/.test(first);
}

/** PID of a running container, to join its namespaces. */
export const pidOf =
  (records: Records) =>
  async (name: string): Promise<number> => {
    const entry = records.find(name);
    const status = records.ended(entry) ? undefined : ((await ask(records, entry, 'status')) as BoxStatus);
    const state = status?.state ?? 'ended';
    if (!status || (state !== 'running' && state !== 'paused')) {
      throw cannot('state', {name, state, expected: 'running'});
    }
    if (process.getuid?.() !== 0) throw cannot('join-root', {name});
    return status.pid;
  };

/** Resolves to the program's status, or Docker's 125, 126, 127; nothing is left then but what `rm` removes. */
export async function run(
  context: Context,
  records: Records,
  args: string[],
  options: RunOptions & {json?: boolean},
): Promise<number> {
  try {
    const {env} = context;
    const size = sizeOf(context);
    const job = await jobOf(args, options, {pidOf: pidOf(records), env, ...(size ? {size} : {})});
    const {interactive = false} = options;
    const tty = job.spec.process.terminal ?? false;
    if (job.detached) {
      if (options.journal)
        throw new CliFailure(EXIT.usage, 'engine.not-together', {one: '--detach', other: '--journal'});
      if (interactive)
        throw new CliFailure(EXIT.usage, 'engine.not-together', {one: '--detach', other: '--interactive'});
      const why = await startDetached(job);
      if (why) throw why instanceof Error ? why : new EngineError(why);
      await print(context, options.json ? JSON.stringify({id: job.id, name: job.name}) : job.id);
      return EXIT.ok;
    }
    if (options.bundle !== undefined && tty && interactive && !context.stdin.isTTY) throw cannot('bundle.no-tty');
    checkTerminal(context, {tty, interactive});
    const {box, finish} = await supervise(job, records);
    if (options.journal) for (const entry of box.container.journal) context.stderr.write(`${sayCall(entry)}\n`);
    let why: string | undefined;
    const unwritten = (errno: string): void => {
      why = errno;
    };
    const {exit, lost, unkept} = await finish(running => handThrough(running, context, {tty, interactive, unwritten}));
    // Whoever still asks about it gets a moment for the answer.
    setTimeout(() => process.exit(), 2000).unref();
    if (unkept) await refuse(context, cannot('unkept', {name: job.name, folder: records.place, why: unkept}));
    if (why) throw cannot('unwritten', {why});
    if (lost) throw cannot('lost', {name: job.name});
    return exit ? statusOf(exit) : RUN_EXIT.engine;
  } catch (error) {
    const status = await refuse(context, error);
    if (noImage(error, args, options)) context.stderr.write(`${render(cliWords, context.lang, 'engine.no-images')}\n`);
    return status;
  }
}
