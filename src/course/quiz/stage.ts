/** The lab that a session plays for one question: what sets it up, and an empty step in which it is asked. */
import type {Lab, QuizBlock, RunBlock, Step} from '../lab.ts';
import type {Item} from './types.ts';

/** Id of the step in which a question is asked. */
export const ASKED_AT = 'the-question';

export interface QuestionStage {
  lab: Lab;
  block: QuizBlock;
  /** Typed once the answer is given: they show what the kernel does. */
  reveals: RunBlock[];
}

/**
 * @param item one with a stage
 * @param vars values drawn for it; those of the lab itself where it stands in lab.md
 */
export function stageOf(
  {doc, step: id, block, stage}: Pick<Item, 'doc' | 'step' | 'block' | 'stage'>,
  vars: Record<string, string>,
): QuestionStage {
  const at = doc.steps.findIndex(step => step.id === id);
  const own = doc.steps[at];
  if (!own) throw new Error(`no step ${id} in ${doc.id}`);
  const asked = (blocks: RunBlock[]): Step => ({id: ASKED_AT, title: own.title, blocks, pos: block.pos});
  const fixed = Object.fromEntries(Object.keys(doc.vars).map(name => [name, {pick: [vars[name] ?? '']}]));
  const lab = (steps: Step[], shown: RunBlock[] = []): Lab => ({
    ...doc,
    vars: fixed,
    // What shows the answer is known by name, and nobody's to do.
    steps: [...steps, asked(shown.map(run => ({...run, when: 'false'})))],
    cleanup: [],
  });
  if (stage === 'lab') return {lab: lab(doc.steps.slice(0, at + 1)), block, reveals: []};
  const quiz = own.blocks.indexOf(block);
  const runs = (blocks: Step['blocks']) => blocks.filter(one => one.kind === 'run');
  const setUp = {
    ...own,
    blocks: own.blocks.slice(0, quiz).filter(one => one.kind === 'container' || one.kind === 'run'),
  };
  const reveals = runs(own.blocks.slice(quiz + 1));
  return {lab: lab([setUp], reveals), block, reveals};
}
