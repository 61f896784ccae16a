/** Returning after the connection broke, going to any step, and a lab whose file is saved while it is open. */
import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, describe, expect, onTestFinished, test} from 'vitest';
import {App, type AppOptions} from '../support/app.ts';
import {root} from '../support/glassbox.ts';
import {untilNoStrays} from '../support/machine.ts';

const apps: App[] = [];

const open = (options: AppOptions): App => {
  const app = new App(options);
  apps.push(app);
  return app;
};

afterEach(async () => {
  for (const app of apps.splice(0)) {
    await app.close();
    await untilNoStrays(app.began);
  }
});

const WORDS = {
  en: {
    step: (n: number) => `step ${n} of 7`,
    left: '● step 3',
    resumes: 'goes on at step 3 of 7; the stage is built up to there',
    back: 'Welcome back. The stage was built anew, up to this step.',
    steps: 'the steps of this lab',
    went: 'You went to this step. This is a fresh stage',
    skipped: /– +5 .* skipped/,
    here: /▸ +6 .* you are here/,
    passed: 'all checks passed',
  },
  zh: {
    step: (n: number) => `第 ${n}/7 步`,
    left: '● 第 3 步',
    resumes: '从第 3/7 步继续，舞台会搭到那一步',
    back: '欢迎回来。舞台是新的，已经重新搭到这一步。',
    steps: '这个实验的步骤',
    went: '已来到这一步。这是新的舞台',
    skipped: /– +5 .* 已跳过/,
    here: /▸ +6 .* 你在这里/,
    passed: '检查全部通过',
  },
} as const;

describe.each([
  {cols: 80, rows: 24, lang: 'en'},
  {cols: 120, rows: 36, lang: 'zh'},
] as const)('at $cols×$rows in $lang', size => {
  const words = WORDS[size.lang];

  test('the connection breaks in step 3; the next start begins there and says that the stage is a new one', async () => {
    const first = open({...size, args: 'learn 01'});
    await first.terminal.until(words.step(1));
    await first.enterUntil(words.step(3));
    process.kill(first.pid(), 'SIGHUP');
    await first.terminal.until('[ended 129]');

    const app = open({...size, env: {XDG_STATE_HOME: first.state}});
    const {terminal} = app;
    const home = await terminal.until(words.resumes);
    expect(home).toMatch(/▸01/);
    expect(home).toContain(words.left);
    terminal.key('Enter');
    const screen = await terminal.until(words.back);
    expect(screen).toContain(words.step(3));
    // The lab had brought the new stage to this step by itself: it goes on from here, and then the sentence goes.
    await app.enterUntil(words.passed);
    expect(terminal.text()).not.toContain(words.back);
    terminal.key('q');
    await terminal.until('[ended 0]');
  });

  test('the list of steps goes ahead and back', async () => {
    const app = open({...size, args: 'learn 01'});
    const {terminal} = app;
    await terminal.until(words.step(1));
    await app.settled();
    terminal.key('l');
    await terminal.until(words.steps);
    for (let i = 0; i < 5; i++) terminal.key('Down');
    await terminal.until(/→ ○ +6/);
    terminal.key('Enter');
    await terminal.until(words.step(6));
    await app.settled();
    terminal.key('l');
    const list = await terminal.until(words.here);
    expect(list).toMatch(words.skipped);
    for (let i = 0; i < 4; i++) terminal.key('Up');
    await terminal.until(/→ . +2/);
    terminal.key('Enter');
    const back = await terminal.until(words.went);
    expect(back).toContain(words.step(2));
    terminal.key('q');
    await terminal.until('[ended 0]');
  });
});

test('a damaged file of progress is set aside, and the list says so', async () => {
  const state = mkdtempSync(path.join(tmpdir(), 'glassbox-flow-'));
  onTestFinished(() => rmSync(state, {recursive: true, force: true}));
  mkdirSync(path.join(state, 'glassbox'));
  writeFileSync(path.join(state, 'glassbox/progress.json'), '{"version": 1, "labs": {"uts": ');
  const {terminal} = open({cols: 80, rows: 24, env: {XDG_STATE_HOME: state}});
  await terminal.until(/The file with your progress could not be understood/);
  terminal.key('Escape');
  await terminal.until(text => !text.includes('could not be understood'));
  terminal.key('q');
  await terminal.until('[ended 0]');
});

test('a saved file is read again at the same step; a broken one is told with its place, and the lab goes on', async () => {
  const labs = mkdtempSync(path.join(tmpdir(), 'glassbox-labs-'));
  onTestFinished(() => rmSync(labs, {recursive: true, force: true}));
  cpSync(path.join(root, 'labs/01-uts'), path.join(labs, '01-uts'), {recursive: true});
  const file = path.join(labs, '01-uts/lab.md');
  const sound = readFileSync(file, 'utf8');

  const app = open({cols: 120, rows: 36, args: `learn 01 --labs ${labs}`});
  const {terminal} = app;
  await terminal.until('step 1 of 7');
  await app.enterUntil('step 2 of 7');
  await app.settled();

  writeFileSync(file, sound.replace('## The name', '## The name of it all').replace('```sh run', '```sh runn'));
  await terminal.until(/lab\.md:\d+:\d+: /);
  expect(terminal.text()).toContain('step 2 of 7');
  await app.enterUntil('step 3 of 7');
  expect(terminal.text()).not.toContain('The name of it all');
  expect(terminal.text()).not.toMatch(/lab\.md:\d+/);

  writeFileSync(file, sound.replace('## The name', '## The name of it all'));
  const screen = await terminal.until("The lab's file has changed: this is its new text");
  expect(screen).toContain('step 3 of 7');
  expect(screen).toContain('The name of it all');

  rmSync(path.join(labs, '01-uts'), {recursive: true});
  await terminal.until('lab.md is no longer in');
  await app.enterUntil('all checks passed');
  terminal.key('q');
  await terminal.until('[ended 0]');
});
