/** What a process may use, and when it runs: resource limits, its place before the OOM killer, and its scheduling. */
import type {Facts} from '../types.ts';
import {deviceNumbers} from './files.ts';
import type {Stat} from './proc.ts';

/** First column of /proc/PID/limits, with the names of getrlimit(2). */
const limitNames: Readonly<Record<string, string>> = {
  'Max cpu time': 'RLIMIT_CPU',
  'Max file size': 'RLIMIT_FSIZE',
  'Max data size': 'RLIMIT_DATA',
  'Max stack size': 'RLIMIT_STACK',
  'Max core file size': 'RLIMIT_CORE',
  'Max resident set': 'RLIMIT_RSS',
  'Max processes': 'RLIMIT_NPROC',
  'Max open files': 'RLIMIT_NOFILE',
  'Max locked memory': 'RLIMIT_MEMLOCK',
  'Max address space': 'RLIMIT_AS',
  'Max file locks': 'RLIMIT_LOCKS',
  'Max pending signals': 'RLIMIT_SIGPENDING',
  'Max msgqueue size': 'RLIMIT_MSGQUEUE',
  'Max nice priority': 'RLIMIT_NICE',
  'Max realtime priority': 'RLIMIT_RTPRIO',
  'Max realtime timeout': 'RLIMIT_RTTIME',
};

/** The facts 'rlimits' in the text of /proc/PID/limits; -1 is "unlimited". A line that is not understood is left out. */
export function rlimitFacts(text: string): Facts {
  const soft: Facts = {};
  const hard: Facts = {};
  for (const line of text.split('\n')) {
    const [, title, now, most] = /^(Max [a-z ]*[a-z]) +(unlimited|\d+) +(unlimited|\d+)(?: |$)/.exec(line) ?? [];
    const name = title && Object.hasOwn(limitNames, title) ? limitNames[title] : undefined;
    if (!name || !now || !most) continue;
    soft[name] = now === 'unlimited' ? -1n : BigInt(now);
    hard[name] = most === 'unlimited' ? -1n : BigInt(most);
  }
  return {soft, hard};
}

/** Numbers of sched_setscheduler(2), linux/sched.h. */
const policies: Readonly<Record<number, string>> = {
  0: 'SCHED_OTHER',
  1: 'SCHED_FIFO',
  2: 'SCHED_RR',
  3: 'SCHED_BATCH',
  5: 'SCHED_IDLE',
  6: 'SCHED_DEADLINE',
  7: 'SCHED_EXT',
};

/** The facts 'nice', 'policy' and 'rt_priority'. */
export function schedulingFacts({nice, policy, priority}: Stat): Facts {
  return {
    nice: BigInt(nice),
    ...(policy === undefined ? {} : {policy: policies[policy] ?? String(policy)}),
    ...(priority === undefined ? {} : {rt_priority: BigInt(priority)}),
  };
}

/** 'pts/3' for a device number as /proc/PID/stat has it; '' for none (tty(4), pts(4), devices.txt). */
export function terminalName(device: number): string {
  if (!(device > 0)) return '';
  const {major, minor} = deviceNumbers(device);
  if (major === 136) return `pts/${minor}`;
  return major === 4 && minor < 64 ? `tty${minor}` : `${major}:${minor}`;
}
