// A learner's processes: the app, its keeper and guard, shells and what they run. Memory by the kernel's own sums, CPU by time used.
import {readdirSync, readFileSync} from 'node:fs';

const slurp = file => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // ended meanwhile
  }
};

/** Fields of /proc/PID/stat behind the name: [state, ppid, …]; empty when the process is gone. */
const stat = pid =>
  slurp(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');

/** A process and everything below it, found by parents. */
export function family(root) {
  const children = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(stat(name)[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found = [];
  const visit = pid => {
    found.push(pid);
    children.get(pid)?.forEach(visit);
  };
  visit(root);
  return found;
}

/**
 * Memory of processes in MB (proc_pid_smaps_rollup): `rss` counts shared pages in each process, `pss` divides them among those
 * that share them, `own` are the pages that nobody else has.
 */
export function memory(pids) {
  const sum = {rss: 0, pss: 0, own: 0};
  for (const pid of pids) {
    const text = slurp(`/proc/${pid}/smaps_rollup`);
    const kb = key => Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);
    sum.rss += kb('Rss') / 1024;
    sum.pss += kb('Pss') / 1024;
    sum.own += (kb('Private_Clean') + kb('Private_Dirty')) / 1024;
  }
  return sum;
}

/** CPU seconds that processes, and children they have waited for, have used since they began. */
export const cpuOf = pids =>
  pids.reduce((sum, pid) => {
    const ticks = stat(pid).slice(11, 15).map(Number);
    return sum + (ticks.length === 4 ? ticks.reduce((a, b) => a + b, 0) / 100 : 0);
  }, 0);
