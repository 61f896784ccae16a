/** What a case is, and the container that each of them changes in one thing. */
import {constants} from 'node:os';
import type {
  ContainerSpec,
  MountSpec,
  NamespaceSpec,
  NamespaceType,
  ProcessSpec,
} from '../../../../src/engine/types.ts';
import type {Said} from '../facts.ts';

export interface Case {
  name: string;
  spec: ContainerSpec;
  /** Facts of the container that show its field at work. */
  shows: Said;
  /** Exit status as a shell tells it; 0 where nothing is said. */
  code?: number;
  /** Its groups' limits are read from outside while it runs. */
  limits?: Record<'v1' | 'v2', Said>;
  /** The first crun that carries it out; older ones pass it over in silence, or fail. */
  since?: [number, number];
  /** Facts in which ours is another on purpose, each with the reason; what ours is has to be in `shows`. */
  differs?: Record<string, string>;
}

const usual: NamespaceType[] = ['pid', 'mount', 'ipc', 'uts', 'network', 'cgroup'];
export const proc: MountSpec = {
  destination: '/proc',
  type: 'proc',
  source: 'proc',
  options: ['nosuid', 'noexec', 'nodev'],
};
export const dev: MountSpec = {
  destination: '/dev',
  type: 'tmpfs',
  source: 'tmpfs',
  options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k'],
};
export const pts: MountSpec = {
  destination: '/dev/pts',
  type: 'devpts',
  source: 'devpts',
  options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620'],
};
const docker = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
].map(name => `CAP_${name}`);
export const set = (...names: string[]) => ({bounding: names, effective: names, permitted: names});

interface Parts {
  process?: Partial<ProcessSpec>;
  mounts?: MountSpec[];
  without?: NamespaceType[];
  and?: {type: NamespaceType; path?: string}[];
  linux?: ContainerSpec['linux'];
  rest?: Partial<ContainerSpec>;
}

/** A container as Docker would have it, and what the case changes of it. */
export function spec({
  process = {},
  mounts = [],
  without = [],
  and = [],
  linux = {},
  rest = {},
}: Parts = {}): ContainerSpec {
  const namespaces: NamespaceSpec[] = [...usual.filter(type => !without.includes(type)).map(type => ({type})), ...and];
  return {
    process: {args: ['/bin/probe'], env: ['PATH=/bin', 'HOME=/'], cwd: '/', capabilities: set(...docker), ...process},
    root: {path: ''},
    mounts: [proc, dev, ...mounts],
    // crun brings the loopback of a new network namespace up; ours does where a network is asked for.
    ...(namespaces.some(n => n.type === 'network' && !n.path) ? {network: {mode: 'none' as const}} : {}),
    ...rest,
    linux: {namespaces, defaultDevices: true, ...linux},
  };
}

export const tighter = 'ours keeps the flags that were there, or sets them where nobody needs more';
export const flagsOfHost =
  'ours keeps the flags of the host’s /dev, so that /dev/zero may be mapped as it is elsewhere; crun forbids programs there';
export const shown = Object.fromEntries(
  ['null', 'zero', 'full', 'random', 'urandom', 'tty'].map(name => [`mount /dev/${name}`, flagsOfHost]),
);
export const stays = 'what was said of a mount stays; crun makes all mounts private in the end';

export const user = {and: [{type: 'user' as const}]};
export const maps = [{containerID: 0, hostID: 100000, size: 65536}];
export const ranges = [
  {containerID: 0, hostID: 100000, size: 1000},
  {containerID: 1000, hostID: 201000, size: 1},
  {containerID: 1001, hostID: 101001, size: 64000},
];
export const tmpfs = (...options: string[]): MountSpec => ({
  destination: '/data',
  type: 'tmpfs',
  source: 'tmpfs',
  options,
});
export const bind = (...options: string[]): MountSpec => ({
  destination: '/data',
  type: 'bind',
  source: 'ROOT/srv',
  options,
});
export const errno = (name: keyof typeof constants.errno): number => constants.errno[name];
