/** What a handout says: one run of one lab, ready to be laid out. Plain data, texts in all languages of the lab. */
import type {EngineErrorInfo, ExitStatus, FactValue, JournalEntry} from '../../engine/index.ts';
import type {AblationRow, Reason, Verdict} from '../events.ts';
import type {LabState} from '../fold/state.ts';
import type {CheckBlock, Lang, QuizBlock, ShowBlock, Side, Words} from '../lab.ts';

/** Draws a picture of a `show` block as lines of text; undefined: there is nothing to draw. */
export type DrawPicture = (
  picture: NonNullable<ShowBlock['picture']>,
  state: LabState,
  lang: Lang,
) => string[] | undefined;

/** A fact on every side that has it. */
export interface FactRow {
  /** Below a side: 'ns.uts'. */
  path: string;
  /** Side -> value. `was`: at the step's beginning, where it was another. */
  cells: Record<Side, {value?: FactValue; was?: FactValue}>;
}

export type Item =
  | {kind: 'prose' | 'note' | 'drift'; text: Words}
  | {
      kind: 'command';
      side: Side;
      command: string;
      output: string;
      status: number | null;
      by: 'lab' | 'learner';
      /** A solution that was typed where a learner's own hand was wanted: instructors only. */
      solution: boolean;
      /** What the lab expected, where something else came. */
      expected?: number | string;
    }
  | {kind: 'container'; id: string; pid: number; calls: JournalEntry[]}
  | {kind: 'gone'; id: string; status: ExitStatus | null}
  | {kind: 'facts'; sides: Side[]; rows: FactRow[]}
  | {kind: 'picture'; name: string; lines: Partial<Record<Lang, string[]>>}
  | {kind: 'question'; id: string; ask: Words; choices: {id: string; text: Words}[]; votes?: Record<string, number>}
  | {kind: 'answer'; id: string; answer: Words | null; reason?: Reason; because?: Words}
  | {
      kind: 'ablation';
      container: string;
      without: string;
      rows: AblationRow[];
      checks: {title: Words; withFlag: Verdict; withoutFlag: Verdict}[];
      failed: JournalEntry[];
    }
  | {kind: 'error'; error: EngineErrorInfo};

/** A check with what the run said of it; hints, solutions and mistakes are for instructors. */
export interface CheckItem {
  block: CheckBlock;
  passed: boolean;
  verdict: Verdict | null;
  mistake: string | null;
  reason: Reason | null;
}

export interface StepPage {
  id: string;
  /** 0-based, among `Handout.steps`. */
  index: number;
  title: Words;
  items: Item[];
  checks: CheckItem[];
}

export interface Handout {
  number: string;
  id: string;
  title: Words;
  question: Words;
  minutes: number;
  sources: string[];
  intro?: Words;
  /** How many steps the lab has; `pages` may be fewer where a recording begins late or was cut off. */
  steps: number;
  pages: StepPage[];
  /** Texts filled with this run's values. */
  quiz: QuizBlock[];
  run: {
    /** ISO time of its beginning. */
    at: string;
    kernel: string;
    /** Of Glassbox. */
    version: string;
    stage: 'private' | 'real-host';
    seed: string;
    how: 'live' | 'recording';
    /** It came to the lab's end, every check passed, nothing was left behind. */
    sound: boolean;
    passed: number;
    checks: number;
  };
}

/** How it is laid out. */
export interface Edition {
  langs: readonly Lang[];
  /** With answers, reasons of the quiz, speaker's notes, hints and solutions. */
  instructor: boolean;
}
