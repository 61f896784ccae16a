/** Mounts, devices, filters, limits. */
import fc from 'fast-check';
import type {
  BlockDeviceRate,
  DeviceSpec,
  IdMapping,
  MountSpec,
  NamespaceType,
  Resources,
  Seccomp,
} from '../../../../src/engine/types.ts';
import {few, flag, maybe, mostly, type Places, some, without} from './draw.ts';

const flags = ['ro', 'nosuid', 'nodev', 'noatime', 'strictatime', 'rro', 'rnosuid', 'private', 'rslave', 'sync'];
const data = ['size=64k', 'mode=755', 'nr_inodes=20'];
export const mountsOn = ({shared}: Places, inRoot: boolean): fc.Arbitrary<MountSpec[]> => {
  const to = (place: string): string => (inRoot ? place : shared);
  const options = few(flags);
  const kind = fc.oneof(
    fc.record({
      destination: some([to('/tmp'), to('/data/new')]),
      type: some(['tmpfs']),
      options: few([...flags, ...data], 0, 4),
    }),
    fc.record({
      destination: some([to('/mnt/b')]),
      type: some(['bind']),
      source: some([shared]),
      options: options.map(o => ['rbind', ...o]),
    }),
    fc.record({
      destination: some([to('/etc/file')]),
      source: some([`${shared}/file`]),
      options: options.map(o => ['bind', ...o]),
    }),
    fc.record({destination: some([to('/proc')]), type: some(['proc']), source: some(['proc']), options}),
    fc.record({destination: some([to('/sys')]), type: mostly(['sysfs', 'mqueue'], ['cgroup2', 'nosuchfs']), options}),
    fc.record({destination: some([to('/dev')]), type: some(['tmpfs']), options: some([['mode=755']])}),
  );
  // What is not in a root of its own is a folder of the machine's.
  return fc
    .array(kind, {maxLength: 4})
    .map(list => (inRoot ? list : list.filter(one => 'type' in one && one.type === 'tmpfs')));
};

export const ranges: IdMapping[][] = [
  [{containerID: 0, hostID: 100_000, size: 65_536}],
  [
    {containerID: 0, hostID: 100_000, size: 10},
    {containerID: 10, hostID: 300_000, size: 60_000},
  ],
  [{containerID: 0, hostID: 0, size: 1}],
  [{containerID: 1000, hostID: 1000, size: 1}],
];

export const devices: DeviceSpec[] = [
  {type: 'c', path: '/dev/null', major: 1, minor: 3, fileMode: 0o600},
  {type: 'u', path: '/dev/zero', major: 1, minor: 5, uid: 1, gid: 2},
  {type: 'p', path: '/dev/fifo'},
  {type: 'b', path: '/dev/disk', major: 7, minor: 0},
];

/** None that `true` or the making of its container needs. */
const forbidden = ['mkdir', 'reboot', 'ptrace', 'add_key', 'swapon'];
export const seccomp: fc.Arbitrary<Seccomp> = fc
  .record({
    names: few(forbidden, 1, 5),
    action: some(['SCMP_ACT_ERRNO', 'SCMP_ACT_KILL_PROCESS', 'SCMP_ACT_TRAP', 'SCMP_ACT_LOG'] as const),
    args: few([
      {index: 0, value: 7, op: 'SCMP_CMP_EQ' as const},
      {index: 1, value: 2 ** 40, op: 'SCMP_CMP_GE' as const},
      {index: 2, value: 0xff, valueTwo: 1, op: 'SCMP_CMP_MASKED_EQ' as const},
    ]),
    defaultAction: some(['SCMP_ACT_ALLOW', 'SCMP_ACT_LOG'] as const),
    // Some loads are refused: execve has to get through.
    all: mostly([false], [true]),
    more: maybe<Pick<Seccomp, 'architectures' | 'flags'>>({
      architectures: few(['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64', 'SCMP_ARCH_X86'] as const),
      flags: few(['SECCOMP_FILTER_FLAG_TSYNC', 'SECCOMP_FILTER_FLAG_LOG', 'SECCOMP_FILTER_FLAG_SPEC_ALLOW'] as const),
    }),
  })
  .map(({names: calls, action, args, defaultAction, all, more}) => ({
    ...(all ? {defaultAction: 'SCMP_ACT_ERRNO' as const, defaultErrnoRet: 1} : {defaultAction}),
    ...more,
    syscalls: [{names: calls, action, args, ...(action === 'SCMP_ACT_ERRNO' ? {errnoRet: 38} : {})}],
  }));

/** A disk that is there takes limits; a weight takes a scheduler that weighs, which few have. */
const blockIO = (disk: Places['disk']): fc.Arbitrary<NonNullable<Resources['blockIO']>> => {
  const rates = (where: NonNullable<Places['disk']>): fc.Arbitrary<BlockDeviceRate[]> =>
    some([0, 1 << 20]).map(rate => [{...where, rate}]);
  const right: fc.Arbitrary<BlockDeviceRate[]> = disk ? rates(disk) : fc.constant([]);
  const rate = fc.oneof({weight: 40, arbitrary: right}, {weight: 1, arbitrary: rates({major: 4095, minor: 0})});
  const weight = mostly([undefined], [10, 1000]);
  return maybe<NonNullable<Resources['blockIO']>>({
    weight: weight as fc.Arbitrary<number>,
    throttleReadBpsDevice: rate,
    throttleWriteBpsDevice: rate,
    throttleReadIOPSDevice: rate,
    throttleWriteIOPSDevice: rate,
  }).map(without);
};

export const resourcesOn = ({versions, disk}: Places): fc.Arbitrary<Resources> => {
  const unified =
    versions.memory === 2
      ? {unified: some<Record<string, string>>([{'memory.high': '64M'}, {'memory.nosuch': '1'}])}
      : {};
  const of: {[K in keyof Resources]: fc.Arbitrary<Resources[K]>} = {
    ...(versions.cpu && {
      cpu: maybe<NonNullable<Resources['cpu']>>({
        shares: some([2, 1024, 1 << 18]),
        quota: some([-1, 10_000, 50_000]),
        period: some([1000, 100_000]),
        burst: some([0, 1000]),
        idle: some([0]),
        ...(versions.cpuset && {cpus: mostly(['0', '0-1'], ['999']), mems: mostly(['0'], ['7'])}),
      } as never),
    }),
    ...(versions.memory && {
      memory: maybe<NonNullable<Resources['memory']>>({
        limit: some([-1, 64 << 20, 1 << 30]),
        swap: mostly([-1, 2 ** 31], [1 << 20]),
        reservation: some([-1, 32 << 20]),
        // v1 has it alone; v1 again wants a limit below the limit with swap.
        ...(versions.memory === 1 ? {disableOOMKiller: flag} : {}),
      } as never).map(more => ('swap' in more && !('limit' in more) ? {...more, limit: 64 << 20} : more)),
    }),
    ...(versions.pids && {pids: maybe<NonNullable<Resources['pids']>>({limit: some([-1, 20, 1000])})}),
    ...(versions.io && {blockIO: blockIO(disk)}),
    ...unified,
  };
  return maybe<Resources>(of as never) as fc.Arbitrary<Resources>;
};

export const sysctls: Partial<Record<NamespaceType, Record<string, string>>> = {
  network: {'net.ipv4.ip_forward': '1', 'net/ipv4/conf/lo/rp_filter': '0'},
  ipc: {'kernel.shmmax': '4096', 'kernel.shm_rmid_forced': '1', 'fs.mqueue.msg_max': '20'},
  uts: {'kernel.domainname': 'example'},
};
