/** Labs one after the other, by themselves and by key; and what goes wrong on stage. */
import {describe, expect, test} from 'vitest';
import {expectWellDrawn} from '../support/drawn.ts';
import {KEYS, startDemo} from './support.ts';

describe('a playlist', () => {
  test('n and N go through it, and say where it ends', async () => {
    const {term, sessions, show} = await startDemo({labs: ['01', '01']});
    await term.shows('lab 1/2');
    term.press('N');
    await term.shows('There is no other lab');
    term.press('n');
    await term.until(() => sessions.length === 2, 'the second lab');
    await term.shows('lab 2/2');
    expect(sessions[0]!.asked('end')).toEqual([['left']]);
    await sessions[1]!.whenAsked('start');
    await term.until(() => show().lab === 2, 'the second lab told');
    term.press('n');
    await term.shows('There is no other lab');
  });

  test('goes by itself through every deed, from lab to lab, and stops at the end', async () => {
    const {term, sessions} = await startDemo({labs: ['01', '01'], auto: 0.001});
    await term.until(() => sessions.length === 2, 'the second lab');
    await term.shows('That was the last one.');
    for (const session of sessions) {
      expect(session.asked('advance')).toHaveLength(4);
      expect(session.asked('predict')).toEqual([['who', null]]);
    }
    expect(sessions).toHaveLength(2);
  });

  test('in a loop the first lab comes again; a stops it', async () => {
    const {term, sessions, show} = await startDemo({labs: ['01'], auto: 0.001, loop: true});
    await term.until(() => sessions.length >= 3, 'the third time');
    term.press('a');
    await term.until(() => show().auto === null, 'by hand');
    await term.shows('By hand again.');
  });

  test('a gives the pause that was asked for, else its own', async () => {
    const {term, show} = await startDemo();
    term.press('a');
    await term.shows('6 s after each deed');
    expect(show().auto).toBe(6);
    await term.shows('auto 6 s');
  });
});

describe('bad luck', () => {
  test.each(['en', 'zh'] as const)('%s: a command with another status is one calm sentence', async lang => {
    const {term, session} = await startDemo({}, {lang});
    session.emit(
      {type: 'command-typed', side: 'host', command: 'ls /nowhere', by: 'lab'},
      {type: 'command-finished', side: 'host', command: 'ls /nowhere', status: 2, by: 'lab', output: ''},
      {type: 'command-unexpected', side: 'host', command: 'ls /nowhere', expected: 0, status: 2},
    );
    await term.shows(lang === 'en' ? '`ls /nowhere` ended with status 2' : '`ls /nowhere` 以状态 2 结束');
    expectWellDrawn(term, 'another status');
    term.press(KEYS.pageDown);
    await session.whenAsked('advance');
  });

  test('an error is its sentence, without a trace, and the demo goes on', async () => {
    const {term, session} = await startDemo();
    session.emit({
      type: 'error',
      error: {code: 'session.internal', params: {message: 'the keeper went away'}},
      where: 'box',
      fatal: false,
    });
    await term.shows('the keeper went away');
    expect(term.text).not.toMatch(/at .*\.ts|Error:/);
    term.press(KEYS.pageDown);
    await session.whenAsked('advance');
    await term.shows('the keeper went away', true);
  });

  test('a terminal that closes is said; so is a stage that was lost', async () => {
    const {term, session} = await startDemo();
    session.emit({type: 'terminal-closed', side: 'host'});
    await term.shows('The terminal of the host has closed.');
    session.emit({type: 'rebuilding', step: 'name', why: 'lost'});
    await term.shows('The stage was lost');
    session.emit({type: 'step-entered', step: 'name', index: 0, of: 2}, {type: 'rebuilt', step: 'name'});
    await term.shows('Before the container');
  });

  test('a session that fails leaves the way to the next lab', async () => {
    const {term, session, sessions} = await startDemo({labs: ['01', '01']});
    session.emit({type: 'session-ended', reason: 'failed', left: []});
    await term.shows('This lab cannot go on here.');
    term.press(KEYS.pageDown);
    await term.until(() => sessions.length === 2, 'the next lab');
    await term.shows('lab 2/2');
  });

  test('a step whose solution does not do: the next one is built without it', async () => {
    const {term, session} = await startDemo();
    session.emit({type: 'pending', block: null});
    await term.shows('type the solution');
    term.press(KEYS.pageDown);
    await session.whenAsked('solution');
    expect(session.asked('solution')).toEqual([['renamed', true]]);
    await term.shows('This step could not be finished here.');
    term.press(KEYS.pageDown);
    await session.whenAsked('goTo');
    expect(session.asked('goTo')).toEqual([['end', {anew: true}]]);
  });
});

test('X-ray, journal, steps and pictures take the terminals’ place, and give it back', async () => {
  const {term, session} = await startDemo({}, {cols: 120, rows: 36});
  for (const [key, title] of [
    ['x', /─ X-ray ─/],
    ['j', /─ what the engine did ─/],
    ['l', /─ the steps of this lab ─/],
  ] as const) {
    term.press(key);
    await term.shows(title);
    expectWellDrawn(term, key);
    term.press(KEYS.escape);
    await term.shows('host# ');
  }
  term.press('v');
  await term.shows('host# ', true);
  await term.shows(/uts ns/);
  term.press('v');
  await term.shows('host# ');
  term.press('f');
  await term.until(() => term.lines[0]!.startsWith('host#'), 'the terminal on the whole screen');
  term.press(KEYS.back);
  await term.shows('The terminals are yours');
  term.press(KEYS.pageUp);
  await session.whenAsked('back');
});
