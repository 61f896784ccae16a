/** A lab run from end to end for its handout, with what each of its flags is for tried out at the end of each step. */
import type {LabState} from '../fold/state.ts';
import {drive} from '../run/drive.ts';
import {Out} from '../run/out.ts';
import type {Session} from '../session.types.ts';
import {Gatherer} from './gather.ts';
import type {DrawPicture, Handout} from './types.ts';

export interface CollectOptions {
  /** Ends the run (Ctrl-C): there is no handout then. */
  signal?: AbortSignal;
  draw?: DrawPicture;
  /** Told when a step begins, 0-based. */
  onStep?: (index: number, of: number) => void;
}

/**
 * Runs the session to its end, as `glassbox run` does. Nothing of a learner's is asked for: predictions stay open until
 * the kernel answers, and the solutions are typed where a check waits for a hand.
 * @returns undefined: the run was ended, or could not even begin
 */
export async function collect(session: Session, options: CollectOptions = {}): Promise<Handout | undefined> {
  const {signal, draw, onStep} = options;
  const gatherer = new Gatherer(session.lab, 'live', draw);
  session.onEvent(event => {
    gatherer.hear(event);
    if (event.type === 'step-entered') onStep?.(event.index, event.of);
  });
  await drive(session, new Out({write: () => true}), {
    ...(signal && {signal}),
    leaving: state => tryFlags(session, state, signal),
  });
  return signal?.aborted ? undefined : gatherer.finish();
}

/** Everything that the step's containers may do without, one thing at a time. */
async function tryFlags(session: Session, state: LabState, signal: AbortSignal | undefined): Promise<void> {
  const blocks = state.lab.steps[state.current]?.blocks ?? [];
  for (const [i, block] of blocks.entries()) {
    if (block.kind !== 'container' || state.leftOut.includes(i)) continue;
    for (const without of block.without) {
      if (signal?.aborted) return;
      await session.ablate(block.id, without);
    }
  }
}
