/** The engine's face: nothing else of this room is imported from outside. */

export {factTable} from './facts/table.ts';
export {hostReport, type ReportOptions} from './host/report.ts';
export {type HostNeeds, type Unmet, unmetNeeds} from './host/unmet.ts';
export {type RunOptions, type RunResult, Shell, type ShellConfig} from './terminal/shell.ts';
export {
  installShellFiles,
  type ShellKind,
  type ShellOptions,
  shellEnv,
  shellPath,
  shellProcess,
} from './terminal/shell-process.ts';
export type {CommandEvent, Printed, ShellState} from './terminal/shell-tracker.ts';
export type * from './types.ts';
