/** The engine's face: nothing else of this room is imported from outside. What is heavy is loaded when it is asked for. */
import type {Engine} from './engine.ts';
import type {IsolationOptions, Profile} from './profile/isolated.ts';
import type {ContainerSpec, EngineErrorInfo} from './types.ts';

export type {Engine} from './engine.ts';
export {EngineError, errorInfo} from './errors.ts';
export {capabilityNames} from './facts/capabilities.ts';
export {factTable} from './facts/table.ts';
export {hostReport, type ReportOptions} from './host/report.ts';
export {type HostNeeds, type Unmet, unmetNeeds} from './host/unmet.ts';
export type {MutatePlan, PlanLike} from './plan/mutate.ts';
export type {IsolationOptions, Profile} from './profile/isolated.ts';
export type {SweepResult} from './sweep.ts';
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

/** Loads the engine. Touches nothing on the machine: its first stage sweeps what killed sessions left. */
export async function openEngine(): Promise<Engine> {
  return (await import('./engine.ts')).createEngine();
}

/** Every problem of a value as a ContainerSpec; empty: it is one. Paths as in 'linux.namespaces[0].type'. */
export async function specProblems(value: unknown): Promise<EngineErrorInfo[]> {
  return (await import('./spec.ts')).specProblems(value);
}

/** A validated copy of a specification with its defaults. Rejects with the first problem. */
export async function parseSpec(value: unknown): Promise<ContainerSpec> {
  return (await import('./spec.ts')).parseSpec(value);
}

/** A specification with the walls of a named profile, for strangers' commands: what it says itself stays. docs/engine.md. */
export async function isolated(
  spec: ContainerSpec,
  profile?: Profile,
  options?: IsolationOptions,
): Promise<ContainerSpec> {
  return (await import('./profile/isolated.ts')).isolated(spec, profile, options);
}
