/** What the kernel answers to a question, as a rung. */
import type {QuizBlock, Step} from '../lab.ts';
import {type Truth, truthOf} from '../quiz/kernel.ts';
import {isLive} from '../quiz/pool.ts';
import type {Trial} from './trial.ts';
import type {Rung} from './types.ts';

/** A live question of a lab's own, where its step has been done. */
export function liveAnswers({play, seed}: Trial, step: Step): Rung[] {
  return step.blocks.flatMap(block =>
    block.kind === 'quiz' && block.check === undefined && isLive(block) && play.applies(block)
      ? [answerRung(truthOf(play, block), step, block, seed)]
      : [],
  );
}

/** There is an answer; of single choices exactly one. */
export function answerRung({key, verdict, reason}: Truth, step: Step, block: QuizBlock, seed: string): Rung {
  const came = key && 'choices' in key ? key.choices.join(', ') : key && 'text' in key ? key.text : '–';
  return {name: 'question', ok: verdict === 'pass', step: step.id, of: block.id, verdict, came, reason, seed};
}
