/** The speaker's view on a virtual terminal, fed as a demo feeds it. */
import {describe, expect, test} from 'vitest';
import type {EventBody, Lang, Session, WatchStatus} from '../../../src/course/index.ts';
import {FeedSession} from '../../../src/course/record/feed.ts';
import {startApp} from '../support/app.ts';
import {expectWellDrawn, read, squeeze} from '../support/drawn.ts';
import {begin, containerUp, FakeSession} from '../support/fake-session.ts';
import {smallLab} from '../support/lab.ts';

const pos = {file: '', line: 1, col: 1};

interface Options {
  cols?: number;
  rows?: number;
  lang?: Lang;
  ascii?: boolean;
  note?: string;
}

function notes({cols = 80, rows = 24, lang = 'en', ascii = false, note = '**Ask** the class first.'}: Options = {}) {
  const lab = smallLab();
  const zh = '**先问**大家。';
  lab.steps[0]!.blocks.push({kind: 'note', text: {en: note, zh}, pos});
  const live = new FakeSession(lab);
  const feed = new FeedSession(lab, {how: 'notes', at: new Date().toISOString(), kernel: '6.18'});
  live.onEvent(event =>
    feed.feed(
      event.type === 'session-started' ? {...event, at: new Date(Date.now() - minutes * 60_000).toISOString()} : event,
    ),
  );
  let minutes = 1;
  const next = Promise.withResolvers<(session: Session) => void>();
  const tell = Promise.withResolvers<(status: WatchStatus) => void>();
  const app = startApp({
    cols,
    rows,
    lang,
    settings: {ascii: ascii ? 'yes' : 'no'},
    openSession: () => Promise.reject(new Error('nothing is opened')),
    labs: () => Promise.reject(new Error('there is no home screen')),
    more: {
      mode: {
        kind: 'notes',
        sessions: one => {
          next.resolve(one);
          return () => {};
        },
        status: listener => {
          listener({state: 'watching', pid: 1, followers: {notes: 1, share: 0}});
          tell.resolve(listener);
          return () => {};
        },
      },
    },
  });
  return {
    ...app,
    live,
    begins: async (since = 1) => {
      minutes = since;
      begin(live);
      (await next.promise)(feed);
    },
    status: async (status: WatchStatus) => (await tell.promise)(status),
  };
}

const SHOW = {block: 0, blank: false, taken: null, auto: null, keyMs: 90, lab: 1, labs: 1, loop: false, minutes: 8};
const show = (change: object): EventBody => ({type: 'show', show: {...SHOW, ...change}});

describe("the speaker's view", () => {
  test('waits, then has note, next, and what the class sees', async () => {
    const {term, live, begins} = notes();
    await term.shows('Waiting for a demo');
    await begins();
    await term.shows('Ask the class first.');
    await term.shows('starts container box');
    await term.shows('then step 2: The end');
    expect(term.text).toMatch(/ \d\d:\d\d:\d\d {3}1:0\d of 8 min {2}in time/);
    expect(term.text).toContain('nobody follows');
    containerUp(live);
    await term.shows('asks: Who is renamed?');
    live.emit({type: 'poll', prediction: 'who', votes: {host: 3, box: 9}});
    await term.shows(/1 the host +▰+ 3/);
    live.emit({type: 'command-typed', side: 'box', command: 'hostname tiger', by: 'lab'});
    await term.shows(/box # hostname tiger +→ running/);
    expectWellDrawn(term, 'notes');
  });

  test('says what is out of the ordinary on the projector', async () => {
    const {term, live, begins} = notes();
    await begins();
    live.emit(show({blank: true}));
    await term.shows('the screen is dark');
    live.emit(show({taken: 'box', auto: 8}));
    await term.shows('you type in box');
    await term.shows('goes on by itself every 8 s');
    live.emit(show({}), {
      type: 'handed-back',
      side: 'box',
      changed: [{path: 'box.hostname', before: 'a', now: 'b'}],
      broken: ['renamed'],
    });
    await term.until(() => read(term).includes(squeeze('changed meanwhile: box.hostname')), 'what has changed');
    await term.until(
      () => read(term).includes(squeeze('No longer true: Only the container is called tiger')),
      'broken',
    );
    expect(term.text).not.toContain('you type in');
  });

  test('counts those who look on beside itself, and says when nobody is at the other end', async () => {
    const {term, begins, status} = notes();
    await begins();
    await status({state: 'watching', pid: 1, followers: {notes: 2, share: 30}});
    await term.shows('31 follow');
    await status({state: 'lost', pid: null, followers: null});
    await term.shows('looking for it again');
    await status({state: 'ended', pid: null, followers: null});
    await term.shows('The demo has ended. This view waits for the next one.');
    expect(term.text).toContain('Ask the class first.');
  });

  test.each([
    [8.5, '2 min behind: the plan is at step 2'],
    [30, '22 min over the planned time'],
  ])('after %i minutes: %s', async (minutes, words) => {
    const {term, begins} = notes({cols: 120, rows: 36});
    await begins(minutes);
    await term.shows(words);
  });

  test('counts from now when told to', async () => {
    const {term, begins} = notes();
    await begins(5);
    await term.shows('5:0');
    term.press('c');
    await term.shows(/0:0\d of 8 min \(your count\)/);
  });

  test('a long note scrolls, and begins anew with the next step', async () => {
    const note = Array.from({length: 40}, (_, i) => `Line ${i}.`).join('\n\n');
    const {term, live, begins} = notes({note});
    await begins();
    await term.shows('Line 0.');
    for (let i = 0; i < 20; i++) term.press('\x1b[6~');
    await term.shows('Line 39.');
    term.press('\x1b[A');
    await term.shows('Line 39.', true);
    live.emit({type: 'step-entered', step: 'end', index: 1, of: 2});
    await term.shows('This is the last step.');
    await term.shows('There is no note for this step.');
    live.emit({type: 'step-entered', step: 'name', index: 0, of: 2});
    await term.shows('Line 0.');
  });

  test('q leaves, and so does Esc; the help has its keys', async () => {
    const {term, begins, ended} = notes();
    await begins();
    await term.shows('c count from now');
    term.press('?');
    await term.shows('count the time of this lab from now');
    expect(term.text).not.toContain('hint');
    term.press('x');
    await term.shows('Ask the class first.');
    term.press('q');
    expect(await ended).toBe(0);
  });

  test.each([
    [80, 24, 'en', false],
    [80, 24, 'zh', false],
    [120, 36, 'zh', false],
    [60, 16, 'zh', false],
    [200, 60, 'en', false],
    [80, 24, 'en', true],
  ] as const)('is well drawn at %i×%i in %s, ASCII: %s', async (cols, rows, lang, ascii) => {
    const {term, live, begins} = notes({cols, rows, lang, ascii});
    await begins();
    containerUp(live);
    live.emit(show({taken: 'box'}), {type: 'poll', prediction: 'who', votes: {host: 3, box: 9}});
    await term.shows(lang === 'en' ? 'Ask the class first' : '先问大家。');
    await term.shows(lang === 'en' ? 'you type in' : '由你在');
    if (ascii) expect(term.text.replace('中文', '')).toMatch(/^[\x20-\x7e\n]*$/);
    else expectWellDrawn(term, `${cols}×${rows}`);
  });
});
