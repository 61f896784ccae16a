/** The questions of a quiz as they may be handed out. */
import type {QuizBlock} from '../lab.ts';

/** Choices in an order that is not the answer. */
export function orderOfChoices({type, choices = [], answer}: QuizBlock): NonNullable<QuizBlock['choices']> {
  const given = choices.map(choice => choice.id).join(' ') === answer;
  return type === 'order' && given ? [...choices].reverse() : choices;
}

/** What an instructor needs of a question that is not a choice; undefined: its choices say it. */
export function answerOf({
  type,
  answer,
  choices = [],
}: QuizBlock):
  | {kind: 'live' | 'plain'; text: string}
  | {kind: 'order'; choices: NonNullable<QuizBlock['choices']>}
  | undefined {
  if (answer === undefined) return undefined;
  if (type === 'order')
    return {kind: 'order', choices: answer.split(' ').flatMap(id => choices.filter(choice => choice.id === id))};
  const live = /^\$\{([\s\S]*)\}$/.exec(answer)?.[1];
  return live === undefined ? {kind: 'plain', text: answer} : {kind: 'live', text: live};
}
