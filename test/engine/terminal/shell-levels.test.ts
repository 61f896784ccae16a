import {expect, test} from 'vitest';
import {ShellLevels} from '../../../src/engine/terminal/shell-levels.ts';

const command = (text: string) => ({text, by: 'learner' as const});

test('a nested shell is entered, and its end ends the command that opened it', () => {
  const levels = new ShellLevels(100);
  expect(levels.prompt({mark: 1}, 100)).toEqual({ended: [], entered: undefined});
  levels.running = command('sh');
  expect(levels.prompt({mark: 2}, 200).entered).toEqual(command('sh'));
  levels.running = command('exit');
  expect(levels.prompt({mark: 1}, 100).ended).toEqual([command('exit'), command('sh')]);
  expect(levels.depth).toBe(1);
});

test('a shell with the same $$ in a PID namespace below is another shell', () => {
  const levels = new ShellLevels(100);
  levels.prompt({mark: 1}, 100);
  levels.running = command('unshare -pf --mount-proc sh');
  expect(levels.prompt({mark: 1}, 200).entered).toEqual(command('unshare -pf --mount-proc sh'));
  levels.running = command('true');
  expect(levels.prompt({mark: 1}, 200).ended).toEqual([command('true')]);
  expect(levels.prompt({mark: 1}, 100).ended).toEqual([command('unshare -pf --mount-proc sh')]);
});

test('shells without marks are told apart by their processes', () => {
  const levels = new ShellLevels(100);
  levels.prompt({mark: 1}, 100);
  levels.running = command('python3');
  expect(levels.prompt({pid: 300}).entered).toEqual(command('python3'));
  levels.running = command('quit()');
  expect(levels.prompt({pid: 100}).ended).toEqual([command('quit()'), command('python3')]);
});

test('endless nesting does not grow', () => {
  const levels = new ShellLevels(1);
  for (let i = 2; i < 1000; i++) levels.prompt({mark: i}, i);
  expect(levels.depth).toBe(64);
  levels.running = command('exit');
  expect(levels.prompt({pid: 1}).ended).toEqual([command('exit')]);
});
