/** Where the learner is: entering steps, finishing them, and going back. */
import type {Event} from '../events.ts';
import {freshCheck, freshPrediction, type LabState, type StepStatus} from './state.ts';

export function setStep(state: LabState, id: string, status: StepStatus): LabState {
  return {...state, steps: state.steps.map(step => (step.id === id ? {...step, status} : step))};
}

/** Facts as they are now become "before" of the new step, just as the session samples them. */
export function enterStep(state: LabState, id: string, index: number): LabState {
  const entered = setStep(state, id, 'current');
  const facts = {...state.facts, before: state.facts.now};
  return {
    ...entered,
    phase: state.rebuilding ? 'rebuilding' : 'running',
    current: index,
    facts,
    leftOut: [],
    pending: null,
    wrongSide: null,
    rebuilt: state.rebuilt?.step === id ? state.rebuilt : null,
  };
}

/**
 * A fresh stage is on its way: nothing of the old one is left, and the steps from the target on begin anew. What the
 * learner did before it stays done.
 */
export function startRebuild(state: LabState, event: Extract<Event, {type: 'rebuilding'}>): LabState {
  const target = state.steps.findIndex(step => step.id === event.step);
  const again = new Set(state.steps.slice(target).map(step => step.id));
  const renew = <T extends {id: string; step: string}>(
    all: Record<string, T>,
    fresh: (id: string, step: string) => T,
  ) =>
    Object.fromEntries(Object.entries(all).map(([id, one]) => [id, again.has(one.step) ? fresh(id, one.step) : one]));
  return {
    ...state,
    phase: 'rebuilding',
    rebuilding: {step: event.step, why: event.why},
    stage: null,
    pending: null,
    terminals: {},
    // With the old stage's numbers in them, and its failures.
    commands: [],
    containers: {},
    wrongSide: null,
    ablation: null,
    done: null,
    facts: {now: {}, before: {}, changed: [], changedSeq: -1},
    processes: [],
    xray: state.xray && {pid: state.xray.pid, facts: null},
    rebuilt: null,
    handedBack: null,
    steps: state.steps.map(step => ({...step, status: again.has(step.id) ? 'ahead' : passed(step.status, event.why)})),
    checks: renew(state.checks, freshCheck),
    predictions: renew(state.predictions, freshPrediction),
  };
}

/** A lab that is resumed was brought to this step in an earlier session. */
function passed(status: StepStatus, why: string): StepStatus {
  return why === 'resume' && status === 'ahead' ? 'done' : status;
}
