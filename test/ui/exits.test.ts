import {expect, test} from 'vitest';
import {startApp} from './support/app.ts';
import {begin} from './support/fake-session.ts';

async function inLab() {
  const app = startApp({startLab: '01'});
  app.session.onCall = name => {
    if (name === 'start') begin(app.session);
  };
  await app.term.shows('host#');
  return app;
}

test.each([
  ['q', 'q'],
  ['Ctrl-C', '\x03'],
])('%s ends the session, gives the terminal back, and exits with 0', async (_, key) => {
  const {term, session, ended} = await inLab();
  expect(term.alternate).toBe(true);
  expect(term.raw).toBe(true);
  term.press(key);
  expect(await ended).toBe(0);
  expect(session.asked('end')).toEqual([['left']]);
  await term.until(() => !term.alternate, 'the ordinary screen');
  expect(term.raw).toBe(false);
  expect(term.written).toMatch(/\x1b\[\?25h\x1b\[\?1049l$/);
});

test('the app waits until the session has ended', async () => {
  const {term, session, ended} = await inLab();
  let finish: (() => void) | undefined;
  session.end = () => new Promise(resolve => (finish = resolve));
  term.press('q');
  await term.shows('Leaving: ending what was started');
  finish?.();
  expect(await ended).toBe(0);
});

test('a terminal that hangs up ends the session too', async () => {
  const {term, session, ended} = await inLab();
  term.stdin.push(null);
  expect(await ended).toBe(129);
  expect(session.asked('end')).toEqual([['left']]);
});

test('a terminal that can no longer be written to ends the session too', async () => {
  const {term, session, ended} = await inLab();
  term.broken = Object.assign(new Error('write EIO'), {code: 'EIO'});
  session.print('host', 'something to draw');
  expect(await ended).toBe(129);
  expect(session.asked('end')).toEqual([['left']]);
});

test('a fault in drawing gives the terminal back before it is reported', async () => {
  const {term, session, ended} = await inLab();
  Object.defineProperty(session.lab.steps[0]!, 'title', {
    get() {
      throw new Error('broken lab');
    },
  });
  session.emit({type: 'pending', block: null});
  await expect(ended).rejects.toThrow('broken lab');
  await term.until(() => !term.alternate, 'the ordinary screen');
  expect(session.asked('end')).toEqual([['left']]);
});
