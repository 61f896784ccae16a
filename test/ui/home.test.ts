import {describe, expect, test} from 'vitest';
import {homeLabs, startApp} from './support/app.ts';

describe.each([
  [80, 24],
  [120, 36],
] as const)('home at %i×%i', (cols, rows) => {
  test('lists labs with question, progress, and why one cannot be run here', async () => {
    const {term} = startApp({cols, rows});
    await term.shows('IPC namespace');
    expect(term.text).toContain('Can one process rename the');
    expect(term.text).toMatch(/▸01 .*● step 2/);
    expect(term.text).toMatch(/02 .*not run here/);
    expect(term.lines.at(-1)).toMatch(/⏎ learn.*x doctor.*L 中文.*\? help.*q quit/);
    term.press('\x1b[B');
    await term.shows(/▸02/);
    await term.shows('not run here: the program `ipcs` is missing');
  });

  test('speaks Chinese at a key, and says it to whoever keeps it', async () => {
    const {term} = startApp({cols, rows});
    await term.shows('IPC namespace');
    term.press('L');
    await term.shows('一个进程能不能只给自己改名？');
    expect(term.text).toMatch(/▸01 .*● 第 2 步/);
    expect(term.lines.at(-1)).toMatch(/⏎ 开始学习.*x 体检.*L English.*\? 帮助.*q 退出/);
    expect(term.text).not.toMatch(/choose|learn|doctor/);
  });
});

test('says what host this is, once it is known', async () => {
  const {term} = startApp();
  await term.shows('Linux 6.1.0 · cgroup v2 · root');
});

test('answers keys before the labs are read', async () => {
  let arrive: (() => void) | undefined;
  const {term} = startApp({labs: () => new Promise(resolve => (arrive = () => resolve(homeLabs())))});
  await term.shows('Reading the labs');
  term.press('?');
  await term.shows('suspend');
  term.press('\x1b');
  await term.shows('Reading the labs');
  arrive?.();
  await term.shows('IPC namespace');
});

test('says why the labs could not be read', async () => {
  const {term} = startApp({labs: () => Promise.reject(new Error('EACCES: /labs'))});
  await term.shows('The labs could not be read: EACCES: /labs');
});

test('a terminal that is too small gets one calm sentence, and the screen back when it grows', async () => {
  const {term} = startApp({cols: 80, rows: 24});
  await term.shows('IPC namespace');
  term.resize(40, 10);
  await term.shows(/This window has 40×10 cells/);
  expect(term.text).not.toContain('IPC');
  term.resize(100, 30);
  await term.shows('IPC namespace');
  expect(term.lines.at(-1)).toContain('q quit');
});

test('draws in ASCII where the terminal draws box characters in two cells', async () => {
  const {term} = startApp({wide: true});
  await term.shows(/^-{120}$/m);
  await term.shows('IPC namespace');
  expect(term.text).not.toMatch(/[─│▸✓●⏎]/);
  expect(term.text).toContain('>01');
});

test.each([
  ['GLASSBOX_ASCII', {GLASSBOX_ASCII: '1'}],
  ['a locale without UTF-8', {LANG: 'C'}],
])('draws in ASCII for %s', async (_, env) => {
  const {term} = startApp({env});
  await term.shows('IPC namespace');
  expect(term.text).not.toMatch(/[^\x00-\x7f中文]/);
});

test('NO_COLOR: no colour is written, and what colour said is said in symbols', async () => {
  const {term} = startApp({env: {NO_COLOR: '1'}});
  await term.shows('IPC namespace');
  term.press('x');
  await term.shows('tool.pstree');
  expect(term.written).not.toMatch(/\x1b\[[0-9;]*\b(3[0-7]|9[0-7]|38|4[0-7]|48)\b[0-9;]*m/);
  expect(term.text).toMatch(/✗ +tool\.pstree/);
});
