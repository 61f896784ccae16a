import {describe, expect, test} from 'vitest';
import type {Lang} from '../../src/course/index.ts';
import {startApp} from './support/app.ts';
import {begin, containerUp, entry, factsOf} from './support/fake-session.ts';

const TAB = '\t';
const CTRL_BRACKET = '\x1d';
const F12 = '\x1b[24~';

const sizes = [
  [80, 24],
  [120, 36],
  [200, 60],
] as const;
const langs: Lang[] = ['en', 'zh'];
const everywhere = sizes.flatMap(([cols, rows]) => langs.map(lang => ({cols, rows, lang})));

/** A lab opened from the command line, with its first step entered. */
async function openLab(options: Parameters<typeof startApp>[0] = {}) {
  const app = startApp({startLab: '01', ...options});
  app.session.onCall = name => {
    if (name === 'start') begin(app.session);
  };
  await app.term.shows('host#');
  return app;
}

describe.each(everywhere)('the lab at $cols×$rows in $lang', ({cols, rows, lang}) => {
  const zh = lang === 'zh';

  test('shows lesson, both terminals, checks and keys', async () => {
    const {term, session} = await openLab({cols, rows, lang});
    expect(term.lines[0]).toContain(zh ? '01 UTS 命名空间 · 第 1/2 步' : '01 UTS namespace · step 1 of 2');
    expect(term.lines[0]).toMatch(zh ? /▱▱ 还差 1 项/ : /▱▱ 1 to go/);
    expect(term.text).toContain(zh ? '先给容器取名 tiger' : 'Before the container is called tiger');
    expect(term.text).toContain(zh ? '启动容器 box：sh' : 'start container box: sh');
    expect(term.text).toContain(zh ? '? 只有容器叫 tiger' : '? Only the container is called tiger');
    expect(term.lines.at(-1)).toMatch(
      zh ? /⏎ 启动.*←→ 步骤.*h 提示.*\? 帮助.*Esc 实验列表/ : /⏎ start.*←→ step.*h hint.*\? help.*Esc labs/,
    );
    containerUp(session);
    await term.shows('box#');
    expect(term.text).toMatch(zh ? /容器 box \(pid 300\)/ : /CONTAINER box \(pid 300\)/);
  });

  test('borders stand straight, also beside Chinese', async () => {
    const {term, session} = await openLab({cols, rows, lang});
    containerUp(session);
    session.print('box', '你好，世界 你好，世界 你好，世界 你好，世界 你好，世界 你好，世界\r\nbox# ');
    await term.shows('你好');
    await term.shows(/box# [\s\S]*box#/);
    const wide = cols >= 100;
    // Every panel has its sides below its corners: a run of lines from one border row to the next has the same columns.
    for (let y = 1; y < rows - 2; y++) {
      const [here, below] = [term.borderColumns(y), term.borderColumns(y + 1)];
      if (wide)
        expect(below, `line ${y + 1} under ${y}:\n${term.text}`).toEqual(
          /^[└┗]/.test(term.lines[y]!) ? expect.anything() : here,
        );
    }
    if (!wide) {
      const bars = term.lines.slice(10, rows - 2).map((_, i) => term.borderColumns(10 + i));
      for (const bar of bars) expect(bar).toContain(Math.floor((cols - 1) / 2));
    }
  });
});

test('a prediction is chosen, locked, and judged by the kernel', async () => {
  const {term, session} = await openLab();
  containerUp(session);
  await term.shows('Who is renamed?');
  await term.shows(/▸ 1 the host/);
  term.press('\x1b[B');
  await term.shows(/▸ 2 the container/);
  term.press('1');
  await term.shows(/▸ 1 the host/);
  term.press('\r');
  await session.whenAsked('predict');
  expect(session.asked('predict')).toEqual([['who', 'host']]);
  session.emit({type: 'prediction-answered', id: 'who', choice: 'host'});
  await term.shows('locked; now ask the kernel');
  session.emit(
    {type: 'prediction-judged', id: 'who', choice: 'host', answer: 'box', verdict: 'fail'},
    {type: 'pending', block: {kind: 'run', on: 'box', commands: ['hostname tiger'], run: 'rename', at: 3}},
  );
  await term.shows(/✗ 1 the host +→ you/);
  expect(term.text).toMatch(/✓ 2 the container +→ the kernel/);
  expect(term.text).toContain('Because names live in the namespace.');
  expect(term.text).toContain('Not so.');
});

test('"just show me" is an answer too', async () => {
  const {term, session} = await openLab();
  containerUp(session);
  await term.shows('just show me');
  term.press('0');
  await term.shows(/▸ 0 just show me/);
  term.press('\r');
  await session.whenAsked('predict');
  expect(session.asked('predict')).toEqual([['who', null]]);
});

test('Enter does the pending block once, however often it is pressed meanwhile', async () => {
  const {term, session} = await openLab();
  let finish: (() => void) | undefined;
  session.advance = () => {
    session.calls.push(['advance']);
    return new Promise(resolve => (finish = resolve));
  };
  term.press('\r');
  await term.shows('working');
  term.press('\r');
  term.press('?');
  await term.shows('take the keyboard back');
  expect(session.asked('advance')).toHaveLength(1);
  finish?.();
});

test('facts of both sides stand side by side, with what changed marked', async () => {
  const {term, session} = await openLab();
  containerUp(session);
  await term.shows(/host name +vm +=\s+vm +the same/);
  expect(term.text).toMatch(/uts ns +1001 +≠ +1002 +isolated/);
  expect(term.text).toMatch(/pid ns +4026531836 += +4026531836 +shared/);
  session.emit({
    type: 'facts',
    sides: {host: factsOf('vm', 1001n, 200n), box: factsOf('tiger', 1002n, 300n)},
    changed: ['box.hostname'],
  });
  await term.shows(/● host name +vm +≠ +tiger +differs/);
});

test('a host name with control characters cannot move the screen', async () => {
  const {term, session} = await openLab();
  session.emit({type: 'facts', sides: {host: factsOf('\x1b[2Jevil', 1001n, 200n)}, changed: ['host.hostname']});
  await term.shows('?[2Jevil');
  expect(term.lines[0]).toContain('UTS namespace');
});

test('the journal shows calls with result and duration; in full with everything', async () => {
  const {term, session} = await openLab();
  containerUp(session);
  await term.shows(/keeper +clone3\(CLONE_NEWUTS\|…\) = 300 +0\.21 ms/);
  session.emit({
    type: 'journal',
    who: 'box',
    entries: [entry('setsid', []), entry('sethostname', ['"x"', '1'], {result: -1n, errno: 'EPERM'})],
  });
  await term.shows('✗ sethostname("x", 1) = -1 EPERM');
  expect(term.text).not.toContain('setsid()');
  term.press('j');
  await term.shows('setsid()');
  expect(term.text).toContain('the container box');
  term.press('j');
  await term.shows('both sides');
});

test('hints come one after the other, the solution on request, and typed on a second', async () => {
  const {term, session} = await openLab({cols: 80, rows: 24});
  containerUp(session);
  await term.shows('Who is renamed?');
  term.press('h');
  await session.whenAsked('hint');
  session.emit({type: 'hint-shown', check: 'renamed', index: 0, of: 2});
  await term.shows('Look at the frames.');
  expect(term.text).toContain('hint 1/2');
  expect(term.text).not.toContain('Type it in the container.');
  session.emit({type: 'hint-shown', check: 'renamed', index: 1, of: 2});
  await term.shows('Type it in the container.');
  term.press('h');
  await term.shows('All hints are shown.');
  term.press('s');
  await session.whenAsked('solution');
  session.emit({type: 'solution-shown', check: 'renamed', runs: [0]});
  await term.shows('box # hostname tiger');
  term.press('s');
  await session.whenAsked('solution', 2);
  expect(session.asked('solution')).toEqual([
    ['renamed', false],
    ['renamed', true],
  ]);
});

test('a mistake is answered where the learner looks, and gone when it is mended', async () => {
  const {term, session} = await openLab({cols: 80, rows: 24});
  containerUp(session);
  session.emit(
    {type: 'command-typed', side: 'host', command: 'hostname tiger', by: 'learner'},
    {type: 'check', id: 'renamed', verdict: 'fail', mistake: 'wrong-side', values: {}},
    {type: 'wrong-side', command: 'hostname tiger', typedOn: 'host', expectedOn: 'box', check: 'renamed'},
  );
  await term.shows('`hostname tiger` ran on the host; it belongs to the container box.');
  await term.shows(/✗ That was the host: it is called tiger now\./);
  session.emit({type: 'check', id: 'renamed', verdict: 'pass', values: {}});
  await term.shows('That was the host', true);
  await term.shows('✓ Only the container is called tiger');
  expect(term.lines[0]).toContain('all checks passed');
});

test('a mistake that the step begins with is nobody’s', async () => {
  const {term, session} = await openLab();
  session.emit(
    {type: 'step-entered', step: 'name', index: 0, of: 2},
    {type: 'check', id: 'renamed', verdict: 'fail', mistake: 'wrong-side', values: {}},
    {type: 'pending', block: {kind: 'container', id: 'box', at: 1}},
  );
  await term.shows('✗ Only the container');
  expect(term.text).not.toContain('That was the host');
});

test.each(langs)('a failed call is shown with its name and errno, and the session goes on (%s)', async lang => {
  const {term, session} = await openLab({cols: 80, rows: 24, lang});
  const call = entry('sethostname', ['"tiger"', '5'], {result: -1n, errno: 'EPERM'});
  session.emit({
    type: 'error',
    error: {code: 'session.no-shell', params: {side: 'box', command: 'hostname'}, call},
    where: 'box',
    fatal: false,
  });
  await term.shows('✗ sethostname("tiger", 5) = -1 EPERM');
  expect(term.text.replace(/[\s┃]+/g, ' ')).toContain(lang === 'zh' ? '请重新启动容器' : 'Start the container again');
  term.press('\r');
  await session.whenAsked('advance');
  await term.shows('EPERM', true);
  expect(session.asked('advance')).toHaveLength(1);
});

test('leaving a flag out shows both results side by side', async () => {
  const {term, session} = await openLab();
  containerUp(session);
  await term.shows('box#');
  term.press('b');
  await session.whenAsked('ablate');
  expect(session.asked('ablate')).toEqual([['box', 'uts']]);
  session.emit({type: 'ablation-started', container: 'box', without: 'uts'});
  await term.shows('A second stage is being built');
  session.emit({
    type: 'ablation-result',
    container: 'box',
    without: 'uts',
    rows: [
      {path: 'box.hostname', withFlag: 'tiger', withoutFlag: 'tiger'},
      {path: 'host.hostname', withFlag: 'vm', withoutFlag: 'tiger'},
    ],
    checks: [{id: 'renamed', withFlag: 'pass', withoutFlag: 'fail'}],
    journal: [],
  });
  await term.shows(/HOST host name +vm +≠ +tiger/);
  expect(term.text).toContain('✓ → ✗  Only the container is called tiger');
  expect(term.text.indexOf('HOST host name')).toBeLessThan(term.text.indexOf('box host name'));
  term.press('\x1b');
  await term.shows('box#');
});

describe('the keyboard', () => {
  test.each([
    ['Ctrl-]', CTRL_BRACKET],
    ['F12', F12],
  ])('goes to a terminal with Tab, and comes back with %s', async (_, back) => {
    const {term, session} = await openLab();
    term.press(TAB);
    await term.shows('HOST: keyboard here');
    expect(term.text).toMatch(/┏━ HOST ━+ Ctrl-\] or F12: back ━┓/);
    // Keys of the screen are letters there.
    term.press('q?hL\x03');
    await session.whenTyped('host', 'q?hL\x03');
    expect(session.typed('host')).toBe('q?hL\x03');
    expect(term.text).toContain('Before the container is called tiger');
    term.press(back);
    await term.shows('⏎ start');
    expect(session.typed('host')).toBe('q?hL\x03');
  });

  test('Tab takes turns between the sides; Shift-Tab goes to the other one', async () => {
    const {term, session} = await openLab({cols: 80, rows: 24});
    containerUp(session);
    await term.shows('box#');
    await term.shows(/HOST +\[Tab\]/);
    term.press(TAB);
    await term.shows('HOST: keyboard here');
    term.press(CTRL_BRACKET);
    await term.shows(/CONTAINER box \(pid 300\) +\[Tab\]/);
    term.press(TAB);
    await term.shows('CONTAINER box: keyboard here');
    term.press(CTRL_BRACKET);
    await term.shows(/HOST +\[Tab\]/);
    term.press('\x1b[Z');
    await term.shows('CONTAINER box: keyboard here');
  });

  test('the real cursor stands where the program has its own', async () => {
    const {term} = await openLab();
    term.press(TAB);
    await term.shows('keyboard here');
    const row = term.lines.findIndex(line => line.includes('host#'));
    await term.until(() => term.cursor.y === row && term.cursor.x === 1 + 'host# '.length, 'the cursor');
  });

  test('what a program asks of the keyboard is asked of the real terminal, and taken back', async () => {
    const {term, session} = await openLab();
    session.print('host', '\x1b[?2004h\x1b[?1h');
    term.press(TAB);
    await term.until(
      () => term.term.modes.bracketedPasteMode && term.term.modes.applicationCursorKeysMode,
      'the modes',
    );
    term.press('\x1b[200~a\x1db\x1b[201~');
    await session.whenTyped('host', 'x');
    expect(session.typed('host')).toBe('\x1b[200~a\x1db\x1b[201~');
    term.press(CTRL_BRACKET);
    await term.until(
      () => !term.term.modes.bracketedPasteMode && !term.term.modes.applicationCursorKeysMode,
      'the modes back',
    );
  });

  test('an emulator’s answer goes to the program, as one of the emulator', async () => {
    const {session} = await openLab();
    session.print('host', '\x1b[6n');
    await session.whenAsked('type');
    expect(session.asked('type')).toEqual([['host', Buffer.from('\x1b[1;7R'), {emulator: true}]]);
    expect(session.typed('host')).toBe('');
  });

  test('comes back by itself when the terminal closes', async () => {
    const {term, session} = await openLab();
    term.press(TAB);
    await term.shows('keyboard here');
    session.emit({type: 'terminal-closed', side: 'host'});
    await term.shows('⏎ start');
  });
});

test('80×24: three tabs under a lesson that stays', async () => {
  const {term, session} = await openLab({cols: 80, rows: 24});
  session.emit({type: 'journal', who: 'host', entries: [entry('unshare', ['CLONE_NEWNS'], {who: 'keeper'})]});
  await term.shows('[1 terminals]─[2 both sides]─[3 journal]');
  term.press('2');
  await term.shows(/host name +vm/);
  expect(term.text).not.toContain('host#');
  expect(term.text).toContain('Before the container is called tiger');
  term.press('3');
  await term.shows('unshare(CLONE_NEWNS) = 0');
  term.press('1');
  await term.shows('host#');
});

test('programs are told how large their pane is, and again after a resize', async () => {
  const {term, session} = await openLab({cols: 120, rows: 36});
  expect(session.asked('resize')).toContainEqual(['host', {cols: 58, rows: 10}]);
  term.resize(80, 24);
  await term.shows('[1 terminals]');
  expect(
    session
      .asked('resize')
      .filter(([side]) => side === 'host')
      .at(-1),
  ).toEqual(['host', {cols: 39, rows: 12}]);
  term.resize(50, 12);
  await term.shows(/This window has 50×12/);
  term.resize(120, 36);
  await term.shows('what the engine did');
  await term.shows('host#');
  expect(
    session
      .asked('resize')
      .filter(([side]) => side === 'host')
      .at(-1),
  ).toEqual(['host', {cols: 58, rows: 10}]);
});

test('switching the language redraws everything and touches no terminal', async () => {
  const {term, session} = await openLab();
  term.press('L');
  await term.shows('先给容器取名 tiger');
  expect(term.text).toContain('宿主机');
  expect(term.text).toContain('host#');
  expect(session.typed('host')).toBe('');
});

test('steps: right goes on, left and r build anew, and the screen says so', async () => {
  const {term, session} = await openLab();
  for (const [key, name] of [
    ['\x1b[C', 'next'],
    ['\x1b[D', 'back'],
    ['r', 'resetStep'],
  ] as const) {
    term.press(key);
    await session.whenAsked(name);
  }
  term.press('R');
  await term.shows('Reset the whole lab?');
  term.press('n');
  await term.shows('⏎ start');
  expect(session.asked('resetLab')).toHaveLength(0);
  term.press('RR');
  await session.whenAsked('resetLab');
  session.emit({type: 'rebuilding', step: 'name', why: 'reset-lab'});
  await term.shows('Building a fresh stage from the beginning');
  expect(term.text).not.toContain('host#');
});

test('the lab’s end is said with its score; Escape goes back to the list', async () => {
  const {term, session} = await openLab();
  session.emit(
    {type: 'step-entered', step: 'end', index: 1, of: 2},
    {type: 'pending', block: null},
    {type: 'lab-done', checksPassed: 1, checks: 1, predictionsRight: 0, predictions: 1},
  );
  await term.shows('1 of 1 checks passed');
  expect(term.text).toContain('0 of 1 predictions right');
  expect(term.text).toContain('The notes have it the other way round.');
  term.press('\x1b');
  await term.shows('IPC namespace');
  expect(session.asked('end')).toEqual([['left']]);
});

test('a lab that cannot be opened says why, and lets go', async () => {
  const failure = Object.assign(new Error('x'), {info: {code: 'session.internal', params: {message: 'no such stage'}}});
  const {term} = startApp({startLab: '01', openSession: () => Promise.reject(failure)});
  await term.shows('This lab could not be opened');
  await term.shows('no such stage');
  term.press('\x1b');
  await term.shows('IPC namespace');
});

test('a stage that cannot be built shows the error that stopped it', async () => {
  const app = startApp({startLab: '01'});
  app.session.onCall = name => {
    if (name !== 'start') return;
    const call = entry('unshare', ['CLONE_NEWNS'], {result: -1n, errno: 'EPERM'});
    app.session.emit({
      type: 'error',
      error: {code: 'session.internal', params: {message: 'stage'}, call},
      where: 'stage',
      fatal: true,
    });
  };
  await app.term.shows('unshare(CLONE_NEWNS) = -1 EPERM');
});

test('a block that does not count here is not shown', async () => {
  const {term, session} = await openLab();
  await term.shows('is called tiger');
  session.emit({type: 'left-out', step: 'name', blocks: [0, 5]});
  await term.shows('is called tiger', true);
  expect(term.text).not.toContain('Only the container is called');
});
