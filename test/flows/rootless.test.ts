/** Without root: an ordinary user, the app installed by root, stages in a user namespace of the live kernel. */
import {existsSync} from 'node:fs';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {App} from '../support/app.ts';
import {machine, untilNoStrays} from '../support/machine.ts';
import {Install} from '../support/ordinary.ts';

interface Row {
  number: string;
  mapped?: boolean;
  notRun: string[];
}

let install: Install;
let rows: Row[];
let before: ReturnType<typeof machine>;
let began: number;

beforeAll(() => {
  install = new Install();
  rows = JSON.parse(install.run(['labs', '--json']).stdout) as Row[];
  before = machine();
  began = Date.now();
}, 300_000);

afterEach(async () => {
  await untilNoStrays(began);
  await expect.poll(() => existsSync(install.stages), {timeout: 10_000}).toBe(false);
  await expect.poll(machine, {timeout: 10_000}).toEqual(before);
});

afterAll(() => install.close());

describe('an ordinary user', () => {
  test('is told which labs run without root, and of the others why not', () => {
    const mapped = rows.filter(row => row.mapped).map(row => row.number);
    expect(mapped).toEqual(expect.arrayContaining(['01', '02', '03', '04', '05', '06', '08']));
    const last = rows.find(row => row.number === '10');
    expect(last?.mapped).toBe(false);
    expect(last?.notRun.join()).toMatch(/root/);
    const ran = install.run(['run', '10']);
    expect(ran.status).toBe(3);
    expect(ran.stdout + ran.stderr).toMatch(/needs root/);
  });

  test('solves every one of them', () => {
    const numbers = rows.filter(row => row.mapped).map(row => row.number);
    const ran = install.run(['verify', '--solved', ...numbers]);
    expect([ran.status, ran.stderr], ran.stdout).toEqual([0, '']);
    expect(ran.stdout).toContain('proved without root');
    expect(ran.stdout).toContain(`${numbers.length} passed, 0 failed, 0 not run`);
    // One id: the step about ranges is another one.
    expect(ran.stdout).toMatch(/^ +same +✓ +✓/m);
    expect(ran.stdout).toMatch(/^ +shifted +✓ +–/m);
  }, 600_000);

  test.skipIf(!existsSync('/usr/bin/newuidmap'))(
    'has lab 05 whole where a range of ids is given',
    () => {
      const ran = install.run(['verify', '--solved', '05'], install.withIds(65_536));
      expect([ran.status, ran.stderr], ran.stdout).toEqual([0, '']);
      expect(ran.stdout).toMatch(/^ +shifted +✓ +✓/m);
      expect(ran.stdout).toMatch(/^ +rootless +✓ +✓/m);
    },
    120_000,
  );
});

describe('in a terminal', () => {
  let app: App;
  afterEach(() => app.close());

  test('the first step says that this is no root, what differs is said where it does, and kill -9 leaves nothing', async () => {
    const {launcher, env, asPupil} = install;
    app = new App({cols: 80, rows: 24, prefix: `${asPupil.join(' ')} env`, args: 'learn 01', env, launcher});
    const {terminal} = app;
    await terminal.until('step 1 of 7');
    await terminal.until(/not root on this machine/);
    await app.enterUntil('step 2 of 7');
    expect(terminal.text()).not.toContain('not root on this machine');
    await terminal.until('step 2 of 7');
    process.kill(app.pid(), 'SIGKILL');
    await terminal.until('[ended 137]');
  }, 120_000);
});
