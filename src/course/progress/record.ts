/** Progress as a fold over a session's events, written when something was reached. */
import type {Event} from '../events.ts';
import type {Lab} from '../lab.ts';
import {emptyLab, type LabProgress} from './schema.ts';

const REACHES: ReadonlySet<Event['type']> = new Set([
  'step-entered',
  'step-done',
  'prediction-judged',
  'check',
  'lab-done',
  'session-ended',
]);

/**
 * What an event adds to the progress of a lab; the same object where it adds nothing. Predictions count once, by the
 * first answer: later ones are made with the answer known.
 * @param iso wall-clock time of the event
 */
export function record(progress: LabProgress, event: Event, iso: string): LabProgress {
  if (!REACHES.has(event.type)) return progress;
  const next = {...progress, lastSeen: iso};
  switch (event.type) {
    case 'step-entered':
      return {...next, current: event.step};
    case 'step-done': {
      const how = event.skipped && progress.steps[event.step] !== 'done' ? 'skipped' : 'done';
      return {...next, steps: {...progress.steps, [event.step]: how}};
    }
    case 'check':
      if (event.verdict !== 'pass' || progress.checks.includes(event.id)) return progress;
      return {...next, checks: [...progress.checks, event.id]};
    case 'prediction-judged':
      if (event.choice === null || event.verdict === 'cannot-judge' || event.id in progress.predictions)
        return progress;
      return {...next, predictions: {...progress.predictions, [event.id]: event.verdict === 'pass'}};
    case 'lab-done':
      return {...next, done: progress.done ?? iso};
    default:
      return next;
  }
}

/** Progress of a session that begins now. */
export function beginRecord(lab: Lab, iso: string): LabProgress {
  const blocks = lab.steps.flatMap(step => step.blocks);
  return {...emptyLab(iso), predictionsTotal: blocks.filter(block => block.kind === 'predict').length};
}
