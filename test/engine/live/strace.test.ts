/** The journal held against strace, in both directions: nothing in it that did not happen, nothing that happened is not in it. */
import {mkdirSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {errnos} from '../../../src/engine/syscalls.ts';
import type {ContainerSpec, Journal} from '../../../src/engine/types.ts';
import {maps, openStage, output, rootFolder, rootWithTerminals, types, until} from '../support.ts';
import {compare, type Seen, traced} from './traced.ts';

const specs: [string, () => ContainerSpec][] = [
  ['no namespaces, pipes', () => ({process: {args: ['true']}})],
  ['an init', () => ({process: {args: ['true'], init: true}, linux: {namespaces: [{type: 'pid'}]}})],
  [
    'a terminal and a host name',
    () => ({
      hostname: 'tiger',
      domainname: 'forest',
      process: {args: ['true'], terminal: true, consoleSize: {width: 90, height: 30}},
      linux: {namespaces: [{type: 'uts'}]},
    }),
  ],
  [
    'all eight namespaces, another user',
    () => ({
      hostname: 'x',
      process: {
        args: ['true'],
        terminal: true,
        user: {uid: 5, gid: 6, additionalGids: [7], umask: 0o27},
        noNewPrivileges: true,
      },
      linux: {namespaces: types.map(type => ({type})), ...maps},
    }),
  ],
  [
    'a root and mounts',
    () => {
      const {root, mounts} = rootFolder();
      return {
        process: {args: ['/bin/true'], cwd: '/tmp'},
        root: {...root, readonly: true},
        mounts: [
          ...mounts,
          {destination: '/proc', type: 'proc', options: ['nosuid', 'noexec']},
          {destination: '/tmp', type: 'tmpfs', source: 'tmpfs', options: ['mode=1777', 'size=1m']},
        ],
        linux: {namespaces: [{type: 'mount'}, {type: 'pid'}]},
      };
    },
  ],
  [
    'rights, limits, devices, masks, settings, clocks and a filter',
    () => {
      const {root, mounts, dir} = rootFolder();
      mkdirSync(`${dir}/dev`);
      return {
        process: {
          args: ['/bin/true'],
          user: {uid: 5, gid: 6},
          capabilities: {
            bounding: ['CAP_KILL', 'CAP_CHOWN'],
            permitted: ['CAP_KILL'],
            inheritable: ['CAP_KILL'],
            ambient: ['CAP_KILL'],
          },
          noNewPrivileges: true,
          rlimits: [{type: 'RLIMIT_NOFILE', soft: 100, hard: 2048}],
          oomScoreAdj: 100,
          scheduler: {policy: 'SCHED_BATCH', nice: 5, flags: ['SCHED_FLAG_RESET_ON_FORK']},
          ioPriority: {class: 'IOPRIO_CLASS_BE', priority: 6},
        },
        root,
        mounts: [
          ...mounts,
          {destination: '/proc', type: 'proc', options: ['nosuid']},
          {destination: '/dev', type: 'tmpfs'},
          {destination: '/tmp', type: 'bind', source: '/usr', options: ['rbind', 'rro', 'rnosuid']},
        ],
        linux: {
          namespaces: (['mount', 'pid', 'time', 'network'] as const).map(type => ({type})),
          devices: [
            {type: 'c', path: '/dev/net/tun', major: 10, minor: 200, fileMode: 0o600, uid: 5, gid: 6},
            {type: 'p', path: '/dev/pipe'},
          ],
          defaultDevices: true,
          maskedPaths: ['/proc/cpuinfo', '/proc/driver', '/proc/nowhere'],
          readonlyPaths: ['/proc/sys', '/proc/nowhere'],
          sysctl: {'net.ipv4.ip_forward': '1'},
          seccomp: {defaultAction: 'SCMP_ACT_ALLOW', flags: ['SECCOMP_FILTER_FLAG_LOG']},
          personality: {domain: 'LINUX32'},
          timeOffsets: {boottime: {secs: 7}},
        },
      };
    },
  ],
];

const ownTerminal = (): ContainerSpec => ({
  process: {args: ['/bin/sleep', '1000'], terminal: true, user: {uid: 5, gid: 6}},
  ...rootWithTerminals(),
});

describe('what the journal says is what strace sees', () => {
  it.each(specs)('run: %s', async (_what, spec) => {
    const stage = await openStage();
    let journal: Journal = [];
    const seen = await traced(stage, async () => {
      const container = await stage.run('box', spec());
      await container.wait();
      ({journal} = container);
    });
    compare(seen, journal, stage.keeperPid);
  });

  it('groups and limits that are made while the root is built', async () => {
    const stage = await openStage({controllers: ['cpu']});
    let journal: Journal = [];
    const seen = await traced(stage, async () => {
      const {root, mounts} = rootFolder();
      const namespaces = (['mount', 'pid', 'user', 'cgroup'] as const).map(type => ({type}));
      const linux = {namespaces, ...maps, cgroupsPath: 'box', resources: {cpu: {quota: 20000, period: 100000}}};
      const container = await stage.run('box', {process: {args: ['/bin/true']}, root, mounts, linux});
      await container.wait();
      ({journal} = container);
    });
    compare(seen, journal, stage.keeperPid);
    expect(journal.map(e => e.purpose)).toContain('cgroup.limit.cpu');
  });

  it('create and start', async () => {
    const stage = await openStage();
    let journal: Journal = [];
    const seen = await traced(stage, async () => {
      const container = await stage.create('box', {process: {args: ['true']}, linux: {namespaces: [{type: 'uts'}]}});
      await container.start();
      await container.wait();
      ({journal} = container);
    });
    compare(seen, journal, stage.keeperPid);
  });

  it('exec into all namespaces', async () => {
    const stage = await openStage();
    const container = await stage.run('box', {
      process: {args: ['sleep', '1000']},
      linux: {namespaces: types.map(type => ({type})), ...maps},
    });
    let journal: Journal = [];
    const seen = await traced(stage, async () => {
      const entered = await container.exec({args: ['true'], terminal: true});
      await entered.wait();
      ({journal} = entered);
    });
    compare(seen, journal, stage.keeperPid);
  });

  it('a terminal of its own devpts, and a further one', async () => {
    const stage = await openStage();
    let journal: Journal = [];
    const passes = (seen: readonly Seen[]): void => {
      compare(seen, journal, stage.keeperPid);
      expect(journal.map(e => e.call)).toEqual(expect.arrayContaining(['socketpair', 'sendmsg', 'recvmsg']));
    };
    const first = await traced(stage, async soFar => {
      ({journal} = await stage.run('box', ownTerminal()));
      // It goes on: we hear of its execve a moment before strace has seen that return.
      await until('strace has seen the program', () => /execve.* = 0$/m.test(soFar()));
    });
    passes(first);
    const second = await traced(stage, async () => {
      const further = await stage.container('box')!.exec({args: ['true'], env: ['PATH=/bin'], terminal: true});
      await further.wait();
      ({journal} = further);
    });
    passes(second);
  });

  it('an attempt that fails, up to its failure', async () => {
    const stage = await openStage();
    let journal: Journal = [];
    const seen = await traced(stage, async () => {
      const spec: ContainerSpec = {
        process: {args: ['true']},
        mounts: [{destination: '/nowhere/at/all', type: 'tmpfs'}],
        linux: {namespaces: [{type: 'mount'}]},
      };
      await stage.run('box', spec).catch(error => {
        ({journal} = error);
      });
    });
    compare(seen, journal, stage.keeperPid);
    expect(journal.find(e => e.errno)).toMatchObject({call: 'mount', errno: 'ENOENT'});
  });
});

describe('an error that strace injects into one call', () => {
  it.each([
    ['sethostname', 'EPERM'],
    ['unshare', 'ENOSPC'],
    ['mount', 'EACCES'],
    ['clone3', 'EAGAIN'],
    ['setsid', 'EPERM'],
    ['pipe2', 'EMFILE'],
    ['execve', 'ENOMEM'],
  ] as const)('%s: %s', async (call, errno) => {
    const stage = await openStage();
    const spec: ContainerSpec = {
      hostname: 'x',
      process: {args: ['true']},
      linux: {namespaces: types.filter(t => t !== 'user').map(type => ({type}))},
    };
    const seen = await traced(
      stage,
      () =>
        expect(stage.run('box', spec)).rejects.toMatchObject({
          code: 'call.failed',
          params: {call, errno},
          call: {call, errno, result: -1n},
        }),
      '-e',
      `inject=${call}:error=${errno}`,
    );
    expect(seen.some(c => c.call === call && c.result === `-1 ${errno}`)).toBe(true);
    expect(errnos[errno]).toBeGreaterThan(0);
    // Without strace the same works again.
    expect(await output(await stage.run('again', {...spec, process: {args: ['hostname']}}))).toBe('x\n');
  });
});
