/** A demo in the hands of its instructor: dark, polls, questions from the class, pace, leaving. */
import {describe, expect, test} from 'vitest';
import {expectWellDrawn, read, squeeze} from '../support/drawn.ts';
import {factsOf} from '../support/fake-session.ts';
import {KEYS, type RunningDemo, runPending, startDemo} from './support.ts';

/** The container runs, and the question is on the slide. */
async function asked(demo: RunningDemo): Promise<RunningDemo> {
  demo.term.press(' ');
  await demo.term.shows('box# ');
  demo.term.press(' ');
  await demo.term.shows(/Who is renamed|谁会被改名/);
  return demo;
}

const polls = ({session}: RunningDemo) => session.events.flatMap(event => (event.type === 'poll' ? [event.votes] : []));

describe('dark', () => {
  test.each(['.', 'b'])('%s shows nothing at all, and any key only brings it back', async key => {
    const demo = await startDemo();
    const {term, session, show} = demo;
    const before = term.text;
    term.press(key);
    await term.until(() => term.text.trim() === '', 'an empty screen');
    expect(show().blank).toBe(true);
    session.print('host', 'in the dark');
    term.press('L');
    await term.shows('in the dark');
    expect(term.text.replace('in the dark', '           ')).toBe(before);
    expect(show().blank).toBe(false);
    expect(session.asked('advance')).toEqual([]);
  });
});

describe('leaving', () => {
  test.each(['\x1b', 'q'])('%j asks once; the key that goes on stays and goes on', async key => {
    const {term, session, ended} = await startDemo();
    term.press(key);
    await term.shows('Leave the demo?');
    term.press(KEYS.pageDown);
    await session.whenAsked('advance');
    await term.shows('Leave the demo?', true);
    term.press(key);
    await term.shows('Leave the demo?');
    term.press(key);
    expect(await ended).toBe(0);
    expect(session.asked('end')).toEqual([['left']]);
  });
});

describe.each([
  {cols: 80, rows: 24, lang: 'en'},
  {cols: 80, rows: 24, lang: 'zh'},
  {cols: 120, rows: 36, lang: 'zh'},
] as const)('a poll at $cols×$rows in $lang', size => {
  test('counts hands choice by choice, and the kernel answers beside the bars', async () => {
    const demo = await asked(await startDemo({}, size));
    const {term, session} = demo;
    term.press('p');
    await term.shows(/Hands for choice 1|选项 1 的举手人数/);
    term.press('12');
    await term.shows(/▰+ +12/);
    term.press(`${KEYS.down}7`);
    await term.shows(/▰+ +7/);
    term.press('\x7f');
    await term.shows(/▰ +7/, true);
    term.press('8');
    await term.shows(/▰+ +8/);
    expectWellDrawn(term, 'a poll');
    expect(polls(demo).at(-1)).toEqual({host: 12, box: 8});
    const bar = (count: number) => new RegExp(`(▰+) +${count}`).exec(term.text)![1]!.length;
    expect(bar(12) / bar(8)).toBeGreaterThan(1.3);
    expect(bar(12) / bar(8)).toBeLessThan(1.7);
    expect(session.asked('predict')).toEqual([]);
    term.press(KEYS.pageDown);
    await term.shows(/✓ 2/);
    expect(session.asked('predict')).toEqual([['who', null]]);
    expect(term.text).toMatch(/▰+ +12/);
    if (size.rows > 24) expect(term.text).toMatch(/8 of 20 hands|20 人举手，8 人答对/);
  });
});

test('a poll where no question waits says so; p closes one, Esc too, and neither leaves nor answers', async () => {
  const demo = await startDemo();
  const {term, session} = demo;
  term.press('p');
  await term.shows('No question is waiting');
  await asked(demo);
  for (const close of ['p', KEYS.escape]) {
    term.press('p');
    await term.shows('Hands for choice 1');
    term.press(close);
    await term.shows('Hands for choice', true);
  }
  expect(session.asked('predict')).toEqual([]);
  expect(term.text).not.toContain('Leave the demo?');
});

test('bars and marks in ASCII', async () => {
  const demo = await startDemo({}, {env: {GLASSBOX_ASCII: '1'}});
  await asked(demo);
  demo.term.press('p3');
  await demo.term.shows(/#+ +3/);
  expect(demo.term.text).toMatch(/^[\x20-\x7e\n]*$/);
});

describe('a question from the class', () => {
  test.each([
    {lang: 'en', now: /The container box: the host name is now otter\./, broken: /No longer true: Only the container/},
    {lang: 'zh', now: /容器 box的主机名现在是 otter。/, broken: /不再成立：只有容器叫 tiger/},
  ] as const)('$lang: a terminal is taken, given back, and what has changed is said', async ({lang, now, broken}) => {
    const demo = await asked(await startDemo({}, {lang, cols: 120, rows: 36}));
    const {term, session, show} = demo;
    term.press(' ');
    await term.shows(/✓/);
    session.emit({
      type: 'pending',
      block: {kind: 'run', on: 'box', commands: ['hostname tiger'], run: 'rename', at: 3},
    });
    term.press('t');
    await term.until(() => show().taken === 'box', 'the terminal taken');
    await term.shows('Ctrl-]');
    term.press('hostname otter');
    await session.whenTyped('box', 'hostname otter');
    term.press(KEYS.back);
    await term.shows(/The terminals are yours|终端现在归你用/);
    expect(show().taken).toBe('box');
    term.press('\t');
    await term.shows(/(HOST|宿主机).*(keyboard here|键盘在这里)/);
    term.press(`x${KEYS.back}`);
    await session.whenTyped('host', 'x');
    await term.shows(/The terminals are yours|终端现在归你用/);
    const play = session.onCall;
    session.onCall = (name, ...args) => {
      play(name, ...args);
      if (name !== 'refresh') return;
      const sides = {host: factsOf('vm', 1001n, 200n), box: factsOf('otter', 1002n, 300n)};
      session.emit(
        {type: 'facts', sides, changed: ['box.hostname']},
        {type: 'check', id: 'renamed', verdict: 'fail', values: {}},
      );
    };
    term.press('t');
    await term.until(() => read(term).includes('otter'), 'the sentence');
    expect(squeeze(term.text)).toMatch(new RegExp(now.source.replace(/ /g, '')));
    expect(squeeze(term.text)).toMatch(new RegExp(broken.source.replace(/ /g, '')));
    expectWellDrawn(term, 'handed back');
    const back = session.events.findLast(event => event.type === 'handed-back');
    expect(back).toMatchObject({
      side: 'host',
      changed: [{path: 'box.hostname', before: 'tiger', now: 'otter'}],
      broken: ['renamed'],
    });
    expect(show().taken).toBeNull();
    term.press('r');
    await session.whenAsked('resetStep');
  });

  test('where nothing has changed it says that; the key that goes on resumes as well', async () => {
    const {term, session, show} = await asked(await startDemo());
    term.press('t');
    await term.until(() => show().taken !== null, 'the terminal taken');
    term.press(`${KEYS.back}`);
    await term.shows('The terminals are yours');
    const before = session.asked('advance').length;
    term.press(' ');
    await term.shows('Nothing has changed meanwhile.');
    expect(session.asked('advance')).toHaveLength(before);
  });
});

describe('pace', () => {
  test('+ and - change it, say it, and tell it; faster than the fastest is at once', async () => {
    const {term, show, session} = await startDemo({keyMs: 20});
    term.press('-');
    await term.shows('480 words a minute');
    expect(show().keyMs).toBe(25);
    term.press('+');
    await term.shows('600 words a minute');
    for (let i = 0; i < 3; i++) term.press('+');
    await term.shows('Lines are typed at once.');
    expect(show().keyMs).toBe(0);
    const parts: string[] = [];
    await session.typist!('whole line', part => parts.push(part));
    expect(parts).toEqual(['whole line']);
  });

  test('while a line is typed, the key that goes on types the rest of it, and does nothing else', async () => {
    const demo = await startDemo({keyMs: 400});
    const {term, session} = demo;
    const parts: string[] = [];
    session.advance = async () => {
      session.calls.push(['advance']);
      await session.typist!('hostname tiger', part => {
        parts.push(part);
        session.print('host', part);
      });
      session.emit(runPending);
    };
    term.press(' ');
    await term.shows('host# h');
    expect(parts.length).toBeLessThan(14);
    term.press(' ');
    await term.shows('host# hostname tiger');
    expect(parts.join('')).toBe('hostname tiger');
    expect(parts.at(-1)!.length).toBeGreaterThan(1);
    expect(session.asked('advance')).toHaveLength(1);
  });

  test('a key pressed too early is told so, and no longer than it is true', async () => {
    const {term, session} = await startDemo();
    const {promise: ended, resolve: end} = Promise.withResolvers<void>();
    const advance = session.advance;
    session.advance = async () => {
      await advance();
      await ended;
    };
    term.press(' ');
    await session.whenAsked('advance');
    term.press(' ');
    await term.shows('Still at work');
    end();
    await term.shows('Still at work', true);
    expect(session.asked('advance')).toHaveLength(1);
  });
});
