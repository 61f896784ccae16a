/** A demo of the small lab on a virtual terminal, with a session that a test speaks for. */
import type {EventBody, Show} from '../../../src/course/index.ts';
import type {Mode} from '../../../src/ui/index.tsx';
import {type RunningApp, startApp} from '../support/app.ts';
import {begin, containerUp, FakeSession, factsOf} from '../support/fake-session.ts';
import {smallLab} from '../support/lab.ts';

export type Demo = Extract<Mode, {kind: 'demo'}>;

export const KEYS = {
  pageDown: '\x1b[6~',
  pageUp: '\x1b[5~',
  down: '\x1b[B',
  up: '\x1b[A',
  back: '\x1d',
  escape: '\x1b',
};

export interface Size {
  cols?: number;
  rows?: number;
  lang?: 'en' | 'zh';
  env?: NodeJS.ProcessEnv;
}

/** The kernel's answer to the question, after its command. */
export const renamed: EventBody[] = [
  {type: 'command-typed', side: 'box', command: 'hostname tiger', by: 'lab', run: 'rename'},
  {type: 'command-finished', side: 'box', command: 'hostname tiger', status: 0, by: 'lab', run: 'rename', output: ''},
  {
    type: 'facts',
    sides: {host: factsOf('vm', 1001n, 200n), box: factsOf('tiger', 1002n, 300n)},
    changed: ['box.hostname'],
  },
  {type: 'check', id: 'renamed', verdict: 'pass', values: {}},
  {type: 'prediction-judged', id: 'who', choice: null, answer: 'box', verdict: 'cannot-judge'},
  {type: 'step-done', step: 'name', skipped: false},
  {type: 'pending', block: {kind: 'next-step'}},
];

export const runPending: EventBody = {
  type: 'pending',
  block: {kind: 'run', on: 'box', commands: ['hostname tiger'], run: 'rename', at: 3},
};

/** Answers what the screen asks of it as a session of the small lab would. */
export function played(): FakeSession {
  const session = new FakeSession(smallLab());
  const deeds = [
    () => containerUp(session),
    () => session.emit(...renamed),
    () =>
      session.emit(
        {type: 'step-entered', step: 'end', index: 1, of: 2},
        {type: 'step-done', step: 'end', skipped: false},
        {type: 'lab-done', checksPassed: 1, checks: 1, predictionsRight: 0, predictions: 1},
        {type: 'pending', block: {kind: 'finish'}},
      ),
    () => session.emit({type: 'session-ended', reason: 'finished', left: []}),
  ];
  session.onCall = name => {
    if (name === 'start') begin(session);
    if (name === 'advance') deeds.shift()?.();
    if (name === 'predict') session.emit({type: 'prediction-answered', id: 'who', choice: null}, runPending);
  };
  return session;
}

export interface RunningDemo extends RunningApp {
  /** Every session that was opened, in order. */
  sessions: FakeSession[];
  /** The newest state of the demo that was told. */
  show(): Show;
}

export async function startDemo(mode: Partial<Demo> = {}, size: Size = {}): Promise<RunningDemo> {
  const sessions: FakeSession[] = [];
  const app = startApp({
    ...size,
    settings: {theme: 'contrast'},
    more: {mode: {kind: 'demo', labs: ['01'], auto: null, loop: false, keyMs: 0, ...mode}},
    openSession: async () => {
      const session = played();
      sessions.push(session);
      return session;
    },
  });
  await app.term.until(() => sessions.length > 0, 'a session');
  const session = sessions[0]!;
  await session.whenAsked('start');
  await app.term.shows('host# ');
  const show = () => sessions.at(-1)!.events.findLast(event => event.type === 'show')!.show;
  return {...app, session, sessions, show};
}
