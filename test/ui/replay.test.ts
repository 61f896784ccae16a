/** A recording in the screens: one deed at a time, in either language, and always labelled. */
import {describe, expect, test} from 'vitest';
import type {Event, EventBody, Lab} from '../../src/course/index.ts';
import type {RecordingHead} from '../../src/course/record/format.ts';
import {ReplaySession} from '../../src/course/record/replay.ts';
import {type AppOptions, startApp} from './support/app.ts';
import {begin, containerUp, FakeSession} from './support/fake-session.ts';
import {smallLab} from './support/lab.ts';

const HEAD: RecordingHead = {
  kind: 'recording',
  format: 'glassbox',
  version: 1,
  app: '0',
  at: '2026-11-21T12:00:00.000Z',
  kernel: '6.18.44-cloud-amd64',
};

/** What a class did in the small lab; a person's deeds are seconds apart. */
function recorded(lab: Lab = smallLab(), ...more: EventBody[]): {lab: Lab; events: Event[]} {
  const live = new FakeSession(lab);
  const events: Event[] = [];
  let pause = 0;
  live.onEvent(event => events.push({...event, ms: event.ms + pause}));
  const later = () => {
    pause += 5000;
  };
  begin(live);
  later();
  containerUp(live);
  later();
  live.emit(
    {type: 'prediction-answered', id: 'who', choice: 'host'},
    {type: 'pending', block: {kind: 'run', on: 'box', commands: ['hostname tiger'], run: 'rename', at: 3}},
  );
  later();
  live.emit({type: 'command-typed', side: 'box', command: 'hostname tiger', by: 'lab', run: 'rename'});
  live.print('box', 'hostname tiger\r\nbox# ');
  const done = {type: 'command-finished', side: 'box', command: 'hostname tiger', status: 0, by: 'lab'} as const;
  live.emit(
    {...done, run: 'rename', output: ''},
    {type: 'check', id: 'renamed', verdict: 'pass', values: {}},
    {type: 'prediction-judged', id: 'who', choice: 'host', answer: 'box', verdict: 'fail'},
    ...more,
    {type: 'step-done', step: 'name', skipped: false},
    {type: 'pending', block: {kind: 'next-step'}},
  );
  later();
  live.emit({type: 'step-entered', step: 'end', index: 1, of: 2}, {type: 'pending', block: {kind: 'finish'}});
  later();
  live.emit({type: 'session-ended', reason: 'finished', left: []});
  return {lab, events};
}

function startReplay(options: AppOptions = {}, labs = [recorded()]) {
  const app = startApp({
    ...options,
    openSession: () => Promise.reject(new Error('nothing is opened')),
    labs: () => Promise.reject(new Error('there is no home screen')),
    more: {
      mode: {
        kind: 'replay',
        sessions: next => {
          const play = (at: number) => {
            const session = new ReplaySession(labs[at]!, HEAD, at + 1 < labs.length ? () => play(at + 1) : undefined);
            next(session);
            void session.start();
          };
          play(0);
          return () => {};
        },
      },
    },
  });
  return {...app, /** Plays on, and does not wait for the recording's pace. */ on: () => app.term.press('\r\r')};
}

const LABEL = {en: 'REPLAY of 2026-11-21, Linux 6.18', zh: '回放：2026-11-21 录制，Linux 6.18'};

describe.each([
  ['en', 120, 36],
  ['zh', 80, 24],
  ['en', 60, 16],
] as const)('a replay in %s at %i×%i', (lang, cols, rows) => {
  test('is labelled with its day and kernel at every step', async () => {
    const {term, on} = startReplay({lang, cols, rows});
    const labelled = () => expect(term.lines[0]).toContain(LABEL[lang]);
    await term.shows(/tiger/);
    labelled();
    for (const what of ['box# ', 'hostname tiger']) {
      on();
      await term.shows(what);
      labelled();
    }
    term.press('j');
    await term.shows(/clone3/);
    labelled();
  });

  test('offers no key that needs a kernel', async () => {
    const {term} = startReplay({lang, cols, rows});
    await term.shows(lang === 'en' ? 'play on' : '继续播放');
    const footer = term.lines.at(-1)!;
    expect(footer).not.toMatch(/hint|reset|terminal|X-ray|提示|重来|终端|透视/);
    for (const key of 'hsrRxf\t') {
      term.press(key);
      await term.shows(lang === 'en' ? 'This is a replay' : '这是回放');
      term.press('[');
      await term.shows(lang === 'en' ? 'This is a replay' : '这是回放', true);
    }
  });
});

describe('a replay', () => {
  test('plays a deed with each key, from the prediction to the end, and says that it is there', async () => {
    const {term, on} = startReplay();
    await term.shows('no container yet');
    term.press(' ');
    await term.shows('CONTAINER box (pid 300)');
    await term.shows(/^.*\s1 the host/m);
    expect(term.text).not.toMatch(/▸ \d/); // nobody is asked here
    term.press('\r');
    await term.shows('locked; now ask the kernel');
    on();
    await term.shows('Not so.');
    term.press('\r');
    await term.shows('step 2 of 2');
    on();
    await term.shows('The recorded session ended here');
    term.press('\r');
    await term.shows('This is the end of the recording');
  });

  test('goes back a step, on a step, and to any step that was recorded', async () => {
    const {term} = startReplay();
    await term.shows('no container yet');
    term.press('\x1b[C');
    await term.shows('step 2 of 2');
    term.press('\x1b[D');
    await term.shows('step 1 of 2');
    await term.shows('no container yet');
    term.press('l');
    await term.shows('plays from step 1');
    term.press('\x1b[B');
    await term.shows('plays from step 2');
    term.press('\r');
    await term.shows('step 2 of 2');
    await term.shows('hostname tiger');
  });

  test('says where a step was not recorded', async () => {
    const whole = recorded();
    const cut = whole.events.findIndex(event => event.type === 'step-entered' && event.step === 'end');
    const {term} = startReplay({}, [{...whole, events: whole.events.slice(0, cut)}]);
    await term.shows('no container yet');
    term.press('l');
    await term.shows('plays from step 1');
    term.press('\x1b[B\r');
    await term.shows('Step 2 is not in this recording');
  });

  test('changes its language by key', async () => {
    const {term} = startReplay();
    await term.shows(LABEL.en);
    term.press('L');
    await term.shows(LABEL.zh);
    await term.shows('先给容器取名 tiger');
  });

  test('goes on with the next lab of the recording', async () => {
    const {term, on} = startReplay({}, [recorded(), recorded({...smallLab(), number: '02'})]);
    await term.shows('01 UTS namespace');
    for (const what of ['pid 300', 'locked', 'Not so.', 'step 2 of 2', 'session ended here']) {
      on();
      await term.shows(what);
    }
    await term.shows('next lab');
    term.press('\r');
    await term.shows('02 UTS namespace');
    await term.shows('no container yet');
  });

  test('shows what was left out, where that was recorded, and else says that it was not', async () => {
    const {term, on} = startReplay({}, [
      recorded(
        smallLab(),
        {type: 'ablation-started', container: 'box', without: 'uts'},
        {
          ...{type: 'ablation-result', container: 'box', without: 'uts', checks: [], journal: []},
          rows: [{path: 'host.hostname', withFlag: 'vm', withoutFlag: 'tiger'}],
        },
      ),
    ]);
    await term.shows('no container yet');
    term.press('b');
    await term.shows('nobody has left a flag out');
    for (const what of ['pid 300', 'locked', 'the same without CLONE_NEWUTS']) {
      on();
      await term.shows(what);
    }
    term.press('b');
    await term.shows('the same without', true);
    term.press('b');
    await term.shows('the same without');
  });

  test('of a demo has its slides, answers to a clicker, and is never dark', async () => {
    const show = (block: number, blank: boolean): EventBody => ({
      type: 'show',
      show: {blank, block, taken: null, auto: null, keyMs: 90, lab: 1, labs: 1, loop: false, minutes: 8},
    });
    const live = new FakeSession(smallLab());
    const events: Event[] = [];
    live.onEvent(event => events.push({...event, ms: event.ms * 1000}));
    live.emit(show(0, false));
    begin(live);
    containerUp(live);
    live.emit(show(1, true));
    const {term} = startReplay({}, [{lab: live.lab, events}]);
    await term.shows('Before the container is called tiger');
    expect(term.text).not.toContain('to be true'); // the lab screen's own panel
    expect(term.lines[0]).toContain(LABEL.en);
    term.press('\x1b[6~\x1b[6~');
    await term.shows('pid 300');
    term.press('\x1b[6~\x1b[6~');
    await term.shows(/play on|hurry/, true);
    term.press('\x1b[6~');
    await term.shows('end of the recording');
    await term.shows('pid 300');
    expect(term.lines[0]).toContain(LABEL.en);
    term.press('\x1b[5~');
    await term.shows('pid 300', true);
  });

  test('ends with q and with Esc', async () => {
    for (const key of ['q', '\x1b']) {
      const {term, ended} = startReplay();
      await term.shows('no container yet');
      term.press(key);
      expect(await ended).toBe(0);
    }
  });
});
