/** Somebody else's session on the screen: shown as it comes, and asked for nothing. */
import {describe, expect, test, vi} from 'vitest';
import type {Session} from '../../src/course/index.ts';
import {FeedSession} from '../../src/course/record/feed.ts';
import {startApp} from './support/app.ts';
import {begin, containerUp, FakeSession} from './support/fake-session.ts';
import {smallLab} from './support/lab.ts';

const AT = '2026-11-21T09:00:00.000Z';

function following(how: 'replay' | 'follow' = 'follow') {
  const live = new FakeSession(smallLab());
  const feed = new FeedSession(live.lab, {how, at: AT, kernel: '6.18.44-cloud'});
  live.onEvent(event => feed.feed(event));
  const asked = Promise.withResolvers<(session: Session) => void>();
  const stop = vi.fn();
  const app = startApp({
    openSession: () => Promise.reject(new Error('nothing is opened')),
    labs: () => Promise.reject(new Error('there is no home screen')),
    more: {
      mode: {
        kind: 'follow',
        sessions: next => {
          asked.resolve(next);
          return stop;
        },
      },
    },
  });
  return {...app, live, feed, stop, begins: async (session: Session = feed) => (await asked.promise)(session)};
}

describe('a session that is watched', () => {
  test('is shown with all that came before the screen was there, and as it goes on', async () => {
    const {term, live, begins} = following();
    await term.shows('Waiting for a demo on this machine');
    begin(live);
    await begins();
    await term.shows('Before the container is called tiger');
    await term.shows('host# ');
    containerUp(live);
    await term.shows('CONTAINER box (pid 300)');
    await term.shows('box# ');
  });

  test('gives way to the next one', async () => {
    const {term, live, begins} = following();
    begin(live);
    await begins();
    await term.shows('step 1 of 2');
    const other = new FeedSession({...smallLab(), number: '02'}, {how: 'follow', at: AT, kernel: '6.18'});
    await begins(other);
    begin(live); // the one before says nothing any more
    await term.shows(/02 UTS namespace/);
  });

  test('ends with the app: there is no list to go back to', async () => {
    const {term, live, begins, ended, stop} = following();
    begin(live);
    await begins();
    await term.shows('step 1 of 2');
    term.press('\x1b');
    expect(await ended).toBe(0);
    expect(stop).toHaveBeenCalledOnce();
  });

  test('leaves while nothing is there to be watched', async () => {
    const {term, ended} = following();
    await term.shows('Waiting for a demo');
    term.press('\x1b');
    expect(await ended).toBe(0);
  });

  test('has terminals of its own size, which change as they did there', async () => {
    const {term, live, begins} = following();
    begin(live);
    await begins();
    await term.shows('host# ');
    // 58 columns were told: a line of 60 wraps there, whatever room there is here.
    live.print('host', `${'x'.repeat(58)}`);
    await term.shows(/x{52}\b/);
    live.emit({type: 'terminal-resized', side: 'host', cols: 20, rows: 5});
    live.print('host', `\r\n${'y'.repeat(25)}`);
    await term.shows(/[^y]y{20}[^y]/);
  });

  test('begins anew where its stream does', async () => {
    const {term, live, feed, begins} = following();
    begin(live);
    await begins();
    containerUp(live);
    await term.shows('box (pid 300)');
    feed.rewind();
    await term.shows('box (pid 300)', true);
    begin(live);
    await term.shows('Before the container is called tiger');
    await term.shows('no container yet');
  });

  test('takes no keys in its terminals', async () => {
    const {term, live, begins} = following();
    begin(live);
    await begins();
    await term.shows('host# ');
    term.press('\tx');
    await term.shows('up to whoever gives the demo');
    await term.shows('keyboard here', true);
  });
});
