/** The list of steps, what stays on top of the lesson, and a lab whose file changes while it is open. */
import {describe, expect, test} from 'vitest';
import type {Lab, Lang, Words} from '../../src/course/index.ts';
import {startApp} from './support/app.ts';
import {begin, containerUp, FakeSession} from './support/fake-session.ts';
import {smallLab} from './support/lab.ts';

const sizes = [
  [80, 24],
  [120, 36],
] as const;
const langs: Lang[] = ['en', 'zh'];
const everywhere = sizes.flatMap(([cols, rows]) => langs.map(lang => ({cols, rows, lang})));

async function openLab(options: Parameters<typeof startApp>[0] = {}) {
  const app = startApp({startLab: '01', ...options});
  app.session.onCall = name => {
    if (name === 'start') begin(app.session);
  };
  await app.term.shows('host#');
  return app;
}

describe.each(everywhere)('the list of steps at $cols×$rows in $lang', ({cols, rows, lang}) => {
  const say = (en: string, zh: string) => (lang === 'en' ? en : zh);

  test('says how each step is, and what going there does; Enter goes', async () => {
    const {term, session} = await openLab({cols, rows, lang});
    term.press('l');
    await term.shows(say('the steps of this lab', '这个实验的步骤'));
    expect(term.text).toMatch(lang === 'en' ? /▸ +1 {2}The name +you are here/ : /▸ +1 {2}名字 +你在这里/);
    expect(term.text).toMatch(lang === 'en' ? /○ +2 {2}The end +ahead/ : /○ +2 {2}最后一步 +还没做/);
    expect(term.text).toContain(say('You are at this step.', '你就在这一步。'));
    term.press('\x1b[B');
    await term.shows(say('⏎ goes ahead to step 2', '按 ⏎ 前往第 2 步'));
    term.press('\r');
    await session.whenAsked('goTo');
    expect(session.asked('goTo')).toEqual([['end']]);
    await term.shows('host#');
  });

  test('done and skipped steps are marked, and going back is said to cost', async () => {
    const {term, session} = await openLab({cols, rows, lang});
    session.emit(
      {type: 'step-done', step: 'name', skipped: true},
      {type: 'step-entered', step: 'end', index: 1, of: 2},
      {type: 'pending', block: {kind: 'finish'}},
    );
    await term.shows(say('step 2 of 2', '第 2/2 步'));
    term.press('l');
    await term.shows(lang === 'en' ? /– +1 {2}The name +skipped/ : /– +1 {2}名字 +已跳过/);
    term.press('\x1b[A');
    await term.shows(say('a fresh stage is built up to it', '会搭一个新的舞台'));
    // Esc leaves things as they are.
    term.press('\x1b');
    await term.shows('host#');
    expect(session.asked('goTo')).toEqual([]);
  });

  test.each([
    ['resume', 'Welcome back.', '欢迎回来。'],
    ['back', 'You went back.', '已返回这一步。'],
    ['go', 'You went to this step.', '已来到这一步。'],
    ['reset-step', 'This step begins again', '这一步重新开始'],
    ['reset-lab', 'The lab begins again', '实验从头开始'],
    ['lost', 'The old stage was lost.', '原来的舞台丢失了。'],
  ] as const)(
    'a stage that was built anew is told from the one before (%s), until the learner goes on',
    async (why, en, zh) => {
      const {term, session} = await openLab({cols, rows, lang});
      session.emit(
        {type: 'rebuilding', step: 'name', why},
        {type: 'step-entered', step: 'name', index: 0, of: 2},
        {type: 'pending', block: {kind: 'container', id: 'box', at: 1}},
        {type: 'rebuilt', step: 'name'},
      );
      await term.shows(`● ${say(en, zh)}`);
      containerUp(session);
      await term.shows(say(en, zh), true);
      await term.shows(say('Who is renamed?', '谁会被改名？'));
    },
  );
});

test('a session that has ended can go nowhere, and says so', async () => {
  const {term, session} = await openLab();
  session.emit({type: 'session-ended', reason: 'finished', left: []});
  await term.shows('The session has ended.');
  term.press('l');
  await term.shows('so no step can be gone to');
  term.press('\r');
  expect(session.asked('goTo')).toEqual([]);
});

test('the checks scroll by hand, and say that there is more', async () => {
  const {term, session} = await openLab({cols: 120, rows: 36});
  containerUp(session);
  const message = Array.from({length: 30}, (_, i) => `word${i} `.repeat(8)).join('');
  session.emit({
    type: 'error',
    error: {code: 'session.internal', params: {message}},
    where: 'box',
    fatal: false,
  });
  await term.shows('A fault in glassbox itself');
  await term.shows(/< > more ↓/);
  for (let i = 0; i < 60; i++) term.press('>');
  await term.shows(/< > more ↑ /);
  await term.shows('✗ Only the container is called tiger');
  for (let i = 0; i < 60; i++) term.press('<');
  await term.shows('A fault in glassbox itself');
});

describe('a lab whose file changes while it is open', () => {
  function watched(options: Parameters<typeof startApp>[0] = {}) {
    let tell: (problems: Words[]) => void = () => {};
    let watching = 0;
    const sessions: FakeSession[] = [];
    const steps: (string | undefined)[] = [];
    let lab = smallLab();
    const app = startApp({
      startLab: '01',
      watchLab: (_, changed) => {
        tell = changed;
        watching++;
        return () => {
          watching--;
        };
      },
      openSession: async (_, {atStep}) => {
        steps.push(atStep);
        const session = new FakeSession(lab);
        session.onCall = name => {
          if (name === 'start') begin(session);
        };
        sessions.push(session);
        return session;
      },
      ...options,
    });
    const edit = (change: Partial<Lab>) => {
      lab = {...lab, ...change};
    };
    return {...app, edit, sessions, steps, tell: (problems: Words[]) => tell(problems), watching: () => watching};
  }

  test.each(everywhere)(
    'goes on at the same step with the new text ($cols×$rows, $lang)',
    async ({cols, rows, lang}) => {
      const {term, edit, sessions, steps, tell} = watched({cols, rows, lang});
      await term.shows('host#');
      sessions[0]!.emit(
        {type: 'step-entered', step: 'end', index: 1, of: 2},
        {type: 'pending', block: {kind: 'finish'}},
      );
      await term.shows(lang === 'en' ? 'step 2 of 2' : '第 2/2 步');
      edit({title: {en: 'A new title', zh: '新的标题'}});
      tell([]);
      await term.shows(lang === 'en' ? 'A new title' : '新的标题');
      await term.shows(
        lang === 'en' ? "The lab's file has changed: this is its new text" : '实验文件有改动：这是新的内容',
      );
      expect(steps).toEqual([undefined, 'end']);
      // The old session has ended before the new one began, and can say nothing any more.
      expect(sessions[0]!.asked('end')).toEqual([['left']]);
      containerUp(sessions[1]!);
      await term.shows(lang === 'en' ? 'this is its new text' : '这是新的内容', true);
    },
  );

  test('says that the step is gone', async () => {
    const {term, edit, sessions, tell} = watched({cols: 80, rows: 24});
    await term.shows('host#');
    sessions[0]!.emit({type: 'step-entered', step: 'end', index: 1, of: 2});
    await term.shows('step 2 of 2');
    edit({steps: smallLab().steps.slice(0, 1)});
    tell([]);
    await term.shows('your step is no longer in it');
  });

  test.each(everywhere)(
    'errors are shown, and the lab goes on as it was ($cols×$rows, $lang)',
    async ({cols, rows, lang}) => {
      const {term, sessions, steps, tell} = watched({cols, rows, lang});
      await term.shows('host#');
      tell([{en: 'lab.md:12:3: There is no key "onn".', zh: 'lab.md:12:3: 没有“onn”这个键。'}]);
      await term.shows(lang === 'en' ? 'lab.md:12:3: There is no key "onn".' : 'lab.md:12:3: 没有“onn”这个键。');
      await term.shows(lang === 'en' ? 'has changed and has errors' : '但里面有错误');
      expect(steps).toHaveLength(1);
      term.press('\r');
      await sessions[0]!.whenAsked('advance');
      await term.shows('lab.md:12:3', true);
    },
  );

  test('a lab that could not be opened is opened once its file is mended', async () => {
    let broken = true;
    const session = new FakeSession(smallLab());
    session.onCall = name => {
      if (name === 'start') begin(session);
    };
    const {term, tell} = watched({
      openSession: async () => {
        if (broken) throw Object.assign(new Error('broken'), {words: {en: 'It is broken.', zh: '它坏了。'}});
        return session;
      },
    });
    await term.shows('It is broken.');
    term.press('L');
    await term.shows('它坏了。');
    broken = false;
    tell([]);
    await term.shows('host#');
  });

  test('leaving the lab ends the watching', async () => {
    const {term, watching} = watched();
    await term.shows('host#');
    expect(watching()).toBe(1);
    term.press('\x1b');
    await term.shows('IPC namespace');
    expect(watching()).toBe(0);
  });
});
