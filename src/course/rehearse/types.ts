/** What a rehearsal found out. Codes and parameters, worded by words/rehearse.ts. */
import type {EngineErrorInfo, Unmet} from '../../engine/index.ts';
import type {Reason} from '../events.ts';
import type {Finding, Lang, Pos} from '../lab.ts';

export type Severity =
  /** The lab would stop or show something false in front of the class. */
  | 'fails'
  /** Good to know before class; the demo goes on. */
  | 'warns';

/** One thing that would go wrong, and where. */
export interface Remark {
  severity: Severity;
  /** 'rehearse.status', 'rehearse.check', 'rehearse.slow' … */
  code: string;
  params: Record<string, string | number>;
  /** Id of the step. */
  step?: string;
  /** Place in the lab's file. */
  pos?: Pos;
  /** Where the words of `code` tell of another thing: why a verdict, what failed, what lint found. */
  reason?: Reason;
  error?: EngineErrorInfo;
  finding?: Finding;
  /** Of a remark about this host: codes of hostWords. */
  host?: {meaning: string; cure?: string};
}

/** How long a lab takes on stage, in milliseconds. */
export interface StageTime {
  /** The class reads what stands on the slides, once. */
  reading: number;
  /** Commands are typed at the pace of the demo. */
  typing: number;
  /** Commands and containers, as they took here. */
  running: number;
  /** Set pauses of a demo that runs by itself. */
  pausing: number;
  /** By hand: reading, typing and running. By itself: typing, running and pausing. */
  total: number;
}

export type Verdict = 'ready' | 'remarks' | 'fails' | 'not-run';

export interface LabRehearsal {
  lab: string;
  number: string;
  verdict: Verdict;
  /** Why it was not run. */
  unmet: Unmet[];
  remarks: Remark[];
  steps: number;
  /** Commands that were typed. */
  commands: number;
  checks: {passed: number; all: number};
  /** On this machine, in milliseconds, from opening its stage to its end. */
  ms: number;
  /** In each language that the lab speaks. */
  stage: Partial<Record<Lang, StageTime>>;
  /** What a recording of it takes, in bytes. */
  recordBytes: number;
}

/** Columns and rows of the projector's terminal. */
export interface ScreenSize {
  cols: number;
  rows: number;
}

/** A page that is larger than its slide. */
export interface Overflow {
  step: string;
  pos: Pos;
  langs: Lang[];
  /** Lines that it takes at most, and lines that there are. */
  lines: number;
  room: number;
}
