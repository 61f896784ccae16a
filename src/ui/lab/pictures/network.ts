/** What the facts of all sides say about the network: who shares one, and which cable leads where. */
import type {Facts} from '../../../engine/index.ts';
import {factAt, numberAt, safe, stringsAt, textAt} from './lines.ts';

export interface Device {
  name: string;
  /** As in `ip link add … type KIND`; empty: a device without one, such as lo. */
  kind: string;
  up: boolean;
  addresses: string[];
  /** The bridge that it is a port of. */
  bridge?: string;
  index: number | undefined;
  /** Number of its other end, there. */
  peer: number | undefined;
}

/** One network namespace and the sides in it; the host's stands first. */
export interface Network {
  id: string;
  sides: string[];
  devices: Device[];
}

/** Both ends of a veth pair, by position in the list of networks. */
export interface Cable {
  ends: [{network: number; device: string}, {network: number; device: string}];
  /** Both ends are up: it carries something. */
  up: boolean;
}

type Sides = Readonly<Record<string, Facts | null | undefined>>;

/** Every network namespace that a side is in, the host's first, then that of `first`. */
export function networksOf(now: Sides, first: string): Network[] {
  const rank = (side: string): number => (side === 'host' ? 0 : side === first ? 1 : 2);
  const networks: Network[] = [];
  for (const side of Object.keys(now).sort((a, b) => rank(a) - rank(b))) {
    const facts = now[side];
    const id = textAt(facts, 'ns.net');
    if (!facts || id === '' || factAt(facts, 'net.devices') === undefined) continue;
    const known = networks.find(network => network.id === id);
    if (known) known.sides.push(side);
    else networks.push({id, sides: [side], devices: devicesOf(facts)});
  }
  return networks;
}

function devicesOf(facts: Facts): Device[] {
  const up = new Set(stringsAt(facts, 'net.up'));
  const second = (list: string, separator: string) => (name: string) =>
    stringsAt(facts, list)
      .filter(line => line.startsWith(name + separator))
      .map(line => line.slice(name.length + separator.length));
  const kind = second('net.kinds', ' ');
  const bridge = second('net.ports', ' on ');
  const addresses = second('net.addresses', ' ');
  return stringsAt(facts, 'net.devices').map(name => ({
    name,
    kind: kind(name)[0] ?? '',
    up: up.has(name),
    addresses: addresses(name).map(safe),
    ...(bridge(name)[0] === undefined ? {} : {bridge: bridge(name)[0]!}),
    index: numberAt((factAt(facts, 'net.index') ?? {}) as Facts, name),
    peer: numberAt((factAt(facts, 'net.peer') ?? {}) as Facts, name),
  }));
}

/**
 * Pairs whose ends name each other: veth(4) has only numbers, and these only count within a namespace, so a pair that
 * could be another one too (the same numbers in a third namespace) is left out.
 */
export function cablesOf(networks: readonly Network[]): Cable[] {
  const ends = networks.flatMap(({devices}, network) =>
    devices.filter(({kind}) => kind === 'veth').map(device => ({network, device})),
  );
  const partners = (one: (typeof ends)[number]) =>
    ends.filter(
      other =>
        other !== one &&
        other.device.index !== undefined &&
        one.device.index !== undefined &&
        other.device.index === one.device.peer &&
        other.device.peer === one.device.index,
    );
  return ends.flatMap((one, i) => {
    const [other, ...more] = partners(one);
    if (!other || more.length > 0 || partners(other).length > 1 || ends.indexOf(other) < i) return [];
    const end = ({network, device}: (typeof ends)[number]) => ({network, device: device.name});
    return [{ends: [end(one), end(other)], up: one.device.up && other.device.up} satisfies Cable];
  });
}

/** True where there is more to see than a loopback device: somebody has a network of their own, or a further device. */
export function hasNetwork(now: Sides): boolean {
  const networks = networksOf(now, '');
  return networks.length > 1 || networks.some(({devices}) => devices.some(({kind}) => kind !== ''));
}

/**
 * The cables from the first network that can be drawn side by side without crossing, in the order in which they leave it:
 * those of one other network lie together.
 */
export function straightCables(leaving: readonly Cable[]): Cable[] {
  const met: number[] = [];
  return leaving.filter(({ends}) => {
    const to = ends[1].network;
    if (met.includes(to) && met.at(-1) !== to) return false;
    if (met.at(-1) !== to) met.push(to);
    return true;
  });
}
