/** What this machine is inside of: a container, WSL, a filter of system calls; and who its first process is. */
import {existsSync} from 'node:fs';
import {link, parseStatus, slurp} from '../facts/proc.ts';
import type {HostFinding} from '../types.ts';
import {bad, good} from './find.ts';

export interface Surroundings {
  read(path: string): string | undefined;
  link(path: string): string | undefined;
  exists(path: string): boolean;
  env: Readonly<Record<string, string | undefined>>;
}

export const here: Surroundings = {read: slurp, link, exists: existsSync, env: process.env};

/** Inode number of the PID namespace that the kernel booted with (PROC_PID_INIT_INO in include/linux/proc_ns.h). */
const firstPidNamespace = 'pid:[4026531836]';

export type Sandbox =
  | 'none'
  | 'docker'
  | 'podman'
  | 'kubernetes'
  | 'lxc'
  | 'systemd-nspawn'
  | 'container'
  | 'wsl1'
  | 'wsl2';

/**
 * Which kind of container this is. Traces such as /.dockerenv are also in machines that were made of an image: only a PID
 * namespace that is not the kernel's first one makes a container.
 */
export function sandboxOf({read, link: follow, exists, env}: Surroundings = here): Sandbox {
  const release = read('/proc/sys/kernel/osrelease') ?? '';
  // WSL 1 translates the calls of Linux; WSL 2 is a real kernel in a virtual machine.
  if (/microsoft/i.test(release)) return /WSL2|microsoft-standard/i.test(release) ? 'wsl2' : 'wsl1';
  const own = follow('/proc/self/ns/pid');
  if (own === undefined || own === firstPidNamespace) return 'none';
  if (env.KUBERNETES_SERVICE_HOST || exists('/var/run/secrets/kubernetes.io')) return 'kubernetes';
  const told = read('/run/systemd/container')?.trim() || /container=(\S+)/.exec(mayRead(read, '/proc/1/environ'))?.[1];
  if (exists('/run/.containerenv') || told === 'podman') return 'podman';
  if (exists('/.dockerenv') || told === 'docker') return 'docker';
  if (told?.startsWith('lxc') || exists('/dev/lxd/sock')) return 'lxc';
  return told === 'systemd-nspawn' ? told : 'container';
}

const mayRead = (read: Surroundings['read'], path: string): string => (read(path) ?? '').replaceAll('\0', ' ');

/** What does not work inside is told by the findings of the thing itself: rights, seccomp, /proc, cgroups. */
export function sandboxFinding(where: Surroundings = here): HostFinding {
  const kind = sandboxOf(where);
  const id = 'sandbox';
  if (kind === 'wsl1') return bad(id, kind, 'host.sandbox.wsl1', {}, 'host.cure.wsl');
  return good(id, kind, `host.sandbox.${kind}`);
}

/** The first process: under systemd, control groups are asked for and not simply made. */
export function initFinding({read, exists}: Surroundings = here): HostFinding {
  const found = read('/proc/1/comm')?.trim() ?? '?';
  const systemd = exists('/run/systemd/system') && found === 'systemd';
  return good('init', found, systemd ? 'host.init.systemd' : 'host.init.other');
}

/** What a filter answered to calls that fail on a kernel without one in another way: EINVAL, EINVAL. */
export type CallProbe = () => Promise<{call: string; passes: boolean}[]>;

/**
 * Whether a filter of system calls (seccomp(2)) keeps from us what containers are made with. The calls are tried, with
 * arguments that no kernel carries out, and only where there is a filter at all.
 */
export async function seccompFinding(probe: CallProbe, read: Surroundings['read'] = slurp): Promise<HostFinding> {
  const id = 'seccomp';
  const status = parseStatus(read('/proc/self/status') ?? '');
  const mode = status.get('Seccomp') ?? '0';
  if (mode === '0') return good(id, '0', 'host.seccomp.none');
  const tried = await probe().catch(() => []);
  const kept = tried.filter(one => !one.passes).map(one => one.call);
  const found = `${mode}${kept.length > 0 ? `: ${kept.join(' ')}` : ''}`;
  if (kept.length === 0) return good(id, found, 'host.seccomp.passes');
  return bad(id, found, 'host.seccomp.bars', {calls: kept.join(', ')}, 'host.cure.seccomp');
}
