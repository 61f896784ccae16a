/**
 * The one append-only stream of a session. Every mode (learner's screen, demo, plain text, JSON, recording, grade book)
 * is a fold over it. Events carry codes and parameters, never sentences. In JSON, bigint is written as a number where
 * it is a safe integer (a string otherwise) and bytes as base64.
 */
import type {EngineErrorInfo, ExitStatus, Facts, FactValue, JournalEntry, ProcessRow} from '../engine/index.ts';
import type {Side} from './lab.ts';

export type Verdict = 'pass' | 'fail' | 'cannot-judge';

export type EventBody =
  | {
      type: 'session-started';
      lab: string;
      labDir: string;
      version: string;
      kernel: string;
      stage: 'private' | 'real-host';
      seed: string;
      vars: Record<string, string>;
      root: boolean;
    }
  | {type: 'stage-ready'; keeperPid: number; dir: string; journal: JournalEntry[]}
  | {type: 'step-entered'; step: string; index: number; of: number}
  /** Indexes of the step's blocks whose `when` does not hold: they do not count, and are not shown. */
  | {type: 'left-out'; step: string; blocks: number[]}
  /** What the key ⏎ would do next; null: nothing is left in this step. */
  | {type: 'pending'; block: PendingBlock | null}
  | {type: 'terminal-opened'; side: Side; cols: number; rows: number}
  | {type: 'terminal-closed'; side: Side}
  | {type: 'terminal-resized'; side: Side; cols: number; rows: number}
  | {type: 'bytes'; side: Side; data: Uint8Array}
  /** The terminal's marks say so; sure: false where marks are lost and the process group was asked instead. */
  | {type: 'terminal-idle'; side: Side; sure: boolean}
  | {type: 'command-typed'; side: Side; command: string; by: 'lab' | 'learner'; run?: string}
  | {
      type: 'command-finished';
      side: Side;
      command: string;
      status: number | null;
      by: 'lab' | 'learner';
      run?: string;
      output: string;
    }
  /** A run block whose command gave another status than it expects. */
  | {
      type: 'command-unexpected';
      side: Side;
      command: string;
      expected: number | string;
      status: number | null;
      run?: string;
    }
  | {type: 'container-started'; id: string; pid: number; without?: string}
  /** Calls in the order they ran; more may follow for the same container. */
  | {type: 'journal'; who: string; entries: JournalEntry[]}
  | {type: 'container-gone'; id: string; status: ExitStatus | null}
  /** Only what `changed` names differs from the sample before (all of it at the first). */
  | {type: 'facts'; sides: Record<Side, Facts | null>; changed: string[]}
  /** Every process on the stage, whenever that differs from the list before; only while somebody watches. */
  | {type: 'processes'; list: ProcessRow[]}
  /** One process, looked into as asked for by Session.xray; null: it has ended. Only what differs from the one before. */
  | {type: 'xray'; pid: number; facts: Facts | null}
  | {type: 'prediction-asked'; id: string}
  | {type: 'prediction-answered'; id: string; choice: string | null}
  | {
      type: 'prediction-judged';
      id: string;
      choice: string | null;
      answer: string | null;
      verdict: Verdict;
      reason?: Reason;
    }
  | {
      type: 'check';
      id: string;
      verdict: Verdict;
      mistake?: string;
      reason?: Reason;
      values: Record<string, FactValue | null>;
    }
  | {type: 'hint-shown'; check: string; index: number; of: number}
  /** `runs`: indexes of its solve blocks that count here (`when`). */
  | {type: 'solution-shown'; check: string; runs: number[]}
  | {type: 'wrong-side'; command: string; typedOn: Side; expectedOn: Side; check: string}
  | {type: 'ablation-started'; container: string; without: string}
  | {
      type: 'ablation-result';
      container: string;
      without: string;
      rows: AblationRow[];
      checks: {id: string; withFlag: Verdict; withoutFlag: Verdict}[];
      journal: JournalEntry[];
    }
  /** A demo's state, whenever it changes. */
  | {type: 'show'; show: Show}
  /** A show of hands, choice by choice, before a prediction is answered. */
  | {type: 'poll'; prediction: string; votes: Record<string, number>}
  /** The instructor has given a terminal back: what is different now; which checks hold no longer, and which containers are gone. */
  | {type: 'handed-back'; side: Side; changed: HandedBack[]; broken: string[]}
  | {type: 'step-done'; step: string; skipped: boolean}
  | {type: 'rebuilding'; step: string; why: 'reset-step' | 'reset-lab' | 'back' | 'resume' | 'lost' | 'go'}
  | {type: 'rebuilt'; step: string}
  | {type: 'error'; error: EngineErrorInfo; where: string; fatal: boolean}
  | {type: 'spool-full'; limitBytes: number}
  | {type: 'lab-done'; checksPassed: number; checks: number; predictionsRight: number; predictions: number}
  | {type: 'session-ended'; reason: 'finished' | 'left' | 'failed'; left: string[]};

/** What of a demo everyone who watches it sees. */
export interface Show {
  /** The screen is dark: eyes on the speaker. */
  blank: boolean;
  /** Index of the step's block that the slide has come to; the number of blocks: all that was to be done is done. */
  block: number;
  /** The side that the instructor types in, for a question from the class. */
  taken: Side | null;
  /** Seconds between two deeds while the demo runs by itself; null: by hand. */
  auto: number | null;
  /** Mean milliseconds between two keys; 0: at once. */
  keyMs: number;
  /** Place in the playlist, 1-based, and whether it begins again at its end. */
  lab: number;
  labs: number;
  loop: boolean;
  /** Minutes that this lab's header plans. */
  minutes: number;
}

/** A fact that a take-over has changed. */
export interface HandedBack {
  /** Full path: 'host.hostname'. */
  path: string;
  before: FactValue | null;
  now: FactValue | null;
}

/** Events of a demo, not of the kernel: the instructor's, not the lab's. */
export type ShowEvent = Extract<EventBody, {type: 'show' | 'poll' | 'handed-back'}>;

/** Position in the stream and time in ms since the session began (plus wall-clock ISO time in session-started's `at`). */
export type Event = EventBody & {seq: number; ms: number; at?: string};

/** Why a verdict is cannot-judge or what a prediction met: 'no-container' {id}, 'missing-fact' {path}, 'cel' {message} … */
export interface Reason {
  code: string;
  params: Record<string, string | number>;
}

/** `at`: index into the step's blocks of where the learner is. */
export type PendingBlock =
  | {kind: 'container'; id: string; at: number}
  | {kind: 'run'; on: Side; commands: string[]; run?: string; at: number}
  | {kind: 'predict'; id: string; at: number}
  | {kind: 'next-step'}
  | {kind: 'finish'};

/** One row of "with the flag" beside "without it". */
export interface AblationRow {
  /** Fact path ('host.hostname', 'box.ns.uts'). */
  path: string;
  withFlag: FactValue | null;
  withoutFlag: FactValue | null;
}
