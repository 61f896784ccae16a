/** The help screen, and keys of the learner's own wherever keys are named. */
import {describe, expect, test} from 'vitest';
import {ACTIONS, Keymap} from '../../../src/ui/app/actions.ts';
import {makeLook} from '../../../src/ui/app/look.ts';
import {helpLines} from '../../../src/ui/help/lines.ts';
import {actionWords} from '../../../src/ui/help/words.ts';
import {cells} from '../../../src/ui/text/width.ts';
import {startApp} from '../support/app.ts';

const strip = (line: string) => line.replace(/\x1b\[[0-9;]*m/g, '');

describe('the lines', () => {
  test('every action has words, and nothing else has', () => {
    for (const place of Object.keys(ACTIONS) as (keyof typeof ACTIONS)[])
      expect(Object.keys(actionWords[place]).sort()).toEqual(Object.keys(ACTIONS[place]).sort());
  });

  test.each(['en', 'zh'] as const)('%s: all actions of a screen with their present keys, aligned', lang => {
    const keys = new Keymap({lab: {hint: ['H', ' '], solution: ['ctrl-g']}});
    for (const screen of ['home', 'lab', 'demo', 'doctor'] as const) {
      const lines = helpLines(screen, makeLook(lang, false, 'dark', keys), 60, '/x/config.yaml').map(strip);
      expect(lines.filter(line => cells(line) > 60)).toEqual([]);
      const text = lines.join('').replace(/ /g, '');
      const places = screen === 'doctor' ? (['everywhere'] as const) : (['everywhere', screen] as const);
      for (const place of places)
        for (const words of Object.values(actionWords[place])) expect(text).toContain(words[lang].replace(/ /g, ''));
      expect(text).toContain('/x/config.yaml');
    }
    const lab = helpLines('lab', makeLook(lang, false, 'dark', keys), 76).map(strip);
    const hint = lab.find(line => line.startsWith('H, Space '))!;
    const solution = lab.find(line => line.startsWith('Ctrl-G '))!;
    const column = (line: string, does: string) => cells(line.slice(0, line.indexOf(does)));
    expect(column(hint, actionWords.lab.hint[lang])).toBe(column(solution, actionWords.lab.solution[lang]));
  });

  test('in ASCII nothing else', () => {
    const lines = helpLines('lab', makeLook('en', true, 'none'), 76);
    expect(lines.map(strip).join('')).toMatch(/^[\x20-\x7e]*$/);
  });
});

describe.each(['en', 'zh'] as const)('on a small screen, %s', lang => {
  test('scrolls to its end and back, and closes with any other key', async () => {
    const {term} = startApp({cols: 80, rows: 24, lang, startLab: '01'});
    await term.shows(/\? (help|帮助)/);
    term.press('?');
    await term.shows(actionWords.lab['reset-step'][lang].slice(0, 6));
    expect(term.text).toContain('↓ ─┐');
    expect(term.text).not.toContain('Ctrl-Z');
    for (let i = 0; i < 6; i++) term.press('\x1b[6~');
    await term.shows('Ctrl-C');
    expect(term.text).toContain('↑ ─┐');
    for (let i = 0; i < 6; i++) term.press('\x1b[5~');
    await term.shows('↓ ─┐');
    term.press('\x1b');
    await term.shows(/Esc (labs|实验列表)/);
    // It begins at its top the next time.
    term.press('?');
    await term.shows('⏎');
    expect(term.lines[1]).toContain(actionWords.lab.advance[lang].slice(0, 6));
  });
});

describe('keys of the learner’s own', () => {
  test('do what they were given, and every line of keys names them', async () => {
    const keys = {home: {open: ['o'], doctor: ['D']}, everywhere: {help: ['H'], quit: ['ctrl-g']}};
    const {term, ended} = startApp({settings: {keys}});
    await term.shows('IPC namespace');
    expect(term.lines.at(-1)).toMatch(/o learn.*D doctor.*H help.*Ctrl-G quit/);
    term.press('x');
    term.press('?');
    term.press('D');
    await term.shows('tool.pstree');
    term.press('\x1b');
    await term.shows('IPC namespace');
    term.press('\x07');
    expect(await ended).toBe(0);
  });

  test('the lab speaks of them too', async () => {
    const {term} = startApp({startLab: '01', settings: {keys: {lab: {'reset-lab': ['X'], hint: ['g']}}}});
    await term.shows(/g hint/);
    term.press('X');
    await term.shows('X again: yes');
  });
});

describe('switching colours', () => {
  test('goes round, and says each to whoever keeps it', async () => {
    const saved: unknown[] = [];
    const {term} = startApp({saveSettings: change => saved.push(change)});
    await term.shows('IPC namespace');
    term.press('x');
    await term.shows('tool.pstree');
    const round = ['light', 'contrast', 'none', 'dark'];
    for (const [i, theme] of round.entries()) {
      const before = term.written.length;
      term.press('T');
      await expect.poll(() => saved).toEqual(round.slice(0, i + 1).map(one => ({theme: one})));
      // Dark and light differ in one colour, which this screen does not use.
      if (theme === 'light') continue;
      await expect.poll(() => term.written.length).toBeGreaterThan(before);
      expect(/\x1b\[(?:\d+;)*3[1-6](;\d+)*m/.test(term.written.slice(before)), theme).toBe(theme === 'dark');
    }
  });

  test('under NO_COLOR nothing changes, and it is said until the next key', async () => {
    const saved: unknown[] = [];
    const {term} = startApp({env: {NO_COLOR: '1'}, saveSettings: change => saved.push(change)});
    await term.shows('IPC namespace');
    term.press('T');
    await term.shows('NO_COLOR is set');
    term.press('\x1b[B');
    await term.shows('q quit');
    expect(term.text).not.toContain('NO_COLOR');
    expect(saved).toEqual([]);
  });

  test('a choice that could not be kept holds, and why it could not is said in full', async () => {
    const why = {en: `${'The choice could not be kept. '.repeat(5)}EROFS.`, zh: '保存不了。'};
    const {term} = startApp({cols: 80, rows: 24, saveSettings: (_, failed) => setImmediate(() => failed(why))});
    await term.shows('IPC namespace');
    term.press('T');
    await term.shows('EROFS');
    term.press('L');
    await term.shows('保存不了');
    await term.shows('一个进程');
  });
});
