/**
 * What the screens need from whoever starts them (src/cli.ts). All that is slow is a loader, called after the first frame,
 * so that the home screen's import graph stays ink and react alone.
 */
import type {Checkup, Session, Take, WatchStatus, Words} from '../course/index.ts';
import type {TerminalSize} from '../engine/index.ts';
import type {Settings} from './app/settings.ts';

/** One row of the home screen: a lab's front matter and what this learner did with it. */
export interface HomeLab {
  /** '01' */
  number: string;
  /** 'uts' */
  id: string;
  title: Words;
  question: Words;
  minutes: number;
  progress?: LabProgress;
  quiz?: {right: number; of: number};
  /** The lab that was left last and is not finished: the home screen begins there. */
  last?: boolean;
  /** Why this host cannot run it, one sentence each; absent or empty: it can. */
  unmet?: Words[];
  /** The lab's file does not parse: the first finding, rendered. Such a row cannot be opened. */
  broken?: Words;
}

export interface LabProgress {
  /** Id of the step where the learner left; a lab is resumed there. */
  step?: string;
  /** 1-based position of that step, and the number of steps. */
  index: number;
  of: number;
  done: boolean;
}

export interface OpenOptions {
  /** Cells of one terminal as the first layout has it. */
  size: TerminalSize;
  /** Begin at this step. */
  atStep?: string;
  /** Only looked at: where the learner is in it stays as it was. */
  glance?: boolean;
}

/** What the screens are opened for. */
export type Mode =
  /** One learner, from the home screen. */
  | {kind: 'learn'}
  /** A show: these labs one after the other (numbers), for a class that looks on. */
  | {
      kind: 'demo';
      labs: string[];
      /** Seconds between two deeds; null: by key. */
      auto: number | null;
      loop: boolean;
      /** Mean milliseconds between two typed keys; 0: at once. */
      keyMs: number;
    }
  /** Questions, one after the other: those of openQuiz(). */
  | {kind: 'quiz'}
  /**
   * Somebody else's session, or a recorded one: `sessions` gives each as it begins (Session.watched says which kind it
   * is), and returns what ends the watching.
   */
  | {kind: 'replay'; sessions(next: (session: Session) => void): () => void}
  | {
      kind: 'follow' | 'notes';
      sessions(next: (session: Session) => void): () => void;
      /** Tells at once, and whenever it changes, how things stand with the demo. @returns ends the telling */
      status?(listener: (status: WatchStatus) => void): () => void;
    };

/** Other ways with a lab, in screens of their own. */
export type Elsewhere = 'demo' | 'quiz';

export interface UiDeps {
  /** learn by default. */
  mode?: Mode;
  /**
   * The learner wants another way with a lab than learning it. The screens end (status 0), and whoever started them opens
   * the other ones and these again afterwards. Absent: no such keys.
   */
  elsewhere?(what: Elsewhere, lab: string): void;
  /** Told what is written to the terminal, as it is written: for a recording of the screen. */
  onOutput?(data: string): void;
  /** Calm sentences from outside the session (a recording has ended, a follower came), one line each. */
  onNotice?(listener: (text: Words) => void): () => void;
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  env: NodeJS.ProcessEnv;
  version: string;
  /** As the learner's settings file, the environment and the command line have it together. */
  settings: Settings;
  /** Path of the settings file, for the help screen; it may not be there yet. */
  settingsFile?: string;
  /** What is wrong in the settings file: said once, on the home screen. */
  settingsProblems?: Words[];
  /** Called when the learner switches something by key, so that it is remembered; `failed` is told why it could not be. */
  saveSettings?(change: Partial<Pick<Settings, 'lang' | 'theme'>>, failed: (why: Words) => void): void;
  stage: 'private' | 'real-host';
  /** Number of a lab to open at once instead of the home screen. */
  startLab?: string;
  /** Asked again each time the home screen comes back, for fresh progress. */
  labs(): Promise<HomeLab[]>;
  /** What went wrong when labs() read the learner's progress, one sentence each. */
  progressProblems?(): Words[];
  /** Asked for the home screen's line, and again each time the doctor is opened. */
  hostReport(): Promise<Checkup>;
  /**
   * A session that is not started yet: the screen listens first and then calls start(). Rejects with an error that
   * carries `info: EngineErrorInfo`, `findings: Finding[]` or `words: Words`, or with a plain Error.
   */
  openSession(number: string, options: OpenOptions): Promise<Session>;
  /** The quiz that the screens were opened for (mode quiz), not begun yet. Rejects as openSession() does. */
  openQuiz?(): Promise<Take>;
  /**
   * Tells when the files of a lab have changed and parse again, or what is wrong in them (the first findings, rendered).
   * @returns ends the watching
   */
  watchLab?(number: string, changed: (problems: Words[]) => void): () => void;
}
