/** What a screen may ask of a running lab. Every effect comes back as events; nothing is returned that a screen shows. */
import type {TerminalSize} from '../engine/index.ts';
import type {Typist} from './demo/typist.ts';
import type {Event, ShowEvent} from './events.ts';
import type {Lab, Side} from './lab.ts';
import type {ProgressStore} from './progress/store.ts';
import type {Play} from './session/play.ts';

export interface SessionOptions {
  lab: Lab;
  stage: 'private' | 'real-host';
  /** Draws the variables; random by default. */
  seed?: string;
  /** Begin at this step: the stage is rebuilt up to it. */
  atStep?: string;
  size?: TerminalSize;
  env?: Record<string, string>;
  /** Where progress is written: the learner's own by default; null: nowhere (headless runs, verify). */
  progress?: ProgressStore | null;
  /** Where terminals' bytes are kept, and how many; null: nowhere. */
  spool?: {dir?: string; limitBytes?: number} | null;
  /** Whether the stage's processes are listed while somebody listens; default true. */
  processes?: boolean;
  /** Milliseconds between samples of facts while nothing happens; default 400. */
  sampleEveryMs?: number;
  /**
   * What the lab does to bring a stage to `atStep` stays unseen: no commands, bytes or system calls are told, and the
   * terminals begin empty. Called with each stage's play once it is there.
   */
  unseen?: (play: Play) => void;
}

/** Where a session that is only watched comes from. */
export type Watched =
  /** A recording: when and under which kernel. */
  | {how: 'replay'; at: string; kernel: string}
  /** The class's view of a demo on this machine. */
  | {how: 'follow'; at: string; kernel: string}
  /** The speaker's view of it. */
  | {how: 'notes'; at: string; kernel: string};

export interface Session {
  readonly lab: Lab;
  /** Set where nothing can be asked of it: no kernel is behind it, or somebody else's hands are. */
  readonly watched?: Watched;
  /** Of a replay: what advance() would play; null: nothing is left. */
  ahead?(): 'deed' | 'lab' | null;
  /** Of a replay: whether the step was recorded. */
  recorded?(step: string): boolean;
  /** Tells that the stream begins anew, as when a replay is wound back: fold what comes from the lab's initial state. */
  onRewind?(listener: () => void): () => void;
  /** Every event so far except bytes, which only go to listeners and to the spool. */
  readonly events: readonly Event[];
  onEvent(listener: (event: Event) => void): () => void;
  /** Builds the stage and enters the first step. */
  start(): Promise<void>;
  /** ⏎: does the pending block of this step. Resolves when it is done (command finished, container running). */
  advance(): Promise<void>;
  /** Locks an answer (null: "just show me"). The run block below it becomes pending. */
  predict(id: string, choice: string | null): void;
  /** Next step; an unfinished one is caught up with (the rest of its blocks and solutions run) and marked skipped. */
  next(): Promise<void>;
  /** Step back: a fresh stage is built up to that step. */
  back(): Promise<void>;
  /**
   * Goes to a step: back on a fresh stage; ahead, everything up to it is done by the lab and marked skipped.
   * @param how anew: on a fresh stage also ahead, whether or not the steps before it could be finished
   */
  goTo(step: string, how?: {anew: boolean}): Promise<void>;
  /** Looks into one process with every sample, and at once; null: no longer. */
  xray(pid: number | null): void;
  resetStep(): Promise<void>;
  resetLab(): Promise<void>;
  /** The next hint of the first check that is not passed (or of `check`). */
  hint(check?: string): void;
  /** Shows the solution; with run: true types it too. */
  solution(check: string, run: boolean): Promise<void>;
  /** Runs the lab to this point on a second stage with one namespace left out, and emits both results. */
  ablate(container: string, without: string): Promise<void>;
  /** Keys for a terminal, from the learner (`emulator` true: an automatic reply of the terminal emulator). */
  type(side: Side, data: Uint8Array | string, options?: {emulator?: boolean}): void;
  resize(side: Side, size: TerminalSize): void;
  /** Flow control: the screen cannot keep up with this side's bytes. */
  pause(side: Side): void;
  resume(side: Side): void;
  /** What the lab types goes through it while somebody looks on (a demo); undefined: at once. */
  setTypist?(typist: Typist | undefined): void;
  /** Puts an event of a demo into the stream, so that all who watch, record or replay have it. */
  show?(event: ShowEvent): void;
  /** Samples facts and judges checks now. */
  refresh(): Promise<void>;
  /** Cleanup blocks, stage closed, progress written. Safe to call twice. */
  end(reason: 'finished' | 'left' | 'failed'): Promise<void>;
}
