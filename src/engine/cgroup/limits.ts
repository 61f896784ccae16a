/** OCI linux.resources → what is written into which file of which controller. Pure; the kernel judges the values. */
import type {Resources} from '../types.ts';

export interface LimitWrite {
  controller: 'cpu' | 'memory' | 'pids';
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

const limitText = (limit: number): string => (limit < 0 ? 'max' : String(limit));

/** cgroup v1 (cgroup-v1/cpuacct, sched-bwc.rst, memory.rst, pids.rst). The period comes first: the quota is judged by it. */
export function limitsV1({cpu = {}, memory = {}, pids = {}}: Resources): LimitWrite[] {
  const writes: LimitWrite[] = [];
  const put = (controller: LimitWrite['controller'], file: string, text: string): void => {
    writes.push({controller, file, text});
  };
  if (cpu.shares !== undefined) put('cpu', 'cpu.shares', String(cpu.shares));
  if (cpu.period !== undefined) put('cpu', 'cpu.cfs_period_us', String(cpu.period));
  if (cpu.quota !== undefined) put('cpu', 'cpu.cfs_quota_us', String(cpu.quota));
  if (memory.limit !== undefined) put('memory', 'memory.limit_in_bytes', String(memory.limit));
  if (pids.limit !== undefined) put('pids', 'pids.max', limitText(pids.limit));
  return writes;
}

/** cgroup v2 (cgroup-v2.rst). cpu.max takes the quota, or quota and period: a period alone means no quota. */
export function limitsV2({cpu = {}, memory = {}, pids = {}}: Resources): LimitWrite[] {
  const writes: LimitWrite[] = [];
  const put = (controller: LimitWrite['controller'], file: string, text: string): void => {
    writes.push({controller, file, text});
  };
  if (cpu.shares !== undefined) put('cpu', 'cpu.weight', String(weightOf(cpu.shares)));
  if (cpu.quota !== undefined || cpu.period !== undefined) {
    const quota = limitText(cpu.quota ?? -1);
    put('cpu', 'cpu.max', cpu.period === undefined ? quota : `${quota} ${cpu.period}`);
  }
  if (memory.limit !== undefined) put('memory', 'memory.max', limitText(memory.limit));
  if (pids.limit !== undefined) put('pids', 'pids.max', limitText(pids.limit));
  return writes;
}

/** Controllers that a specification needs. */
export function controllersOf(resources: Resources): LimitWrite['controller'][] {
  return [...new Set(limitsV2(resources).map(({controller}) => controller))];
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
