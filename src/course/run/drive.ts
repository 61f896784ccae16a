/** Goes through a lab without a learner: every block, and the solution wherever a check waits for a hand. */
import {fold} from '../fold/fold.ts';
import {initialState, type LabState} from '../fold/state.ts';
import type {Lab} from '../lab.ts';
import type {Session} from '../session.types.ts';
import type {Out} from './out.ts';

export interface DriveOptions {
  /** Prediction id -> choice id; the others are not predicted. */
  predict?: Readonly<Record<string, string>>;
  /** Ends the lab (Ctrl-C): cleaned up as ever, and no success. */
  signal?: AbortSignal;
  /** Awaited before a step is left, while all that it made still stands. */
  leaving?: (state: LabState) => Promise<void>;
}

/**
 * Starts the session and takes it to its end, which is also reached when nobody reads any more or the signal comes.
 * @returns the exit status, 0 or 1; 2 for a prediction that the lab does not ask (nothing was started then)
 */
export async function drive(
  session: Session,
  out: Out,
  {predict = {}, signal, leaving}: DriveOptions,
): Promise<number> {
  if (unknownPrediction(session.lab, predict)) {
    await session.end('failed');
    return 2;
  }
  let state = initialState(session.lab);
  let unexpected = 0;
  session.onEvent(event => {
    state = fold(state, event);
    if (event.type === 'command-unexpected') unexpected++;
  });
  const leave = () => void session.end('left');
  void out.broken.then(leave);
  if (signal?.aborted) leave();
  signal?.addEventListener('abort', leave, {once: true});
  try {
    await session.start();
    while (!state.ended) {
      const before = progressOf(state);
      if (state.pending?.kind === 'next-step' || state.pending?.kind === 'finish') await leaving?.(state);
      if (state.ended) break;
      await move(session, state, predict);
      if (!state.ended && progressOf(state) === before) await session.end('failed');
    }
  } finally {
    signal?.removeEventListener('abort', leave);
    await session.end('failed'); // changes nothing where it has ended
  }
  // Never judged: its `when` did not hold on this host.
  const passed = Object.values(state.checks).every(check => check.passed || check.verdict === null);
  const {reason, left} = state.ended ?? {reason: 'failed', left: []};
  return passed && unexpected === 0 && reason === 'finished' && left.length === 0 ? 0 : 1;
}

/** The first of the given predictions that the lab does not ask, or that is no answer to it, and what it does ask. */
export function unknownPrediction(
  lab: Lab,
  predict: Readonly<Record<string, string>>,
): {id: string; choice: string; known: string} | undefined {
  const asked = lab.steps.flatMap(step => step.blocks).filter(block => block.kind === 'predict');
  const known = asked.map(({id, choices}) => `${id}=${choices.map(choice => choice.id).join('|')}`).join(', ') || '–';
  for (const [id, choice] of Object.entries(predict)) {
    const choices = asked.find(block => block.id === id)?.choices ?? [];
    if (!choices.some(one => one.id === choice)) return {id, choice, known};
  }
  return undefined;
}

/** Changes whenever the lab has come further. */
export function progressOf(state: LabState): string {
  const {pending, current, steps, checks, predictions} = state;
  return JSON.stringify([
    pending,
    current,
    steps,
    Object.values(checks).map(one => one.solution),
    Object.values(predictions).map(one => one.status),
  ]);
}

/** What comes next in a lab without a learner: the pending block, the next step, or the solution of an open check. */
export async function move(
  session: Session,
  state: LabState,
  predict: Readonly<Record<string, string>> = {},
): Promise<void> {
  const {pending} = state;
  if (pending?.kind === 'predict') return session.predict(pending.id, predict[pending.id] ?? null);
  if (pending?.kind === 'next-step') return session.next();
  if (pending?.kind === 'finish') return session.end('finished');
  if (pending) return session.advance();
  const step = state.steps[state.current]?.id;
  const open = Object.values(state.checks).find(
    one => one.step === step && one.verdict !== null && one.verdict !== 'pass' && !one.solution,
  );
  if (open) await session.solution(open.id, true);
}
