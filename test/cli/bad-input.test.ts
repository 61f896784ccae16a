/** Bad input and bad luck on the command line: one clear sentence with what to do, the right status, nothing left behind. */
import {spawnSync} from 'node:child_process';
import {chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {cleanEnv, glassbox, launcher, root} from '../support/glassbox.ts';
import {machine, untilNoStrays} from '../support/machine.ts';
import {Install} from '../support/ordinary.ts';

const before = machine();
const began = Date.now();
let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(path.join(tmpdir(), 'glassbox-bad-'));
  chmodSync(scratch, 0o755);
});

afterAll(async () => {
  rmSync(scratch, {recursive: true, force: true});
  await untilNoStrays(began);
  expect(machine()).toEqual(before);
});

/** One sentence, not a stack: what a person reads in front of a class. */
function oneSentence(stderr: string): void {
  expect(stderr).not.toMatch(/^\s+at .*\(/m);
  expect(stderr.trim()).not.toBe('');
  expect(stderr).toMatch(/^glassbox: /);
}

describe('usage', () => {
  test('an unknown command', () => {
    const {status, stderr} = glassbox(['fly']);
    expect(status).toBe(2);
    oneSentence(stderr);
    expect(stderr).toContain("'fly'");
    expect(stderr).toContain('glassbox --help');
  });

  test('an unknown flag names the command whose help lists the known ones', () => {
    const {status, stderr} = glassbox(['run', '01', '--fast']);
    expect(status).toBe(2);
    oneSentence(stderr);
    expect(stderr).toContain("'--fast'");
    expect(stderr).toContain('glassbox run --help');
  });

  test('the same in Chinese', () => {
    const {status, stderr} = glassbox(['run', '01', '--fast', '--lang', 'zh']);
    expect(status).toBe(2);
    expect(stderr).toContain("没有选项 '--fast'");
  });

  test('a missing argument', () => {
    const {status, stderr} = glassbox(['run']);
    expect(status).toBe(2);
    oneSentence(stderr);
    expect(stderr).toContain("'lab'");
  });

  test('a language that there is not', () => {
    const {status, stderr} = glassbox(['labs', '--lang', 'fr']);
    expect(status).toBe(2);
    expect(stderr).toContain('--lang en or --lang zh');
  });

  test('every command has its help, in both languages, with status 0', () => {
    for (const command of ['learn', 'run', 'labs', 'lint', 'verify', 'doctor', 'new', 'sweep']) {
      for (const [lang, word] of [
        ['en', 'Usage:'],
        ['zh', '用法：'],
      ] as const) {
        const {status, stdout, stderr} = glassbox([command, '--help', '--lang', lang]);
        expect([command, status, stderr]).toEqual([command, 0, '']);
        expect(stdout).toContain(word);
        expect(stdout).toContain(`glassbox ${command}`);
      }
    }
  });
});

describe('labs', () => {
  test('an unknown lab suggests the nearest', () => {
    const {status, stderr} = glassbox(['run', 'utz']);
    expect(status).toBe(2);
    oneSentence(stderr);
    expect(stderr).toContain("'utz'");
    expect(stderr).toContain("'01-uts'");
  });

  test('a folder without labs', () => {
    const {status, stderr} = glassbox(['labs', '--labs', scratch]);
    expect(status).not.toBe(0);
    oneSentence(stderr);
    expect(stderr).toContain(scratch);
  });

  test('a broken lab is named with file, line and column, and not run', () => {
    const dir = path.join(scratch, 'broken', '01-uts');
    mkdirSync(dir, {recursive: true});
    writeFileSync(
      path.join(dir, 'lab.md'),
      '---\nformat: 1\nid: uts\ntitle: UTS\ntitel: UTS\nquestion: What?\nminutes: 3\nsources: []\n---\n\n## A\n\n<a id="a"></a>\n\ntext\n',
    );
    const run = glassbox(['run', '01', '--labs', path.dirname(dir)]);
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/lab\.md:5:1: .*titel/);
    expect(run.stderr).not.toMatch(/^\s+at .*\(/m);
    const lint = glassbox(['lint', '--labs', path.dirname(dir)]);
    expect(lint.status).toBe(1);
    expect(lint.stdout).toMatch(/lab\.md:5:1: .*titel/);
  });

  test('a tool that is missing: not run, with reason and cure, and never passed', () => {
    const dir = path.join(scratch, 'tools', '01-uts');
    cpSync(path.join(root, 'labs/01-uts'), dir, {recursive: true});
    const file = path.join(dir, 'lab.md');
    writeFileSync(file, readFileSync(file, 'utf8').replace('tools: [pstree,', 'tools: [no-such-tool-here, pstree,'));
    const run = glassbox(['run', '01', '--labs', path.dirname(dir)]);
    expect(run.status).toBe(3);
    oneSentence(run.stderr);
    expect(run.stderr).toContain('no-such-tool-here');
    expect(run.stdout).toBe('');
    const verify = glassbox(['verify', '--labs', path.dirname(dir)]);
    expect(verify.status).toBe(3);
    expect(verify.stdout).toContain('no-such-tool-here');
    expect(verify.stdout).toContain('0 passed, 0 failed, 1 not run');
  });
});

describe('the host', () => {
  test('no terminal: the labs as plain text, and what to type next', () => {
    const {status, stdout, stderr} = glassbox([]);
    expect(status).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^01 UTS namespace: /m);
    expect(stdout).toContain('glassbox run 01');
  });

  test('no root: says so before anything is started', () => {
    const install = new Install();
    onTestFinished(() => install.close());
    const {status, stdout, stderr} = install.run(['run', '10']);
    expect(status).toBe(3);
    expect(stdout + stderr).toContain('root');
    expect(stdout + stderr).not.toMatch(/^\s+at .*\(/m);
  });

  test('output into a pipe that closes early is no error', () => {
    const script = `${launcher} --help | head -n 1; exit \${PIPESTATUS[0]}`;
    const {status, stdout, stderr} = spawnSync('bash', ['-c', script], {encoding: 'utf8', env: cleanEnv()});
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.split('\n').length).toBe(2);
  });
});
