/** Finding a lab, beginning where one left, and what the home screen says of the chosen one. */
import {describe, expect, test} from 'vitest';
import type {HomeLab} from '../../src/ui/deps.ts';
import {found, mark, spansOf} from '../../src/ui/home/find.ts';
import {homeLabs, startApp} from './support/app.ts';

const cases: [number: string, en: string, zh: string, question: string, frage: string][] = [
  ['01', 'UTS namespace', 'UTS 命名空间', 'Can one process rename the machine?', '一个进程能不能只给自己改名？'],
  ['02', 'IPC namespace', 'IPC 命名空间', 'Who can see my queue?', '谁看得到我的消息队列？'],
  ['03', 'PID namespace', 'PID 命名空间', 'Who is number 1?', '谁是 1 号？'],
  ['09', 'overlayfs', '联合文件系统', 'Where does a write go?', '写到哪里去了？'],
];
const labs: HomeLab[] = cases.map(([number, en, zh, question, frage]) => ({
  number,
  id: en.split(' ')[0]!.toLowerCase(),
  title: {en, zh},
  question: {en: question, zh: frage},
  minutes: 8,
}));
const numbers = (query: string) => found(labs, query).map(i => labs[i]!.number);

describe('finding', () => {
  test.each([
    ['', ['01', '02', '03', '09']],
    ['02', ['02']],
    ['uts', ['01']],
    ['UTS', ['01']],
    ['ＵＴＳ', ['01']],
    ['队列', ['02']],
    ['queue', ['02']],
    ['ipc命名', ['02']],
    ['who namespace', ['02', '03']],
    ['  who   1 ', ['03']],
    ['*', []],
    ['nothing', []],
  ])('%j finds %j', (query, wanted) => {
    expect(numbers(query)).toEqual(wanted);
  });

  test('what was found is marked, each place once, whatever its case and width', () => {
    expect(spansOf('IPC namespace', 'ipc space')).toEqual([
      [0, 3],
      [8, 13],
    ]);
    expect(mark('IPC 命名空间', 'ＩＰＣ命名', part => `<${part}>`)).toBe('<IPC> <命名>空间'.replace('> <', ' '));
    expect(mark('aaa', 'aa', part => `<${part}>`)).toBe('<aaa>');
    expect(mark('a.c', '.', part => `<${part}>`)).toBe('a<.>c');
    expect(mark('plain', undefined, part => `<${part}>`)).toBe('plain');
  });
});

describe.each([
  [80, 24],
  [120, 36],
] as const)('search at %i×%i', (cols, rows) => {
  test('filters as one types, in Chinese too, and opens the lab that is chosen', async () => {
    const {term, session} = startApp({cols, rows, labs: async () => labs});
    await term.shows('overlayfs');
    term.press('/');
    await term.shows('4 of 4');
    // Letters that are commands elsewhere are letters here.
    term.press('q');
    await term.shows('1 of 4');
    expect(term.text).toMatch(/▸02/);
    term.press('\x7f');
    await term.shows('4 of 4');
    // An input method gives several characters at once; the cursor stands where it opens its window.
    term.press('命名空间');
    await term.shows('3 of 4');
    expect(term.text).not.toContain('overlayfs');
    expect(term.cursor).toEqual({x: 3 + 8, y: 1});
    term.press('\x1b[B');
    await term.shows(/▸03/);
    term.press('\r');
    await session.whenAsked('start');
    expect(session.asked('start')).toHaveLength(1);
  });

  test('says that nothing was found; Esc shows all labs', async () => {
    const {term} = startApp({cols, rows, lang: 'zh', labs: async () => labs});
    await term.shows('联合文件系统');
    term.press('/');
    await term.shows('4/4 个');
    term.press('zzz');
    await term.shows('没有哪个实验的编号、标题、问题或 id 含有“zzz”');
    term.press('\x7f\x7f\x7f');
    await term.shows('4/4 个');
    term.press('联合');
    await term.shows(/▸09/);
    term.press('\x1b');
    await term.shows('IPC 命名空间');
    expect(term.text).toMatch(/▸09/);
  });
});

test('marks what was found', async () => {
  const {term} = startApp({env: {NO_COLOR: '1'}, labs: async () => labs});
  await term.shows('overlayfs');
  term.press('/');
  await term.shows('4 of 4');
  term.press('lay');
  await term.shows('1 of 4');
  const y = term.lines.findIndex(line => line.includes('overlayfs'));
  const x = term.lines[y]!.indexOf('lay');
  const cell = (at: number) => term.term.buffer.active.getLine(y)!.getCell(at)!;
  expect(cell(x).isUnderline()).toBeTruthy();
  expect(cell(x - 1).isUnderline()).toBeFalsy();
  expect(cell(x + 3).isUnderline()).toBeFalsy();
  // The row stays inverse to its end.
  expect(cell(119).isInverse()).toBeTruthy();
});

test('Ctrl-C leaves also while searching', async () => {
  const {term, ended} = startApp();
  await term.shows('IPC namespace');
  term.press('/');
  await term.shows('2 of 2');
  term.press('\x03');
  expect(await ended).toBe(0);
});

describe('where one left', () => {
  const left = (): HomeLab[] =>
    labs.map(lab => ({
      ...lab,
      ...(lab.number === '03' && {last: true, progress: {step: 'three', index: 3, of: 6, done: false}}),
    }));

  test('the list begins there, says where Enter goes on, and it does', async () => {
    const asked: (string | undefined)[] = [];
    const {term, session} = startApp({
      cols: 80,
      rows: 24,
      labs: async () => left(),
      openSession: async (number, {atStep}) => {
        asked.push(number, atStep);
        return session;
      },
    });
    await term.shows(/▸03/);
    await term.shows('⏎ goes on at step 3 of 6; the stage is built up to there.');
    term.press('\r');
    await session.whenAsked('start');
    expect(asked).toEqual(['03', 'three']);
  });

  test('n begins it anew', async () => {
    const asked: (string | undefined)[] = [];
    const {term, session} = startApp({
      labs: async () => left(),
      openSession: async (number, {atStep}) => {
        asked.push(number, atStep);
        return session;
      },
    });
    await term.shows('n begins the lab anew');
    term.press('n');
    await session.whenAsked('start');
    expect(asked).toEqual(['03', undefined]);
  });

  test('a lab that was open is still the chosen one when the list comes back', async () => {
    const {term, session} = startApp({startLab: '02', labs: async () => left()});
    await session.whenAsked('start');
    term.press('\x1b');
    await term.shows(/▸02/);
  });
});

describe('a lab that cannot be opened', () => {
  test.each(['en', 'zh'] as const)('its reasons and cures are said in full; Enter looks again (%s)', async lang => {
    const why = {
      en: 'lab 02 needs the program ipcs, which is not on the PATH of this host. Install the package util-linux: apt install util-linux',
      zh: '实验 02 需要程序 ipcs，它不在本机的 PATH 里。请安装软件包 util-linux：apt install util-linux',
    };
    let mended = false;
    let opened = 0;
    const {term, session} = startApp({
      cols: 80,
      rows: 24,
      lang,
      labs: async () => homeLabs().map(lab => (lab.number === '02' ? {...lab, unmet: mended ? [] : [why]} : lab)),
      openSession: async () => {
        opened++;
        return session;
      },
    });
    await term.shows(lang === 'en' ? 'IPC namespace' : 'IPC 命名空间');
    term.press('\x1b[B');
    await term.shows('apt install util-linux');
    term.press('\r');
    await term.shows(lang === 'en' ? 'it still cannot be opened here' : '这里仍然打不开');
    expect(opened).toBe(0);
    mended = true;
    term.press('\r');
    await term.shows('apt install util-linux', true);
    term.press('\r');
    await session.whenAsked('start');
  });
});

test('mistakes in the settings file are said calmly, and go with Esc', async () => {
  const problem = {en: 'config.yaml:3:5: there is no theme "pink"', zh: 'config.yaml:3:5：没有配色“pink”'};
  const {term} = startApp({cols: 80, rows: 24, settingsProblems: [problem, problem, problem, problem]});
  await term.shows('The settings file has mistakes');
  await term.shows('config.yaml:3:5: there is no theme "pink"');
  await term.shows('and 1 more: glassbox config --check');
  await term.shows('IPC namespace');
  term.press('\x1b');
  await term.shows('The settings file has mistakes', true);
});

test('what is wrong with the progress file is said, and goes with Esc', async () => {
  const problem = {en: 'The file with your progress could not be understood.', zh: '学习进度文件无法识别。'};
  const {term} = startApp({cols: 80, rows: 24, lang: 'zh', progressProblems: () => [problem]});
  await term.shows('? 学习进度文件无法识别。');
  term.press('\x1b');
  await term.shows('学习进度文件无法识别', true);
});

test('more labs than lines scroll, and the chosen one stays in sight', async () => {
  const many = Array.from({length: 40}, (_, i) => ({
    ...labs[0]!,
    number: String(i + 1).padStart(2, '0'),
    title: {en: `Lab number ${i + 1}`},
  }));
  const {term} = startApp({cols: 80, rows: 24, labs: async () => many});
  await term.shows('more ↓');
  for (let i = 0; i < 2; i++) term.press('\x1b[6~');
  await term.shows(/▸17/);
  await term.shows('more ↑↓');
  expect(term.lines.at(-1)).toContain('q quit');
});
