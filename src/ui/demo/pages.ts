/** A step as the pages of a slide: each text with the commands below it, and each question for itself. */
import type {Block, LabState, Step} from '../../course/index.ts';

const isText = (block: Block | undefined) => block?.kind === 'prose' || block?.kind === 'drift';
const isAct = (block: Block | undefined) => block?.kind === 'run' || block?.kind === 'container';

/** The present step. */
export function stepOf(state: LabState): Step | undefined {
  return state.lab.steps[state.current];
}

/**
 * Index of the first block of the page that `at` is on: a question is a page of its own, a command stands below the text
 * before it and the commands that share it. Blocks that are left out are on no page.
 */
export function pageStart(step: Step, at: number, leftOut: readonly number[] = []): number {
  const block = (i: number) => (leftOut.includes(i) ? undefined : step.blocks[i]);
  if (block(at)?.kind === 'predict') return at;
  let start = at;
  let text = isText(block(at));
  for (let i = at - 1; i >= 0; i--) {
    const one = block(i);
    if (one?.kind === 'predict' || (text && isAct(one))) break;
    if (isText(one)) text = true;
    if (isText(one) || isAct(one)) start = i;
  }
  return start;
}

/** Index of the last text between two blocks (both left out themselves); undefined: there is none. */
export function textBetween(step: Step, from: number, to: number, leftOut: readonly number[] = []): number | undefined {
  for (let i = Math.min(to, step.blocks.length) - 1; i > from; i--) {
    if (isText(step.blocks[i]) && !leftOut.includes(i)) return i;
  }
  return undefined;
}
