/** What the app's state holds or is given: the terminal, an open lab, something that is still loading. */
import type {ReactElement} from 'react';
import type {Session, Words} from '../../course/index.ts';
import type {Elsewhere, HomeLab} from '../deps.ts';
import type {Router} from '../screen/router.ts';
import type {Screen} from '../screen/screen.ts';
import type {Keymap} from './actions.ts';
import type {KeyName} from './keys.ts';
import type {Look} from './look.ts';

/** Below this there is no room for a lesson and two terminals: one sentence is shown. */
export const LEAST = {cols: 60, rows: 16};

export interface Terminal {
  screen: Screen;
  router: Router;
  write(data: string): void;
  suspend(): void;
}

export interface OpenLab {
  number: string;
  atStep?: string;
  /** Shown until the lab itself is there. */
  title?: Words;
  /** Given where it is somebody else's or a recorded one: then nothing is opened, and it is not started either. */
  session?: Session;
  /** The given session is started already. */
  started?: boolean;
  /** It is only looked at: where the learner is in it stays as it was. */
  glance?: boolean;
  /** Its file was changed while it was open: it is opened again. */
  reloaded?: boolean;
}

/** An open lab as the app sees it. Its code is loaded with the first one. */
export interface LabPart {
  /** Keys that it wants before they mean anything to the app. True: it has taken this one. */
  first?(name: KeyName): boolean;
  key(name: KeyName): void;
  /** Letters are text and no commands. */
  readonly typing?: boolean;
  /** Whose keys the help names, where they are not those of what the app was opened for. */
  readonly help?: 'lab' | 'quiz';
  /** The learner wants to leave the app. True: it asks first. */
  interrupt?(): boolean;
  /** The list of labs is asked for. True: something within was open, and only that is closed. */
  back?(): boolean;
  /** The screen is dark, and nothing is to light it. */
  readonly dark?: boolean;
  /** Any input, also what goes to a terminal. */
  onInput(): void;
  leaveTerminal(): void;
  /** Puts the live regions and the cursor where the next frame leaves room for them. */
  place(screen: Screen): void;
  close(reason: 'left' | 'failed'): Promise<void>;
  render(): ReactElement;
}

export type Loaded<T> = {state: 'loading'} | {state: 'ready'; value: T} | {state: 'failed'; why: Words};

/** What the keys of the home screen change. */
export interface HomeState {
  readonly size: {columns: number; rows: number};
  readonly look: Look;
  readonly keys: Keymap;
  readonly labs: Loaded<HomeLab[]>;
  /** What was typed to find a lab; undefined: nobody searches. */
  query: string | undefined;
  selected: number;
  problems: readonly Words[];
  progressProblems: readonly Words[];
  openDoctor(): void;
  /** Another way with a lab, in other screens. */
  goElsewhere(what: Elsewhere, lab: string): void;
  lookAgain(): Promise<void>;
  openLab(number: string, atStep?: string): Promise<void>;
}
