/** The two terminals under what people do with terminals: editors, floods, pastes, other languages, other sizes. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {layoutOf} from '../../src/ui/lab/layout.ts';
import {App, type AppOptions} from '../support/app.ts';
import {untilNoStrays} from '../support/machine.ts';
import type {Tmux} from '../support/tmux.ts';

let app: App;
let terminal: Tmux;

afterEach(async () => {
  await app.close();
  await untilNoStrays(app.began);
});

/** Lab 01 with its host's terminal focused. */
async function onHost(options: Partial<AppOptions> = {}): Promise<void> {
  app = new App({cols: 120, rows: 36, args: 'learn 01', ...options});
  ({terminal} = app);
  await terminal.until('⏎ start');
  await terminal.until(/^[│┃]?[^│┃]*# /m);
  terminal.key('Tab');
  await terminal.until('keyboard here');
}

async function run(command: string, wanted: string | RegExp | ((text: string) => boolean)): Promise<string> {
  terminal.type(command);
  terminal.key('Enter');
  return terminal.until(wanted);
}

/** `stty size` in the focused terminal: rows and columns as the program there sees them. */
async function sttySize(round: number): Promise<{h: number; w: number}> {
  const text = await run(`echo size-${round}: $(stty size)`, new RegExp(`size-${round}: \\d+ \\d+`));
  const [, rows, cols] = new RegExp(`size-${round}: (\\d+) (\\d+)`).exec(text)!;
  return {h: Number(rows), w: Number(cols)};
}

/** Another window, and the app's picture in it: while a terminal has the keyboard, the last line says so. */
async function resized(cols: number, rows: number): Promise<void> {
  terminal.resize(cols, rows);
  await terminal.until(text => text.split('\n')[rows - 1]?.includes('keyboard here') ?? false);
}

const cellsOf = (cols: number, rows: number) => {
  const {h, w} = layoutOf(cols, rows).hostCells;
  return {h, w};
};

describe.each([
  {cols: 80, rows: 24},
  {cols: 120, rows: 36},
])('at $cols×$rows', size => {
  beforeEach(() => onHost(size));

  test('vim edits a file, Chinese too, and gives the screen back', async () => {
    const file = path.join(app.state, 'note');
    await run(`vim -u NONE -N ${file}`, /^[│┃]?~/m);
    terminal.type('ihello 你好');
    await terminal.until('hello 你好');
    // No history in the alternate screen: the key is vim's.
    terminal.key('S-PPage');
    terminal.type(' more');
    await terminal.until('more');
    expect(terminal.text()).not.toContain('lines back');
    terminal.key('Escape');
    terminal.type(':wq');
    terminal.key('Enter');
    await terminal.until(text => !/^[│┃]?~/m.test(text));
    expect(readFileSync(file, 'utf8')).toMatch(/hello 你好/);
    expect(readFileSync(file, 'utf8')).toMatch(/ more/);
  });

  test('top draws itself again, also on the whole screen', async () => {
    const seconds = (text: string) => /top - (\d\d:\d\d:\d\d)/.exec(text)?.[1];
    const first = seconds(await run('top -d 0.3', /top - \d\d:\d\d:\d\d/));
    await terminal.until(text => seconds(text) !== undefined && seconds(text) !== first);
    terminal.key('F11');
    await terminal.until(
      text => /^top - .*load average/.test(text) && text.split('\n').at(-1)!.includes('keyboard here'),
    );
    await terminal.until(text => text.split('\n').filter(row => /^ *\d+ \S+ /.test(row)).length > 5);
    terminal.key('F11');
    await terminal.until(text => text.includes('UTS namespace') && seconds(text) !== undefined);
    terminal.type('q');
    // What is typed before top has given the terminal back is thrown away with its settings.
    await terminal.until(text => /^[│┃]?#\s/m.test(text));
    await run('echo still-$((40+2))', 'still-42');
  });

  test('history stays where it is while more is printed, and any key ends it', async () => {
    await run('seq -f line-%g 300; (sleep 1; echo late-$((40+2))) &', 'line-300');
    terminal.key('S-PPage');
    const view = await terminal.until(/\d+ lines back/);
    expect(view).not.toContain('line-300');
    const shown = view.match(/line-\d+/g);
    // The line that is printed late is seen as soon as one looks at the end again, and not before.
    terminal.key('S-PPage');
    await terminal.until(text => text.match(/line-\d+/g)?.[0] !== shown?.[0]);
    terminal.key('S-NPage');
    await terminal.until(text => text.match(/line-\d+/g)?.join() === shown?.join());
    terminal.type('e');
    const end = await terminal.until(text => text.includes('late-42'));
    expect(end).not.toContain('lines back');
    terminal.type('cho typed-$((40+2))');
    terminal.key('Enter');
    await terminal.until('typed-42');
  });

  test('programs are told their size: in the layout, after a resize, on the whole screen, and back', async () => {
    expect(await sttySize(1)).toEqual(cellsOf(size.cols, size.rows));
    await resized(100, 30);
    expect(await sttySize(2)).toEqual(cellsOf(100, 30));
    terminal.key('F11');
    await terminal.until(text => !text.includes('both sides'));
    expect(await sttySize(3)).toEqual({h: 29, w: 100});
    await resized(70, 20);
    expect(await sttySize(4)).toEqual({h: 19, w: 70});
    await resized(size.cols, size.rows);
    terminal.key('C-]');
    await terminal.until(text => text.includes('UTS namespace') && !text.includes('keyboard here'));
    await app.focus('host');
    expect(await sttySize(5)).toEqual(cellsOf(size.cols, size.rows));
  });

  test('the whole screen by its key, and the way back', async () => {
    terminal.key('C-]');
    await terminal.until(text => !text.includes('keyboard here'));
    const layout = await app.settled();
    terminal.type('f');
    await terminal.until(
      text => text.includes('F11: both terminals') || text.split('\n').at(-1)!.includes('F12: back'),
    );
    await run('echo whole-$((40+2))', 'whole-42');
    expect(terminal.text()).not.toContain('UTS namespace');
    terminal.key('F12');
    const again = await terminal.until('UTS namespace');
    expect(again.split('\n')[0]).toBe(layout.split('\n')[0]);
    expect(again).toContain('whole-42');
  });
});

describe('what goes through a terminal', () => {
  beforeEach(() => onHost());

  test('colours', async () => {
    await run(
      `printf '\\033[1;31mRED\\033[0m \\033[48;5;200mPINK\\033[0m \\033[38;2;1;2;3mTRUE\\033[0m\\n'`,
      /RED PINK TRUE/,
    );
    const colours = terminal.colours();
    expect(colours).toMatch(/31mRED/);
    expect(colours).toMatch(/38;2;1;2;3m\S*TRUE/);
    expect(colours).toMatch(/48;5;200m\x1b?[^P]*PINK/);
  });

  test('Chinese, typed and printed, and a character whose bytes come apart', async () => {
    await run('echo 你好，世界-$((40+2))', '你好，世界-42');
    await run("printf '\\344\\275'; sleep 0.3; printf '\\240\\n'", text => /^[│┃]你 /m.test(text));
    // Frames stand straight beside it: every frame character of the panes' rows is in a column of its own.
    for (const row of terminal.screen().filter(one => one.includes('世界-'))) expect(row.trimEnd()).toMatch(/[│┃]$/);
  });

  test('Ctrl-C ends what runs, a flood too', async () => {
    await run('sleep 1000', 'sleep 1000');
    terminal.key('C-c');
    await run('echo one-$((40+2))', 'one-42');
    await run('yes', text => text.split('\n').filter(row => /^[│┃]y /.test(row)).length > 3);
    terminal.key('C-c');
    await run('echo two-$((40+2))', 'two-42');
  });

  test('what is pasted into bash waits for Enter', async () => {
    // Off in the labs' own shells, so that a command that is typed for the learner looks as if typed.
    await run("bind 'set enable-bracketed-paste on'; echo on-$((40+2))", 'on-42');
    await run('echo again-$((40+2))', /again-42[^#]*# /);
    terminal.paste('echo first-$((40+2))\necho second-$((40+2))\n');
    await terminal.until(/echo second-/);
    // The shell answers this key only after it has read the paste: nothing of it may have run by then.
    terminal.key('C-e');
    terminal.type(' # seen');
    const text = await terminal.until('# seen');
    expect(text).not.toMatch(/first-42|second-42/);
    terminal.key('Enter');
    await terminal.until(now => now.includes('first-42') && now.includes('second-42'));
  });
});

describe('the app in its terminal', () => {
  test('Ctrl-Z suspends it, fg brings the picture back, in a window that has changed meanwhile too', async () => {
    app = new App({
      cols: 120,
      rows: 36,
      env: {PS1: 'outer> '},
      args: 'learn 01',
      prefix: `bash --norc --noprofile -i; :`,
    });
    ({terminal} = app);
    await terminal.until('outer>');
    terminal.type(`${path.resolve(import.meta.dirname, '../../bin/glassbox')} learn 01`);
    terminal.key('Enter');
    await terminal.until('⏎ start');
    const picture = await app.settled();
    terminal.key('C-z');
    await terminal.until(/Stopped/);
    terminal.type('echo shell-$((40+2))');
    terminal.key('Enter');
    await terminal.until('shell-42');
    terminal.type('fg');
    terminal.key('Enter');
    await terminal.until(text => text === picture);
    terminal.key('C-z');
    await terminal.until(text => (text.match(/Stopped/g) ?? []).length > 0 && !text.includes('both sides'));
    terminal.resize(80, 24);
    terminal.type('fg');
    terminal.key('Enter');
    const small = await terminal.until(text => text.includes('[1 terminals]') && text.includes('⏎ start'));
    expect(small.split('\n')[0]).toContain('UTS namespace');
    expect(small).not.toContain('outer>');
    terminal.key('q');
    await terminal.until('outer>');
    terminal.type('exit 0');
    terminal.key('Enter');
    await terminal.until('[ended 0]');
  });

  test('a window down to 40×10 and up again shows the same picture', async () => {
    await onHost();
    terminal.key('C-]');
    await terminal.until(text => !text.includes('keyboard here'));
    const picture = await app.settled();
    for (const [cols, rows, wanted] of [
      [40, 10, '40×10'],
      [60, 16, '[1 terminals]'],
      [20, 5, '20×5'],
    ] as const) {
      terminal.resize(cols, rows);
      await terminal.until(wanted);
      terminal.resize(120, 36);
      await terminal.until(text => text === picture);
    }
  });

  test('a window that shrinks under a flood in a terminal', async () => {
    await onHost();
    await run('yes', text => text.split('\n').filter(row => /^[│┃]y /.test(row)).length > 3);
    terminal.resize(40, 10);
    await terminal.until(/enlarge/);
    await resized(90, 25);
    terminal.key('C-c');
    await run('echo calm-$((40+2))', 'calm-42');
  });
});
