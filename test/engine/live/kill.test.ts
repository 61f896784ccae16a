import {type ChildProcess, spawn} from 'node:child_process';
import {mkdirSync, readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {setTimeout as delay} from 'node:timers/promises';
import {describe, expect, it, onTestFinished} from 'vitest';
import {patience} from '../../../src/course/patience.ts';
import {type Ledger, markOf} from '../../../src/engine/ledger.ts';
import {mountNamespaceId} from '../../../src/engine/library.ts';
import {killIf} from '../../../src/engine/strays.ts';
import {sweepAll} from '../../../src/engine/sweep.ts';
import {leftovers, quietMachine, rootFolder, running, uniqueSeconds, until} from '../support.ts';

interface Victim {
  app: number;
  keeper: number;
  guard: number;
  id: string;
  word: string;
  child: ChildProcess;
  /** What it says when its keeper dies. */
  lost(): Promise<string>;
}

const patient = {timeout: 30_000 * patience()};

/** Sleepers of a victim: four of each container and of the host side, of the held container none. */
const SLEEPERS = 16;

function launch(word: string, kind: string, announce: string): {child: ChildProcess; lines: AsyncIterator<string>} {
  const file = new URL('victim.ts', import.meta.url).pathname;
  const {dir} = rootFolder();
  mkdirSync(`${dir}/dev`);
  const child = spawn(process.execPath, ['--no-warnings', file, dir, kind, announce], {
    env: {...process.env, VICTIM_WORD: word},
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
    for (const pid of running(word)) killIf(pid, () => running(word).includes(pid));
  });
  return {child, lines: createInterface({input: child.stdout!})[Symbol.asyncIterator]()};
}

async function victim(kind = 'private'): Promise<Victim> {
  const word = uniqueSeconds();
  const {child, lines} = launch(word, kind, 'yes');
  const {value} = await lines.next();
  await until('all sleepers', () => running(word).length === SLEEPERS);
  return {...JSON.parse(value ?? '{}'), word, child, lost: async () => JSON.parse((await lines.next()).value).lost};
}

/** Not there, or a zombie whose parent is slow to reap it. */
const gone = (pid: number): boolean => markOf(pid) === undefined;

/** How many processes of containers the session's ledger names: it is written a moment after they were made. */
const noted = (id: string): number =>
  (JSON.parse(readFileSync(`/run/glassbox/${id}.json`, 'utf8')) as Ledger).processes.length;

type Role = 'app' | 'keeper' | 'guard';
/** Who is killed, and who does the rest. */
const matrix: [Role[], string][] = [
  [['app'], 'by itself'],
  [['keeper'], 'by itself'],
  [['guard'], 'by itself'],
  [['app', 'keeper'], 'by itself'],
  [['app', 'guard'], 'by itself'],
  // The app sweeps in their stead, as the next start would.
  [['keeper', 'guard'], 'by itself'],
  // Nobody is left who could: the kernel kills the containers' own processes, the next start sweeps the rest.
  [['app', 'keeper', 'guard'], 'with the next start'],
];

/** All of them; one may have gone by itself, since another was killed just before. */
function kill(v: Victim, roles: Role[]): void {
  for (const role of roles) {
    try {
      process.kill(v[role], 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/**
 * Daemons of the one container that has a root of its own and no PID namespace: from before Linux 6.8 nothing proves whose they are
 * once everybody is dead who knew, and then a sweep leaves them alone. They end with the test.
 */
const SPARED = mountNamespaceId(process.pid) === undefined ? 2 : 0;

function endSpared(word: string, count: number): void {
  const pids = running(word);
  expect(pids).toHaveLength(count);
  for (const pid of pids) process.kill(pid, 'SIGKILL');
}

describe.each(['private', 'real-host'])('kill -9 on the %s stage', kind => {
  it.each(matrix)('of %j: everything is gone %s', async (roles, how) => {
    const before = quietMachine();
    const v = await victim(kind);
    await until('the ledger to know its containers', () => noted(v.id) >= 4);
    kill(v, roles);
    // While it has not heard of its loss, it may write its ledger anew; it sweeps, and says so, when it has.
    if (!roles.includes('app')) expect(await v.lost()).toBe('keeper.lost');
    if (how === 'by itself') {
      await expect
        .poll(() => ({running: running(v.word), left: leftovers(v.id)}), patient)
        .toEqual({running: [], left: []});
    } else {
      await until('the direct children to die', () => running(v.word).length < SLEEPERS);
      for (const role of roles) await until(`${role} to be gone`, () => gone(v[role]));
      // Whoever starts next sweeps: that may also be somebody else on this machine.
      expect((await sweepAll()).left).toEqual([]);
      // On the machine itself each process carries a mark.
      endSpared(v.word, kind === 'private' ? SPARED : 0);
    }
    await until('all to be gone', () => running(v.word).length === 0);
    expect(leftovers(v.id)).toEqual([]);
    v.child.kill('SIGKILL');
    for (const role of ['keeper', 'guard'] as const) await until(`${role} to be gone`, () => gone(v[role]));
    expect(quietMachine()).toEqual(before);
  });
});

it(
  'kill -9 of the app at any moment of its start and of its work leaves nothing',
  async () => {
    const before = quietMachine();
    for (let ms = 0; ms <= 120; ms += 8) {
      const word = uniqueSeconds();
      const {child, lines} = launch(word, 'private', 'early');
      await lines.next();
      await delay(ms);
      child.kill('SIGKILL');
      await until(`nothing to be left of a kill after ${ms} ms`, () => running(word).length === 0);
    }
    // What was killed before it had a keeper has left its ledger only.
    await until('the keepers to have swept', () => quietMachine().mounts === before.mounts);
    await sweepAll();
    expect(quietMachine()).toEqual(before);
  },
  300_000 * patience(),
);

it('a sweep leaves sessions alone that live, whatever else it finds', async () => {
  const [dead, alive] = [await victim(), await victim()];
  await until('both ledgers to know their containers', () => noted(dead.id) >= 4 && noted(alive.id) >= 4);
  kill(dead, ['app', 'keeper', 'guard']);
  await until('the direct children to die', () => running(dead.word).length < SLEEPERS);
  for (const role of ['app', 'keeper', 'guard'] as const) await until(`${role} to be gone`, () => gone(dead[role]));
  const [one, two] = await Promise.all([sweepAll(), sweepAll()]);
  expect([...one.swept, ...two.swept]).not.toContain(alive.id);
  endSpared(dead.word, SPARED);
  expect(running(alive.word)).toHaveLength(SLEEPERS);
  process.kill(alive.app, 'SIGKILL');
  const {word, id} = alive;
  await expect.poll(() => ({running: running(word), left: leftovers(id)}), patient).toEqual({running: [], left: []});
});
