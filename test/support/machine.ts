/** The whole machine as a comparable value: what a run of Glassbox must leave as it found it, byte for byte. */
import {readdirSync, readFileSync, readlinkSync, statSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';

export interface Machine {
  hostname: string;
  domainname: string;
  mounts: string;
  ipc: string;
  cgroups: string;
  links: string;
  run: string;
  sysctl: string;
}

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return `(${(error as NodeJS.ErrnoException).code})`;
  }
};

/**
 * The roots of every cgroup hierarchy and whatever bears our name in them, with the settings that a run could have changed
 * (not the counters). Other programs' groups come and go as they please.
 */
function cgroups(): string {
  const out: string[] = [];
  const settings = [
    'cpu.cfs_quota_us',
    'cpu.cfs_period_us',
    'cpu.shares',
    'memory.limit_in_bytes',
    'pids.max',
    'cgroup.clone_children',
    'cgroup.subtree_control',
    'cpu.max',
    'freezer.state',
    'cpuset.cpus',
  ];
  const walk = (dir: string, depth: number): void => {
    const session = /glassbox-([0-9a-f]+)$/.exec(dir)?.[1];
    if (session && lives(session)) return;
    const ours = depth <= 1 || dir.includes('glassbox');
    if (ours) out.push(dir);
    for (const name of ours ? settings : []) {
      const file = path.join(dir, name);
      const text = read(file);
      if (!text.startsWith('(ENOENT')) out.push(`${file}=${text.trim()}`);
    }
    if (depth > 4) return;
    for (const entry of readdirSync(dir, {withFileTypes: true}).filter(e => e.isDirectory()))
      walk(path.join(dir, entry.name), depth + 1);
  };
  try {
    walk('/sys/fs/cgroup', 0);
  } catch {
    out.push('(unreadable)');
  }
  return out.sort().join('\n');
}

const list = (dir: string): string => {
  try {
    return readdirSync(dir).sort().join('\n');
  } catch {
    return '';
  }
};

/** Whether somebody lives in this session: one of the processes that its ledger names. */
function lives(id: string): boolean {
  try {
    const {owners} = JSON.parse(read(`/run/glassbox/${id}.json`)) as {owners: {pid: number; start: string}[]};
    return owners.some(
      ({pid, start}) =>
        read(`/proc/${pid}/stat`)
          .replace(/^.*\) /s, '')
          .split(' ')[19] === start,
    );
  } catch {
    return false;
  }
}

/** Ledgers and folders of sessions that nobody lives in any more: leftovers. Other people's live sessions are none. */
function deadSessions(): string {
  const names = list('/run/glassbox').split('\n').filter(Boolean);
  return names.filter(name => !lives(name.replace(/\.json$/, ''))).join('\n');
}

export function machine(): Machine {
  const sysv = ['msg', 'sem', 'shm'].map(kind =>
    // Without the times and counters at the end of a line: other people's programs may use their own objects.
    read(`/proc/sysvipc/${kind}`)
      .split('\n')
      .map(line => line.trim().split(/\s+/).slice(0, 3).join(' '))
      .join('\n'),
  );
  return {
    hostname: read('/proc/sys/kernel/hostname'),
    domainname: read('/proc/sys/kernel/domainname'),
    mounts: read('/proc/self/mountinfo'),
    ipc: sysv.join('\n'),
    cgroups: cgroups(),
    links: list('/sys/class/net'),
    run: `${deadSessions()}\n--\n${list('/run/netns')}`,
    sysctl: ['kernel/hostname', 'net/ipv4/ip_forward', 'kernel/pid_max', 'vm/overcommit_memory']
      .map(name => read(`/proc/sys/${name}`))
      .join(''),
  };
}

export interface Stray {
  pid: number;
  comm: string;
  cmdline: string;
}

/** True where a living Node stands above: the session of somebody who still runs. Ours have ended when this is asked. */
function isAttended(pid: number): boolean {
  for (let at = pid; at > 1; ) {
    const stat = read(`/proc/${at}/stat`);
    if (/^\d+ \((node|MainThread|vitest)/.test(stat)) return true;
    at = Number(stat.replace(/^.*\) /s, '').split(' ')[1] ?? 0);
  }
  return false;
}

/** Processes in a mount, UTS or PID namespace other than ours, that began at or after `since` (ms, epoch), or are keepers. */
export function strays(since: number): Stray[] {
  const own = ['mnt', 'uts', 'pid'].map(kind => readlinkSync(`/proc/self/ns/${kind}`));
  const found: Stray[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (statSync(`/proc/${name}`).ctimeMs < since) continue;
      const state = read(`/proc/${name}/stat`).replace(/^.*\) /, '')[0];
      if (state === 'Z' || state === 'X') continue; // PID 1 of some machines reaps slowly; a zombie holds nothing
      const comm = read(`/proc/${name}/comm`).trim();
      const elsewhere = ['mnt', 'uts', 'pid'].some((kind, i) => readlinkSync(`/proc/${name}/ns/${kind}`) !== own[i]);
      if ((elsewhere || comm.startsWith('gb-')) && !isAttended(Number(name))) {
        found.push({pid: Number(name), comm, cmdline: read(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim()});
      }
    } catch {
      // it ended while we looked
    }
  }
  return found;
}

/** Waits until no stray is left; rejects with what still runs after `withinMs`. */
export async function untilNoStrays(since: number, withinMs = 10_000): Promise<void> {
  const end = Date.now() + withinMs;
  for (;;) {
    const left = strays(since);
    if (left.length === 0) return;
    if (Date.now() > end) throw new Error(`still running: ${JSON.stringify(left)}`);
    await delay(20);
  }
}
