/** The screens on a virtual terminal with a fake session behind them. */
import {onTestFinished} from 'vitest';
import type {Lang} from '../../../src/course/index.ts';
import {asciiOnly, noColor, type Settings, startUi, type UiDeps} from '../../../src/ui/index.tsx';
import {homeLabs, report} from './app-data.ts';
import {FakeSession} from './fake-session.ts';
import {smallLab} from './lab.ts';
import {VirtualTerminal} from './virtual-terminal.ts';

export interface AppOptions {
  cols?: number;
  rows?: number;
  lang?: Lang;
  env?: NodeJS.ProcessEnv;
  startLab?: string;
  labs?: UiDeps['labs'];
  hostReport?: UiDeps['hostReport'];
  openSession?: UiDeps['openSession'];
  /** What differs from the usual settings. */
  settings?: Partial<Settings>;
  saveSettings?: UiDeps['saveSettings'];
  settingsProblems?: UiDeps['settingsProblems'];
  progressProblems?: UiDeps['progressProblems'];
  watchLab?: UiDeps['watchLab'];
  /** What the screens are opened for, and what is told from outside. */
  more?: Pick<UiDeps, 'mode' | 'onOutput' | 'onNotice' | 'openQuiz' | 'elsewhere'>;
  /** The terminal draws ambiguous characters in two cells. */
  wide?: boolean;
}

export {homeLabs};

export interface RunningApp {
  term: VirtualTerminal;
  session: FakeSession;
  /** Exit status, once the app has ended. */
  ended: Promise<number>;
}

/** Starts the app; it is ended with the test, whatever became of it. */
export function startApp({
  cols = 120,
  rows = 36,
  lang = 'en',
  env = {},
  startLab,
  labs,
  hostReport,
  openSession,
  settings,
  saveSettings,
  settingsProblems,
  progressProblems,
  watchLab,
  more,
  wide,
}: AppOptions = {}): RunningApp {
  const term = new VirtualTerminal(cols, rows, {wide});
  const session = new FakeSession(smallLab());
  const ended = startUi({
    stdin: term.stdin,
    stdout: term.stdout,
    env: {TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env},
    version: '0',
    settings: {
      lang,
      theme: noColor(env) ? 'none' : 'dark',
      ascii: asciiOnly({LANG: 'C.UTF-8', ...env}) ? 'yes' : 'auto',
      keys: {},
      ...settings,
    },
    ...(saveSettings && {saveSettings}),
    ...(settingsProblems && {settingsProblems}),
    ...(progressProblems && {progressProblems}),
    ...(watchLab && {watchLab}),
    ...more,
    stage: 'private',
    startLab,
    labs: labs ?? (async () => homeLabs()),
    hostReport: hostReport ?? (async () => report),
    openSession: openSession ?? (async () => session),
  });
  let over = false;
  const done = ended.then(
    () => {
      over = true;
    },
    () => {
      over = true;
    },
  );
  onTestFinished(async () => {
    if (!over) term.press('\x1d');
    // A quiz asks first.
    for (let i = 0; i < 2 && !over; i++) term.press('\x03');
    await done;
  });
  return {term, session, ended};
}
