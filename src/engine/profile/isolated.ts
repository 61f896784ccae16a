/** Walls for containers that run strangers' commands: a name for a set of defaults. */
import type {ContainerSpec, MountSpec, NamespaceType, Resources} from '../types.ts';
import {usualSeccomp} from './calls.ts';

/** 'default': Docker's walls. 'strict': no capability at all, less of everything, a root that nobody writes. */
export type Profile = 'default' | 'strict';

/** Docker's fourteen. */
const dockerCapabilities = (
  'CHOWN DAC_OVERRIDE FSETID FOWNER MKNOD NET_RAW SETGID SETUID SETFCAP SETPCAP NET_BIND_SERVICE SYS_CHROOT KILL ' +
  'AUDIT_WRITE'
)
  .split(' ')
  .map(name => `CAP_${name}`);

/** What tells of the machine, or reaches it. */
const maskedPaths = [
  '/proc/acpi',
  '/proc/asound',
  '/proc/interrupts',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/sys/devices/virtual/powercap',
  '/sys/firmware',
];
const readonlyPaths = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];

/** Those that every container of ours has anew; a user namespace needs maps that only the caller knows. */
const namespaces: readonly NamespaceType[] = ['pid', 'mount', 'ipc', 'uts', 'network', 'cgroup'];

const mounts: readonly MountSpec[] = [
  {destination: '/proc', type: 'proc', options: ['nosuid', 'noexec', 'nodev']},
  {destination: '/dev', type: 'tmpfs', options: ['nosuid', 'noexec', 'strictatime', 'mode=755', 'size=64k']},
];

const MiB = 2 ** 20;
const limits: Readonly<Record<Profile, Resources>> = {
  default: {memory: {limit: 512 * MiB}, pids: {limit: 256}},
  strict: {memory: {limit: 128 * MiB}, pids: {limit: 64}},
};

/** Not for programs that are given nothing: raw and packet sockets need a capability, these would not. */
const strictCalls = ['syslog', 'mknod', 'mknodat', 'setpriority', 'sched_setscheduler', 'sched_setattr', 'ioprio_set'];

export interface IsolationOptions {
  /** Memory and processes are limited, which needs a stage with these controllers. True by default. */
  limits?: boolean;
}

/**
 * The specification with the walls of a profile. What it says itself stays as it is, so that one wall can be opened on
 * purpose; a namespace that it joins is not made anew. With a root it gets /proc and a small /dev, where it mounts
 * nothing there; their folders have to be in the root.
 */
export function isolated(
  spec: ContainerSpec,
  profile: Profile = 'default',
  options: IsolationOptions = {},
): ContainerSpec {
  const {process, linux = {}, root} = spec;
  const strict = profile === 'strict';
  const list = strict ? [] : dockerCapabilities;
  const given = new Set(linux.namespaces?.map(n => n.type));
  // Its mode says which one it is.
  if (spec.network) given.add('network');
  const taken = new Set(spec.mounts?.map(m => m.destination));
  const added = root ? mounts.filter(m => !taken.has(m.destination)) : [];
  const resources = options.limits === false ? undefined : limits[profile];
  return {
    ...spec,
    process: {
      noNewPrivileges: true,
      capabilities: {bounding: list, effective: list, permitted: list},
      rlimits: [{type: 'RLIMIT_CORE', soft: 0, hard: 0}],
      ...process,
    },
    ...(root ? {root: {...(strict ? {readonly: true} : {}), ...root}, mounts: [...added, ...(spec.mounts ?? [])]} : {}),
    linux: {
      maskedPaths,
      readonlyPaths,
      seccomp: usualSeccomp(strict ? strictCalls : []),
      ...(root && added.some(m => m.destination === '/dev') ? {defaultDevices: true} : {}),
      ...linux,
      namespaces: [...(linux.namespaces ?? []), ...namespaces.filter(type => !given.has(type)).map(type => ({type}))],
      ...(resources || linux.resources ? {resources: {...resources, ...linux.resources}} : {}),
    },
  };
}
