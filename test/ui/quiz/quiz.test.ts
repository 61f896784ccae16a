/** The quiz on the screen: practice with a wrong answer, a hint and another try; a graded one; a live question. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {cells} from '../../../src/ui/text/width.ts';
import {type AppOptions, startApp} from '../support/app.ts';
import {type Made, type MakeOptions, makeQuiz, multiple, number, order, repair, single, tempDir} from './support.ts';

const KEY = {enter: '\r', down: '\x1b[B', up: '\x1b[A', escape: '\x1b', tab: '\t', back: '\x1d', ctrlC: '\x03'};

async function open(blocks: Parameters<typeof makeQuiz>[0], how: MakeOptions = {}, app: AppOptions = {}) {
  const made: Made = await makeQuiz(blocks, how);
  const more = {mode: {kind: 'quiz'} as const, openQuiz: async () => made.take};
  const running = startApp({cols: 80, rows: 24, startLab: 'quiz', more, ...app});
  return {...made, ...running};
}

/** The line on which something stands. */
const lineOf = (lines: string[], what: string) => lines.findIndex(line => line.includes(what));

describe('practice', () => {
  test('a wrong answer: a reason for every choice; the hint; another try; the first answer counts', async () => {
    const {term, practised, ended, take} = await open([single, number]);
    await term.shows('Which of three?');
    expect(term.text).toContain('question 1 of 2');
    term.press('h');
    await term.shows('Not the first.');
    term.press(KEY.enter);
    await term.shows('Not right.');
    for (const reason of ['Alpha comes first.', 'Beta it is.', 'Gamma comes last.'])
      expect(term.text).toContain(reason);
    expect(term.text).toMatch(/▸ ✗ alpha/);
    expect(term.text).toMatch(/ ✓ beta/);
    expect(practised).toEqual([['made/one', 'wrong', 1]]);
    term.press('r');
    await term.shows('▸ 1 alpha');
    term.press('2');
    await term.shows('▸ 2 beta');
    term.press(KEY.enter);
    await term.shows('The first answer is the one that counts');
    expect(term.text).toContain('Right.');
    expect(practised).toHaveLength(1);
    term.press(KEY.enter);
    await term.shows('How many?');
    term.press('4026');
    term.press(KEY.enter);
    await term.shows('So many there are.');
    term.press(KEY.enter);
    await term.shows('1 of 2 points (50 %)');
    expect(term.text).toContain('comes back tomorrow');
    expect(take.result?.results.map(one => [one.judged.verdict, one.tries, one.hints])).toEqual([
      ['wrong', 2, 1],
      ['right', 1, 0],
    ]);
    term.press(KEY.enter);
    expect(await ended).toBe(0);
  });

  test('full-width digits of a Chinese keyboard, several at once; the cursor stands behind them', async () => {
    const {term, take} = await open([number], {}, {lang: 'zh'});
    await term.shows('你的回答：');
    term.press('４０２');
    await term.shows('４０２');
    term.press('６');
    await term.shows('４０２６');
    const y = lineOf(term.lines, '４０２６');
    await term.until(() => term.cursor.y === y, 'the cursor in the field');
    const before = term.lines[y]!.slice(0, term.lines[y]!.indexOf('４'));
    expect(term.cursor.x).toBe(cells(before) + 8);
    term.press(KEY.enter);
    await term.shows('答对了。');
    expect(take.done[0]?.response).toEqual({text: '４０２６'});
  });

  test('letters are text in the field, also q, h, L and ?; Esc gives the keys back', async () => {
    const {term, take} = await open([number]);
    await term.shows('Your answer:');
    term.press(KEY.enter);
    await term.shows('Nothing is typed yet');
    term.press('qhL?');
    await term.shows('qhL?');
    term.press('\x7f');
    await term.shows('qhL?', true);
    term.press(KEY.escape);
    await term.shows(/s skip/);
    term.press('s');
    await term.shows('Skipped.');
    expect(take.done[0]?.response).toBeNull();
  });

  test('several are ticked by digit and space; an order is made by moving lines', async () => {
    const {term, take} = await open([multiple, order]);
    await term.shows('Which ones?');
    term.press(KEY.enter);
    await term.shows('Nothing is ticked yet');
    term.press('3');
    await term.shows('3 [x] many c');
    term.press(KEY.up);
    await term.shows('▸ 2 [ ] many b');
    term.press(KEY.up);
    await term.shows('▸ 1 [ ] many a');
    term.press(' ');
    await term.shows('1 [x] many a');
    term.press(KEY.enter);
    await term.shows('Right.');
    term.press(KEY.enter);
    await term.shows('In which order?');
    // As the file has it, which is the right one: turned round by hand and back.
    term.press(' ');
    await term.shows('step a (being moved)');
    term.press(KEY.down);
    await term.shows('▸ 2 step a');
    term.press(KEY.up);
    await term.shows('▸ 1 step a');
    term.press(KEY.down);
    await term.shows('▸ 2 step a');
    term.press(KEY.enter);
    await term.shows('The right order:');
    expect(take.done[1]?.response).toEqual({order: ['b', 'a', 'c']});
  });

  test('leaving asks once; what was answered is told', async () => {
    const {term, ended, take} = await open([single, number]);
    await term.shows('Which of three?');
    term.press('2');
    term.press(KEY.enter);
    await term.shows('Beta it is.');
    term.press(KEY.escape);
    await term.shows('End the practice here? Esc again: yes.');
    term.press(KEY.enter);
    await term.shows('End the practice here?', true);
    // That key only stayed: it did not go on.
    expect(take.phase).toBe('told');
    term.press(KEY.escape);
    await term.shows('End the practice here?');
    term.press(KEY.escape);
    await term.shows('1 of 1 points');
    term.press('q');
    expect(await ended).toBe(0);
  });

  test('show me opens the lab at the step, and comes back', async () => {
    const {term, session} = await open([single]);
    await term.shows('Which of three?');
    term.press(KEY.enter);
    await term.shows('Not right.');
    term.press('m');
    await term.shows('The lab at the step that this question is about');
    await session.whenAsked('start');
    term.press(KEY.escape);
    await term.shows('Not right.');
    await session.whenAsked('end');
    term.press(KEY.enter);
    await term.shows('0 of 1 points');
  });
});

describe('live', () => {
  test.each([
    [80, 24, 'en'],
    [120, 36, 'zh'],
  ] as const)(
    'at %i×%i in %s both terminals are there with what they showed before; keys go to them; then it is judged',
    async (cols, rows, lang) => {
      const {term, stages, take} = await open([repair, single], {}, {cols, rows, lang});
      await term.shows('early box#');
      expect(term.text).toMatch(/(CONTAINER|容器) box \(pid 300\)/);
      const [stage] = stages;
      // It is started already.
      expect(stage!.session.asked('start')).toEqual([]);
      term.press(KEY.tab);
      await term.shows(/Ctrl-\]/);
      term.press('ls\r');
      await stage!.session.whenTyped('box', 'ls\r');
      term.press(KEY.back);
      await term.shows(/it is done|做好了/);
      stage!.verdict = 'wrong';
      term.press(KEY.enter);
      await term.shows('box # hostname lion');
      term.press('r');
      await term.shows(/it is done|做好了/);
      stage!.verdict = 'right';
      term.press(KEY.enter);
      await term.shows(/Right\.|答对了。/);
      expect(stage!.judged).toEqual([{done: true}, {done: true}]);
      term.press(KEY.enter);
      await term.shows(/Which of three|三个里的哪一个/);
      expect(stage!.closed).toBeGreaterThan(0);
      expect(term.text).not.toContain('early box#');
      expect(take.done).toHaveLength(1);
    },
  );

  test('a stage that cannot be had says why, is tried again, and costs nobody points', async () => {
    let tries = 0;
    const {term, take} = await open([repair], {
      openLive: async () => {
        tries++;
        throw Object.assign(new Error('x'), {words: {en: 'No room on this machine.', zh: '机器上没有地方了。'}});
      },
    });
    await term.shows('No room on this machine.');
    term.press('r');
    await term.until(() => tries === 2, 'a second try');
    term.press('s');
    await term.shows('it counts neither way');
    expect(take.done[0]?.judged).toMatchObject({verdict: 'unjudged', points: 0});
  });
});

describe('graded', () => {
  test('nothing is said of right and wrong, no hints; after a crash it goes on where it was; the file says it all', async () => {
    const dir = tempDir();
    const first = await open([single, number], {mode: 'graded', dir});
    await first.term.shows('GRADED');
    first.term.press('h');
    await first.term.shows('A graded quiz gives no hints');
    first.term.press('2');
    first.term.press(KEY.enter);
    await first.term.shows('How many?');
    expect(first.term.text).not.toMatch(/Right|Beta it is/);
    first.term.press(KEY.ctrlC);
    await first.term.shows('every answer is kept');
    first.term.press(KEY.ctrlC);
    expect(await first.ended).toBe(0);

    const {term, ended, take} = await open([single, number], {mode: 'graded', dir, log: first.file});
    await term.shows('question 2 of 2');
    term.press('7');
    term.press(KEY.enter);
    await term.shows('1 of 2 points (50 %)');
    expect(term.text).toContain('result.json');
    expect(term.text).not.toContain('So many there are');
    const file = JSON.parse(readFileSync(path.join(dir, 'result.json'), 'utf8'));
    expect(file.results.map((one: {response: unknown}) => one.response)).toEqual([{choices: ['b']}, {text: '7'}]);
    expect(take.phase).toBe('over');
    term.press(KEY.enter);
    expect(await ended).toBe(0);
  });

  test('the time that is left is shown; at its end what is open counts as not answered', async () => {
    let now = Date.parse('2026-11-21T00:00:00Z');
    const {term, take} = await open([single, number], {mode: 'graded', deadline: now + 65_000, now: () => now});
    await term.shows('1:05 left');
    now += 65_000;
    term.press(KEY.enter);
    await term.shows('0 of 2 points');
    // The answer that was given is judged; the question after it is not asked any more.
    expect(take.result?.results.map(one => one.response)).toEqual([{choices: ['a']}, null]);
  });
});

describe('looks', () => {
  test.each([
    ['en', {GLASSBOX_ASCII: '1'}],
    ['en', {NO_COLOR: '1'}],
    ['zh', {}],
  ] as const)('%s %j', async (lang, env) => {
    const {term} = await open([single], {}, {lang, env});
    await term.shows(/Which of three|三个里的哪一个/);
    if ('GLASSBOX_ASCII' in env) expect(term.text).toMatch(/^[\x20-\x7e\n]*$/);
    expect(term.text).toMatch(/[▸>] 1 (alpha|甲)/);
    term.press('?');
    await term.shows(/give the answer|作答，或表示已经做好/);
  });
});
