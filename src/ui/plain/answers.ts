/** Questions, hints and solutions in words. */
import {type CheckBlock, type Event, type LabState, type PredictBlock, sayReason, wordsOf} from '../../course/index.ts';
import type {Telling} from './telling.ts';

type Of<T extends Event['type']> = Extract<Event, {type: T}>;

export function checkBlock({lab}: LabState, id: string): CheckBlock | undefined {
  const all = lab.steps.flatMap(step => step.blocks);
  return all.find((block): block is CheckBlock => block.kind === 'check' && block.id === id);
}

export function tellLocked({id, choice}: Of<'prediction-answered'>, teller: Telling): void {
  if (choice !== null) teller.tell('predict.locked', {text: choiceText(id, choice, teller)});
}

/** What the kernel says, whether it was predicted, and why it is so. */
export function tellJudged({id, choice, answer, verdict, reason}: Of<'prediction-judged'>, teller: Telling): void {
  if (answer === null) {
    teller.tell('predict.unjudged', {why: reason ? sayReason(reason, teller.lang) : ''});
    return;
  }
  teller.tell('predict.answer', {text: choiceText(id, answer, teller)});
  if (verdict === 'pass') teller.tell('predict.right');
  else if (choice !== null) teller.tell('predict.wrong', {text: choiceText(id, choice, teller)});
  const because = predictBlock(teller.state, id)?.because;
  if (because) teller.lines(teller.prose(because));
}

export function tellHint({check, index, of}: Of<'hint-shown'>, teller: Telling): void {
  const hint = checkBlock(teller.state, check)?.hints[index];
  if (hint) teller.tell('hint', {index: index + 1, of, text: teller.plain(hint)});
}

/** The commands, the first time; the second time they are typed, and that is told. */
export function tellSolution({check, runs}: Of<'solution-shown'>, before: LabState, teller: Telling): void {
  if (before.checks[check]?.solution) return;
  teller.tell('solution');
  for (const [i, run] of (checkBlock(teller.state, check)?.solve ?? []).entries()) {
    if (!runs.includes(i)) continue;
    const lines = run.commands.map(command => wordsOf({en: command}, 'en', teller.state));
    teller.lines(lines.map(command => `  ${teller.say('solution.line', {side: run.on, command})}`));
  }
}

function predictBlock({lab}: LabState, id: string): PredictBlock | undefined {
  const all = lab.steps.flatMap(step => step.blocks);
  return all.find((block): block is PredictBlock => block.kind === 'predict' && block.id === id);
}

function choiceText(id: string, choice: string, teller: Telling): string {
  const found = predictBlock(teller.state, id)?.choices.find(one => one.id === choice);
  return found ? teller.plain(found.text) : choice;
}
