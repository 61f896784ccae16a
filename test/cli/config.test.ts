/** `glassbox config`: the file, what is in effect, and what is wrong. */
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {glassbox} from '../support/glassbox.ts';

let home: string;
let file: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'glassbox-config-'));
  file = path.join(home, 'glassbox/config.yaml');
});
afterEach(() => rmSync(home, {recursive: true, force: true}));

const config = (args: string[] = [], env: Record<string, string> = {}) =>
  glassbox(['config', ...args], {env: {XDG_CONFIG_HOME: home, ...env}});
const put = (text: string): void => {
  mkdirSync(path.dirname(file), {recursive: true});
  writeFileSync(file, text);
};

test('without a file: says where it would be, and that the usual holds', () => {
  const {status, stdout, stderr} = config();
  expect({status, stderr}).toEqual({status: 0, stderr: ''});
  expect(stdout).toContain(`settings file: ${file} (not there`);
  expect(stdout).toMatch(/^theme +dark +usual$/m);
  expect(stdout).toMatch(/^keys\.lab\.hint +h +usual$/m);
});

test('each setting with who had the last word', () => {
  put('lang: zh\ntheme: light\nkeys: {lab: {hint: H}}\n');
  const said = JSON.parse(config(['--json', '--ascii', 'yes'], {NO_COLOR: '1'}).stdout);
  expect(said).toMatchObject({
    file,
    exists: true,
    lang: {value: 'zh', from: 'file'},
    theme: {value: 'none', from: 'environment', name: 'NO_COLOR'},
    ascii: {value: 'yes', from: 'option'},
    keys: {lab: {hint: {value: ['H'], from: 'file'}, solution: {value: ['s'], from: 'usual'}}},
    problems: [],
  });
});

test('--init writes a file that --check finds nothing in, and never a second time', () => {
  expect(config(['--init']).status).toBe(0);
  expect(config(['--check'])).toMatchObject({status: 0, stdout: `${file}: no findings.\n`});
  const text = readFileSync(file, 'utf8');
  const again = config(['--init']);
  expect(again.status).toBe(1);
  expect(again.stderr).toContain('is there already');
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('--check: each mistake with its place, in the language asked for, and status 1', () => {
  put('theme: drak\nkeys:\n  lab:\n    hint: q\n');
  const {status, stdout} = config(['--check']);
  expect(status).toBe(1);
  expect(stdout.split('\n')).toEqual([
    `${file}:1:8: "theme" is "drak"; it can be: dark, light, contrast, none. Did you mean "dark"?`,
    `${file}:4:11: "q" already does everywhere.quit and cannot do lab.hint too. Choose another key, or give everywhere.quit another one.`,
    '',
  ]);
  expect(config(['--check', '--lang', 'zh']).stdout).toContain('你想写的是不是“dark”');
  expect(JSON.parse(config(['--check', '--json']).stdout).problems).toMatchObject([
    {line: 1, col: 8, code: 'value'},
    {line: 4, col: 11, code: 'key-taken'},
  ]);
});

test('the language in the file is that of every command, and of what goes wrong', () => {
  put('lang: zh\n');
  const env = {XDG_CONFIG_HOME: home};
  expect(glassbox(['--help'], {env}).stdout).toContain('用法');
  expect(glassbox(['run', '77'], {env}).stderr).toContain('没有实验');
  expect(glassbox(['run', '77'], {env: {...env, GLASSBOX_LANG: 'en'}}).stderr).toContain('there is no lab');
});

test('mistakes in the file keep nobody from the labs without a screen', () => {
  put('lang: de\n');
  const {status, stdout, stderr} = glassbox([], {env: {XDG_CONFIG_HOME: home}});
  expect(status).toBe(0);
  expect(stdout).toContain('UTS');
  expect(stderr).toContain(`${file}:1:7: "lang" is "de"`);
});

test('a theme that is none', () => {
  const {status, stderr} = glassbox(['--theme', 'pink']);
  expect(status).toBe(2);
  expect(stderr).toContain("got 'pink'");
});
