import {join} from 'node:path';
import {afterEach, expect, it} from 'vitest';
import {loadLab} from '../../../src/course/index.ts';
import {withoutNamespace} from '../../../src/course/session/ablation.ts';
import type {ContainerSpec} from '../../../src/engine/index.ts';
import {Watched} from './helper.ts';

let now: Watched;
afterEach(() => now?.close());

it('leaves out the limits, and keeps the group', () => {
  const spec: ContainerSpec = {
    process: {args: ['sh']},
    linux: {namespaces: [{type: 'pid'}], cgroupsPath: 'box', resources: {cpu: {quota: 20000}}},
  };
  expect(withoutNamespace(spec, 'resources')).toEqual({
    ...spec,
    linux: {namespaces: [{type: 'pid'}], cgroupsPath: 'box', resources: {}},
  });
});

it('the lab of the CPU, live: with its limit a loop gets a fifth, and without it more', async () => {
  const {lab} = await loadLab(join(import.meta.dirname, '../../../labs/07-cgroup-cpu'));
  now = await Watched.open(lab!, {atStep: 'spec'});
  await now.session.start();
  await now.walk();
  expect(now.state.checks['fifth-of-five']?.verdict).toBe('pass');
  await now.session.ablate('limited', 'resources');
  const row = (path: string) => now.last('ablation-result')?.rows.find(one => one.path === path);
  expect(row('limited.cpu.quota')).toMatchObject({withFlag: 20000n, withoutFlag: -1n});
  expect(row('limited.cpu.nr_throttled')).toMatchObject({withoutFlag: 0n});
  // Absent where the machine is so busy that it proves nothing.
  const share = row('limited.cpu.share_5s')?.withoutFlag as bigint | null;
  if (share !== null) expect(Number(share)).toBeGreaterThan(220);
}, 90_000);
