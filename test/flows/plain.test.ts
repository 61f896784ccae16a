/** Lab 01 without a screen, on the live kernel: through pipes, and in a terminal that cannot move its cursor. */
import {readFileSync} from 'node:fs';
import {afterEach, describe, expect, test} from 'vitest';
import {App, type AppOptions} from '../support/app.ts';
import {glassbox} from '../support/glassbox.ts';
import {Lines, piped} from '../support/lines.ts';
import {machine, untilNoStrays} from '../support/machine.ts';

const before = machine();
const began = Date.now();
let app: App | undefined;

afterEach(async () => {
  await app?.close();
  app = undefined;
  await untilNoStrays(began);
  await expect.poll(machine, {timeout: 10_000}).toEqual(before);
});

const commandName = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
};

/** Ctrl-C in a terminal reaches the test's own shell as well, which is to live on. */
const open = (options: Partial<AppOptions>): App => {
  app = new App({cols: 100, rows: 60, prefix: 'trap : INT;', ...options});
  return app;
};

describe('through pipes', () => {
  test('a whole lab: predictions, the wrong side, its diagnosis, recovery, the end', async () => {
    const lab = new Lines(['learn', '01']);
    await lab.until(/start the container box/);
    await lab.say('', /pstree -pl \d+/);
    await lab.say('', /0: just show me/);
    await lab.say('1', /Next \(Enter\)/);
    await lab.say('', /You were right[\s\S]*Next \(Enter\): the next step/);
    const third = await lab.say('go 4', /Step 4 of 7[\s\S]*domain is (\w+);[\s\S]*Now your hand is asked for/);
    const domain = third[1]!;
    await lab.say(`host: domainname ${domain}`, /You gave the domain to the host's side/);
    await lab.until(/Wrong side: `domainname \w+` ran on the host; it belongs to the container box/);
    await lab.say('host: domainname "(none)"', /\(no output\)/);
    await lab.say(`c: domainname ${domain}`, /passed: The container's domain is/);
    await lab.say('', /Step 5 of 7/);
    await lab.say('n', /Step 6 of 7[\s\S]*Now your hand is asked for/);
    await lab.say('h', /Hint 1 of 3: nsenter needs a target process/);
    await lab.say('s', /host: nsenter -t \d+ -u hostname \w+/);
    await lab.say('s', /passed: The container is called/);
    await lab.say('', /Step 7 of 7[\s\S]*finish the lab/);
    await lab.say('', /Lab finished: 6 of 6 checks passed[\s\S]*nothing is left behind/);
    expect(await lab.end()).toBe(0);
    expect(lab.text).not.toContain('\x1b');
  });

  test('the container ends, is told, and is started again', async () => {
    const lab = new Lines(['learn', '01', '--plain']);
    await lab.say('', /Next \(Enter\): on the host, type: pstree/);
    await lab.say('box: exit 7', /The container box has ended: exit status 7/);
    await lab.say('box: ls', /There is no terminal "box" now/);
    await lab.say('reset', /The stage was rebuilt[\s\S]*start the container box/);
    await lab.say('', /The container box runs: process \d+/);
    expect(await lab.end()).toBe(0);
  });

  test('the end of the lines ends the session cleanly', () => {
    const {status, stdout} = piped(['01', '--lang', 'zh'], ['', 'c: hostname -x', '透视']);
    expect(stdout).toContain('下一件事（Enter）：启动容器 box');
    expect(stdout).toMatch(/退出状态 \d/);
    expect(stdout).toMatch(/进程 \d+，从两边看/);
    expect(stdout).toContain('没有留下任何东西');
    expect(status).toBe(0);
  });

  test('nobody there: the lab goes through by itself, and says so', () => {
    const {status, stdout} = glassbox(['learn', '01']);
    expect(stdout).toContain('Nobody types here, so lab 01 goes through by itself');
    expect(stdout).toContain('6 of 6 checks passed');
    expect(status).toBe(0);
  });

  test('a lab that is not there, and more than one', () => {
    expect(glassbox(['99']).status).toBe(2);
    expect(glassbox(['01', '02']).status).toBe(2);
    expect(glassbox(['learn', '01', '--plain', '--fast']).status).toBe(2);
  });
});

describe('TERM=dumb', () => {
  test('from the list through lab 01: wrong side, diagnosis, recovery, finish', async () => {
    const {terminal} = open({env: {TERM: 'dumb'}});
    const say = async (line: string, wanted: string | RegExp): Promise<string> => {
      terminal.type(line);
      terminal.key('Enter');
      return terminal.until(text => {
        const now = text.trimEnd();
        return new RegExp(wanted).test(now) && /\n> ?$/.test(now);
      });
    };
    await terminal.until('q to quit:');
    await say('1', /start the container box/);
    await say('', /pstree -pl \d+/);
    await say('', /0: just show me/);
    await say('1', /Now the kernel is asked/);
    await say('', /You were right/);
    const third = await say('go 4', /Step 4 of 7[\s\S]*Now your hand is asked for/);
    const domain = /domain is (\w+);/.exec(third)![1]!;
    await say(`host: domainname ${domain}`, /You gave the domain to the host's side/);
    await terminal.until(/Wrong side: `domainname \w+` ran on the host/);
    await say('host: domainname "(none)"', /\(no output\)\n> ?$/);
    // A command that runs is interrupted by Ctrl-C, and the app is not.
    terminal.type('c: cat');
    terminal.key('Enter');
    // Whoever types before the program runs has typed the next command.
    await expect.poll(() => app?.descendants().map(commandName)).toContain('cat');
    terminal.type('read me');
    terminal.key('Enter');
    await terminal.until('given to what runs on the container box');
    terminal.key('C-c');
    await terminal.until(/read me\n\^C\n\(exit status 130\)/);
    await say(`c: domainname ${domain}`, /passed: The container's domain is[\s\S]*Next \(Enter\): the next step/);
    await say('go 7', /Step 7 of 7[\s\S]*finish the lab/);
    terminal.key('Enter');
    await terminal.until(/Lab finished: 6 of 6 checks passed[\s\S]*nothing is left behind[\s\S]*q to quit:/m);
    expect(terminal.text()).not.toMatch(/[┌─│✓]/);
    terminal.type('q');
    terminal.key('Enter');
    await terminal.until('[ended 0]');
  });

  test.each(['C-c', 'C-d'])('%s at the prompt leaves cleanly', async key => {
    const {terminal} = open({env: {GLASSBOX_PLAIN: '1', NO_COLOR: '1'}, args: 'learn 01'});
    await terminal.until('Next (Enter)');
    terminal.key('Enter');
    await terminal.until('pstree');
    terminal.key(key);
    const text = await terminal.until('[ended 0]');
    expect(text).toContain('nothing is left behind');
  });
});
