/** `glassbox rehearse` as a command: statuses, JSON, both languages, Ctrl-C. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {cleanEnv, glassbox, launcher} from '../support/glassbox.ts';
import {machine, untilNoStrays} from '../support/machine.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'glassbox-rehearse-'));
  cpSync('labs/01-uts', path.join(dir, '01-uts'), {recursive: true});
});
afterAll(() => rmSync(dir, {recursive: true, force: true}));

/** A lab of its own with one text replaced. */
function changed(name: string, from: string, to: string): string {
  const lab = path.join(dir, name);
  cpSync('labs/01-uts', lab, {recursive: true});
  const file = path.join(lab, 'lab.md');
  const text = readFileSync(file, 'utf8').replace('id: uts', `id: ${name.slice(3)}`);
  expect(text.includes(from)).toBe(true);
  writeFileSync(file, text.replace(from, to));
  return lab;
}

test('labs 01 and 03 are ready', () => {
  const {status, stdout, stderr} = glassbox(['rehearse', '01', '03', '--size', '200x60']);
  expect({status, stderr}).toEqual({status: 0, stderr: ''});
  expect(stdout).toMatch(/^01 uts +7 +\d+ +6\/6 .* ready$/m);
  expect(stdout).toMatch(/^03 pid .* ready$/m);
});

test('a lab that would fail: its place in the file, status 1, and the other one rehearsed all the same', () => {
  const lab = changed('41-wrong', 'pstree -pl ${host.pid}', 'pstree -pl ${host.pid}; false');
  const {status, stdout} = glassbox(['rehearse', lab, path.join(dir, '01-uts'), '--size', '200x60', '--lang', 'zh']);
  expect(status).toBe(1);
  expect(stdout).toMatch(
    /✗ .*41-wrong\/lab\.md:\d+:1: 步骤 one-flag: host# pstree -pl \d+; false 的退出状态是 1，实验期望 0/,
  );
  expect(stdout).toMatch(/^41 wrong .* 上台会失败$/m);
  expect(stdout).toMatch(/^01 uts .* 就绪$/m);
});

test('a lab that cannot be run here is no failure: status 3', () => {
  const lab = changed('42-needs', 'tools: [pstree', 'tools: [no-such-tool, pstree');
  const {status, stdout} = glassbox(['rehearse', lab, '--size', '200x60']);
  expect(status).toBe(3);
  expect(stdout).toContain('not run here:');
  expect(stdout).toMatch(/^42 needs .* not run here$/m);
});

test('--json: the documented shape, and nothing else on the output', () => {
  const {status, stdout} = glassbox(['rehearse', '1', '--json', '--size', '50x20', '--auto', '5'], {env: {LANG: 'C'}});
  expect(status).toBe(1);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({format: 1, status: 1, size: {cols: 50, rows: 20}, auto: 5});
  expect(report.surroundings.map((one: {code: string}) => one.code)).toEqual(['rehearse.size', 'rehearse.host']);
  expect(report.labs[0]).toMatchObject({lab: 'uts', number: '01', verdict: 'remarks', checks: {passed: 6, all: 6}});
  expect(Object.keys(report.labs[0].stage)).toEqual(['en', 'zh']);
  for (const remark of report.labs[0].remarks) expect(remark.text).not.toMatch(/\{\w+\}/);
});

test.each([['--pace', 'fast'], ['--pace', '0wpm'], ['--auto', '0'], ['--size', '80'], ['99']])(
  '%s %s: wrong usage',
  (...args) => {
    const {status, stdout, stderr} = glassbox(['rehearse', ...args]);
    expect({status, stdout}).toEqual({status: 2, stdout: ''});
    expect(stderr).toContain(args.at(-1));
  },
);

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s in the middle of a lab: the report so far, and nothing is left',
  async name => {
    const before = machine();
    const began = Date.now();
    const lab = changed('43-long', 'pstree -pl ${host.pid}', 'sleep 1000');
    const app = spawn(launcher, ['rehearse', path.join(dir, '01-uts'), lab], {
      env: cleanEnv(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    app.stdout.setEncoding('utf8').on('data', text => {
      const before = out;
      out += text;
      if (!before.includes('43 long') && out.includes('43 long')) app.kill(name);
    });
    const [code] = await once(app, 'close');
    expect(code).toBe(name === 'SIGINT' ? 130 : 143);
    expect(out).toMatch(/^01 uts .* ready/m);
    expect(out).toContain('Interrupted');
    await untilNoStrays(began);
    await expect.poll(machine, {timeout: 10_000}).toEqual(before);
  },
);
