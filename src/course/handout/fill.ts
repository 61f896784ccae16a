/** Texts of a lab with the run's values in them, in every language that they have. */
import type {LabState} from '../fold/state.ts';
import {wordsOf} from '../fold/words.ts';
import type {CheckBlock, QuizBlock, RunBlock, Words} from '../lab.ts';
import {fillText} from '../session/substitute.ts';

export function fillWords(words: Words, state: LabState): Words {
  return {en: wordsOf(words, 'en', state), ...(words.zh !== undefined && {zh: wordsOf(words, 'zh', state)})};
}

function fillRuns(runs: RunBlock[], state: LabState): RunBlock[] {
  const {session, facts} = state;
  const values = {vars: session?.vars ?? {}, now: facts.now, before: facts.before};
  return runs.map(run => ({...run, commands: run.commands.map(command => fillText(command, values))}));
}

export function fillCheck(block: CheckBlock, state: LabState): CheckBlock {
  return {
    ...block,
    title: fillWords(block.title, state),
    hints: block.hints.map(hint => fillWords(hint, state)),
    solve: fillRuns(block.solve, state),
    mistakes: block.mistakes.map(mistake => ({
      ...mistake,
      commands: fillRuns(mistake.commands, state),
      say: fillWords(mistake.say, state),
    })),
  };
}

export function fillQuiz(block: QuizBlock, state: LabState): QuizBlock {
  const {ask, choices, because, hints, solve} = block;
  return {
    ...block,
    ask: fillWords(ask, state),
    ...(choices && {
      choices: choices.map(choice => ({
        ...choice,
        text: fillWords(choice.text, state),
        because: fillWords(choice.because, state),
      })),
    }),
    ...(because && {because: fillWords(because, state)}),
    ...(hints && {hints: hints.map(hint => fillWords(hint, state))}),
    ...(solve && {solve: fillRuns(solve, state)}),
  };
}
