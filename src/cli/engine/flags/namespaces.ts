/** Which namespaces a container has for itself, shares, or joins: --network, --pid, --ipc, --uts, --cgroupns, --userns. */
import type {ContainerSpec, IdMapping, NamespaceSpec, NamespaceType} from '../../../engine/index.ts';
import {wrong} from '../failure.ts';
import {idMapping} from './values.ts';

export interface NamespaceOptions {
  network?: string;
  pid?: string;
  ipc?: string;
  uts?: string;
  cgroupns?: string;
  userns?: string;
  uidmap?: string[];
  gidmap?: string[];
}

/** PID of a container of ours, to join its namespaces. Rejects where there is none, and where it does not run. */
export type PidOf = (name: string) => Promise<number>;

const LINK: Readonly<Partial<Record<NamespaceType, string>>> = {network: 'net', pid: 'pid', ipc: 'ipc', uts: 'uts'};

/** [option, namespace, words besides container:NAME] */
const KINDS = [
  ['pid', 'pid', ['private', 'host']],
  ['ipc', 'ipc', ['private', 'host']],
  ['uts', 'uts', ['private', 'host']],
] as const;

async function one(option: string, type: NamespaceType, got: string, pidOf: PidOf): Promise<NamespaceSpec[]> {
  const [, name] = /^container:(.+)$/.exec(got) ?? [];
  if (name !== undefined) return [{type, path: `/proc/${await pidOf(name)}/ns/${LINK[type]}`}];
  if (got === 'private') return [{type}];
  if (got === 'host') return [];
  throw wrong('expected.one-of', {option: `--${option}`, got, known: 'private, host, container:NAME'});
}

/** An ordinary user's stage has one user at least; root may give a range that nobody else uses. */
function usualMap(): IdMapping[] {
  const root = process.getuid?.() === 0;
  return [root ? {containerID: 0, hostID: 100_000, size: 65_536} : {containerID: 0, hostID: 0, size: 1}];
}

interface Chosen {
  namespaces: NamespaceSpec[];
  network?: ContainerSpec['network'];
  uidMappings?: IdMapping[];
  gidMappings?: IdMapping[];
}

const NETWORKS = 'none, bridge, host, container:NAME';

async function networkOf(got: string, pidOf: PidOf): Promise<Pick<Chosen, 'network'> & {joined?: NamespaceSpec}> {
  if (got === 'none' || got === 'host') return {network: {mode: got}};
  // What the stage can reach is reached from inside too, as with Docker.
  if (got === 'bridge') return {network: {mode: 'bridge', nat: true}};
  const [, name] = /^container:(.+)$/.exec(got) ?? [];
  if (name === undefined) throw wrong('expected.one-of', {option: '--network', got, known: NETWORKS});
  return {joined: {type: 'network', path: `/proc/${await pidOf(name)}/ns/net`}};
}

/** Everything private by default, as with Docker; users are the stage's unless --userns private. */
export async function namespaces(options: NamespaceOptions, pidOf: PidOf): Promise<Chosen> {
  const chosen: Chosen = {namespaces: [{type: 'mount'}]};
  for (const [option, type] of KINDS) {
    chosen.namespaces.push(...(await one(option, type, options[option] ?? 'private', pidOf)));
  }
  const {network, joined} = await networkOf(options.network ?? 'none', pidOf);
  if (network) chosen.network = network;
  if (joined) chosen.namespaces.push(joined);
  const cgroupns = options.cgroupns ?? 'private';
  if (cgroupns === 'private') chosen.namespaces.push({type: 'cgroup'});
  else if (cgroupns !== 'host') {
    throw wrong('expected.one-of', {option: '--cgroupns', got: cgroupns, known: 'private, host'});
  }
  return {...chosen, ...users(options, chosen)};
}

function users({userns, uidmap = [], gidmap = []}: NamespaceOptions, {namespaces}: Chosen): Partial<Chosen> {
  const mapped = uidmap.length + gidmap.length > 0;
  const way = userns ?? (mapped ? 'private' : 'host');
  if (way !== 'private' && way !== 'host') {
    throw wrong('expected.one-of', {option: '--userns', got: way, known: 'private, host'});
  }
  if (way === 'host') {
    if (mapped) throw wrong('needs', {option: '--uidmap, --gidmap', needs: '--userns private'});
    return {};
  }
  const uids = uidmap.map(got => idMapping('--uidmap', got));
  const gids = gidmap.map(got => idMapping('--gidmap', got));
  // One of the two alone stands for both, as with Podman.
  const uidMappings = uids.length > 0 ? uids : gids.length > 0 ? gids : usualMap();
  const gidMappings = gids.length > 0 ? gids : uidMappings;
  return {namespaces: [...namespaces, {type: 'user'}], uidMappings, gidMappings};
}
