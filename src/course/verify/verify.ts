/**
 * The ladder: proof, on this kernel, that a lab's checks tell done from not done. Each rung plays the lab on a stage of
 * its own, two at a time.
 */
import {type Engine, type HostReport, unmetNeeds} from '../../engine/index.ts';
import type {Lab} from '../lab.ts';
import {patience} from '../patience.ts';
import {LabConditions} from '../session/conditions.ts';
import {infoOf} from '../session/errors.ts';
import {Leftovers} from '../session/leftovers.ts';
import {drawVars} from '../session/seed.ts';
import {hostChanges, hostSnapshot} from './host.ts';
import {climb} from './ladder.ts';
import {mistakeCases, tryHandsOn, tryMistake} from './mistakes.ts';
import {survived, tryMutants} from './mutants.ts';
import {operationTasks} from './operations.ts';
import {questionTasks} from './questions.ts';
import type {Bench} from './trial.ts';
import type {LabReport, Mutant, Rung} from './types.ts';

export interface VerifyOptions {
  /** Also leave out each namespace flag and each operation of the plan in turn. */
  mutants?: boolean;
  /** Draws the variables; 'verify' by default, so that a failure comes again. */
  seed?: string;
  /** The questions beside the lab: what loadQuiz() gives. */
  quiz?: Lab | undefined;
  /** Only the rungs fresh and solved, without the questions: whether the lab can be done on this kernel. */
  solved?: boolean;
  /** How long a command of the lab may take; default 10 s, or longer with GLASSBOX_PATIENCE. */
  commandMs?: number;
  /** Between rungs: then the rest is not tried, and the report says failed. */
  signal?: AbortSignal;
}

const AT_ONCE = 2;

/**
 * Verifies one lab. Never rejects: what goes wrong is a rung of the report.
 * @param host from hostReport(): a lab that needs what this host lacks is not run, and not passed
 */
export async function verifyLab(
  engine: Engine,
  lab: Lab,
  host: HostReport,
  options: VerifyOptions = {},
): Promise<LabReport> {
  const begin = performance.now();
  const report = (outcome: LabReport['outcome'], rest: Partial<LabReport> = {}): LabReport => {
    const ms = Math.round(performance.now() - begin);
    const mapped = !host.root && host.mapped && outcome !== 'not-run' && {mapped: true as const};
    return {lab: lab.id, number: lab.number, outcome, ...mapped, unmet: [], rungs: [], ...rest, ms};
  };
  const unmet = unmetNeeds(lab.requires, host);
  if (unmet.length > 0) return report('not-run', {unmet});

  const {seed = 'verify', commandMs = 10_000 * patience(), signal, solved = false} = options;
  const quiz = solved ? undefined : options.quiz;
  const unmetByQuiz = quiz ? unmetNeeds(quiz.requires, host) : [];
  const bench: Bench = {engine, lab, conditions: new LabConditions(lab), leftovers: new Leftovers(), commandMs};
  const before = hostSnapshot();
  const questions =
    quiz && unmetByQuiz.length === 0 ? questionTasks(bench, quiz, host.root).map(task => () => guarded(task)) : [];
  const rungs = (
    await pool([...(solved ? solvedTasks(bench, seed) : rungTasks(bench, seed)), ...questions], signal)
  ).flat();
  const mutants = options.mutants ? await mutate(bench, seed, signal) : undefined;
  const left = [...bench.leftovers.find(), ...hostChanges(before, hostSnapshot())];
  rungs.push(
    ...(left.length > 0
      ? left.map(came => ({name: 'left', ok: false, came}) as const)
      : [{name: 'left', ok: true} as const]),
  );
  if (signal?.aborted) rungs.push({name: 'error', ok: false, of: 'verify.aborted', came: ''});
  const failed = (mutants?.some(survived) ?? false) || rungs.some(rung => !rung.ok);
  // Questions that were not tried are not proved: then the lab has not passed.
  const outcome = failed ? 'failed' : unmetByQuiz.length > 0 ? 'not-run' : 'passed';
  return report(outcome, {unmet: unmetByQuiz, rungs, ...(mutants ? {mutants} : {})});
}

/** 0: all passed; 1: a lab failed, or none was given; 3: none failed, but some could not be run here. */
export function verifyStatus(reports: readonly LabReport[]): 0 | 1 | 3 {
  if (reports.length === 0 || reports.some(one => one.outcome === 'failed')) return 1;
  return reports.some(one => one.outcome === 'not-run') ? 3 : 0;
}

function solvedTasks(bench: Bench, seed: string): (() => Promise<Rung[]>)[] {
  return [() => guarded(() => climb(bench, 'solved', seed))];
}

function rungTasks(bench: Bench, seed: string): (() => Promise<Rung[]>)[] {
  const {steps} = bench.lab;
  const climbs = [
    () => climb(bench, 'solved', seed),
    () => climb(bench, 'again', otherSeed(bench.lab.vars, seed)),
    () => climb(bench, 'extra', `${seed}-extra`),
  ];
  const mistakes = mistakeCases(steps).map(one => async () => [await tryMistake(bench, one, seed)]);
  const handsOn = steps.flatMap(step =>
    step.blocks.flatMap(block =>
      block.kind === 'quiz' && block.check !== undefined ? [() => tryHandsOn(bench, step, block, seed)] : [],
    ),
  );
  return [...climbs, ...mistakes, ...handsOn].map(task => () => guarded(task));
}

async function mutate(bench: Bench, seed: string, signal?: AbortSignal): Promise<Mutant[]> {
  const operations = await operationTasks(bench, seed);
  return pool([...tryMutants(bench, seed), ...operations], signal);
}

/** A seed that draws another value for each variable that has one, so that a check cannot pass by knowing the first. */
function otherSeed(vars: Lab['vars'], seed: string): string {
  const first = drawVars(vars, seed);
  const seeds = Array.from({length: 200}, (_, i) => `${seed}-again-${i}`);
  const differs = (other: string) =>
    Object.entries(drawVars(vars, other)).filter(([name, value]) => first[name] !== value).length;
  return seeds.reduce((best, other) => (differs(other) > differs(best) ? other : best));
}

/** A rung that throws could not be tried: that is a failure of its own. */
async function guarded(task: () => Promise<Rung[]>): Promise<Rung[]> {
  try {
    return await task();
  } catch (error) {
    const {code, params} = infoOf(error);
    return [{name: 'error', ok: false, of: code, came: JSON.stringify(params)}];
  }
}

/** The results in the order of the tasks. */
async function pool<T>(tasks: readonly (() => Promise<T>)[], signal?: AbortSignal): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async () => {
    while (next < tasks.length && !signal?.aborted) {
      const index = next++;
      results[index] = await (tasks[index] as () => Promise<T>)();
    }
  };
  await Promise.all(Array.from({length: AT_ONCE}, worker));
  return results.filter(one => one !== undefined);
}
