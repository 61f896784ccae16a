/** What any screen needs to know of a session: the value that the stream of events folds into. Plain, immutable data. */
import type {EngineErrorInfo, ExitStatus, Facts, FactValue, JournalEntry, ProcessRow} from '../../engine/index.ts';
import type {AblationRow, HandedBack, PendingBlock, Reason, Show, Verdict} from '../events.ts';
import type {Lab, Side} from '../lab.ts';

export type Phase = 'starting' | 'running' | 'rebuilding' | 'ended';

export type StepStatus = 'ahead' | 'current' | 'done' | 'skipped';

export interface StepState {
  id: string;
  /** 'current' turns into 'done' while the learner is still in it; `current` of LabState says where they are. */
  status: StepStatus;
}

export interface TerminalState {
  open: boolean;
  cols: number;
  rows: number;
  /** False while a command runs. */
  idle: boolean;
  /** False where the prompt marks are lost and the process group was asked instead. */
  sure: boolean;
  /** The command that runs now. */
  command: string | null;
  by: 'lab' | 'learner' | null;
}

export interface CommandState {
  seq: number;
  side: Side;
  command: string;
  by: 'lab' | 'learner';
  run?: string;
  /** Undefined while it runs; null: nobody could tell. */
  status: number | null | undefined;
  /** Set where the lab expected another outcome. */
  expected?: number | string;
}

export interface LabContainer {
  id: string;
  pid: number;
  running: boolean;
  /** The namespace left out by ablation, if any. */
  without?: string;
  status: ExitStatus | null;
}

export interface CheckState {
  id: string;
  step: string;
  /** Null: not judged yet. After its step was left, the last verdict in it. */
  verdict: Verdict | null;
  /** True once it passed in this step. */
  passed: boolean;
  mistake: string | null;
  reason: Reason | null;
  /** The facts that the expression names, as they were when it was judged. */
  values: Record<string, FactValue | null>;
  /** How many of its hints are shown. */
  hints: number;
  solution: boolean;
  /** Indexes of the solve blocks that count here. */
  solutionRuns: readonly number[];
}

export interface PredictionState {
  id: string;
  step: string;
  status: 'ahead' | 'asked' | 'answered' | 'judged';
  /** The learner's; null: "just show me". */
  choice: string | null;
  /** The kernel's; null: it could not be judged. */
  answer: string | null;
  verdict: Verdict | null;
  reason: Reason | null;
}

export interface FactsState {
  now: Record<Side, Facts | null>;
  /** When the step began. */
  before: Record<Side, Facts | null>;
  /** Full paths ('box.hostname') that the last sample changed, and when (seq of the event). */
  changed: string[];
  changedSeq: number;
}

/** One call of the journal; `who` is a container's id, 'host', or a process's id. */
export interface JournalLine {
  /** Stable within a session: index in the whole journal, also after old lines were dropped. */
  n: number;
  who: string;
  entry: JournalEntry;
}

export interface AblationState {
  container: string;
  without: string;
  running: boolean;
  rows: AblationRow[];
  checks: {id: string; withFlag: Verdict; withoutFlag: Verdict}[];
  journal: JournalEntry[];
}

export interface ErrorState {
  seq: number;
  error: EngineErrorInfo;
  where: string;
  fatal: boolean;
}

export interface LabState {
  lab: Lab;
  phase: Phase;
  session: {
    version: string;
    kernel: string;
    stage: 'private' | 'real-host';
    seed: string;
    vars: Record<string, string>;
    root: boolean;
    at: string | null;
  } | null;
  stage: {keeperPid: number; dir: string} | null;
  /** Index into steps; -1 before the first. */
  current: number;
  steps: StepState[];
  /** Indexes of blocks of the current step whose `when` does not hold: not shown. */
  leftOut: readonly number[];
  /** What ⏎ would do; null: nothing now. */
  pending: PendingBlock | null;
  terminals: Record<Side, TerminalState>;
  /** Newest last; the last 200. */
  commands: CommandState[];
  containers: Record<string, LabContainer>;
  facts: FactsState;
  /** Of a demo; null: nobody demonstrates. */
  show: Show | null;
  /** Hands that were shown, by prediction and choice. */
  polls: Readonly<Record<string, Record<string, number>>>;
  /** What the instructor's hands have changed, until the next deed. */
  handedBack: {side: Side; changed: readonly HandedBack[]; broken: readonly string[]} | null;
  /** Every process on the stage, the keeper first, a parent before its children. */
  processes: readonly ProcessRow[];
  /** The process that is looked into; facts null: it has ended. */
  xray: {pid: number; facts: Facts | null} | null;
  /** Why the stage was built anew for the present step, until the learner has gone on from it. */
  rebuilt: {step: string; why: 'reset-step' | 'reset-lab' | 'back' | 'resume' | 'lost' | 'go'} | null;
  /** Newest last; the last 2000 calls. */
  journal: JournalLine[];
  /** By id, in the lab's order. */
  predictions: Record<string, PredictionState>;
  checks: Record<string, CheckState>;
  /** The last wrong-side diagnosis of this step; cleared when its check passes. */
  wrongSide: {command: string; typedOn: Side; expectedOn: Side; check: string} | null;
  ablation: AblationState | null;
  rebuilding: {step: string; why: 'reset-step' | 'reset-lab' | 'back' | 'resume' | 'lost' | 'go'} | null;
  /** Newest last; the last 20. */
  errors: ErrorState[];
  spoolFull: {limitBytes: number} | null;
  done: {checksPassed: number; checks: number; predictionsRight: number; predictions: number} | null;
  ended: {reason: 'finished' | 'left' | 'failed'; left: string[]} | null;
  /** Position of the last event in the stream; -1 before the first. */
  seq: number;
  ms: number;
}

/**
 * The state before the first event.
 * @param lab the lab whose session is folded
 */
export function initialState(lab: Lab): LabState {
  const checks: Record<string, CheckState> = {};
  const predictions: Record<string, PredictionState> = {};
  for (const step of lab.steps) {
    for (const block of step.blocks) {
      if (block.kind === 'check') checks[block.id] = freshCheck(block.id, step.id);
      if (block.kind === 'predict') predictions[block.id] = freshPrediction(block.id, step.id);
    }
  }
  return {
    lab,
    phase: 'starting',
    session: null,
    stage: null,
    current: -1,
    steps: lab.steps.map(step => ({id: step.id, status: 'ahead'})),
    leftOut: [],
    pending: null,
    terminals: {},
    commands: [],
    containers: {},
    facts: {now: {}, before: {}, changed: [], changedSeq: -1},
    show: null,
    polls: {},
    handedBack: null,
    processes: [],
    xray: null,
    rebuilt: null,
    journal: [],
    predictions,
    checks,
    wrongSide: null,
    ablation: null,
    rebuilding: null,
    errors: [],
    spoolFull: null,
    done: null,
    ended: null,
    seq: -1,
    ms: 0,
  };
}

/** A check that was never judged. */
export function freshCheck(id: string, step: string): CheckState {
  const nothing = {verdict: null, passed: false, mistake: null, reason: null, values: {}};
  return {id, step, ...nothing, hints: 0, solution: false, solutionRuns: []};
}

/** A prediction that was not asked yet. */
export function freshPrediction(id: string, step: string): PredictionState {
  return {id, step, status: 'ahead', choice: null, answer: null, verdict: null, reason: null};
}
