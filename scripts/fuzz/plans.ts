/** Plans as the engine makes them, for the fuzzer to begin with: of every kind, each with other operations in it. */
import {planContainer} from '../../src/engine/plan/container.ts';
import {encode} from '../../src/engine/plan/encode.ts';
import {planExec} from '../../src/engine/plan/exec.ts';
import {planStage, planStageUndo} from '../../src/engine/plan/stage.ts';
import type {Plan} from '../../src/engine/plan/types.ts';
import {parseSpec} from '../../src/engine/spec.ts';
import type {ContainerSpec} from '../../src/engine/types.ts';

const maps = {
  uidMappings: [{containerID: 0, hostID: 100000, size: 65536}],
  gidMappings: [{containerID: 0, hostID: 100000, size: 65536}],
};
const all = (['pid', 'network', 'mount', 'ipc', 'uts', 'user', 'cgroup', 'time'] as const).map(type => ({type}));
const specs: Record<string, ContainerSpec> = {
  terminal: {
    hostname: 'tiger',
    process: {args: ['sh'], terminal: true, consoleSize: {width: 80, height: 24}},
    linux: {namespaces: [{type: 'uts'}]},
  },
  all: {hostname: 'box', process: {args: ['sh']}, linux: {namespaces: all, ...maps}},
  joined: {
    process: {args: ['sh']},
    linux: {namespaces: [{type: 'user', path: '/proc/42/ns/user'}, {type: 'uts'}, {type: 'pid'}]},
  },
  root: {
    process: {args: ['/bin/sh'], cwd: '/tmp', user: {uid: 1, gid: 2, additionalGids: [5], umask: 0o27}},
    root: {path: '/srv/root', readonly: true},
    mounts: [
      {destination: '/proc', type: 'proc', options: ['nosuid']},
      {destination: '/tmp', type: 'tmpfs', options: ['size=1m']},
    ],
    linux: {namespaces: [{type: 'mount'}, {type: 'pid'}]},
  },
  // A terminal of its own: socketpair, sendmsg, recvmsg, openat2.
  console: {
    process: {args: ['sh'], terminal: true},
    root: {path: '/srv/root'},
    mounts: [{destination: '/dev/pts', type: 'devpts', options: ['newinstance']}],
    linux: {namespaces: [{type: 'mount'}, {type: 'pid'}]},
  },
  // mount_setattr, open_tree, move_mount, and what is hidden.
  bound: {
    process: {args: ['sh'], noNewPrivileges: true, oomScoreAdj: 5},
    root: {path: '/srv/root', readonly: true},
    mounts: [{destination: '/lib', type: 'bind', source: '/lib', options: ['rbind', 'ro', 'rnosuid', 'rslave']}],
    linux: {namespaces: [{type: 'mount'}, {type: 'user'}], ...maps, maskedPaths: ['/proc/kcore']},
  },
  chroot: {
    process: {args: ['sh'], rlimits: [{type: 'RLIMIT_NOFILE', soft: 9, hard: 9}]},
    root: {path: '/srv/root', enter: 'chroot'},
    linux: {seccomp: {defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{names: ['mkdir'], action: 'SCMP_ACT_ERRNO'}]}},
  },
  clocks: {process: {args: ['date']}, linux: {namespaces: [{type: 'time'}], timeOffsets: {boottime: {secs: 7}}}},
};

const io: Plan = {
  fds: ['given'],
  buffers: {pair: {size: 8}, text: {size: 32}, group: {bytes: Buffer.from('/sys/fs/cgroup/glassbox\0')}},
  main: [
    {call: 'pipe2', args: [{buffer: 'pair'}, 0], purpose: 'fuzz'},
    {call: 'LOAD', args: [{buffer: 'pair'}, 4], purpose: 'fuzz', as: 'read', fd: true, out: true},
    {call: 'LOAD', args: [{buffer: 'pair', offset: 4}, 4], purpose: 'fuzz', as: 'write', fd: true},
    {call: 'write', args: [{slot: 'write'}, 'text', 4], purpose: 'fuzz', tolerate: 'any'},
    {call: 'openat', args: [-100, '/dev/null', 0, 0], purpose: 'fuzz', as: 'null', fd: true, tolerate: 'ENOENT'},
    {call: 'openat', args: [-100, '/dev/zero', 0, 0], purpose: 'fuzz', as: 'null', fd: true, out: true},
    {call: 'FORMAT', args: [{buffer: 'text'}, {slot: 'given'}], purpose: 'fuzz'},
    {call: 'STORE', args: [{buffer: 'text', offset: 24}, -1, 8], purpose: 'fuzz'},
    {call: 'MOVE', args: [{slot: 'write'}], purpose: 'fuzz', as: 'copy'},
    {call: 'close', args: [{slot: 'copy'}], purpose: 'fuzz'},
    {call: 'RMDIRS', args: [{buffer: 'group'}, 20], purpose: 'fuzz', tolerate: 'any'},
  ],
  final: [{call: 'getpid', args: [], purpose: 'fuzz', as: 'pid'}],
  out: ['text'],
};

/** Blobs by name. */
export function seeds(): Record<string, Buffer> {
  const program = {program: '/bin/sh'};
  const plans: Record<string, Plan> = {
    io,
    held: planContainer(parseSpec(specs.all), {...program, hold: true}),
    exec: planExec(parseSpec(specs.all), parseSpec({process: {args: ['ps'], terminal: true}}).process, program),
    'exec-console': planExec(parseSpec(specs.console), parseSpec(specs.console).process, program),
    'exec-chroot': planExec(parseSpec(specs.chroot), parseSpec({process: {args: ['ps']}}).process, {
      ...program,
      first: 42,
    }),
    // Answers of netlink, which are looked at.
    wired: planContainer(
      parseSpec({process: {args: ['sh']}, network: {mode: 'bridge'}, linux: {namespaces: [{type: 'network'}]}}),
      {
        ...program,
        wiring: {bridge: 'gb0', veth: 'gb1', gateway: '10.9.0.1', address: '10.9.0.2', prefix: 24},
        group: {
          path: 'box',
          trees: [
            {version: 1, mount: '/cg/cpu', controllers: ['cpu'], at: '/cg/cpu'},
            {version: 2, mount: '/cg/v2', controllers: [], at: '/cg/v2'},
          ],
        },
        mayMove: true,
      },
    ),
    stage: planStage({kind: 'private', dir: '/run/glassbox/0badcafe', hostname: 'stage'}),
    undo: planStageUndo('/run/glassbox/0badcafe', '/run/glassbox/0badcafe.json', '/run/glassbox'),
  };
  for (const [name, spec] of Object.entries(specs)) plans[name] = planContainer(parseSpec(spec), program);
  return Object.fromEntries(Object.entries(plans).map(([name, plan]) => [name, encode(plan).blob]));
}
