/** The screens with a fake session, to look at: no root and no engine. Started by scripts/ui-demo.mjs. */
import {asciiOnly, canRunScreen, languageOf, noColor, startUi} from '../../../src/ui/index.tsx';
import {homeLabs, report} from './app-data.ts';
import {begin, containerUp, entry, FakeSession, factsOf} from './fake-session.ts';
import {smallLab} from './lab.ts';

const {stdin, stdout, env} = process;
if (!canRunScreen(env, stdin, stdout)) throw new Error('The demo needs a terminal.');

function session(): FakeSession {
  const fake = new FakeSession(smallLab());
  const scenes = [
    () => containerUp(fake),
    () => {
      fake.print('box', 'hostname tiger\r\nbox# ');
      fake.emit(
        {type: 'command-typed', side: 'box', command: 'hostname tiger', by: 'lab', run: 'rename'},
        {
          type: 'command-finished',
          side: 'box',
          command: 'hostname tiger',
          status: 0,
          by: 'lab',
          run: 'rename',
          output: '',
        },
        {
          type: 'facts',
          sides: {host: factsOf('vm', 1001n, 200n), box: factsOf('tiger', 1002n, 300n)},
          changed: ['box.hostname'],
        },
        {type: 'check', id: 'renamed', verdict: 'pass', values: {}},
        {type: 'prediction-judged', id: 'who', choice: 'host', answer: 'box', verdict: 'fail'},
        {type: 'step-done', step: 'name', skipped: false},
        {type: 'pending', block: {kind: 'next-step'}},
      );
    },
    () => fake.emit({type: 'step-entered', step: 'end', index: 1, of: 2}, {type: 'pending', block: {kind: 'finish'}}),
    () => fake.emit({type: 'lab-done', checksPassed: 1, checks: 1, predictionsRight: 0, predictions: 1}),
  ];
  let hints = 0;
  fake.onCall = (name, ...args) => {
    if (name === 'start') begin(fake);
    if (name === 'advance') scenes.shift()?.();
    if (name === 'predict') {
      fake.emit(
        {type: 'prediction-answered', id: 'who', choice: args[1] as string | null},
        {type: 'pending', block: {kind: 'run', on: 'box', commands: ['hostname tiger'], run: 'rename', at: 3}},
      );
    }
    if (name === 'hint') fake.emit({type: 'hint-shown', check: 'renamed', index: hints++, of: 2});
    if (name === 'solution') fake.emit({type: 'solution-shown', check: 'renamed', runs: [0]});
    // An echo stands for a shell, and a reset for a call that fails.
    if (name === 'type')
      fake.print(
        args[0] as string,
        Buffer.from(args[1] as Uint8Array)
          .toString()
          .replace('\r', '\r\n# '),
      );
    if (name === 'resetStep') {
      const call = entry('sethostname', ['"tiger"', '5'], {result: -1n, errno: 'EPERM'});
      fake.emit({
        type: 'error',
        error: {code: 'session.internal', params: {message: 'as an example'}, call},
        where: 'box',
        fatal: false,
      });
    }
  };
  return fake;
}

process.exitCode = await startUi({
  stdin,
  stdout,
  env,
  version: 'demo',
  settings: {
    lang: languageOf(env),
    theme: noColor(env) ? 'none' : 'dark',
    ascii: asciiOnly(env) ? 'yes' : 'auto',
    keys: {},
  },
  stage: 'private',
  labs: async () => homeLabs(),
  hostReport: async () => report,
  openSession: async () => session(),
});
