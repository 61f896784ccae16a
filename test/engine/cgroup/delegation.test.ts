import {describe, expect, it} from 'vitest';
import {delegatedGroups, type Surroundings} from '../../../src/engine/cgroup/delegation.ts';
import {checkDelegation} from '../../../src/engine/cgroup/settle.ts';
import type {Mounted, Tree} from '../../../src/engine/cgroup/trees.ts';

const tree = (version: 1 | 2, mount: string, ...controllers: string[]): Mounted => ({
  tree: {version, mount, controllers} satisfies Tree,
  root: '/',
});
const all = tree(2, '/cg', 'cpu', 'misc', 'memory', 'pids');
const session = '/user.slice/user-1000.slice/session-1.scope';
const manager = '/cg/user.slice/user-1000.slice/user@1000.service/cgroup.controllers';

/** A pure v2 machine with systemd, seen by user 1000, unless told otherwise. */
function machine(
  other: Partial<Surroundings> & {files?: Record<string, string>; sockets?: string[]; own?: string[]} = {},
): Surroundings {
  const {files = {}, sockets = ['/run/dbus/system_bus_socket', '/run/user/1000/bus'], own = [], ...rest} = other;
  return {
    uid: 1000,
    trees: [all],
    membership: `0::${session}\n`,
    booted: true,
    isSocket: file => sockets.includes(file),
    mayWrite: file => own.some(folder => file === folder || file.startsWith(`${folder}/`)),
    read: file => files[file],
    ...rest,
  };
}

describe('as root', () => {
  it('systemd is asked where it runs; without its bus, and without it, the machine’s root is ours', () => {
    expect(delegatedGroups(machine({uid: 0}))).toMatchObject({how: 'systemd', bus: 'system'});
    expect(delegatedGroups(machine({uid: 0, sockets: []}))).toMatchObject({how: 'machine'});
    const bare = delegatedGroups(machine({uid: 0, booted: false, membership: '0::/here\n'}));
    expect(bare).toEqual({
      how: 'machine',
      controllers: ['cpu', 'memory', 'pids'],
      places: [{tree: all.tree, base: '', origin: '/here'}],
    });
  });

  it('in a container of somebody else’s, whose root group holds processes, the command is told that moves them', () => {
    const files = {'/cg/cgroup.type': 'domain\n', '/cg/cgroup.procs': '1\n7\n', '/cg/cgroup.subtree_control': 'io\n'};
    const inside = delegatedGroups(machine({uid: 0, booted: false, files}));
    expect(inside.controllers).toEqual([]);
    expect(inside.lack).toMatchObject({code: 'host.delegation.occupied', params: {missing: 'cpu memory pids'}});
    expect(inside.lack?.params.command).toContain('/cg/init/cgroup.procs');
    const ready = {...files, '/cg/cgroup.subtree_control': 'cpu misc memory pids\n'};
    expect(delegatedGroups(machine({uid: 0, booted: false, files: ready})).controllers).toContain('cpu');
  });
});

describe('as an ordinary user', () => {
  it('systemd --user gives what it was given', () => {
    const given = delegatedGroups(machine({files: {[manager]: 'cpu memory pids\n'}}));
    expect(given).toMatchObject({how: 'systemd', bus: 'user', controllers: ['cpu', 'memory', 'pids']});
    expect(given.lack).toBeUndefined();
    const some = delegatedGroups(machine({files: {[manager]: 'memory pids\n'}}));
    expect(some).toMatchObject({how: 'systemd', controllers: ['memory', 'pids']});
    expect(some.lack).toMatchObject({code: 'host.delegation.not-given', params: {missing: 'cpu'}});
    expect(some.lack?.params.command).toContain('Delegate=cpu memory pids');
  });

  it('a group that was handed over: the topmost, when it holds no processes', () => {
    const where = {booted: false, membership: '0::/lab/alice/shell\n', own: ['/cg/lab/alice']};
    const files = {'/cg/lab/alice/cgroup.controllers': 'cpu pids\n', '/cg/lab/alice/cgroup.procs': ''};
    const found = delegatedGroups(machine({...where, files}));
    expect(found).toMatchObject({how: 'group', controllers: ['cpu', 'pids']});
    expect(found.places).toMatchObject([{base: '/lab/alice', origin: '/lab/alice/shell'}]);
    expect(found.lack?.params.missing).toBe('memory');
    const held = {...files, '/cg/lab/alice/cgroup.procs': '12\n'};
    expect(delegatedGroups(machine({...where, files: held})).controllers).toEqual([]);
  });

  it('v1: each tree for itself, and cpu only with the tree that counts', () => {
    const trees = [tree(1, '/cpu', 'cpu'), tree(1, '/acct', 'cpuacct'), tree(1, '/pids', 'pids')];
    const v1 = {trees, booted: false, membership: '3:cpu:/a\n2:cpuacct:/a\n1:pids:/b\n'};
    expect(delegatedGroups(machine({...v1, own: ['/cpu/a', '/pids/b']})).controllers).toEqual(['pids']);
    const found = delegatedGroups(machine({...v1, own: ['/cpu/a', '/acct/a']}));
    expect(found).toMatchObject({how: 'group', controllers: ['cpu'], lack: {params: {missing: 'pids'}}});
  });

  it('nothing: why, and what would help', () => {
    const none = delegatedGroups(machine({booted: false}));
    expect(none).toMatchObject({how: 'none', controllers: [], lack: {code: 'host.delegation.none'}});
    const refused = (): unknown => checkDelegation(['cpu'], () => none);
    expect(refused).toThrow(/cgroup.not-delegated.*"controller":"cpu"/);
    expect(checkDelegation([], () => none)).toBeUndefined();
    const unknown = (): unknown => checkDelegation(['pids'], () => delegatedGroups(machine({uid: 0, trees: []})));
    expect(unknown).toThrow('cgroup.no-controller');
  });
});
