import {describe, expect, it} from 'vitest';
import {engineWords} from '../../../src/course/words/engine.ts';
import type {ContainerGroup} from '../../../src/engine/cgroup/plan.ts';
import {planContainer} from '../../../src/engine/plan/container.ts';
import {encode} from '../../../src/engine/plan/encode.ts';
import {planExec} from '../../../src/engine/plan/exec.ts';
import {planStage, planStageUndo} from '../../../src/engine/plan/stage.ts';
import type {Plan} from '../../../src/engine/plan/types.ts';
import {parseSpec} from '../../../src/engine/spec.ts';
import type {ContainerSpec} from '../../../src/engine/types.ts';
import {printPlan} from './print.ts';

const maps = {
  uidMappings: [{containerID: 0, hostID: 100000, size: 65536}],
  gidMappings: [{containerID: 0, hostID: 100000, size: 65536}],
};
const all = (['pid', 'network', 'mount', 'ipc', 'uts', 'user', 'cgroup', 'time'] as const).map(type => ({type}));

const ownTerminal: ContainerSpec = {
  process: {args: ['sh'], terminal: true, consoleSize: {width: 120, height: 36}, user: {uid: 5, gid: 6}},
  root: {path: '/srv/root'},
  mounts: [
    {destination: '/dev', type: 'tmpfs'},
    {destination: '/dev/pts', type: 'devpts', options: ['newinstance', 'ptmxmode=0666', 'mode=0620']},
  ],
  linux: {namespaces: [{type: 'mount'}], defaultDevices: true},
};

const specs: Record<string, ContainerSpec> = {
  bare: {process: {args: ['true']}},
  'uts-terminal': {
    hostname: 'tiger',
    process: {args: ['sh'], terminal: true, consoleSize: {width: 120, height: 36}},
    linux: {namespaces: [{type: 'uts'}]},
  },
  'all-new': {hostname: 'box', domainname: 'lab', process: {args: ['sh']}, linux: {namespaces: all, ...maps}},
  'user-without-map': {process: {args: ['id']}, linux: {namespaces: [{type: 'user'}]}},
  'joined-by-path': {
    process: {args: ['sh']},
    linux: {namespaces: all.filter(n => n.type !== 'user').map(({type}) => ({type, path: `/proc/42/ns/${type}`}))},
  },
  'user-joined-uts-new': {
    process: {args: ['sh']},
    linux: {namespaces: [{type: 'user', path: '/proc/42/ns/user'}, {type: 'uts'}, {type: 'pid'}]},
  },
  'uts-joined-user-new': {
    process: {args: ['sh']},
    linux: {namespaces: [{type: 'uts', path: '/proc/42/ns/uts'}, {type: 'user'}, {type: 'ipc'}], ...maps},
  },
  'root-and-mounts': {
    process: {args: ['/bin/sh'], cwd: '/tmp'},
    root: {path: '/srv/root', readonly: true},
    mounts: [
      {destination: '/proc', type: 'proc', options: ['nosuid', 'nodev', 'noexec']},
      {destination: '/lib', type: 'bind', source: '/lib', options: ['rbind', 'ro', 'rslave']},
      {destination: '/tmp', type: 'tmpfs', options: ['size=1m', 'mode=1777']},
    ],
    linux: {namespaces: [{type: 'mount'}, {type: 'pid'}], rootfsPropagation: 'shared'},
  },
  'bound-in-a-user-namespace': {
    process: {args: ['/bin/true']},
    mounts: [
      {destination: '/mnt', type: 'bind', source: '/opt', options: ['rbind', 'ro', 'nosymfollow']},
      {destination: '/srv', type: 'bind', source: '/opt', options: ['bind', 'nosuid', 'noatime', 'nodiratime']},
    ],
    linux: {namespaces: [{type: 'mount'}, {type: 'user'}], ...maps},
  },
  'overlay-root': {
    process: {args: ['/bin/true']},
    root: {path: '/srv/merged'},
    mounts: [
      {destination: '/', type: 'overlay', source: 'overlay', options: ['lowerdir=/a', 'upperdir=/b', 'workdir=/c']},
    ],
    linux: {namespaces: [{type: 'mount'}]},
  },
  'chroot-root': {
    process: {args: ['/bin/true']},
    root: {path: '/srv/root', enter: 'chroot'},
    mounts: [{destination: '/proc', type: 'proc'}],
    linux: {namespaces: [{type: 'mount'}]},
  },
  'chroot-alone': {process: {args: ['/bin/true']}, root: {path: '/srv/root', enter: 'chroot'}},
  'shared-propagation': {process: {args: ['sh']}, linux: {namespaces: [{type: 'mount'}], rootfsPropagation: 'shared'}},
  'another-user': {
    process: {
      args: ['sh', '-c', 'id'],
      env: ['PATH=/bin'],
      cwd: '/tmp',
      user: {uid: 1000, gid: 1000, additionalGids: [5, 6], umask: 0o27},
      noNewPrivileges: true,
    },
  },
  'everything-else': {
    process: {
      args: ['sh'],
      user: {uid: 5, gid: 6},
      capabilities: {
        bounding: ['CAP_KILL', 'CAP_CHOWN'],
        effective: ['CAP_KILL'],
        permitted: ['CAP_KILL', 'CAP_CHOWN'],
        inheritable: ['CAP_KILL'],
        ambient: ['CAP_KILL'],
      },
      noNewPrivileges: true,
      rlimits: [{type: 'RLIMIT_NOFILE', soft: 1024, hard: 18446744073709552000}],
      oomScoreAdj: 100,
      scheduler: {policy: 'SCHED_BATCH', nice: 5, flags: ['SCHED_FLAG_RESET_ON_FORK']},
      ioPriority: {class: 'IOPRIO_CLASS_BE', priority: 6},
    },
    root: {path: '/srv/root'},
    mounts: [
      {destination: '/dev', type: 'tmpfs'},
      {destination: '/mnt', source: '/opt', options: ['rbind', 'rro']},
    ],
    linux: {
      namespaces: [{type: 'mount'}, {type: 'time'}, {type: 'network'}],
      devices: [
        {type: 'c', path: '/dev/net/tun', major: 10, minor: 200, fileMode: 0o600, uid: 5, gid: 6},
        {type: 'p', path: '/dev/pipe'},
      ],
      defaultDevices: true,
      maskedPaths: ['/proc/kcore'],
      readonlyPaths: ['/proc/sys'],
      sysctl: {'net.ipv4.ip_forward': '1'},
      seccomp: {defaultAction: 'SCMP_ACT_ALLOW', flags: ['SECCOMP_FILTER_FLAG_LOG']},
      personality: {domain: 'LINUX32'},
      timeOffsets: {boottime: {secs: 7}},
    },
  },
  'own-terminal': ownTerminal,
  'mapped-user-terminal': {
    process: {args: ['sh'], terminal: true, user: {uid: 5, gid: 6}},
    linux: {namespaces: [{type: 'user'}], ...maps},
  },
};

const group: ContainerGroup = {
  path: 'box',
  trees: [
    {version: 1, mount: '/cg/cpu', controllers: ['cpu'], at: '/cg/cpu'},
    {version: 1, mount: '/cg/pids', controllers: ['pids'], at: '/cg/pids'},
    {version: 2, mount: '/cg/unified', controllers: [], at: '/cg/unified'},
  ],
};

const plans: Record<string, Plan> = {
  ...Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, planContainer(parseSpec(spec), {program: '/bin/program'})]),
  ),
  'layers-by-short-names': planContainer(
    parseSpec({
      process: {args: ['true']},
      root: {path: '/srv/merged'},
      mounts: [{destination: '/', type: 'overlay', source: 'overlay', options: ['lowerdir=.l/0:.l/1']}],
      linux: {namespaces: [{type: 'mount'}]},
    }),
    {program: '/bin/true', dir: '/run/glassbox/0badcafe'},
  ),
  held: planContainer(parseSpec(specs['all-new']), {program: '/bin/sh', hold: true}),
  marked: planContainer(parseSpec(specs.bare), {program: '/bin/true', marker: ['GLASSBOX_STAGE=0badcafe']}),
  'groups-meanwhile': planContainer(
    parseSpec({
      process: {args: ['true']},
      root: {path: '/srv/root'},
      linux: {
        namespaces: [{type: 'mount'}, {type: 'user'}, {type: 'cgroup'}],
        ...maps,
        cgroupsPath: 'box',
        resources: {cpu: {quota: 20_000}, pids: {limit: 9}},
      },
    }),
    {program: '/bin/true', mayMove: true, group},
  ),
  // What is mounted shows the groups of whoever mounts it.
  'groups-before-their-mount': planContainer(
    parseSpec({
      process: {args: ['true']},
      root: {path: '/srv/root'},
      mounts: [{destination: '/sys/fs/cgroup', type: 'cgroup2', source: 'cgroup2'}],
      linux: {namespaces: [{type: 'mount'}, {type: 'cgroup'}], cgroupsPath: 'box'},
    }),
    {program: '/bin/true', mayMove: true, group},
  ),
  init: planContainer(parseSpec({...ownTerminal, process: {...ownTerminal.process, init: true}}), {
    program: '/bin/true',
    init: {file: '/opt/glassbox/native/build/glassbox-init', toldExec: true},
  }),
  'exec-init': planExec(parseSpec(specs.bare), parseSpec({process: {args: ['true'], init: true}}).process, {
    program: '/bin/true',
    init: {file: '/opt/glassbox/native/build/glassbox-init', toldExec: false},
  }),
  'without-setgroups': planContainer(parseSpec({process: {args: ['id'], user: {uid: 7, gid: 7}}}), {
    program: '/bin/id',
    mayGroups: false,
  }),
  'held-own-terminal': planContainer(parseSpec(ownTerminal), {program: '/bin/sh', hold: true}),
  'exec-own-terminal': planExec(parseSpec(ownTerminal), parseSpec({process: {args: ['sh'], terminal: true}}).process, {
    program: '/bin/sh',
  }),
  'exec-all': planExec(parseSpec(specs['all-new']), parseSpec({process: {args: ['ps'], terminal: true}}).process, {
    program: '/bin/ps',
  }),
  'exec-uts': planExec(parseSpec(specs['uts-terminal']), parseSpec({process: {args: ['hostname']}}).process, {
    program: '/bin/hostname',
  }),
  'stage-private': planStage({kind: 'private', dir: '/run/glassbox/0badcafe', hostname: 'stage'}),
  'stage-ordinary-user': planStage({kind: 'private', dir: '/run/user/7/glassbox/0badcafe', user: {uid: 7, gid: 8}}),
  'stage-real-host': planStage({kind: 'real-host', dir: '/run/glassbox/0badcafe', hostname: 'ignored'}),
  'stage-undo': planStageUndo('/run/glassbox/0badcafe', '/run/glassbox/0badcafe.json', '/run/glassbox'),
};

describe('plans, which are made without root and without looking at the machine', () => {
  it.each(Object.entries(plans))('%s', async (name, plan) => {
    await expect(printPlan(plan)).toMatchFileSnapshot(`snapshots/${name}.txt`);
  });

  it('can all be encoded', () => {
    for (const plan of Object.values(plans)) expect(encode(plan).blob.length).toBeGreaterThan(0);
  });

  it('say in both languages what each call is for', () => {
    const purposes = new Set(
      Object.values(plans)
        .flatMap(p => [...p.main, ...(p.child ?? []), ...(p.final ?? [])])
        .filter(op => op.call === 'CLONE' || !/^[A-Z]/.test(op.call))
        .map(op => op.purpose),
    );
    expect(purposes.size).toBeGreaterThan(40);
    for (const purpose of purposes) {
      const words = engineWords[`purpose.${purpose}`];
      expect([purpose, words?.en ? 'en' : '', words?.zh ? 'zh' : '']).toEqual([purpose, 'en', 'zh']);
    }
  });

  it('leave the real host its name even where one is given', () => {
    expect(plans['stage-real-host']!.main.map(op => op.call)).not.toContain('sethostname');
    expect(plans['stage-real-host']!.main.map(op => op.call)).not.toContain('unshare');
  });
});
