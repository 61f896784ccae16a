/** The terminals' part of the fold: what runs where. */
import type {Event} from '../events.ts';
import type {Side} from '../lab.ts';
import {keep} from './lists.ts';
import type {CommandState, LabState, TerminalState} from './state.ts';

const COMMANDS_KEPT = 200;
const CLOSED: TerminalState = {open: false, cols: 80, rows: 24, idle: true, sure: true, command: null, by: null};

/** The state with some fields of one side's terminal changed. */
export function setTerminal(state: LabState, side: Side, patch: Partial<TerminalState>): LabState {
  const old = state.terminals[side] ?? CLOSED;
  return {...state, terminals: {...state.terminals, [side]: {...old, ...patch}}};
}

export function typed(state: LabState, event: Extract<Event, {type: 'command-typed'}>): LabState {
  const {seq, side, command, by, run} = event;
  const next = setTerminal(state, side, {idle: false, command, by});
  return {
    ...next,
    rebuilt: null,
    handedBack: null,
    commands: keep([...state.commands, {seq, side, command, by, run, status: undefined}], COMMANDS_KEPT),
  };
}

export function finished(state: LabState, event: Extract<Event, {type: 'command-finished'}>): LabState {
  const {side, status} = event;
  return {
    ...setTerminal(state, side, {idle: true, command: null, by: null}),
    commands: patchLast(state, side, {status}),
  };
}

/** The commands with the newest one of `side` changed. */
export function patchLast(state: LabState, side: Side, patch: Partial<CommandState>): CommandState[] {
  const at = state.commands.findLastIndex(command => command.side === side);
  return state.commands.map((command, i) => (i === at ? {...command, ...patch} : command));
}
