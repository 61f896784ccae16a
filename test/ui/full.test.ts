/** One terminal on the whole screen, and its history, with a session that a test speaks for. */
import {describe, expect, test} from 'vitest';
import {startApp} from './support/app.ts';
import {begin, containerUp} from './support/fake-session.ts';

const F11 = '\x1b[23~';
const lines = (count: number) => Array.from({length: count}, (_, i) => `line ${i}`).join('\r\n');

async function inLab(size: {cols: number; rows: number; lang?: 'en' | 'zh'}) {
  const app = startApp({...size, startLab: '01'});
  await app.session.whenAsked('start');
  begin(app.session);
  containerUp(app.session);
  await app.term.shows('box# ');
  const sizes = (side: string) => app.session.asked('resize').filter(([to]) => to === side);
  return {...app, sizes};
}

const sizes = [
  {cols: 80, rows: 24, lang: 'en'},
  {cols: 80, rows: 24, lang: 'zh'},
  {cols: 120, rows: 36, lang: 'en'},
  {cols: 120, rows: 36, lang: 'zh'},
  {cols: 200, rows: 60, lang: 'en'},
] as const;
const words = {
  en: {back: 'Ctrl-] or F12: back', host: 'HOST: keyboard here', history: 'Shift-PgUp', toEnd: 'any key: to the end'},
  zh: {back: 'Ctrl-] 或 F12：返回', host: '宿主机：键盘在这里', history: 'Shift-PgUp', toEnd: '按任意键：回到末尾'},
};

describe.each(sizes)('at $cols×$rows in $lang', size => {
  const {back, host, history, toEnd} = words[size.lang];

  test('a terminal gets all but the last line, which says how to come back', async () => {
    const {term, session, sizes} = await inLab(size);
    const before = sizes('box').at(-1);
    const throughHost = async () => {
      term.press('\t');
      await term.shows(host);
      term.press('\x1d');
      await term.shows(host, true);
    };
    await throughHost();
    const layout = term.text;
    term.press('f');
    await term.until(() => term.lines[0]!.startsWith('box#'), 'the terminal at the top');
    expect(sizes('box').at(-1)).toEqual(['box', {cols: size.cols, rows: size.rows - 1}]);
    expect(term.lines.slice(0, -1).join('\n').trim()).toBe('box#');
    for (const word of [back, history]) expect(term.lines.at(-1)).toContain(word);
    term.press('ls');
    await session.whenTyped('box', 'ls');
    term.press('\x1d');
    await term.shows('UTS');
    await throughHost();
    expect(term.text).toBe(layout);
    expect(sizes('box').at(-1)).toEqual(before);
  });

  test('the history is looked at, and its frame says so', async () => {
    const {term, session} = await inLab(size);
    session.print('host', `\r\n${lines(200)}`);
    await term.shows('line 199');
    term.press('\t');
    await term.shows(host);
    term.press('\x1b[5;2~');
    await term.shows('line 199', true);
    await term.shows(size.lang === 'en' ? /\d+ lines back/ : /往回 \d+ 行/);
    await term.shows(toEnd);
    const view = term.text;
    session.print('host', '\r\nmore\r\nand more');
    session.print('box', 'seen');
    await term.shows('seen');
    expect(term.text.replace('seen', '    ').replace(/ +$/gm, '')).toBe(view.replace(/ +$/gm, ''));
    expect(session.typed('host')).toBe('');
    term.press('q');
    await term.shows('and more');
    await session.whenTyped('host', 'q');
  });
});

describe('the whole screen', () => {
  test('F11 in a terminal: there, and back with the keyboard still in it', async () => {
    const {term, session} = await inLab({cols: 120, rows: 36});
    term.press('\t');
    await term.shows('keyboard here');
    term.press(F11);
    await term.shows('F11: both terminals');
    expect(term.text).not.toContain('both sides');
    term.press(F11);
    await term.shows('both sides');
    expect(term.text).toContain('keyboard here');
    const [, side] = /(HOST|CONTAINER box): keyboard here/.exec(term.text)!;
    term.press('x');
    await session.whenTyped(side === 'HOST' ? 'host' : 'box', 'x');
  });

  test('follows the window', async () => {
    const {term, sizes} = await inLab({cols: 120, rows: 36});
    term.press('f');
    await term.shows('F11: both terminals');
    const side = term.lines[0]!.startsWith('host') ? 'host' : 'box';
    term.resize(90, 20);
    await term.until(() => term.lines.at(-1)!.includes('keyboard here'), 'the last line at its new place');
    expect(sizes(side).at(-1)).toEqual([side, {cols: 90, rows: 19}]);
    term.resize(40, 10);
    await term.shows(/enlarge/);
    term.resize(120, 36);
    await term.until(() => term.lines.at(-1)!.includes('F11: both terminals'), 'the terminal again');
    expect(sizes(side).at(-1)).toEqual([side, {cols: 120, rows: 35}]);
  });

  test('ends with its terminal, and the lab says what became of the container', async () => {
    const {term, session} = await inLab({cols: 120, rows: 36});
    session.emit({type: 'terminal-closed', side: 'host'});
    term.press('f');
    await term.shows('F11: both terminals');
    session.emit(
      {type: 'terminal-closed', side: 'box'},
      {type: 'container-gone', id: 'box', status: {code: 3, signal: null} as never},
    );
    await term.shows('the container has ended');
    await term.shows('both sides');
    expect(term.text).not.toContain('keyboard here');
  });

  test('ends when the stage is built anew', async () => {
    const {term, session} = await inLab({cols: 120, rows: 36});
    term.press('f');
    await term.shows('F11: both terminals');
    session.emit({type: 'rebuilding', step: 'name', why: 'lost'});
    await term.shows('The stage was lost');
    expect(term.text).not.toContain('keyboard here');
    begin(session);
    await term.shows('host# ');
    await term.shows('both sides');
  });

  test('without any terminal it says that there is none yet', async () => {
    const {term, session} = startApp({startLab: '01'});
    await session.whenAsked('start');
    session.emit(
      {type: 'step-entered', step: 'name', index: 0, of: 2},
      {type: 'pending', block: {kind: 'container', id: 'box', at: 1}},
    );
    await term.shows('step 1 of 2');
    term.press('f');
    await term.shows('no terminal to type in');
  });
});
