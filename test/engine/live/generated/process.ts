/** Processes. */
import fc from 'fast-check';
import type {Capabilities, CapabilitySet, ProcessSpec, Scheduler} from '../../../../src/engine/types.ts';
import {few, flag, maybe, mostly, some} from './draw.ts';

const names = ['CAP_CHOWN', 'CAP_KILL', 'CAP_NET_RAW', 'CAP_SETUID', 'CAP_SYS_ADMIN', 'CAP_SYS_CHROOT'];
const capabilities: fc.Arbitrary<Capabilities> = fc
  .record({
    bounding: few(names, 0, 6),
    permitted: few(names, 0, 6),
    inheritable: few(names, 0, 6),
    half: flag,
    use: flag,
  })
  .map(({bounding, permitted, inheritable, half, use}) => {
    const sets: Record<CapabilitySet, string[]> = {
      bounding: [...new Set([...bounding, ...inheritable])],
      permitted,
      inheritable,
      effective: half ? permitted.slice(1) : permitted,
      ambient: use ? permitted.filter(name => inheritable.includes(name)) : [],
    };
    return sets;
  });

const limits = [
  {type: 'RLIMIT_NOFILE', soft: 64, hard: 128},
  {type: 'RLIMIT_CORE', soft: 0, hard: 0},
  {type: 'RLIMIT_NPROC', soft: 1000, hard: 1000},
  {type: 'RLIMIT_STACK', soft: 1 << 20, hard: 8 << 20},
  {type: 'RLIMIT_AS', soft: 2 ** 32, hard: 2 ** 33},
  {type: 'RLIMIT_MEMLOCK', soft: 0, hard: 0},
];

const scheduler: fc.Arbitrary<Scheduler> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({policy: some(['SCHED_OTHER', 'SCHED_BATCH'] as const), nice: mostly([0, 1, 19], [-20])}),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      policy: fc.constant('SCHED_IDLE' as const),
      flags: few(['SCHED_FLAG_RESET_ON_FORK'] as const),
    }),
  },
  // Real time takes a right, and on v1 a share of it for the group.
  fc.record({policy: some(['SCHED_FIFO', 'SCHED_RR'] as const), priority: fc.integer({min: 0, max: 99})}),
  fc.record({
    policy: fc.constant('SCHED_DEADLINE' as const),
    runtime: some([1_000_000]),
    deadline: some([5_000_000, 10_000_000]),
    period: some([10_000_000]),
  }),
);

export const processSpec: fc.Arbitrary<ProcessSpec> = fc
  .record({
    more: maybe<ProcessSpec>({
      args: some([['/bin/true'], ['true'], ['true', 'a', '']]),
      env: some([['A=1'], ['PATH=/bin', 'X=ä=='], []]),
      cwd: mostly(['/', '/tmp', '/proc'], ['/nowhere']),
      user: fc
        .record({uid: mostly([0, 1, 1000], [70_000]), gid: some([0, 1000]), umask: some([0, 0o77])})
        .chain(user => few([1, 2, 1000]).map(additionalGids => ({...user, additionalGids}))) as fc.Arbitrary<
        NonNullable<ProcessSpec['user']>
      >,
      capabilities,
      noNewPrivileges: flag,
      rlimits: few(limits, 0, 6),
      oomScoreAdj: mostly([0, 1, 500, 1000], [-1, -1000]),
      scheduler,
      ioPriority: fc.record({
        class: mostly(['IOPRIO_CLASS_BE', 'IOPRIO_CLASS_IDLE'] as const, ['IOPRIO_CLASS_RT'] as const),
        priority: fc.integer({min: 0, max: 7}),
      }),
    }),
    input: some(['terminal', 'sized', 'stdin', 'none'] as const),
  })
  .map(({more, input}) => ({
    ...more,
    args: more.args ?? ['true'],
    ...(input === 'terminal' || input === 'sized' ? {terminal: true} : {}),
    ...(input === 'sized' ? {consoleSize: {height: 7, width: 300}} : {}),
    ...(input === 'stdin' ? {stdin: true} : {}),
  }));
