/** Settings below /proc/sys that belong to a namespace: all others are the machine's. */
import type {NamespaceType} from '../types.ts';

const ipc = /^kernel\/(msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)$|^fs\/mqueue\/[^/]+$/;

/** sysctl(8): "net.ipv4.ip_forward"; with a slash in it, dots are part of names ("net/ipv4/conf/eth0.1/mtu"). */
export const sysctlPath = (name: string): string => (name.includes('/') ? name : name.replaceAll('.', '/'));

/** The namespace that a setting belongs to; undefined: it is the machine's, or no name of a setting. */
export function sysctlNamespace(name: string): NamespaceType | undefined {
  const path = sysctlPath(name);
  if (path.split('/').some(part => part === '' || /^\.\.?$/.test(part))) return undefined;
  if (ipc.test(path)) return 'ipc';
  if (path.startsWith('net/')) return 'network';
  return path === 'kernel/domainname' ? 'uts' : undefined;
}

export const isSysctl = (name: string): boolean => sysctlNamespace(name) !== undefined;
