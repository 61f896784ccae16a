/** Kills, closed terminals and failing system calls in the middle of a lab: told honestly, and nothing is left. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {afterEach, describe, expect, test} from 'vitest';
import {App, type AppOptions, isAlive} from '../support/app.ts';
import {glassbox} from '../support/glassbox.ts';
import {machine, untilNoStrays} from '../support/machine.ts';

const before = machine();
let app: App;

const open = (options: Partial<AppOptions> = {}): App => {
  app = new App({cols: 120, rows: 36, args: 'learn 01', ...options});
  return app;
};

afterEach(() => app.close());

/** Everything is as it was; `sweeps`: only after the next start has read the ledger. */
async function asBefore({sweeps = false} = {}): Promise<void> {
  await untilNoStrays(app.began);
  if (sweeps) expect(glassbox(['sweep']).status).toBe(0);
  // The last act of an end is the ledger's file: look until it is done.
  await expect.poll(machine, {timeout: 10_000}).toEqual(before);
}

/** Daemons that slip away from their shell: a new session, and two forks, on both sides. */
async function daemons(): Promise<void> {
  for (const side of ['host', 'box'] as const) {
    await app.focus(side);
    app.terminal.type("(setsid sh -c 'sleep 1000 & sleep 1000' &) ; setsid -f sleep 1000; echo away-$?");
    app.terminal.key('Enter');
    await app.terminal.until(/^.*away-0/m);
    app.terminal.key('C-]');
    await app.settled();
  }
}

const moments: [string, () => Promise<void>][] = [
  ['on the home screen', async () => void (await app.terminal.until('⏎ start'))],
  ['when the container has just started', async () => void (await app.enterUntil(/box \(pid \d+\)/))],
  [
    'with daemons on both sides',
    async () => {
      await app.enterUntil(/box \(pid \d+\)/);
      await daemons();
    },
  ],
  [
    'in the middle of an ablation',
    async () => {
      await app.enterUntil('step 3 of 7');
      await app.enterUntil('all checks passed');
      app.terminal.key('b');
    },
  ],
];

describe.each(moments)('killed %s', (_, reach) => {
  test('kill -9 of the app: the keeper ends everything', async () => {
    const {terminal} = open();
    await terminal.until('step 1 of 7');
    await reach();
    process.kill(app.pid(), 'SIGKILL');
    await terminal.until(/\[ended/);
    await asBefore();
  });

  test('kill -9 of the keeper: the guard does; the app says so and can be left', async () => {
    const {terminal} = open();
    await terminal.until('step 1 of 7');
    await reach();
    process.kill(app.keeperPid(), 'SIGKILL');
    await terminal.until(text => /keeper/.test(text) || /step \d of 7/.test(text));
    terminal.key('C-c');
    await terminal.until(/\[ended/);
    await asBefore({sweeps: true});
  });

  test('kill -9 of both at once', async () => {
    const {terminal} = open();
    await terminal.until('step 1 of 7');
    await reach();
    for (const pid of [app.pid(), app.keeperPid()]) process.kill(pid, 'SIGKILL');
    await terminal.until(/\[ended/);
    await asBefore({sweeps: true});
  });
});

describe('ends', () => {
  test('Ctrl-C', async () => {
    const {terminal} = open();
    await app.enterUntil(/box \(pid \d+\)/);
    terminal.key('C-c');
    await terminal.until(/\[ended/);
    await asBefore();
  });

  test('the terminal is closed', async () => {
    open();
    await app.enterUntil(/box \(pid \d+\)/);
    await daemons();
    const pid = app.pid();
    app.terminal.close();
    await asBefore();
    await expect.poll(() => isAlive(pid), {timeout: 10_000}).toBe(false);
  });

  test('SIGTERM', async () => {
    const {terminal} = open();
    await app.enterUntil(/box \(pid \d+\)/);
    process.kill(app.pid(), 'SIGTERM');
    await terminal.until('[ended 143]');
    await asBefore();
  });
});

describe('a system call that fails', () => {
  /** strace(1) on the running keeper, failing one call in its next child. Resolves once it is attached. */
  async function inject(pid: number, how: string) {
    const call = how.split(':')[0]!;
    const strace = spawn('strace', ['-f', '-p', String(pid), '-e', `trace=${call}`, '-e', `inject=${how}`], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    // The stream stays open: strace would die of a closed one in the middle of a call.
    let said = '';
    await new Promise<void>((resolve, reject) => {
      strace.stderr.on('data', chunk => {
        said += String(chunk);
        if (said.includes('attached')) resolve();
      });
      strace.once('exit', () => reject(new Error(`strace: ${said}`)));
    });
    return {
      async end(): Promise<void> {
        strace.kill('SIGINT');
        if (strace.exitCode === null && strace.signalCode === null) await once(strace, 'exit');
      },
    };
  }

  test.each([
    ['clone3', 'ENOSPC'],
    ['setsid', 'EPERM'],
    ['execve', 'ENOEXEC'],
  ])('%s = %s is on the screen with its name and errno, and the lab goes on', async (call, errno) => {
    const {terminal} = open();
    await terminal.until('⏎ start');
    const strace = await inject(app.keeperPid(), `${call}:error=${errno}`);
    try {
      terminal.key('Enter');
      await terminal.until(text => text.includes(errno) && text.includes(call));
    } finally {
      await strace.end();
    }
    // Without strace the same key works: the session has survived.
    terminal.key('Enter');
    await app.enterUntil(/box \(pid \d+\)/);
    terminal.key('q');
    await terminal.until('[ended 0]');
    await asBefore();
  });
});
