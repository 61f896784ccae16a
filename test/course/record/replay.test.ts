/** A replay stops where a person was waited for, and can be wound to any step. */
import {describe, expect, it} from 'vitest';
import type {Event, EventBody, PendingBlock} from '../../../src/course/index.ts';
import type {RecordingHead} from '../../../src/course/record/format.ts';
import {ReplaySession} from '../../../src/course/record/replay.ts';
import {nextStop} from '../../../src/course/record/stops.ts';
import {smallLab} from '../../ui/support/lab.ts';

const HEAD: RecordingHead = {
  kind: 'recording',
  format: 'glassbox',
  version: 1,
  app: '0',
  at: '2026-11-21',
  kernel: '6.18',
};
const start: PendingBlock = {kind: 'container', id: 'box', at: 1};
const pending = (block: PendingBlock | null): EventBody => ({type: 'pending', block});
const step = (id: string, index: number): EventBody => ({type: 'step-entered', step: id, index, of: 2});
const bytes = (data: string): EventBody => ({type: 'bytes', side: 'host', data: Buffer.from(data)});
const started: EventBody = {type: 'container-started', id: 'box', pid: 3};
const facts: EventBody = {type: 'facts', sides: {}, changed: []};

/** Each at its own time; `[ms, body]` for one that does not come a millisecond after the one before. */
function told(...bodies: (EventBody | [number, EventBody])[]): Event[] {
  let ms = 0;
  return bodies.map((one, seq) => {
    const [gap, body] = Array.isArray(one) ? one : [1, one];
    ms += gap;
    return {...body, seq, ms} as Event;
  });
}

const LESSON = told(
  step('name', 0),
  pending(start),
  facts,
  bytes('host# '),
  [3000, bytes('l')],
  [90, bytes('s')],
  started,
  pending(null),
  pending({kind: 'next-step'}),
  [2000, step('end', 1)],
  pending({kind: 'finish'}),
  [2000, {type: 'session-ended', reason: 'finished', left: []}],
);

function replay(events = LESSON, nextLab?: () => void) {
  const session = new ReplaySession({lab: smallLab(), events}, HEAD, nextLab);
  const heard: string[] = [];
  session.onRewind(() => heard.splice(0));
  session.onEvent(event => heard.push(event.type));
  return {session, heard};
}

/** Asked for twice: nobody waits for the recording's pace. */
const hurried = (session: ReplaySession) => {
  void session.advance();
  return session.advance();
};

describe('a stop', () => {
  it('comes behind what was asked for, and all that still belongs to the deed before', () => {
    expect(nextStop(LESSON, 0)).toBe(4);
    expect(nextStop(LESSON, 4)).toBe(9);
    expect(nextStop(LESSON, 9)).toBe(11);
    expect(nextStop(LESSON, 11)).toBe(LESSON.length);
  });

  it('is also a slide that goes on', () => {
    const show = (block: number, blank = false): EventBody => ({
      type: 'show',
      show: {blank, block, taken: null, auto: null, keyMs: 90, lab: 1, labs: 1, loop: false, minutes: 8},
    });
    const events = told(step('name', 0), show(0), [900, show(0, true)], [900, show(1)], [900, show(2)], pending(start));
    expect([0, 2, 4].map(from => nextStop(events, from))).toEqual([4, 4, 6]);
  });
});

describe('a stop in a demo', () => {
  const show = (block: number): EventBody => ({
    type: 'show',
    show: {blank: false, block, taken: null, auto: null, keyMs: 90, lab: 1, labs: 1, loop: false, minutes: 8},
  });
  const ask = pending({kind: 'predict', id: 'who', at: 2});
  const run = pending({kind: 'run', on: 'box', commands: ['id'], at: 3});
  const locked: EventBody = {type: 'prediction-answered', id: 'who', choice: null};
  const judged: EventBody = {type: 'prediction-judged', id: 'who', choice: null, answer: 'a', verdict: 'fail'};

  it('is none between an answer and the kernel’s: one key does both', () => {
    const demo = told(
      show(0),
      step('name', 0),
      ask,
      show(2),
      [900, locked],
      run,
      show(3),
      [120, bytes('i')],
      judged,
      show(2),
    );
    expect([0, 4].map(from => nextStop(demo, from))).toEqual([4, demo.length]);
    const alone = demo.filter(event => event.type !== 'show');
    expect([0, 2].map(from => nextStop(alone, from))).toEqual([2, 4]);
  });

  it('is none between the end of a slide and the next step, which the same key begins', () => {
    const demo = told(show(0), step('name', 0), show(1), [900, show(2)], [20, step('end', 1)], show(0), run, show(3));
    expect(nextStop(demo, 3)).toBe(demo.length);
  });
});

describe('a replay', () => {
  it('plays a deed at a time, to its end', async () => {
    const {session, heard} = replay();
    await session.start();
    expect(heard).toEqual(['step-entered', 'pending', 'facts', 'bytes']);
    await hurried(session);
    expect(heard.slice(4)).toEqual(['bytes', 'bytes', 'container-started', 'pending', 'pending']);
    await hurried(session);
    expect(session.ahead()).toBe('deed');
    await hurried(session);
    expect(heard.at(-1)).toBe('session-ended');
    expect(session.ahead()).toBeNull();
    await session.advance();
    expect(heard).toHaveLength(LESSON.length);
  });

  it('goes to steps, on and back, and begins anew each time it goes back', async () => {
    const {session, heard} = replay();
    await session.start();
    await session.next();
    expect(session.position.at).toBe(11);
    await session.back();
    expect(heard).toEqual(['step-entered', 'pending', 'facts', 'bytes']);
    await session.goTo('end');
    expect(heard).toHaveLength(11);
    expect([session.recorded('end'), session.recorded('other')]).toEqual([true, false]);
    await session.goTo('other');
    expect(heard).toHaveLength(11);
    await session.next();
    expect(session.ahead()).toBeNull();
  });

  it('goes on to the next lab', async () => {
    let next = 0;
    const {session} = replay(LESSON, () => next++);
    await session.start();
    for (let i = 0; i < 3; i++) await hurried(session);
    expect([session.ahead(), next]).toEqual(['lab', 0]);
    await session.advance();
    expect(next).toBe(1);
  });

  it('waits for a screen that cannot keep up', async () => {
    const {session, heard} = replay(told(step('name', 0), pending(start), [90, bytes('a')], bytes('b'), pending(null)));
    await session.start();
    session.onEvent(event => {
      if (event.type === 'bytes' && heard.filter(one => one === 'bytes').length === 1) session.pause('host');
    });
    const done = hurried(session);
    while (heard.at(-1) !== 'bytes') await new Promise(resolve => setImmediate(resolve));
    for (let i = 0; i < 20; i++) await new Promise(resolve => setImmediate(resolve));
    expect(heard).toHaveLength(3);
    session.resume('host');
    await done;
    expect(heard).toHaveLength(5);
  });

  it('stops at once when it is closed', async () => {
    const {session, heard} = replay();
    await session.start();
    const playing = session.advance();
    await session.end();
    await playing;
    expect(heard).toHaveLength(4);
  });
});
