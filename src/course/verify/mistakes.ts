/** Mistakes must be recognised as themselves; hands-on questions must tell right from wrong. */
import type {CheckBlock, Mistake, QuizBlock, RunBlock, Step} from '../lab.ts';
import type {Play} from '../session/play.ts';
import {checksOf, surprised} from './ladder.ts';
import {attempt, type Bench, trial} from './trial.ts';
import type {Rung} from './types.ts';

export interface MistakeCase {
  step: Step;
  check: CheckBlock;
  mistake: Mistake;
}

export function mistakeCases(steps: readonly Step[]): MistakeCase[] {
  return steps.flatMap(step =>
    checksOf(step).flatMap(check => check.mistakes.map(mistake => ({step, check, mistake}))),
  );
}

/**
 * Made where the step begins, with its containers and before its commands, as a learner would who types the wrong thing
 * instead; where it needs what the step's commands make, after them ('after-runs').
 */
export async function tryMistake(bench: Bench, one: MistakeCase, seed: string): Promise<Rung> {
  const early = await make(bench, one, seed, false);
  if (early.ok || !one.step.blocks.some(block => block.kind === 'run')) return early;
  const late = await make(bench, one, seed, true);
  return late.ok ? {...late, note: 'after-runs'} : early;
}

async function make(
  bench: Bench,
  {step, check, mistake}: MistakeCase,
  seed: string,
  afterRuns: boolean,
): Promise<Rung> {
  return trial(bench, {seed}, async ({play, surprises}) => {
    let verdict: Rung['verdict'];
    let came: string | undefined;
    let counts = true;
    await attempt(surprises, async () => {
      await reach(play, step);
      counts = play.applies(check) && (mistake.only === undefined || play.holds(mistake.only));
      if (!counts) return;
      for (const block of step.blocks) {
        if (!play.applies(block)) continue;
        if (block.kind === 'container') await play.container(block);
        if (block.kind === 'run' && afterRuns) await play.run(block);
      }
      await type(play, mistake.commands);
      const judged = play.check(check);
      verdict = judged.verdict;
      came = judged.mistake;
    });
    if (!counts) {
      return {name: 'mistake', ok: true, step: step.id, of: check.id, mistake: mistake.id, note: 'elsewhere', seed};
    }
    const ok = came === mistake.id && verdict !== 'pass' && verdict !== undefined;
    const error = verdict === undefined ? surprises.at(-1)?.of : undefined;
    return {
      name: 'mistake',
      ok,
      step: step.id,
      of: check.id,
      mistake: mistake.id,
      verdict,
      came: came ?? error ?? '–',
      seed,
    };
  });
}

/** A hands-on question: not right before, right after its solution; and its wrong attempt is not right. */
export async function tryHandsOn(bench: Bench, step: Step, quiz: QuizBlock, seed: string): Promise<Rung[]> {
  const {check, solve = [], wrong = []} = quiz;
  if (check === undefined) return [];
  const judged = (name: Rung['name'], play: Play, wanted: boolean): Rung => {
    const {verdict, reason} = play.judge(check);
    return {name, ok: (verdict === 'pass') === wanted, step: step.id, of: quiz.id, verdict, reason, seed};
  };
  const solved = await trial(bench, {seed}, async now => {
    const rungs: Rung[] = [];
    await attempt(now.surprises, async () => {
      await reach(now.play, step, true);
      if (!now.play.applies(quiz)) return;
      rungs.push(judged('fresh', now.play, false));
      await type(now.play, solve);
      rungs.push(judged('solved', now.play, true));
    });
    return [...rungs, ...surprised(now)];
  });
  if (wrong.length === 0) return solved;
  const failed = await trial(bench, {seed}, async now => {
    const rungs: Rung[] = [];
    await attempt(now.surprises, async () => {
      await reach(now.play, step, true);
      if (!now.play.applies(quiz)) return;
      await type(now.play, wrong);
      rungs.push({...judged('mistake', now.play, false), mistake: 'wrong'});
    });
    return [...rungs, ...surprised(now).filter(rung => rung.name === 'error')];
  });
  return [...solved, ...failed];
}

/** All steps before this one, and on request this one too; then its "before". */
async function reach(play: Play, step: Step, through = false): Promise<void> {
  const {steps} = play.lab;
  const end = steps.indexOf(step) + (through ? 1 : 0);
  for (const earlier of steps.slice(0, end)) await play.step(earlier);
  await play.enter();
}

/** Types commands of the lab, and reads what came of them. */
export async function type(play: Play, commands: readonly RunBlock[]): Promise<void> {
  for (const run of commands) await play.run(run);
  await play.sample();
}
