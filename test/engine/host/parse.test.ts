import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {cgroupFinding, controllerCure, parseCgroups} from '../../../src/engine/host/cgroups.ts';
import {compareVersions, parseFilesystems} from '../../../src/engine/host/kernel.ts';
import {installCommand, installCure, packageOf} from '../../../src/engine/host/packages.ts';
import {diskFinding, memoryFinding, nodeFinding, stateDir} from '../../../src/engine/host/surroundings.ts';
import {localeFinding, terminalFinding, terminalFindings} from '../../../src/engine/host/terminal.ts';
import {which} from '../../../src/engine/host/which.ts';

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

  test('what is mounted read-only cannot be used, as in containers', () => {
    const readOnly = (text: string) => text.replaceAll(' rw,', ' ro,');
    expect(parseCgroups(readOnly(v1 + named), table)).toEqual({version: 'v1', v1: [], readOnly: true});
    expect(parseCgroups(readOnly(v1) + named, table)).toEqual({version: 'v1', v1: []});
    const finding = cgroupFinding({version: 'v2', controllers: [], readOnly: true}, ['cpu']);
    expect(finding).toMatchObject({ok: 'no', meaning: 'host.cgroup.read-only'});
  });

  test('why a controller is missing: the command line, the kernel, a tree that is not mounted, somebody above', () => {
    const files = (cmdline: string) => (path: string) => (path === '/proc/cmdline' ? cmdline : table);
    const cure = (name: string, version: 'v1' | 'v2', cmdline = 'quiet') =>
      controllerCure(name, version, files(cmdline));
    expect(cure('memory', 'v2', 'quiet cgroup_disable=memory ro')).toMatchObject({
      cure: 'host.cure.controller-barred',
      params: {option: 'cgroup_disable=memory'},
    });
    expect(cure('memory', 'v2', 'cgroup_disable=cpu,memory').params.option).toBe('cgroup_disable=cpu,memory');
    expect(cure('memory', 'v2', 'cgroup_disable=memory_recursiveprot').cure).toBe('host.cure.controller');
    expect(cure('pids', 'v1').params.command).toBe(
      'mkdir -p /sys/fs/cgroup/pids && mount -t cgroup -o pids pids /sys/fs/cgroup/pids',
    );
    expect(cure('pids', 'v2').cure).toBe('host.cure.controller-elsewhere');
  });
});

test('file systems', () => {
  expect(parseFilesystems('nodev\tsysfs\n\text4\nnodev\toverlay\n')).toEqual(['sysfs', 'ext4', 'overlay']);
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
    expect(installCommand('newuidmap', path('d'))).toBe('dnf install shadow-utils');
    // Where nothing is known of it, a program mostly comes in a package of its own name.
    expect(installCommand('cowsay', path('c'))).toBe('apk add cowsay');
  });

  test('without a package manager the names on four distributions are given', () => {
    expect(installCure('ping', path('a'), {tool: 'ping'})).toEqual({
      cure: 'host.cure.install-by-hand',
      params: {
        tool: 'ping',
        package: 'iputils-ping',
        apt: 'iputils-ping',
        dnf: 'iputils',
        pacman: 'iputils',
        apk: 'iputils',
      },
    });
    expect(packageOf('mount')).toBe('mount');
    expect(packageOf('mount', 'dnf')).toBe('util-linux');
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
    [{isTTY: true, columns: 79, rows: 24}, 'xterm', 'host.terminal.small', 'partly'],
    [{isTTY: true, columns: 200, rows: 23}, 'xterm', 'host.terminal.small', 'partly'],
    [{isTTY: true, columns: 80, rows: 24}, 'dumb', 'host.terminal.dumb', 'partly'],
    [{isTTY: true, columns: 80, rows: 24}, undefined, 'host.terminal.dumb', 'partly'],
    [{}, 'xterm', 'host.terminal.none', 'partly'],
  ])('terminal %j with TERM=%s: %s', (screen, TERM, meaning, ok) => {
    expect(terminalFinding({TERM}, screen)).toMatchObject({meaning, ok});
  });

  test('LC_ALL outdoes LANG: the cure sets the one that counts', () => {
    expect(localeFinding({LANG: 'C.UTF-8', LC_ALL: 'POSIX'}).params?.command).toBe('export LC_ALL=C.UTF-8');
    expect(localeFinding({LANG: 'C'}).params?.command).toBe('export LANG=C.UTF-8');
  });

  test('colours and characters', () => {
    const screen = {isTTY: true, columns: 80, rows: 24, getColorDepth: () => 8};
    const of = (env: Record<string, string>, more: object = {}) =>
      terminalFindings({TERM: 'xterm', ...env}, {...screen, ...more})
        .slice(1)
        .map(one => [one.ok, one.meaning]);
    const unasked = ['yes', 'host.characters.unknown'];
    expect(of({})).toEqual([['yes', 'host.colors.ok'], unasked]);
    expect(of({NO_COLOR: '1'})).toEqual([['yes', 'host.colors.asked'], unasked]);
    expect(of({}, {getColorDepth: () => 1})).toEqual([['partly', 'host.colors.few'], unasked]);
    const drawn = (chinese: number, line: number) => of({}, {cells: {chinese, line}})[1];
    expect(drawn(2, 1)).toEqual(['yes', 'host.characters.ok']);
    expect(drawn(2, 2)).toEqual(['partly', 'host.characters.wide-lines']);
    expect(drawn(3, 1)).toEqual(['partly', 'host.characters.narrow']);
    expect(of({TERM: 'linux'})[1]).toEqual(['partly', 'host.characters.console']);
  });

  test('memory that is left', () => {
    expect(memoryFinding('MemTotal: 1 kB\nMemAvailable:    4096000 kB\n')).toMatchObject({
      ok: 'yes',
      found: '4000 MiB',
    });
    expect(memoryFinding('MemAvailable:    50000 kB\n')).toMatchObject({ok: 'partly', cure: 'host.cure.memory'});
    expect(memoryFinding('').ok).toBe('yes');
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
    expect(diskFinding('disk', '/tmp/nosuch/deep', 4096)).toMatchObject({
      ok: 'yes',
      params: {directory: '/tmp/nosuch/deep'},
    });
    expect(diskFinding('disk', '/proc/nosuch', 4096)).toMatchObject({
      ok: 'no',
      meaning: 'host.disk.full',
      cure: 'host.cure.disk',
    });
  });
});
