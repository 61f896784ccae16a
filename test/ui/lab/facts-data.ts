/** Facts and processes as the engine gives them, small enough to draw by hand. */
import type {Facts, ProcessRow} from '../../../src/engine/index.ts';

const HOST_PIDNS = 4026531836n;

export function row(
  pid: number,
  ppid: number,
  comm: string,
  side: string,
  patch: Partial<ProcessRow> = {},
): ProcessRow {
  return {pid, ppid, nspids: [pid], pidns: HOST_PIDNS, comm, command: comm, state: 'S', side, ...patch};
}

/** A process with a number of its own inside. */
export function inner(
  pid: number,
  ppid: number,
  comm: string,
  side: string,
  nspid: number,
  pidns: bigint,
  patch: Partial<ProcessRow> = {},
): ProcessRow {
  return row(pid, ppid, comm, side, {nspids: [pid, nspid], pidns, ...patch});
}

export interface Link {
  index: number;
  up?: boolean;
  kind?: string;
  peer?: number;
  on?: string;
  addresses?: string[];
}

/** Facts of a side's network. */
export function network(id: bigint, links: Record<string, Link>): Facts {
  const all = Object.entries(links);
  const numbers = (key: 'index' | 'peer') =>
    Object.fromEntries(all.flatMap(([name, link]) => (link[key] === undefined ? [] : [[name, BigInt(link[key])]])));
  return {
    ns: {net: id},
    net: {
      devices: all.map(([name]) => name),
      up: all.filter(([, {up = true}]) => up).map(([name]) => name),
      kinds: all.filter(([, {kind}]) => kind).map(([name, {kind}]) => `${name} ${kind}`),
      ports: all.filter(([, {on}]) => on).map(([name, {on}]) => `${name} on ${on}`),
      addresses: all.flatMap(([name, {addresses = []}]) => addresses.map(one => `${name} ${one}`)),
      index: numbers('index'),
      peer: numbers('peer'),
    },
  };
}

export const LO: Link = {index: 1, addresses: ['127.0.0.1/8']};

const NS = {pid: 1n, net: 2n, mnt: 3n, uts: 4n, ipc: 5n, user: 6n, cgroup: 7n, time: 8n};
export const CAPS = ['CAP_CHOWN', 'CAP_KILL', 'CAP_NET_RAW', 'CAP_SYS_ADMIN'];

/** Facts of a process; without a patch, of one that isolates nothing. */
export function factsOfProcess(pid: number, patch: Record<string, Facts | Facts[string]> = {}): Facts {
  return {
    pid: BigInt(pid),
    nspid: BigInt(pid),
    nspids: [BigInt(pid)],
    comm: 'sh',
    ns: NS,
    cgroup: {dir: '/sys/fs/cgroup/cpu', path: '/'},
    root: '/',
    root_id: '254:0 2',
    root_type: 'ext4',
    mounts: {count: 2n, types: ['ext4 on /', 'proc on /proc'], shared: [], slave: []},
    uid: 0n,
    nsuid: 0n,
    gid: 0n,
    nsgid: 0n,
    uid_map: '0 0 4294967295',
    gid_map: '0 0 4294967295',
    caps: {effective: CAPS, bounding: CAPS},
    seccomp: 0n,
    no_new_privs: false,
    ...patch,
  } as Facts;
}

/** The same with everything of its own. */
export function isolated(pid: number): Facts {
  return factsOfProcess(pid, {
    nspid: 1n,
    nspids: [BigInt(pid), 7n, 1n],
    ns: {...NS, pid: 11n, mnt: 13n, user: 16n, cgroup: 17n},
    cgroup: {dir: '/sys/fs/cgroup/cpu/box', path: '/box'},
    cpu: {quota: 20000n, period: 100000n, share: 199n},
    memory: {limit: 67108864n, usage: 1572864n},
    pids: {limit: 10n, current: 2n},
    root_id: '0:45 12',
    root_type: 'tmpfs',
    root: '/run/x/rootfs',
    mounts: {count: 2n, types: ['tmpfs on /', 'proc on /proc'], shared: [], slave: ['/proc']},
    uid: 1000n,
    nsuid: 0n,
    gid: 1000n,
    nsgid: 0n,
    uid_map: '0 1000 1 1 100000 65536',
    gid_map: '0 1000 1',
    caps: {effective: ['CAP_CHOWN'], bounding: CAPS},
    seccomp: 2n,
    no_new_privs: true,
  });
}
