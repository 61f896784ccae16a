/** Questions that the kernel answers: each is set up with every value that can be drawn, and must have its answer. */
import type {Lab, QuizBlock, Step} from '../lab.ts';
import {truthOf} from '../quiz/kernel.ts';
import {isLive} from '../quiz/pool.ts';
import {type QuestionStage, stageOf} from '../quiz/stage.ts';
import {LabConditions} from '../session/conditions.ts';
import {answerRung} from './answers.ts';
import {disturb} from './extra.ts';
import {surprised} from './ladder.ts';
import {type} from './mistakes.ts';
import {attempt, type Bench, type Trial, trial} from './trial.ts';
import type {Rung, RungName} from './types.ts';

interface Question {
  quiz: Lab;
  step: Step;
  block: QuizBlock;
}

/** Values for one asking each, so that every value of every variable that the question uses comes up once. */
export function draws({vars}: Pick<Lab, 'vars'>, step: Step): Record<string, string>[] {
  const text = JSON.stringify(step);
  const all = Object.entries(vars);
  const used = all.filter(([name]) => text.includes(`\${${name}}`) || text.includes(`vars.${name}`));
  const many = Math.max(1, ...used.map(([, {pick}]) => pick.length));
  return Array.from({length: many}, (_, i) =>
    Object.fromEntries(all.map(([name, {pick}]) => [name, pick[i % pick.length] as string])),
  );
}

/** The rungs of all questions of a quiz.md that need a stage, as tasks. @param root whether those that need it can be asked */
export function questionTasks(bench: Bench, quiz: Lab, root = true): (() => Promise<Rung[]>)[] {
  return quiz.steps.flatMap(step =>
    step.blocks.flatMap(block => {
      if (block.kind !== 'quiz' || (block.needs === 'root' && !root)) return [];
      const question = {quiz, step, block};
      const staged = isLive(block) || step.blocks.some(({kind}) => kind === 'container' || kind === 'run');
      if (!staged) return [];
      return block.check === undefined ? [() => answers(bench, question)] : repairs(bench, question);
    }),
  );
}

/** On a stage of its own: set up, with what `before` does first, then `work`. */
function asked(
  bench: Bench,
  {quiz, step, block}: Question,
  vars: Record<string, string>,
  work: (trial: Trial, stage: QuestionStage) => Promise<Rung[]>,
  before: (trial: Trial, stage: QuestionStage) => Promise<void> = async () => {},
): Promise<Rung[]> {
  const stage = stageOf({doc: quiz, step: step.id, block, stage: 'own'}, vars);
  const {lab} = stage;
  const seed = Object.entries(vars)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
  const own: Bench = {...bench, lab, conditions: new LabConditions(lab)};
  return trial(own, {seed}, async now => {
    const rungs: Rung[] = [];
    await attempt(now.surprises, async () => {
      await before(now, stage);
      for (const setUp of lab.steps.slice(0, -1)) await now.play.step(setUp);
      await now.play.enter();
      rungs.push(...(await work({...now, seed}, stage)));
    });
    return [...rungs, ...surprised({...now, seed})];
  });
}

/** Every draw has an answer; of choices, not always the same: else it would be known from the last time. */
async function answers(bench: Bench, question: Question): Promise<Rung[]> {
  const {quiz, step, block} = question;
  const rungs: Rung[] = [];
  for (const vars of draws(quiz, step))
    rungs.push(
      ...(await asked(bench, question, vars, async ({play, seed}, {reveals}) => {
        for (const run of reveals) await play.run(run);
        await play.sample();
        return [answerRung(truthOf(play, block), step, block, seed)];
      })),
    );
  if (!block.choices?.some(choice => choice.when !== undefined)) return rungs;
  const came = new Set(rungs.filter(rung => rung.name === 'question').map(rung => rung.came));
  return [...rungs, {name: 'varies', ok: came.size > 1, step: step.id, of: block.id, came: [...came].join(' | ')}];
}

/** Not right at the beginning, right after the solution, also among harmless things; each mistake known as itself. */
function repairs(bench: Bench, question: Question): (() => Promise<Rung[]>)[] {
  const {quiz, step, block} = question;
  const {solve = [], mistakes = []} = block;
  const all = draws(quiz, step);
  const rung = (name: RungName, {play, seed}: Trial, wanted: boolean): Rung => {
    const {verdict, reason} = truthOf(play, block);
    return {name, ok: (verdict === 'pass') === wanted, step: step.id, of: block.id, verdict, reason, seed};
  };
  const solved = (name: RungName) => async (now: Trial) => {
    const fresh = rung('fresh', now, false);
    await type(now.play, solve);
    return [fresh, rung(name, now, true)];
  };
  return [
    ...all.map((vars, i) => () => asked(bench, question, vars, solved(i === 0 ? 'solved' : 'again'))),
    () => asked(bench, question, all[0]!, solved('extra'), ({play}, {lab}) => disturb(play, lab)),
    ...mistakes.map(
      one => () =>
        asked(bench, question, all[0]!, async now => {
          const {seed} = now;
          if (one.only !== undefined && !now.play.holds(one.only))
            return [{name: 'mistake', ok: true, step: step.id, of: block.id, mistake: one.id, note: 'elsewhere', seed}];
          await type(now.play, one.commands);
          const {verdict, mistake: came, reason} = truthOf(now.play, block);
          const ok = verdict === 'fail' && came === one.id;
          return [
            {
              name: 'mistake',
              ok,
              step: step.id,
              of: block.id,
              mistake: one.id,
              verdict,
              came: came ?? '–',
              reason,
              seed: now.seed,
            },
          ];
        }),
    ),
  ];
}
