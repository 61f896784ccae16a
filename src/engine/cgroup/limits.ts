/** OCI linux.resources → what is written into which file of which controller. Pure; the kernel judges the values. */
import type {BlockDeviceRate, Resources} from '../types.ts';

export interface LimitWrite {
  /** By v2's names: blkio of v1 is "io". */
  controller: 'cpu' | 'memory' | 'pids' | 'cpuset' | 'io' | (string & {});
  file: string;
  text: string;
}

/** The kernel's own values of a new group (sched-bwc.rst, cgroup-v2.rst). */
const usualPeriod = 100_000;

/** cpu.shares (2 … 262144, 1024 usual) as cpu.weight (1 … 10000), as runc and crun count it. */
export function weightOf(shares: number): number {
  const bounded = Math.min(Math.max(shares, 2), 262_144);
  return 1 + Math.floor(((bounded - 2) * 9999) / 262_142);
}

/** blkio.weight (10 … 1000) as io.weight (1 … 10000), as runc and crun count it. */
function ioWeightOf(weight: number): number {
  const bounded = Math.min(Math.max(weight, 10), 1000);
  return 1 + Math.floor(((bounded - 10) * 9999) / 990);
}

/**
 * Files of a weight, by version, the first that a kernel has: BFQ's where that scheduler is built in or loaded (bfq-iosched.rst), else
 * CFQ's of v1, which went with Linux 5.0, and blk-iocost's of v2.
 */
export const weightFiles = {1: ['blkio.bfq.weight', 'blkio.weight'], 2: ['io.bfq.weight', 'io.weight']} as const;

export type WeightFile = (typeof weightFiles)[1 | 2][number];

const limitText = (limit: number): string => (limit < 0 ? 'max' : String(limit));

/** Collects writes, those whose value is not asked for left out. */
function writer(): {writes: LimitWrite[]; put: (file: string, value: number | string | undefined) => void} {
  const writes: LimitWrite[] = [];
  return {
    writes,
    put(file, value) {
      if (value === undefined) return;
      const prefix = file.slice(0, file.indexOf('.'));
      writes.push({controller: prefix === 'blkio' ? 'io' : prefix, file, text: String(value)});
    },
  };
}

const flag = (on: boolean | undefined): number | undefined => (on === undefined ? undefined : Number(on));

/** [key of OCI's blockIO, file of v1, key of v2's io.max] */
const throttles = [
  ['throttleReadBpsDevice', 'blkio.throttle.read_bps_device', 'rbps'],
  ['throttleWriteBpsDevice', 'blkio.throttle.write_bps_device', 'wbps'],
  ['throttleReadIOPSDevice', 'blkio.throttle.read_iops_device', 'riops'],
  ['throttleWriteIOPSDevice', 'blkio.throttle.write_iops_device', 'wiops'],
] as const;

const device = ({major, minor}: BlockDeviceRate): string => `${major}:${minor}`;

/**
 * cgroup v1 (cgroup-v1/{cpusets,memory,blkio-controller,pids}.rst, sched-bwc.rst). The period comes before the quota, which is
 * judged by it, and the memory limit before that of memory and swap together.
 */
export function limitsV1(
  {cpu = {}, memory = {}, pids = {}, blockIO = {}}: Resources,
  weightFile: WeightFile = 'blkio.bfq.weight',
): LimitWrite[] {
  const {writes, put} = writer();
  put('cpu.shares', cpu.shares);
  put('cpu.cfs_period_us', cpu.period);
  put('cpu.cfs_quota_us', cpu.quota);
  put('cpu.cfs_burst_us', cpu.burst);
  put('cpu.idle', cpu.idle);
  put('cpuset.cpus', cpu.cpus);
  put('cpuset.mems', cpu.mems);
  put('memory.limit_in_bytes', memory.limit);
  put('memory.memsw.limit_in_bytes', memory.swap);
  put('memory.soft_limit_in_bytes', memory.reservation);
  put('memory.oom_control', flag(memory.disableOOMKiller));
  put('pids.max', pids.limit === undefined ? undefined : limitText(pids.limit));
  put(weightFile, blockIO.weight);
  for (const [key, file] of throttles) {
    for (const one of blockIO[key] ?? []) put(file, `${device(one)} ${one.rate}`);
  }
  return writes;
}

/**
 * cgroup v2 (cgroup-v2.rst). cpu.max takes the quota, or quota and period: a period alone means no quota. OCI's `swap` is
 * memory and swap together, memory.swap.max is swap alone.
 */
export function limitsV2(
  {cpu = {}, memory = {}, pids = {}, blockIO = {}, unified = {}}: Resources,
  weightFile: WeightFile = 'io.bfq.weight',
): LimitWrite[] {
  const {writes, put} = writer();
  const {quota, period} = cpu;
  if (cpu.shares !== undefined) put('cpu.weight', weightOf(cpu.shares));
  if (quota !== undefined || period !== undefined) {
    const first = limitText(quota ?? -1);
    put('cpu.max', period === undefined ? first : `${first} ${period}`);
  }
  put('cpu.max.burst', cpu.burst);
  put('cpu.idle', cpu.idle);
  put('cpuset.cpus', cpu.cpus);
  put('cpuset.mems', cpu.mems);
  if (memory.limit !== undefined) put('memory.max', limitText(memory.limit));
  if (memory.swap !== undefined) {
    const both = memory.swap < 0 || memory.limit === undefined || memory.limit < 0;
    put('memory.swap.max', both ? limitText(memory.swap) : memory.swap - memory.limit!);
  }
  if (memory.reservation !== undefined) put('memory.low', limitText(memory.reservation));
  if (pids.limit !== undefined) put('pids.max', limitText(pids.limit));
  if (blockIO.weight !== undefined) {
    put(weightFile, weightFile === 'io.weight' ? `default ${ioWeightOf(blockIO.weight)}` : blockIO.weight);
  }
  for (const [key, , name] of throttles) {
    for (const one of blockIO[key] ?? []) put('io.max', `${device(one)} ${name}=${one.rate === 0 ? 'max' : one.rate}`);
  }
  for (const [file, text] of Object.entries(unified)) put(file, text);
  return writes;
}

/** Controllers that a specification needs, by v2's names; files of the core ("cgroup.max.depth") need none. */
export function controllersOf(resources: Resources): string[] {
  const names = [...limitsV2(resources), ...limitsV1(resources)].map(({controller}) => controller);
  return [...new Set(names)].filter(name => name !== 'cgroup');
}

/** What only one version of cgroups has, with its place in a specification: [path, version]. */
export function versionOnly({memory = {}, unified}: Resources): [path: string, controller: string, version: 1 | 2][] {
  return [
    ...(memory.disableOOMKiller === undefined
      ? []
      : [['linux.resources.memory.disableOOMKiller', 'memory', 1] as [string, string, 1]]),
    ...Object.keys(unified ?? {}).map((file): [string, string, 2] => [
      `linux.resources.unified["${file}"]`,
      file.slice(0, file.indexOf('.')),
      2,
    ]),
  ];
}

export interface CpuLimits {
  /** Microseconds per period; -1: none. */
  quota: bigint;
  /** Microseconds. */
  period: bigint;
}

/** cpu.max: "max 100000", "20000 100000". */
export function parseCpuMax(text: string): CpuLimits {
  const [quota = 'max', period = String(usualPeriod)] = text.trim().split(' ');
  return {quota: quota === 'max' ? -1n : BigInt(quota), period: BigInt(period)};
}
