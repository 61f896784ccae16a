/** Lines that are typed by a hand, and what takes them away from it: Ctrl-C, the end of the shell. */
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import type {LineTypist} from '../../../src/engine/terminal/shell-typing.ts';
import {type ShellStage, shellStage} from './support.ts';

let it: ShellStage;
beforeAll(async () => {
  it = await shellStage();
});
afterEach(() => it.clear());
afterAll(() => it.close());

/** Types half of a line and waits there for `on`. */
function halfway(): {typist: LineTypist; half: Promise<void>; on: () => void; ended: Promise<unknown>} {
  const half = Promise.withResolvers<void>();
  const on = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<unknown>();
  const typist: LineTypist = async (line, write) => {
    try {
      write(line.slice(0, 6));
      half.resolve();
      await on.promise;
      for (const key of line.slice(6)) write(key);
      ended.resolve(undefined);
    } catch (error) {
      ended.resolve(error);
      throw error;
    }
  };
  return {typist, half: half.promise, on: on.resolve, ended: ended.promise};
}

describe.each(['bash', 'sh'] as const)('%s', kind => {
  test('a line by hand is the same command', async () => {
    const {shell, events} = await it.open(kind);
    await shell.ready();
    const {typist, half, on} = halfway();
    const result = shell.run('echo by hand', {typist});
    await half;
    expect(shell.typing).toBe(true);
    expect(events).toEqual([]);
    on();
    const {status, output} = await result;
    expect([status, output.toString()]).toEqual([0, 'by hand\r\n']);
    expect(shell.typing).toBe(false);
  });

  test('Ctrl-C: no Enter follows, the typist is let go, and the next command has an empty line', async () => {
    const {shell, events} = await it.open(kind);
    await shell.ready();
    const {typist, half, on, ended} = halfway();
    const result = shell.run('sleep 1000', {typist});
    await half;
    shell.interrupt();
    expect(await result).toMatchObject({status: null, why: 'dropped'});
    const next = await shell.run('echo next');
    on();
    expect(await ended).toBeInstanceOf(Error);
    expect([next.status, next.output.toString()]).toEqual([0, 'next\r\n']);
    const last = await shell.run('echo last');
    expect([last.status, last.output.toString()]).toEqual([0, 'last\r\n']);
    expect(events.map(one => one.command)).not.toContain('sleep 1000');
  });

  test('Ctrl-C between the last key and Enter', async () => {
    const {shell} = await it.open(kind);
    await shell.ready();
    const typist: LineTypist = async (line, write) => {
      write(line);
      shell.interrupt();
    };
    expect(await shell.run('sleep 1000', {typist})).toMatchObject({why: 'dropped'});
    expect((await shell.run('echo next')).output.toString()).toBe('next\r\n');
  });

  test('a shell that ends under the hand', async () => {
    const {shell} = await it.open(kind);
    await shell.ready();
    const {typist, half, on} = halfway();
    const result = shell.run('echo too late', {typist});
    await half;
    await it.clear();
    on();
    expect(await result).toMatchObject({status: null, why: 'ended'});
  });
});

test('a run behind one that never ends has its own patience', async () => {
  const {shell} = await it.open('bash');
  await shell.ready();
  const endless = shell.run("trap '' INT; while :; do sleep 1000; done");
  expect(await shell.run('echo behind', {timeoutMs: 200})).toMatchObject({why: 'timeout', status: null});
  await it.clear();
  expect(await endless).toMatchObject({why: 'ended'});
});
