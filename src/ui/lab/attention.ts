/** Which piece of text a learner should see next, after what has just happened. */
import type {Event, Side} from '../../course/index.ts';

/** What changes the state of things, whoever did it. */
export const ACTS = new Set<Event['type']>(['command-typed', 'container-started', 'container-gone']);
/** By these a learner goes on from a stage that was just built. */
export const GOES_ON = new Set<Event['type']>([...ACTS, 'prediction-answered', 'step-entered', 'rebuilding']);

/**
 * Name of the piece, 'pending' for whatever comes next, or undefined: nothing to look at. What answers the learner (a
 * mistake recognised, a prediction judged) stays in view until they press a key: `held` says that one is there.
 */
export function attentionOf(
  event: Event,
  held: boolean,
  known: {mistake: (check: string) => string | null},
): {key: string; hold: boolean} | undefined {
  switch (event.type) {
    case 'step-entered':
      return {key: 'pending', hold: false};
    case 'pending':
      return held ? undefined : {key: 'pending', hold: false};
    case 'prediction-asked':
    case 'prediction-answered':
      return held ? undefined : {key: `predict ${event.id}`, hold: false};
    case 'prediction-judged':
      return {key: `predict ${event.id}`, hold: true};
    case 'check':
      return event.mistake && event.mistake !== known.mistake(event.id)
        ? {key: `check:${event.id}`, hold: true}
        : undefined;
    case 'hint-shown':
      return {key: `hint:${event.check}:${event.index}`, hold: true};
    case 'solution-shown':
      return {key: `solution:${event.check}`, hold: true};
    case 'wrong-side':
      return {key: `check:${event.check}`, hold: true};
    case 'error':
      return {key: 'error', hold: true};
    case 'lab-done':
      return {key: 'done', hold: true};
    case 'session-ended':
      return {key: 'ended', hold: true};
    default:
      return undefined;
  }
}

/** Where an event's deed is done or comes next. */
export function actingSide(event: Event): Side | undefined {
  if (event.type === 'terminal-opened' || event.type === 'command-typed') return event.side;
  return event.type === 'pending' && event.block?.kind === 'run' ? event.block.on : undefined;
}
