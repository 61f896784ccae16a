/** Lab 01 as a student goes through it, in a real terminal, on the live kernel. */
import path from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
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

const WORDS = {
  en: {
    title: 'UTS namespace',
    step: (n: number) => `step ${n} of 7`,
    all: 'all checks passed',
    domain: /domain is (\w+);/,
    outside: /container is called (\w+),/,
    done: /learn/,
  },
  zh: {
    title: 'UTS 命名空间',
    step: (n: number) => `第 ${n}/7 步`,
    all: '检查全部通过',
    domain: /域名是 (\w+)，/,
    outside: /容器叫 (\w+)，/,
    done: /学习/,
  },
} as const;

describe.each([
  {cols: 80, rows: 24, lang: 'en'},
  {cols: 80, rows: 24, lang: 'zh'},
  {cols: 120, rows: 36, lang: 'en'},
  {cols: 120, rows: 36, lang: 'zh'},
] as const)('at $cols×$rows in $lang', size => {
  const words = WORDS[size.lang];

  test('from the home screen to the end of the lab, and nothing is left', async () => {
    const {terminal} = open(size);
    await terminal.until(words.title);
    terminal.key('Enter');
    await terminal.until(words.step(1));
    await app.enterUntil(words.step(3));
    await app.enterUntil(words.step(4));

    // Step 4 is for the learner's hand: into the container's terminal, a command, and back.
    const domain = words.domain.exec(await app.settled())![1]!;
    await app.focus('box');
    terminal.type(`domainname ${domain}`);
    terminal.key('Enter');
    await terminal.until(words.all);
    terminal.key('C-]');
    await app.enterUntil(words.step(6));

    // Step 6 too, from the host's side.
    const screen = await app.settled();
    const name = words.outside.exec(screen)![1]!;
    const pid = boxPid(screen);
    await app.focus('host');
    terminal.type(`nsenter -t ${pid} -u hostname ${name}`);
    terminal.key('Enter');
    await terminal.until(words.all);
    expect(nsenterUts(pid, 'hostname')).toBe(name);
    terminal.key('C-]');
    await app.enterUntil(words.step(7));
    await app.settled();
    terminal.key('Escape');
    await terminal.until(text => text.includes(words.title) && !text.includes(words.step(7)));
    terminal.key('q');
    await terminal.until('[ended 0]');
  });
});

describe('going wrong', () => {
  test('the command on the wrong side is recognised, undone, and done right', async () => {
    const {terminal} = open({cols: 120, rows: 36, args: 'learn 01'});
    await terminal.until('step 1 of 7');
    await app.enterUntil('step 4 of 7');
    const domain = WORDS.en.domain.exec(await app.settled())![1]!;
    await app.focus('host');
    terminal.type(`domainname ${domain}`);
    terminal.key('Enter');
    await terminal.until(/You gave the domain to the host's side/);
    terminal.type('domainname "(none)"');
    terminal.key('Enter');
    await terminal.until(text => !text.includes('You gave the domain'));
    terminal.key('C-]');
    await app.focus('box');
    terminal.type(`domainname ${domain}`);
    terminal.key('Enter');
    await terminal.until('all checks passed');
    // F12 is the other way back, for keyboards and consoles that keep Ctrl-] for themselves.
    terminal.key('F12');
    terminal.key('q');
    await terminal.until('[ended 0]');
  });

  test('a hand from outside moves facts and verdicts, whatever lies first on PATH', async () => {
    const {terminal} = open({cols: 120, rows: 36, args: 'learn 01'});
    await terminal.until('step 1 of 7');
    await app.enterUntil('step 3 of 7');
    await app.enterUntil('all checks passed');
    const pid = boxPid(await app.settled());
    const lies = path.join(app.state, 'lies');
    // A liar first on the PATH of both terminals: the facts must not ask it.
    await app.focus('box');
    terminal.type(
      `mkdir -p ${lies}; for t in hostname ipcs; do printf '#!/bin/sh\\necho liar\\n' > ${lies}/$t; chmod +x ${lies}/$t; done; PATH=${lies}:$PATH; hostname`,
    );
    terminal.key('Enter');
    await terminal.until('liar');
    terminal.key('C-]');
    nsenterUts(pid, 'hostname', 'sneaky');
    await terminal.until(/host name .*sneaky/);
    await terminal.until(text => /1 to go/.test(text));
    expect(terminal.text()).not.toMatch(/host name .*liar/);
    terminal.key('q');
    await terminal.until('[ended 0]');
  });
});

describe('the terminal', () => {
  test('shrinks and grows again', async () => {
    const {terminal} = open({cols: 120, rows: 36, args: 'learn 01'});
    await terminal.until('step 1 of 7');
    terminal.resize(80, 24);
    await terminal.until('[1 terminals]');
    terminal.resize(40, 10);
    await terminal.until(text => !text.includes('step 1 of 7') || text.split('\n').every(row => row.length <= 40));
    terminal.resize(120, 36);
    await terminal.until(text => text.includes('both sides') && text.includes('what the engine did'));
    terminal.key('C-c');
    await terminal.until(/\[ended (0|130)\]/);
  });

  test('the language changes by one key, in the middle of a lab', async () => {
    const {terminal} = open({cols: 80, rows: 24, args: 'learn 01'});
    await terminal.until('One flag more than fork');
    terminal.key('L');
    await terminal.until('比 fork 只多一个标志');
    terminal.key('L');
    await terminal.until('One flag more than fork');
    terminal.key('q');
    await terminal.until('[ended 0]');
  });
});
