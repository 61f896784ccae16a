/** The fold of a session's events into what a screen shows. Pure: the same events give the same state, live or replayed. */
import type {Event} from '../events.ts';
import {ablated, judged, predicted, setCheck, setPrediction} from './answers.ts';
import {addJournal, keep} from './lists.ts';
import type {LabState} from './state.ts';
import {enterStep, setStep, startRebuild} from './steps.ts';
import {finished, patchLast, setTerminal, typed} from './terminals.ts';

const ERRORS_KEPT = 20;

/**
 * The next state. Bytes change nothing (they go to the terminals' emulators), so the same object comes back for them.
 * @param state what the events so far fold into; never changed
 * @param event the next one of the stream
 */
export function fold(state: LabState, event: Event): LabState {
  if (event.type === 'bytes') return state;
  return {...apply(state, event), seq: event.seq, ms: event.ms};
}

function apply(state: LabState, event: Exclude<Event, {type: 'bytes'}>): LabState {
  switch (event.type) {
    case 'session-started': {
      const {version, kernel, stage, seed, vars, root, at = null} = event;
      return {...state, session: {version, kernel, stage, seed, vars, root, at}};
    }
    case 'stage-ready':
      return addJournal({...state, stage: {keeperPid: event.keeperPid, dir: event.dir}}, 'host', event.journal);
    case 'step-entered':
      return enterStep(state, event.step, event.index);
    case 'step-done':
      return setStep(state, event.step, event.skipped ? 'skipped' : 'done');
    case 'left-out':
      return {...state, leftOut: event.blocks};
    case 'pending':
      return {...state, pending: event.block};
    case 'terminal-opened': {
      const {cols, rows} = event;
      return setTerminal(state, event.side, {open: true, cols, rows, idle: false, sure: true, command: null, by: null});
    }
    case 'terminal-closed':
      return setTerminal(state, event.side, {open: false, idle: true, command: null, by: null});
    case 'terminal-resized':
      return setTerminal(state, event.side, {cols: event.cols, rows: event.rows});
    case 'terminal-idle':
      return setTerminal(state, event.side, {idle: true, sure: event.sure, command: null, by: null});
    case 'command-typed':
      return typed(state, event);
    case 'command-finished':
      return finished(state, event);
    case 'command-unexpected':
      return {...state, commands: patchLast(state, event.side, {expected: event.expected})};
    case 'container-started': {
      const {id, pid, without} = event;
      const container = {id, pid, running: true, status: null, ...(without ? {without} : {})};
      return {...state, rebuilt: null, handedBack: null, containers: {...state.containers, [id]: container}};
    }
    case 'container-gone': {
      const old = state.containers[event.id];
      if (!old) return state;
      return {...state, containers: {...state.containers, [event.id]: {...old, running: false, status: event.status}}};
    }
    case 'journal':
      return addJournal(state, event.who, event.entries);
    case 'facts':
      return {...state, facts: {...state.facts, now: event.sides, changed: event.changed, changedSeq: event.seq}};
    case 'show':
      return {...state, show: event.show};
    case 'poll':
      return {...state, polls: {...state.polls, [event.prediction]: event.votes}};
    case 'handed-back': {
      const {side, changed, broken} = event;
      return {...state, handedBack: {side, changed, broken}};
    }
    case 'processes':
      return {...state, processes: event.list};
    case 'xray':
      return {...state, xray: {pid: event.pid, facts: event.facts}};
    case 'prediction-asked':
      return setPrediction(state, event.id, {status: 'asked'});
    case 'prediction-answered':
      return setPrediction({...state, rebuilt: null}, event.id, {status: 'answered', choice: event.choice});
    case 'prediction-judged':
      return predicted(state, event);
    case 'check':
      return judged(state, event);
    case 'hint-shown':
      return setCheck(state, event.check, {hints: event.index + 1});
    case 'solution-shown':
      return setCheck(state, event.check, {solution: true, solutionRuns: event.runs});
    case 'wrong-side': {
      const {command, typedOn, expectedOn, check} = event;
      return {...state, wrongSide: {command, typedOn, expectedOn, check}};
    }
    case 'ablation-started':
    case 'ablation-result':
      return ablated(state, event);
    case 'rebuilding':
      return startRebuild(state, event);
    case 'rebuilt':
      return {...state, phase: 'running', rebuilding: null, rebuilt: state.rebuilding};
    case 'error': {
      const {seq, error, where, fatal} = event;
      return {...state, errors: keep([...state.errors, {seq, error, where, fatal}], ERRORS_KEPT)};
    }
    case 'spool-full':
      return {...state, spoolFull: {limitBytes: event.limitBytes}};
    case 'lab-done': {
      const {checksPassed, checks, predictionsRight, predictions} = event;
      return {...state, done: {checksPassed, checks, predictionsRight, predictions}};
    }
    case 'session-ended':
      return {...state, phase: 'ended', pending: null, ended: {reason: event.reason, left: event.left}};
  }
}
