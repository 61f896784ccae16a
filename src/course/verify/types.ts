/** What `verify` found out about a lab. Codes and parameters, worded by words/verify.ts. */
import type {Unmet} from '../../engine/index.ts';
import type {Reason, Verdict} from '../events.ts';

/**
 * The rungs: fresh (not passed where nothing was done), solved, again (with other variables), extra (with harmless state
 * around), mistake (recognised as itself, and not passed); of the lab itself: run (a command came out otherwise than the
 * lab says), prediction (exactly one answer fits), question (the kernel has its answer, for each value drawn), varies (not
 * always the same), left (nothing stays on the host), error (the engine could not).
 */
export type RungName =
  | 'fresh'
  | 'solved'
  | 'again'
  | 'extra'
  | 'mistake'
  | 'run'
  | 'prediction'
  | 'question'
  | 'varies'
  | 'left'
  | 'error';

export interface Rung {
  name: RungName;
  ok: boolean;
  step?: string;
  /** Check (or hands-on question, or prediction) that it is about. */
  of?: string;
  mistake?: string;
  /** What came: the verdict, the mistake that was recognised, the seed of the run. */
  verdict?: Verdict;
  came?: string;
  reason?: Reason;
  seed?: string;
  /**
   * 'already-true': the check held when its step began, so passing it proves little. 'after-runs': see verify.ts.
   * 'elsewhere': it is about machines of another kind, so it was not tried.
   */
  note?: 'already-true' | 'after-runs' | 'elsewhere';
}

export interface Mutant {
  container: string;
  /** A flag; a field of the spec, with all of its calls; one system call of the plan. */
  kind: 'namespace' | 'field' | 'operation';
  /** What was left out: 'uts', 'hostname', 'mounts[0] /proc', 'sethostname (uts.sethostname)'. */
  what: string;
  /** True for calls that every container makes, whatever a lab asks for: that they matter, the engine's tests show. */
  plumbing: boolean;
  /** Not played: without it the lab's commands would write into the machine's own root; or the lab did not start it here. */
  untried?: true | 'elsewhere';
  /** What noticed it: ids of checks, 'run ID', 'error CODE'; empty: it survived. */
  noticed: string[];
}

export interface LabReport {
  lab: string;
  number: string;
  outcome: 'passed' | 'failed' | 'not-run';
  /** Proved on stages in a user namespace, without root of the machine. */
  mapped?: true;
  /** Why it was not run. */
  unmet: Unmet[];
  rungs: Rung[];
  /** Undefined: not asked for. */
  mutants?: Mutant[];
  ms: number;
}
