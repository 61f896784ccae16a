/** Whether control groups may be had: what doctor makes of what src/engine/cgroup/delegation.ts decides. */
import {expect, test} from 'vitest';
import type {Surroundings} from '../../../src/engine/cgroup/delegation.ts';
import {delegationFinding} from '../../../src/engine/host/delegation.ts';

const tree = {mount: '/sys/fs/cgroup', version: 2 as const, controllers: ['cpu', 'memory', 'pids']};
const around = (more: Partial<Surroundings> = {}): Surroundings => ({
  uid: 4711,
  trees: [{tree, root: '/'}],
  membership: '0::/\n',
  booted: false,
  isSocket: () => false,
  mayWrite: () => false,
  read: () => undefined,
  ...more,
});

test('root may, anywhere', () => {
  expect(delegationFinding(around({uid: 0}))).toMatchObject({ok: 'yes', meaning: 'host.delegation.machine'});
});

test('an ordinary user without systemd gets the commands that hand a group over, with the shell inside', () => {
  expect(delegationFinding(around(), 99)).toMatchObject({
    ok: 'partly',
    meaning: 'host.delegation.none',
    params: {
      missing: 'cpu memory pids',
      command:
        'echo +cpu +memory +pids > /sys/fs/cgroup/cgroup.subtree_control && mkdir -p /sys/fs/cgroup/glassbox-4711/shell && ' +
        'chown -R 4711 /sys/fs/cgroup/glassbox-4711 && echo 99 > /sys/fs/cgroup/glassbox-4711/shell/cgroup.procs',
    },
  });
});

test('with systemd it is systemd’s to give', () => {
  const {params} = delegationFinding(around({booted: true}));
  expect(params?.command).toBe('loginctl enable-linger 4711');
});

test('without any tree nothing can be handed over', () => {
  expect(delegationFinding(around({trees: []})).meaning).toBe('host.cgroup.none');
});
