/** Quizzes on the live kernel: a graded run through a terminal with a kill -9 in its middle, an exam through pipes, grading. */
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, describe, expect, onTestFinished, test} from 'vitest';
import type {ResultFile} from '../../src/course/index.ts';
import {App, type AppOptions, boxPid} from '../support/app.ts';
import {cleanEnv, glassbox, launcher} from '../support/glassbox.ts';
import {Lines} from '../support/lines.ts';
import {machine, untilNoStrays} from '../support/machine.ts';

const before = machine();
const began = Date.now();
const apps: App[] = [];

const open = (options: AppOptions): App => {
  const app = new App(options);
  apps.push(app);
  return app;
};

afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
  await untilNoStrays(began);
  await expect.poll(machine, {timeout: 10_000}).toEqual(before);
});

function tempDir(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'gb-quiz-flow-'));
  onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
  return dir;
}

const childOf = (pid: number): string => execFileSync('pgrep', ['-P', String(pid)], {encoding: 'utf8'}).trim();
const fullWidth = (text: string) => text.replace(/\d/g, digit => String.fromCodePoint(0xff10 + Number(digit)));

describe('graded, in a terminal', () => {
  test('kill -9 in the middle loses no answer; the same command goes on; the file is graded, an edit in it is found', async () => {
    const dir = tempDir();
    const out = path.join(dir, 'result.json');
    const args = `quiz 03 --graded --seed g --count 4 --minutes 30 --student s1 --out ${out}`;
    const first = open({cols: 80, rows: 24, args});
    await first.terminal.until('question 1 of 4');
    first.terminal.key('Enter');
    await first.terminal.until(/question 2 of 4[\s\S]*box \(pid \d+\)/);
    process.kill(first.pid(), 'SIGKILL');
    await first.terminal.until('[ended 137]');

    const {terminal} = open({cols: 120, rows: 36, args, env: {XDG_STATE_HOME: first.state}});
    const screen = await terminal.until(/question 2 of 4[\s\S]*box \(pid \d+\)/);
    expect(screen).toMatch(/(29|30):\d\d left/);
    terminal.type(fullWidth(childOf(boxPid(screen))));
    terminal.key('Enter');
    await terminal.until('question 3 of 4');
    terminal.key('Enter');
    await terminal.until(/question 4 of 4[\s\S]*box \(pid \d+\)/);
    // By hand, on the host's side: the kernel's state is what counts.
    terminal.key('BTab');
    await terminal.until(/HOST: keyboard here/);
    const box = boxPid(await terminal.until(/box \(pid \d+\)/));
    terminal.type(`nsenter -t ${box} -p sh -c 'sleep 300 &' ; echo done`);
    terminal.key('Enter');
    await terminal.until(/^┃done/m);
    terminal.key('C-]');
    await terminal.until('it is done');
    terminal.key('Enter');
    await terminal.until(out);
    expect(await terminal.until(/repair +1 +1 +2\/2/)).toMatch(/reading +1 +1 +1\/1/);
    terminal.key('Enter');
    await terminal.until('[ended 0]');

    const result = JSON.parse(readFileSync(out, 'utf8')) as ResultFile;
    expect(result.results.map(({asked, response}) => [asked.n, response !== null])).toEqual([
      [1, true],
      [2, true],
      [3, true],
      [4, true],
    ]);
    expect(result.results[3]?.judged.evidence.transcript).toMatch(/^[\da-f]{64}$/);
    expect(result.results[3]?.judged.evidence.commands?.some(({command}) => command.includes('nsenter'))).toBe(true);
    const sound = glassbox(['grade', out]);
    expect([sound.status, sound.stderr]).toEqual([0, 'Nothing speaks against any of the files.\n']);
    expect(sound.stdout).toMatch(/s1 /);

    const forged = path.join(dir, 'forged.json');
    const [wrong] = result.results;
    wrong!.response = wrong!.judged.evidence.key;
    wrong!.judged = {...wrong!.judged, verdict: 'right', points: wrong!.asked.points};
    writeFileSync(forged, JSON.stringify(result));
    const found = glassbox(['grade', forged]);
    expect(found.status).toBe(1);
    expect(found.stderr).toContain('The chain breaks at question 1');
    expect(found.stdout).toMatch(/^LOOK/m);
  });
});

describe('practice, line by line', () => {
  test('a wrong answer, a hint, another try, commands on both sides; it is due again', async () => {
    const state = tempDir();
    const quiz = new Lines(['quiz', '03', '--kinds', 'diagnosis', '--seed', 'p'], {XDG_STATE_HOME: state});
    await quiz.until(/one flag too few[\s\S]*Type its number/);
    await quiz.say('box: readlink /proc/self/ns/uts', /uts:\[\d+\]/);
    await quiz.say('host: readlink /proc/self/ns/uts', /uts:\[\d+\]/);
    await quiz.say('hint', /Hint 1 of 1/);
    const [told] = await quiz.say('1', /(Right|Not right)\.[\s\S]*Enter: the next question/);
    expect(told.match(/It is missing where/g)).toHaveLength(3);
    await quiz.say('again', /Type its number/);
    await quiz.say('2', /(Right|Not right)\.[\s\S]*Enter: the next question/);
    await quiz.say('show', /glassbox learn 03/);
    await quiz.say('', /of 2 points/);
    expect(await quiz.end()).toBe(0);
    const due = JSON.parse(readFileSync(path.join(state, 'glassbox/quiz.json'), 'utf8'));
    // With a hint it was not known yet, even where it was right.
    expect(due.cards['pid/missing']).toMatchObject({box: 1});
    const later = glassbox(['quiz', '--due', '--plain'], {env: {XDG_STATE_HOME: state}});
    // Nothing answers there, and that is said first.
    expect([later.status, later.stderr]).toEqual([2, expect.stringContaining('standard input is empty')]);
  });

  test('nobody answers: nothing is begun', () => {
    const state = tempDir();
    const ran = glassbox(['quiz', '03', '--graded'], {env: {XDG_STATE_HOME: state}});
    expect(ran.status).toBe(2);
    expect(ran.stderr).toContain('A quiz needs answers');
    expect(readdirSync(state)).toEqual([]);
  });
});

describe('a sealed exam', () => {
  test('is taken as JSON through pipes, cannot be resumed without its secret, and its result cannot be changed', () => {
    const dir = tempDir();
    const at = (name: string) => path.join(dir, name);
    const exam = 'title: {en: Midterm, zh: 期中}\nlabs: [3]\ncount: 3\nseed: mid\nkinds: [single, order, multiple]\n';
    writeFileSync(at('exam.yaml'), exam);
    writeFileSync(at('secret'), 'correct horse\n');
    writeFileSync(at('other'), 'battery staple\n');
    const linted = glassbox(['exam', 'lint', at('exam.yaml')]);
    expect([linted.status, linted.stdout]).toEqual([0, expect.stringContaining('3 questions of')]);
    const sealed = glassbox(['exam', 'seal', at('exam.yaml'), '--secret', at('secret'), '-o', at('sealed.json')]);
    expect(sealed.status).toBe(0);
    expect(readFileSync(at('sealed.json'), 'utf8')).not.toContain('1 of a container');

    const env = cleanEnv();
    const take = (secret: string, input: string, ...more: string[]) =>
      spawnSync(
        launcher,
        ['quiz', '--exam', at('sealed.json'), '--secret', at(secret), '--json', '--out', at('out.json'), ...more],
        {env, encoding: 'utf8', input, timeout: 60_000},
      );
    expect(take('other', '1\n').stderr).toContain('This secret does not open');
    const first = take('secret', '\n1\n{"nonsense":1}\n', '--student', 's9');
    expect(first.status).toBe(1);
    expect(first.stderr).toContain('every answer is kept');
    const resumed = spawnSync(launcher, ['quiz', '--resume', '--plain'], {env, encoding: 'utf8', input: '1\n'});
    expect([resumed.status, resumed.stderr]).toEqual([2, expect.stringContaining('sealed')]);
    const last = take('secret', 'null\nnull\nnull\n');
    const events = last.stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(events.at(-1)).toMatchObject({type: 'result', over: true, asked: 3, answered: 3, file: at('out.json')});
    expect(last.status).toBe(0);

    const grade = (secret: string) =>
      glassbox(['grade', at('out.json'), '--exam', at('sealed.json'), '--secret', at(secret)]);
    expect([grade('secret').stderr, grade('secret').status]).toEqual(['Nothing speaks against any of the files.\n', 0]);
    writeFileSync(at('out.json'), readFileSync(at('out.json'), 'utf8').replace('"s9"', '"s8"'));
    expect(grade('secret')).toMatchObject({status: 1, stderr: expect.stringContaining('WRONG')});
  });
});
