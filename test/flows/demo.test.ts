/** A whole demo of lab 01 by a clicker's keys, in a real terminal, on the live kernel. */
import {afterEach, expect, test} from 'vitest';
import {App, type AppOptions, boxPid, nsenterUts} from '../support/app.ts';
import {machine, untilNoStrays} from '../support/machine.ts';

const before = machine();
let app: App;

const open = (options: AppOptions): App => {
  app = new App(options);
  return app;
};

afterEach(async () => {
  await app.close();
  await untilNoStrays(app.began);
  await expect.poll(machine, {timeout: 10_000}).toEqual(before);
});

/** Presses the key to go on until `wanted` is there; each press waits until the demo rests and the screen has answered. */
async function nextUntil(wanted: RegExp, presses = 40): Promise<string> {
  const {terminal} = app;
  const resting = /Space (start|type|ask|next|finish|继续|启动|输入|提问|问内核|下一步|完成)/;
  for (let i = 0; i < presses; i++) {
    const screen = await terminal.until(text => wanted.test(text) || resting.test(text));
    if (wanted.test(screen)) return screen;
    terminal.key('NPage');
    await terminal.until(text => text !== screen);
  }
  return terminal.until(wanted);
}

test.each([
  {
    cols: 80,
    rows: 24,
    lang: 'en',
    last: /step 7 of 7/,
    done: /\d of \d checks passed/,
    end: /last one/,
  },
  {cols: 120, rows: 36, lang: 'zh', last: /第 7\/7 步/, done: /通过 \d+\/\d+ 项检查/, end: /全部结束/},
] as const)('from the first page to the end at $cols×$rows in $lang', async ({last, done, end, ...size}) => {
  const {terminal} = open({...size, args: 'demo 01 --pace 2'});
  await terminal.until(/DEMO|演示/);
  const screen = await nextUntil(last);
  // What is for a learner's hands the lab has typed: the container was renamed from outside.
  expect(nsenterUts(boxPid(screen.replace(/容器 box/, 'box')), 'hostname')).not.toBe(
    nsenterUts(process.pid, 'hostname'),
  );
  await nextUntil(done);
  terminal.key('NPage');
  await terminal.until(end);
  terminal.key('Escape');
  await terminal.until(/Leave the demo|要退出演示吗/);
  terminal.key('Escape');
  await terminal.until('[ended 0]');
});

test('commands arrive in the terminal key by key, and a key types the rest', async () => {
  const {terminal} = open({cols: 120, rows: 36, args: 'demo 01 --pace 400'});
  await terminal.until('Space start');
  terminal.key('Space');
  const command = await terminal.until('Space type');
  const [, line] = /▸ HOST # (pstree -pl \d+)/.exec(command)!;
  terminal.key('Space');
  const typed = () => /^# (\S.*?)? *│/m.exec(terminal.text())?.[1] ?? '';
  const seen = new Set<string>();
  await terminal.until(() => {
    seen.add(typed());
    return typed().length >= 4;
  });
  expect([...seen].filter(one => one !== '').length).toBeGreaterThanOrEqual(3);
  for (const one of seen) expect(line!.startsWith(one)).toBe(true);
  terminal.key('Space');
  await terminal.until(`# ${line}`);
  await terminal.until('Space ask');
});

test('a question from the class: taken over, changed by hand, said, and rebuilt', async () => {
  const {terminal} = open({cols: 120, rows: 36, args: 'demo 01 --pace 0'});
  await terminal.until('Space start');
  await nextUntil(/step 3 of 7/);
  await nextUntil(/✓ The container has a new name/);
  const pid = boxPid(terminal.text());
  terminal.key('t');
  await terminal.until('keyboard here');
  if (terminal.text().includes('HOST: keyboard here')) {
    terminal.key('C-]');
    await terminal.until('The terminals are yours');
    terminal.key('Tab');
    await terminal.until('CONTAINER box: keyboard here');
  }
  terminal.type('hostname heron');
  terminal.key('Enter');
  await terminal.until(/hostname heron\s*│?\s*\n/);
  await expect.poll(() => nsenterUts(pid, 'hostname'), {timeout: 10_000}).toBe('heron');
  terminal.key('F12');
  await terminal.until('The terminals are yours');
  terminal.key('t');
  const said = await terminal.until('The container box: the host name is now heron.');
  expect(said).toContain('No longer true: The container has a new name');
  terminal.key('r');
  await terminal.until('Building a fresh stage for this step');
  await nextUntil(/✓ The container has a new name/);
  terminal.key('PPage');
  await terminal.until(/step 2 of 7/);
  await terminal.until('Space type');
  terminal.key('q');
  await terminal.until('Leave the demo?');
  terminal.key('q');
  await terminal.until('[ended 0]');
});

test('from the home screen and back to it', async () => {
  const {terminal} = open({cols: 100, rows: 30, args: ''});
  await terminal.until('▸01');
  terminal.key('d');
  await terminal.until('Space start');
  terminal.key('Escape');
  await terminal.until('Leave the demo');
  terminal.key('Escape');
  await terminal.until('d demo');
  terminal.key('L');
  await terminal.until('d 演示');
  terminal.key('d');
  await terminal.until('Space 启动');
  terminal.key('Escape');
  await terminal.until('要退出演示吗');
  terminal.key('Escape');
  // The language that was switched to holds there and back.
  await terminal.until('d 演示');
  terminal.key('L');
  await terminal.until('d demo');
  terminal.key('x');
  await terminal.until('what this machine can do');
  terminal.key('q');
  await terminal.until('[ended 0]');
});
