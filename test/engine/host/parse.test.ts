import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {parseCgroups} from '../../../src/engine/host/cgroups.ts';
import {compareVersions, parseFilesystems, unprivilegedBarrier} from '../../../src/engine/host/kernel.ts';
import {
  diskFinding,
  localeFinding,
  nodeFinding,
  stateDir,
  terminalFinding,
} from '../../../src/engine/host/surroundings.ts';
import {installCommand, which} from '../../../src/engine/host/tools.ts';

test('versions compare by number, not by letter', () => {
  expect(compareVersions('5.10.0-28-amd64', '5.9')).toBeGreaterThan(0);
  expect(compareVersions('5.9.1', '5.9')).toBe(0);
  expect(compareVersions('4.18.0-553.el8', '5.9')).toBeLessThan(0);
  expect(compareVersions('6.18.44-fc', '5.9')).toBeGreaterThan(0);
});

describe('cgroups', () => {
  const table = [
    '#subsys_name\thierarchy\tnum_cgroups\tenabled',
    'cpu\t1\t1\t1',
    'cpuacct\t1\t1\t1',
    'memory\t0\t1\t0',
    'pids\t8\t1\t1',
  ].join('\n');
  const v1 = 'cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,relatime,cpu,cpuacct 0 0\n';
  const named = 'cgroup /sys/fs/cgroup/systemd cgroup rw,relatime,xattr,name=systemd 0 0\n';
  const v2 = (where: string) => `cgroup2 ${where} cgroup2 rw,nsdelegate 0 0\n`;
  const other = 'proc /proc proc rw 0 0\ntmpfs /sys/fs/cgroup tmpfs rw 0 0\n';

  test.each([
    ['v2', other + v2('/sys/fs/cgroup'), {version: 'v2', unified: '/sys/fs/cgroup', v1: []}],
    ['v1', other + v1 + named, {version: 'v1', v1: ['cpu', 'cpuacct']}],
    [
      'hybrid',
      other + v1 + v2('/sys/fs/cgroup/unified'),
      {version: 'hybrid', unified: '/sys/fs/cgroup/unified', v1: ['cpu', 'cpuacct']},
    ],
    ['none', other, {version: 'none', v1: []}],
  ])('%s', (_, mounts, setup) => {
    expect(parseCgroups(mounts, table)).toEqual(setup);
  });
});

test('file systems', () => {
  expect(parseFilesystems('nodev\tsysfs\n\text4\nnodev\toverlay\n')).toEqual(['sysfs', 'ext4', 'overlay']);
});

test('what keeps user namespaces from ordinary users', () => {
  const files = (content: Record<string, string>) => (path: string) => content[path.split('/').at(-1)!];
  expect(unprivilegedBarrier(files({}))).toBeUndefined();
  expect(unprivilegedBarrier(files({unprivileged_userns_clone: '1\n'}))).toBeUndefined();
  expect(unprivilegedBarrier(files({unprivileged_userns_clone: '0\n'}))).toBe('kernel.unprivileged_userns_clone=1');
  expect(unprivilegedBarrier(files({apparmor_restrict_unprivileged_userns: '1\n'}))).toBe(
    'kernel.apparmor_restrict_unprivileged_userns=0',
  );
});

describe('programs', () => {
  let root: string;
  const program = (name: string, mode = 0o755) => {
    const file = join(root, name);
    mkdirSync(join(file, '..'), {recursive: true});
    writeFileSync(file, '#!/bin/sh\n');
    chmodSync(file, mode);
  };
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'glassbox-tools-'));
    program('a/pstree', 0o644);
    program('b/pstree');
    program('c/apk');
    program('d/dnf');
    mkdirSync(join(root, 'e/pstree'), {recursive: true});
  });
  afterAll(() => rmSync(root, {recursive: true}));
  const path = (...names: string[]) => names.map(name => join(root, name)).join(':');

  test('only an executable file counts, the first one', () => {
    expect(which('pstree', path('e', 'a', 'b'))).toBe(join(root, 'b/pstree'));
    expect(which('pstree', path('e', 'a', 'nosuch'))).toBeUndefined();
    expect(which('pstree', '')).toBeUndefined();
    // A program in the working directory is none of the system's.
    expect(which('pstree', relative(process.cwd(), join(root, 'b')))).toBeUndefined();
  });

  test('the command that installs fits the package manager', () => {
    expect(installCommand('ps', path('c'))).toBe('apk add procps');
    expect(installCommand('ps', path('d'))).toBe('dnf install procps-ng');
    expect(installCommand('ps', path('a'))).toBeUndefined();
    expect(installCommand('nosuch', path('c'))).toBeUndefined();
  });
});

describe('surroundings', () => {
  test('the locale: LC_ALL before LC_CTYPE before LANG', () => {
    expect(localeFinding({LANG: 'zh_CN.UTF-8'}).ok).toBe('yes');
    expect(localeFinding({LANG: 'C', LC_CTYPE: 'en_US.utf8'}).ok).toBe('yes');
    expect(localeFinding({LANG: 'C.UTF-8', LC_ALL: 'POSIX'})).toMatchObject({ok: 'partly', found: 'POSIX'});
    expect(localeFinding({})).toMatchObject({ok: 'partly', found: 'C', meaning: 'host.locale.not-utf8'});
  });

  test.each([
    [{isTTY: true, columns: 80, rows: 24}, 'xterm', 'host.terminal.ok', 'yes'],
    [{isTTY: true, columns: 79, rows: 24}, 'xterm', 'host.terminal.small', 'no'],
    [{isTTY: true, columns: 200, rows: 23}, 'xterm', 'host.terminal.small', 'no'],
    [{isTTY: true, columns: 80, rows: 24}, 'dumb', 'host.terminal.dumb', 'no'],
    [{isTTY: true, columns: 80, rows: 24}, undefined, 'host.terminal.dumb', 'no'],
    [{}, 'xterm', 'host.terminal.none', 'partly'],
  ])('terminal %j with TERM=%s: %s', (screen, TERM, meaning, ok) => {
    expect(terminalFinding({TERM}, screen)).toMatchObject({meaning, ok});
  });

  test('Node', () => {
    expect(nodeFinding('24.21.0').ok).toBe('yes');
    expect(nodeFinding('20.19.0')).toMatchObject({ok: 'no', cure: 'host.cure.node'});
  });

  test('where state lives', () => {
    expect(stateDir({HOME: '/home/x'})).toBe('/home/x/.local/state/glassbox');
    expect(stateDir({HOME: '/home/x', XDG_STATE_HOME: '/s'})).toBe('/s/glassbox');
    expect(stateDir({HOME: '/home/x', XDG_STATE_HOME: 'relative'})).toBe('/home/x/.local/state/glassbox');
  });

  test('room on disks: a directory that is yet to be made, and one without room', () => {
    expect(diskFinding('disk', '/tmp/nosuch/deep')).toMatchObject({ok: 'yes', params: {directory: '/tmp/nosuch/deep'}});
    expect(diskFinding('disk', '/proc/nosuch')).toMatchObject({
      ok: 'no',
      meaning: 'host.disk.full',
      cure: 'host.cure.disk',
    });
  });
});
