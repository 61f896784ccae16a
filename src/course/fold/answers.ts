/** What was asked and what the kernel said: checks with their help, predictions, ablation. */
import type {Event} from '../events.ts';
import type {CheckState, LabState, PredictionState} from './state.ts';

type Of<T extends Event['type']> = Extract<Event, {type: T}>;

export function setCheck(state: LabState, id: string, patch: Partial<CheckState>): LabState {
  const old = state.checks[id];
  if (!old) return state;
  return {...state, checks: {...state.checks, [id]: {...old, ...patch}}};
}

export function setPrediction(state: LabState, id: string, patch: Partial<PredictionState>): LabState {
  const old = state.predictions[id];
  if (!old) return state;
  return {...state, predictions: {...state.predictions, [id]: {...old, ...patch}}};
}

export function judged(state: LabState, event: Of<'check'>): LabState {
  const {id, verdict, mistake = null, reason = null, values} = event;
  const passed = verdict === 'pass' || (state.checks[id]?.passed ?? false);
  const next = setCheck(state, id, {verdict, mistake, reason, values, passed});
  return verdict === 'pass' && state.wrongSide?.check === id ? {...next, wrongSide: null} : next;
}

export function predicted(state: LabState, event: Of<'prediction-judged'>): LabState {
  const {id, choice, answer, verdict, reason = null} = event;
  return setPrediction(state, id, {status: 'judged', choice, answer, verdict, reason});
}

export function ablated(state: LabState, event: Of<'ablation-started'> | Of<'ablation-result'>): LabState {
  const {container, without} = event;
  if (event.type === 'ablation-started') {
    return {...state, ablation: {container, without, running: true, rows: [], checks: [], journal: []}};
  }
  const {rows, checks, journal} = event;
  return {...state, ablation: {container, without, running: false, rows, checks, journal}};
}
