/** What the kernel offers, read from its own files and parsed by pure functions. */
import {existsSync} from 'node:fs';
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
  /** Labs that are about it. */
  labs: string;
}

export const namespaceKinds: readonly NamespaceKind[] = [
  {type: 'uts', link: 'uts', flag: 'CLONE_NEWUTS', config: 'CONFIG_UTS_NS', labs: '01'},
  {type: 'ipc', link: 'ipc', flag: 'CLONE_NEWIPC', config: 'CONFIG_IPC_NS', labs: '02'},
  {type: 'pid', link: 'pid', flag: 'CLONE_NEWPID', config: 'CONFIG_PID_NS', labs: '03'},
  {type: 'mount', link: 'mnt', flag: 'CLONE_NEWNS', config: 'CONFIG_NAMESPACES', labs: '04'},
  {type: 'user', link: 'user', flag: 'CLONE_NEWUSER', config: 'CONFIG_USER_NS', labs: '05'},
  {type: 'network', link: 'net', flag: 'CLONE_NEWNET', config: 'CONFIG_NET_NS', labs: '06'},
  {type: 'cgroup', link: 'cgroup', flag: 'CLONE_NEWCGROUP', config: 'CONFIG_CGROUPS', labs: '07'},
  {type: 'time', link: 'time', flag: 'CLONE_NEWTIME', config: 'CONFIG_TIME_NS', labs: '20'},
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

/** The switch that keeps user namespaces from ordinary users, as the sysctl setting that opens it. */
export function unprivilegedBarrier(read: (path: string) => string | undefined = slurp): string | undefined {
  if (read('/proc/sys/kernel/unprivileged_userns_clone')?.trim() === '0') return 'kernel.unprivileged_userns_clone=1';
  const apparmor = read('/proc/sys/kernel/apparmor_restrict_unprivileged_userns');
  if (apparmor !== undefined && apparmor.trim() !== '0') return 'kernel.apparmor_restrict_unprivileged_userns=0';
  return undefined;
}

/** Names in /proc/filesystems (filesystems(5)). */
export function parseFilesystems(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.split('\t')[1]?.trim() ?? '')
    .filter(Boolean);
}

/** File systems of the kernel, and those of our concern that mount(2) would load as a module. */
export function readFilesystems(release: string): string[] {
  const known = parseFilesystems(slurp('/proc/filesystems') ?? '');
  const modules: [name: string, directory: string][] = [
    ['overlay', 'overlayfs'],
    ['aufs', 'aufs'],
  ];
  for (const [name, directory] of modules) {
    if (!known.includes(name) && existsSync(`/lib/modules/${release}/kernel/fs/${directory}`)) known.push(name);
  }
  return known;
}
