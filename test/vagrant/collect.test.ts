/** vagrant/collect.sh with machines that answer as told: names, hostile ones too, what is missing, and what it ends with. */
import {spawnSync} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';

const script = path.resolve(import.meta.dirname, '../../vagrant/collect.sh');

/** A class: what is in each machine's home folder; null: it is not running. */
function collect(machines: Record<string, Record<string, string> | null>, words: string[] = [], lang = 'en_US.UTF-8') {
  const place = mkdtempSync(path.join(tmpdir(), 'glassbox-collect-'));
  onTestFinished(() => rmSync(place, {recursive: true, force: true}));
  const bin = path.join(place, 'bin');
  mkdirSync(bin);
  const put = (name: string, text: string) => {
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(path.join(bin, name), 0o755);
  };
  let states = '';
  for (const [name, files] of Object.entries(machines)) {
    states += `1,${name},state,${files ? 'running' : 'poweroff'}\n`;
    const home = path.join(place, 'home', name);
    mkdirSync(home, {recursive: true});
    for (const [file, text] of Object.entries(files ?? {})) writeFileSync(path.join(home, file), text);
  }
  writeFileSync(path.join(place, 'states'), states);
  put('vagrant', `[ "$1" = status ] && exec cat ${place}/states; echo "Host $2"`);
  // The last two words are the machine and the line for its shell.
  put('ssh', `while [ $# -gt 2 ]; do shift; done; HOME=${place}/home/$1 exec sh -c "$2"`);
  const {status, stdout, stderr} = spawnSync('sh', [script, path.join(place, 'results'), ...words], {
    cwd: place,
    encoding: 'utf8',
    env: {PATH: `${bin}:${process.env.PATH}`, LANG: lang, XDG_STATE_HOME: place, XDG_CONFIG_HOME: place},
  });
  const results = path.join(place, 'results');
  return {status, text: stdout + stderr, place, results, files: existsSync(results) ? readdirSync(results).sort() : []};
}

const result = '{"format": "glassbox-result", "version": 1}';

test('results are named by machine, other files stay, and grade has the last word', () => {
  const {status, text, files, results} = collect({
    'student-1': {'result.json': result, 'notes.json': '{}', 'more.json': result},
    'student-2': {'result.json': result},
  });
  expect(files).toEqual(['student-1-more.json', 'student-1-result.json', 'student-2-result.json']);
  expect(readFileSync(path.join(results, 'student-2-result.json'), 'utf8')).toBe(result);
  expect(text).toContain('student-1: 2\nstudent-2: 1\n3 in ');
  // These are no results in truth, and grade says so of each.
  expect(text.match(/student-2-result\.json: /g)?.length).toBeGreaterThan(0);
  expect(status).toBe(1);
});

test('machines that gave nothing are named, in both languages', () => {
  const machines = {'student-1': {}, 'student-2': null};
  const english = collect(machines);
  expect(english.text).toContain('student-2: nothing (poweroff)');
  expect(english.text).toContain('Gave nothing: student-1 student-2');
  expect(english.status).toBe(1);
  expect(collect(machines, [], 'zh_CN.UTF-8').text).toContain('没有交出成绩： student-1 student-2');
});

test('a name that a student made up does no harm here', () => {
  const {files, place} = collect({
    'student-1': {'-rf $(touch pwned) ;.json': result, 'a%2f..\\x.json': result, 'two\nlines.json': result},
  });
  expect(files).toHaveLength(2);
  for (const file of files) expect(file).toMatch(/^student-1-[A-Za-z0-9._-]+\.json$/);
  expect(existsSync(path.join(place, 'pwned'))).toBe(false);
});

test('words after -- go to grade; others are refused', () => {
  expect(collect({'student-1': {'r.json': result}}, ['--', '--to', 'nonsense']).text).toMatch(/nonsense/);
  const wrong = spawnSync('sh', [script, '--to', 'junit'], {encoding: 'utf8', env: {PATH: process.env.PATH}});
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toContain('expected a folder or --, found --to');
});
