/** What the kernel offers, read from its own files and parsed by pure functions. */
import {existsSync, readdirSync} from 'node:fs';
import {slurp} from '../facts/proc.ts';
import type {NamespaceType} from '../types.ts';

/** close_range(2), the youngest call that every container needs; clone3 with CLONE_CLEAR_SIGHAND is of 5.5. */
export const oldestKernel = '5.9';

/** Compares versions such as "6.1.0-18-amd64" by their first two numbers: negative, 0, positive. */
export function compareVersions(left: string, right: string): number {
  const [a = 0, b = 0] = left.split('.').map(part => Number.parseInt(part, 10));
  const [c = 0, d = 0] = right.split('.').map(part => Number.parseInt(part, 10));
  return a - c || b - d;
}

export interface NamespaceKind {
  type: NamespaceType;
  /** Its link in /proc/PID/ns. */
  link: string;
  /** Flag of clone(2). */
  flag: string;
  /** Option of the kernel's configuration. */
  config: string;
}

export const namespaceKinds: readonly NamespaceKind[] = [
  {type: 'uts', link: 'uts', flag: 'CLONE_NEWUTS', config: 'CONFIG_UTS_NS'},
  {type: 'ipc', link: 'ipc', flag: 'CLONE_NEWIPC', config: 'CONFIG_IPC_NS'},
  {type: 'pid', link: 'pid', flag: 'CLONE_NEWPID', config: 'CONFIG_PID_NS'},
  {type: 'mount', link: 'mnt', flag: 'CLONE_NEWNS', config: 'CONFIG_NAMESPACES'},
  {type: 'user', link: 'user', flag: 'CLONE_NEWUSER', config: 'CONFIG_USER_NS'},
  {type: 'network', link: 'net', flag: 'CLONE_NEWNET', config: 'CONFIG_NET_NS'},
  {type: 'cgroup', link: 'cgroup', flag: 'CLONE_NEWCGROUP', config: 'CONFIG_CGROUPS'},
  {type: 'time', link: 'time', flag: 'CLONE_NEWTIME', config: 'CONFIG_TIME_NS'},
];

export interface NamespaceState {
  /** Its link stands in /proc/self/ns (namespaces(7)). */
  inKernel: boolean;
  /** /proc/sys/user/max_*_namespaces; undefined where there is no such file. */
  limit?: number;
}

export function readNamespaceState(kind: NamespaceKind): NamespaceState {
  const limit = slurp(`/proc/sys/user/max_${kind.link}_namespaces`);
  return {
    inKernel: existsSync(`/proc/self/ns/${kind.link}`),
    ...(limit !== undefined && {limit: Number(limit)}),
  };
}

/** Names in /proc/filesystems (filesystems(5)). */
export function parseFilesystems(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.split('\t')[1]?.trim() ?? '')
    .filter(Boolean);
}

/** Whether /lib/modules has this kernel's module, packed or not; undefined: it has nothing of this kernel at all. */
export function moduleThere(release: string, directory: string, name: string): boolean | undefined {
  const list = (path: string): string[] | undefined => {
    try {
      return readdirSync(path);
    } catch {
      return undefined;
    }
  };
  const files = list(`/lib/modules/${release}/kernel/fs/${directory}`);
  if (files?.some(file => file.startsWith(`${name}.ko`))) return true;
  return list(`/lib/modules/${release}`) ? false : undefined;
}

const modules: readonly [name: string, directory: string][] = [
  ['overlay', 'overlayfs'],
  ['aufs', 'aufs'],
];

/** File systems of the kernel, and those of our concern that mount(2) would load as a module. */
export function readFilesystems(release: string): string[] {
  const known = parseFilesystems(slurp('/proc/filesystems') ?? '');
  if (slurp('/proc/sys/kernel/modules_disabled')?.trim() === '1') return known;
  for (const [name, directory] of modules) {
    if (!known.includes(name) && moduleThere(release, directory, name)) known.push(name);
  }
  return known;
}
