import {type ChildProcess, spawn} from 'node:child_process';
import {createInterface} from 'node:readline';
import {expect, it, onTestFinished} from 'vitest';
import {patience} from '../../../src/course/patience.ts';
import {markOf} from '../../../src/engine/ledger.ts';
import {killIf} from '../../../src/engine/strays.ts';
import {sweepAll} from '../../../src/engine/sweep.ts';
import type {ContainerSpec} from '../../../src/engine/types.ts';
import {leftovers, quietMachine, rootFolder, running, types, uniqueSeconds, until} from '../support.ts';

const file = new URL('victim.ts', import.meta.url).pathname;
const roles = ['app', 'keeper', 'guard', 'app,keeper', 'guard,keeper', 'app,guard', 'app,guard,keeper'];

/** GLASSBOX_SEED=N and GLASSBOX_ROUNDS=N: the rounds of a failure again, or more of them. */
const seed = Number(process.env.GLASSBOX_SEED ?? Math.floor(Math.random() * 2 ** 31));
const rounds = Number(process.env.GLASSBOX_ROUNDS ?? 14);

/** mulberry32: the same numbers for the same seed. */
function random(state: number): (below: number) => number {
  let a = state;
  return below => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** One whose first process sees the machine's PIDs, so that it may be the one that kills, and one of all namespaces. */
function specs(dir: string, word: string): ContainerSpec[] {
  const shown = ['/bin', '/lib', '/lib64', '/usr'].map(source => ({
    destination: source,
    type: 'bind',
    source,
    options: ['rbind', 'ro'],
  }));
  const args = ['/bin/sh', '-c', `sleep ${word} & exec sleep ${word}`];
  const of = (without: string[]): ContainerSpec => ({
    hostname: 'box',
    process: {args},
    root: {path: dir},
    mounts: shown,
    linux: {namespaces: types.filter(type => !without.includes(type)).map(type => ({type}))},
  });
  return [of(['pid', 'user']), of(['user'])];
}

const gone = (pid: number): boolean => markOf(pid) === undefined;

interface Victim {
  child: ChildProcess;
  ended: Promise<unknown>;
  /** Its next line; undefined at the end. */
  next(): Promise<Record<string, number | string> | undefined>;
}

function launch(spec: ContainerSpec, who: string, place: number, word: string): Victim {
  const child = spawn(process.execPath, ['--no-warnings', file, who, String(place)], {
    env: {...process.env, VICTIM_SPEC: JSON.stringify(spec)},
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
    for (const pid of running(word)) killIf(pid, () => running(word).includes(pid));
  });
  const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]();
  const ended = new Promise(resolve => child.once('exit', (_, signal) => resolve(signal)));
  return {
    child,
    ended,
    next: async () => (({value, done}) => (done ? undefined : JSON.parse(value)))(await lines.next()),
  };
}

it(
  `killed between any two operations (seed ${seed}), nothing is left after the sweep`,
  async () => {
    const before = quietMachine();
    const draw = random(seed);
    const {dir} = rootFolder();
    for (let round = 0; round < rounds; round++) {
      const who = roles[round % roles.length]!;
      const word = uniqueSeconds();
      const sees = draw(2) === 0;
      const spec = specs(dir, word)[sees ? 0 : 1]!;
      const victim = launch(spec, who, draw(10_000), word);
      const names = await victim.next();
      const place = await victim.next();
      const what = `round ${round} of seed ${seed}: ${who} before operation ${place?.at} of ${place?.places}`;
      expect(names?.id, what).toMatch(/^[0-9a-f]{8}$/);
      const {app, keeper, guard, id} = names as {app: number; keeper: number; guard: number; id: string};
      const result = await victim.next();
      // A child in a PID namespace of its own knows nobody by these numbers, and without its guard a keeper ends at leisure.
      if (sees && who !== 'guard') expect(result?.made, what).not.toBe('made');
      // Whoever of the app is still there ends as an app does that is killed.
      victim.child.kill('SIGKILL');
      expect(await victim.ended, what).toBe('SIGKILL');
      for (const pid of [app, keeper, guard])
        await until(`${what}: ${pid} to be gone`, () => gone(pid), 10_000 * patience());
      expect((await sweepAll()).left, what).toEqual([]);
      expect(running(word), what).toEqual([]);
      expect(leftovers(id), what).toEqual([]);
      expect(quietMachine(), what).toEqual(before);
    }
  },
  300_000 * patience(),
);
