/** The rungs that need the whole lab: fresh, solved, again, extra. */
import type {CheckBlock, PredictBlock, Step} from '../lab.ts';
import type {Play} from '../session/play.ts';
import {liveAnswers} from './answers.ts';
import {disturb} from './extra.ts';

import {attempt, type Bench, type Trial, trial} from './trial.ts';
import type {Rung, RungName} from './types.ts';

/** Nothing was done: no check may hold. Then the lab is played to its end, and each must. */
export async function climb(bench: Bench, name: 'solved' | 'again' | 'extra', seed: string): Promise<Rung[]> {
  const env: Record<string, string> = name === 'extra' ? {GLASSBOX_EXTRA: 'harmless', LS_COLORS: ''} : {};
  return trial(bench, {seed, env}, async now => {
    if (name === 'extra') await disturb(now.play, bench.lab);
    const fresh = name === 'solved' ? await freshRungs(now) : [];
    const rungs: Rung[] = [];
    await attempt(now.surprises, async () => {
      for (const step of bench.lab.steps) rungs.push(...(await playStep(now, step, name)));
    });
    return [...fresh, ...rungs, ...surprised(now)];
  });
}

async function freshRungs({play, seed}: Trial): Promise<Rung[]> {
  await play.enter();
  const steps = play.lab.steps.flatMap(step => checksOf(step).map(check => ({step, check})));
  return steps.map(({step, check}) => {
    const {verdict, reason} = play.judge(check.expr);
    return {name: 'fresh', ok: verdict !== 'pass', step: step.id, of: check.id, verdict, reason, seed};
  });
}

async function playStep({play, seed}: Trial, step: Step, name: RungName): Promise<Rung[]> {
  await play.enter();
  const before = new Set(checksOf(step).filter(check => play.judge(check.expr).verdict === 'pass'));
  const rungs = await blocks(play, step, seed);
  for (const check of checksOf(step)) {
    if (!play.applies(check)) continue;
    await play.solve(check);
  }
  for (const check of checksOf(step)) {
    if (!play.applies(check)) continue;
    const {verdict, mistake, reason} = play.check(check);
    const note = before.has(check) ? ({note: 'already-true'} as const) : {};
    rungs.push({
      name,
      ok: verdict === 'pass',
      step: step.id,
      of: check.id,
      verdict,
      came: mistake,
      reason,
      seed,
      ...note,
    });
  }
  return [...rungs, ...liveAnswers({play, seed, surprises: []}, step)];
}

/** The blocks as a learner's session does them, with the predictions judged where it judges them. */
async function blocks(play: Play, step: Step, seed: string): Promise<Rung[]> {
  const rungs: Rung[] = [];
  let open: PredictBlock[] = [];
  const reveal = () => {
    rungs.push(...open.map(block => prediction(play, step, block, seed)));
    open = [];
  };
  for (const block of step.blocks) {
    if (!play.applies(block)) continue;
    if (block.kind === 'predict') open.push(block);
    if (block.kind === 'container') await play.container(block);
    if (block.kind === 'run') {
      await play.run(block);
      reveal();
    }
  }
  reveal();
  return rungs;
}

function prediction(play: Play, step: Step, block: PredictBlock, seed: string): Rung {
  const judged = block.choices.map(choice => ({id: choice.id, ...play.judge(choice.when, true)}));
  const holding = judged.filter(one => one.verdict === 'pass').map(one => one.id);
  const reason = judged.find(one => one.verdict === 'cannot-judge')?.reason;
  const ok = holding.length === 1 && !reason;
  return {name: 'prediction', ok, step: step.id, of: block.id, came: holding.join(', ') || '–', reason, seed};
}

/** Commands that came out otherwise than the lab says, and errors. */
export function surprised({surprises, seed}: Trial): Rung[] {
  return surprises.map(({kind, of, came}) => ({name: kind, ok: false, of, came, seed}));
}

export function checksOf(step: Step): CheckBlock[] {
  return step.blocks.filter(block => block.kind === 'check');
}
