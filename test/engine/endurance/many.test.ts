import {describe, expect, it} from 'vitest';
import {patience} from '../../../src/course/patience.ts';
import type {ContainerSpec} from '../../../src/engine/types.ts';
import {maps, namespace, openStage, quietMachine, rootFolder, types, until} from '../support.ts';
import {held, keyrings, memory} from './objects.ts';

const everything = types.map(type => ({type}));
const withRoot = (args: string[]): ContainerSpec => {
  const {root, mounts} = rootFolder();
  const proc = {destination: '/proc', type: 'proc', source: 'proc'};
  const namespaces = everything.filter(({type}) => type !== 'user');
  return {hostname: 'box', process: {args}, root, mounts: [...mounts, proc], linux: {namespaces}};
};

/** So many KiB are noise; one page leaked by each of 700 containers would be 2800. */
const NOISE_KIB = 512;
/** Of a heap. A leak of one container object each, with its journal, is ten times that. */
const NOISE_HEAP = 4 << 20;

describe('1000 containers in a row', () => {
  it.each([
    [
      'with every namespace, by a user map',
      () => ({process: {args: ['/bin/true']}, linux: {namespaces: everything, ...maps}}),
    ],
    ['with a root and mounts of their own', () => withRoot(['/bin/true'])],
  ] as [string, () => ContainerSpec][])(
    '%s: nothing grows',
    async (_, make) => {
      const machine = quietMachine();
      const stage = await openStage();
      const spec = make();
      const one = async (i: number): Promise<void> => {
        const container = await stage.run(`box${i}`, spec);
        expect(await container.wait()).toMatchObject({code: 0});
        await container.remove();
      };
      const keys = keyrings();
      for (let i = 0; i < 300; i++) await one(i);
      const [objects, before] = [held(stage), memory(stage)];
      for (let i = 300; i < 1000; i++) await one(i);
      await until('the keeper to hold what it held before', () => {
        const now = held(stage);
        return Object.entries(objects).every(([name, count]) => now[name as keyof typeof now] <= count);
      }).catch(() => expect(held(stage)).toEqual(objects));
      const after = memory(stage);
      expect(after.keeper - before.keeper).toBeLessThan(NOISE_KIB);
      expect(after.guard - before.guard).toBeLessThan(NOISE_KIB);
      expect(after.heap - before.heap).toBeLessThan(NOISE_HEAP);
      await until('keyrings to go', () => keyrings() < keys + 100, 30_000 * patience());
      await stage.close();
      expect(quietMachine()).toEqual(machine);
    },
    300_000 * patience(),
  );
});

describe('64 containers at once', () => {
  it(
    'are 64, each in namespaces of its own; when they are removed nothing of them stays, and the second 64 cost no more',
    async () => {
      const machine = quietMachine();
      const stage = await openStage();
      const spec = withRoot(['/bin/sleep', '100000']);
      const wave = async (name: string) => {
        const all = await Promise.all(Array.from({length: 64}, (_, i) => stage.run(`${name}${i}`, spec)));
        for (const type of ['pid', 'mount', 'uts', 'ipc', 'network', 'cgroup', 'time'] as const)
          expect(new Set(all.map(({pid}) => namespace(pid, type))).size).toBe(64);
        const during = held(stage);
        await Promise.all(all.map(container => container.remove()));
        return {during, after: held(stage)};
      };
      const idle = held(stage);
      const first = await wave('a');
      expect(first.during.processes).toBe(idle.processes + 64);
      expect(first.during.namespaces).toBe(idle.namespaces + 64 * 7);
      const second = await wave('b');
      for (const count of [
        'processes',
        'namespaces',
        'mounts',
        'machineMounts',
        'groups',
        'keeperDescriptors',
        'guardDescriptors',
      ] as const) {
        expect([count, first.after[count]]).toEqual([count, idle[count]]);
        expect([count, second.after[count]]).toEqual([count, idle[count]]);
      }
      expect(second.during.keeperDescriptors).toBe(first.during.keeperDescriptors);
      expect(second.after.mappings).toBeLessThanOrEqual(first.after.mappings);
      await until('pipes to be closed', () => held(stage).appDescriptors <= idle.appDescriptors);
      await stage.close();
      expect(quietMachine()).toEqual(machine);
    },
    120_000 * patience(),
  );
});
