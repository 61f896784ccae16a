/** Whoever is killed, and whenever: nothing is left behind, and the next call finds it in order. */
import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {leftovers, running, uniqueSeconds} from '../../engine/support.ts';
import {type Engine, engine, until} from './support.ts';

/** A container that runs, in the foreground or not, with all that the machine has of it. */
async function box(e: Engine, detached: boolean) {
  const seconds = uniqueSeconds();
  const args = ['--name', 'box', '--programs', 'sh,sleep', '-m', '64m', '--network', 'bridge'];
  const command = ['sh', '-c', `echo ready; sleep ${seconds}`];
  const started = detached ? undefined : e.start(['run', ...args, ...command]);
  if (detached) expect(e(['run', '-d', ...args, ...command]).status).toBe(0);
  await started?.said('ready');
  const known = e.inspect('box');
  await until('it runs', () => running(seconds).length > 0);
  const gone = async (): Promise<void> => {
    await until('its processes are gone', () => running(seconds).length === 0);
    await until('its stage is gone', () => leftovers(known.stage.id).length === 0);
  };
  return {...known, started, gone};
}

const names = (e: Engine): string[] =>
  (JSON.parse(e(['ps', '-a', '--json']).stdout) as {name: string}[]).map(({name}) => name);

describe('kill -9', () => {
  test.each([
    ['the foreground run', false],
    ['the supervisor', true],
  ])('of %s', async (_, detached) => {
    const e = engine();
    const {supervisor, gone} = await box(e, detached);
    process.kill(supervisor.pid, 'SIGKILL');
    await gone();
    expect(e.files()).not.toEqual([]);
    expect(names(e)).toEqual([]);
    expect(e.files()).toEqual([]);
    expect(e(['run', '--rm', '--name', 'box', 'true']).status).toBe(0);
  });

  test('of the keeper, below a foreground run: it says so', async () => {
    const e = engine();
    const {supervisor, gone, started} = await box(e, false);
    process.kill(supervisor.keeper, 'SIGKILL');
    const {status, stderr} = await started!.ended;
    expect([status, stderr]).toEqual([125, expect.stringContaining('keeper')]);
    await gone();
    expect(e(['rm', 'box']).status).toBe(0);
    expect(e.files()).toEqual([]);
  });

  test('of the keeper, below a supervisor: that one ends too, and what is kept tells of it', async () => {
    const e = engine();
    const {supervisor, gone} = await box(e, true);
    process.kill(supervisor.keeper, 'SIGKILL');
    expect(e(['wait', '--json', 'box']).stdout).toContain('"lost":true');
    await gone();
    expect(e.inspect('box').state).toMatchObject({status: 'ended', lost: true});
  });

  test('of both at once', async () => {
    const e = engine();
    const {supervisor, gone} = await box(e, true);
    for (const pid of [supervisor.keeper, supervisor.pid]) process.kill(pid, 'SIGKILL');
    expect(names(e)).toEqual([]);
    await gone();
  });
});

describe('ends that are asked for', () => {
  test('SIGTERM ends a supervisor with its container', async () => {
    const e = engine();
    const {supervisor, gone} = await box(e, true);
    process.kill(supervisor.pid, 'SIGTERM');
    expect(e(['wait', 'box']).stdout).toBe('137\n');
    await gone();
  });

  test('rm --force takes everything, also of a foreground run', async () => {
    const e = engine();
    const {gone, started} = await box(e, false);
    expect(e(['rm', '-f', 'box']).status).toBe(0);
    expect((await started!.ended).status).toBe(137);
    await gone();
    expect(e.files()).toEqual([]);
  });
});

test('a supervisor that is stopped is told of, also by rm --force, which does not wait for ever', async () => {
  const e = engine();
  const {supervisor, gone} = await box(e, true);
  process.kill(supervisor.pid, 'SIGSTOP');
  try {
    const listed = e.start(['ps']);
    const {status, stderr} = e(['rm', '-f', 'box']);
    expect([status, stderr]).toEqual([1, expect.stringContaining(`kill -CONT ${supervisor.pid}`)]);
    expect((await listed.ended).stdout).toContain('no answer');
  } finally {
    process.kill(supervisor.pid, 'SIGCONT');
  }
  expect(e(['rm', '-f', 'box']).status).toBe(0);
  await gone();
});

describe('the folder', () => {
  test('one that others may enter is not used', () => {
    const e = engine();
    const place = path.join(e.place, 'glassbox-engine');
    mkdirSync(place);
    chmodSync(place, 0o755);
    const {status, stderr} = e(['run', '--rm', 'true']);
    expect([status, stderr]).toEqual([125, expect.stringContaining(place)]);
  });

  test('rubbish in it harms nobody', () => {
    const e = engine();
    const place = path.join(e.place, 'glassbox-engine');
    mkdirSync(place, {mode: 0o700});
    writeFileSync(path.join(place, 'aaaaaaaaaaaa.json'), '{"version":1');
    writeFileSync(path.join(place, 'bbbbbbbbbbbb.json'), '[]');
    writeFileSync(path.join(place, 'note.txt'), 'x');
    expect(e(['run', '--rm', 'true']).status).toBe(0);
    expect(e(['ps', '-a', '--json']).stdout).toBe('[]\n');
  });
});
