/** The screens on a virtual terminal with a fake session behind them. */
import {onTestFinished} from 'vitest';
import type {Lang} from '../../../src/course/index.ts';
import type {HostReport} from '../../../src/engine/index.ts';
import {type HomeLab, startUi, type UiDeps} from '../../../src/ui/index.tsx';
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
  openSession?: UiDeps['openSession'];
  /** The terminal draws ambiguous characters in two cells. */
  wide?: boolean;
}

export interface RunningApp {
  term: VirtualTerminal;
  session: FakeSession;
  /** Exit status, once the app has ended. */
  ended: Promise<number>;
}

export const report: HostReport = {
  kernel: '6.1.0-18-amd64',
  arch: 'x64',
  root: true,
  namespaces: {pid: true, network: true, mount: true, ipc: true, uts: true, user: true, cgroup: true, time: true},
  cgroup: 'v2',
  controllers: [],
  filesystems: [],
  findings: [
    {id: 'kernel', ok: 'yes', found: '6.1.0', meaning: 'host.kernel.ok', params: {need: '5.9'}},
    {
      id: 'tool.pstree',
      ok: 'no',
      found: '',
      meaning: 'host.tool.pstree',
      params: {labs: '01'},
      cure: 'host.cure.install-by-hand',
    },
  ],
};

export function homeLabs(): HomeLab[] {
  const {number, id, title, question, minutes} = smallLab();
  return [
    {number, id, title, question, minutes, progress: {step: 'end', index: 2, of: 2, done: false}, unmet: []},
    {
      number: '02',
      id: 'ipc',
      title: {en: 'IPC namespace', zh: 'IPC 命名空间'},
      question: {en: 'Who can see my queue?', zh: '谁看得到我的消息队列？'},
      minutes: 8,
      unmet: [{en: 'the program `ipcs` is missing', zh: '缺少程序 `ipcs`'}],
    },
  ];
}

/** Starts the app; it is ended with the test, whatever became of it. */
export function startApp({
  cols = 120,
  rows = 36,
  lang = 'en',
  env = {},
  startLab,
  labs,
  openSession,
  wide,
}: AppOptions = {}): RunningApp {
  const term = new VirtualTerminal(cols, rows, {wide});
  const session = new FakeSession(smallLab());
  const ended = startUi({
    stdin: term.stdin,
    stdout: term.stdout,
    env: {TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env},
    version: '0',
    lang,
    stage: 'private',
    startLab,
    labs: labs ?? (async () => homeLabs()),
    hostReport: async () => report,
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
    if (!over) term.press('\x03');
    await done;
  });
  return {term, session, ended};
}
