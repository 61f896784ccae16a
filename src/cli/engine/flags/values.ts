/** Values of options, as Docker writes them. Pure; what cannot be read throws a failure that says what was expected. */
import type {MountSpec, Resources, Rlimit} from '../../../engine/index.ts';
import {wrong} from '../failure.ts';

const UNITS: Readonly<Record<string, number>> = {'': 1, b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40};

/** "64m" → bytes; "-1": no limit. */
export function bytes(option: string, got: string): number {
  if (got === '-1') return -1;
  const [, number = '', unit = ''] = /^(\d{1,12}(?:\.\d{1,6})?)([bkmgt]?)(?:i?b)?$/i.exec(got) ?? [];
  const value = Math.floor(Number(number) * UNITS[unit.toLowerCase()]!);
  if (number === '' || value < 1 || !Number.isSafeInteger(value)) throw wrong('expected.bytes', {option, got});
  return value;
}

const PERIOD = 100_000;

/** "0.5" → half of one CPU: microseconds in each period. */
export function cpus(option: string, got: string): {quota: number; period: number} {
  const quota = /^\d{1,4}(\.\d{1,6})?$/.test(got) ? Math.round(Number(got) * PERIOD) : 0;
  // The kernel takes no less than a millisecond (sched-bwc).
  if (quota < 1000) throw wrong('expected.cpus', {option, got});
  return {quota, period: PERIOD};
}

export function integer(option: string, got: string, least: number): number {
  const value = /^-?\d{1,15}$/.test(got) ? Number(got) : Number.NaN;
  if (!(value >= least)) throw wrong('expected.integer', {option, got, least});
  return value;
}

export interface LimitOptions {
  memory?: string;
  cpus?: string;
  cpuShares?: string;
  pidsLimit?: string;
}

/** --memory, --cpus, --cpu-shares, --pids-limit; undefined: none of them was given. */
export function limits(options: LimitOptions): Resources | undefined {
  const resources: Resources = {};
  if (options.memory !== undefined) resources.memory = {limit: bytes('--memory', options.memory)};
  if (options.cpus !== undefined) resources.cpu = cpus('--cpus', options.cpus);
  if (options.cpuShares !== undefined) {
    resources.cpu = {...resources.cpu, shares: integer('--cpu-shares', options.cpuShares, 2)};
  }
  if (options.pidsLimit !== undefined) resources.pids = {limit: integer('--pids-limit', options.pidsLimit, -1)};
  return Object.keys(resources).length > 0 ? resources : undefined;
}

/** Controllers that limits ask for. */
export const controllersOf = ({cpu, memory, pids}: Resources): string[] =>
  [cpu && 'cpu', memory && 'memory', pids && 'pids'].filter(name => typeof name === 'string');

/** "1000", "1000:100". Names are those of a passwd file that is not ours to choose. */
export function user(option: string, got: string): {uid: number; gid: number} {
  const [, uid, gid = '0'] = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(got) ?? [];
  if (uid === undefined || Math.max(Number(uid), Number(gid)) > 4294967294) throw wrong('expected.user', {option, got});
  return {uid: Number(uid), gid: Number(gid)};
}

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** "K=V", or "K" for the value that we have ourselves; the last one wins. PATH, and TERM on a terminal, are there anyway. */
export function environment(given: readonly string[], terminal: boolean, own: NodeJS.ProcessEnv): string[] {
  const all = new Map([['PATH', PATH], ...(terminal ? [['TERM', `TERM=${own.TERM ?? 'xterm-256color'}`]] : [])] as [
    string,
    string,
  ][]);
  for (const got of given) {
    const name = got.split('=', 1)[0]!;
    if (!/^[^=\0]+$/.test(name)) throw wrong('expected.env', {option: '--env', got});
    if (got.includes('=')) all.set(name, got);
    else if (own[name] !== undefined) all.set(name, `${name}=${own[name]}`);
    else all.delete(name);
  }
  return [...all.values()];
}

/** "key=value" of an option that may be given several times. */
export function pairs(option: string, given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map(got => {
      const at = got.indexOf('=');
      if (at < 1) throw wrong('expected.pair', {option, got});
      return [got.slice(0, at), got.slice(at + 1)];
    }),
  );
}

/** "DST", "DST:size=1m,mode=700" */
export function tmpfs(got: string): MountSpec {
  const at = got.indexOf(':');
  const destination = at < 0 ? got : got.slice(0, at);
  if (!destination.startsWith('/')) throw wrong('expected.tmpfs', {option: '--tmpfs', got});
  const more =
    at < 0
      ? []
      : got
          .slice(at + 1)
          .split(',')
          .filter(Boolean);
  return {destination, type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'nodev', ...more]};
}

/** RLIM_INFINITY of the runtime-spec: 2^64-1, which a double rounds up. */
const UNLIMITED = 2 ** 64;

/** "nofile=1024", "nofile=1024:2048", "core=unlimited" */
export function ulimit(got: string): Rlimit {
  const [, name, soft, hard] = /^([a-z]+)=(\d{1,15}|-1|unlimited)(?::(\d{1,15}|-1|unlimited))?$/.exec(got) ?? [];
  if (name === undefined || soft === undefined) throw wrong('expected.ulimit', {option: '--ulimit', got});
  const number = (text: string): number => (/^\d/.test(text) ? Number(text) : UNLIMITED);
  return {type: `RLIMIT_${name.toUpperCase()}`, soft: number(soft), hard: number(hard ?? soft)};
}

/** "0:100000:65536" */
export function idMapping(option: string, got: string): {containerID: number; hostID: number; size: number} {
  const [, inside, outside, size] = /^(\d{1,10}):(\d{1,10}):(\d{1,10})$/.exec(got) ?? [];
  if (inside === undefined) throw wrong('expected.map', {option, got});
  return {containerID: Number(inside), hostID: Number(outside), size: Number(size)};
}

/** Names of containers: file names and part of a cgroup's path. */
export function containerName(got: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(got)) throw wrong('expected.name', {got});
  return got;
}
