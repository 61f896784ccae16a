/**
 * rtnetlink(7), its messages: what asks the kernel for all links, addresses or routes of the caller's network namespace,
 * and how to read what it answers. iproute2's `ip` sends the same requests; labs type `ip`, the engine never runs it.
 */

import {around, type Used} from './ipv4.ts';

export const RTM = {NEWLINK: 16, GETLINK: 18, NEWADDR: 20, GETADDR: 22, NEWROUTE: 24, GETROUTE: 26} as const;
const NLMSG_DONE = 3;
const NLM_F_REQUEST = 0x1;
const NLM_F_DUMP_INTR = 0x10;
const NLM_F_DUMP = 0x300;
const HEADER = 16;
/** Sizes of struct ifinfomsg, ifaddrmsg and rtmsg: what stands before the attributes. */
const bodies: Readonly<Record<number, number>> = {
  [RTM.NEWLINK]: 16,
  [RTM.GETLINK]: 16,
  [RTM.NEWADDR]: 8,
  [RTM.GETADDR]: 8,
  [RTM.NEWROUTE]: 12,
  [RTM.GETROUTE]: 12,
};
const AF_INET = 2;
const AF_INET6 = 10;
const IFLA_EXT_MASK = 29;
const RTEXT_FILTER_SKIP_STATS = 1 << 3;

const aligned = (length: number): number => (length + 3) & ~3;

/** A request to list everything of one kind; links come without their counters, which are the longer half. */
export function dumpRequest(type: number): Buffer {
  const body = bodies[type]!;
  const attributes = type === RTM.GETLINK ? 8 : 0;
  const request = Buffer.alloc(HEADER + body + attributes);
  request.writeUInt32LE(request.length, 0);
  request.writeUInt16LE(type, 4);
  request.writeUInt16LE(NLM_F_REQUEST | NLM_F_DUMP, 6);
  if (type === RTM.GETROUTE) request.writeUInt8(AF_INET, HEADER);
  if (attributes > 0) {
    request.writeUInt16LE(attributes, HEADER + body);
    request.writeUInt16LE(IFLA_EXT_MASK, HEADER + body + 2);
    request.writeUInt32LE(RTEXT_FILTER_SKIP_STATS, HEADER + body + 4);
  }
  return request;
}

export interface Message {
  type: number;
  body: Buffer;
  attributes: ReadonlyMap<number, Buffer>;
}

function attributesOf(bytes: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = 0; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt16LE(at);
    if (length < 4 || at + length > bytes.length) break;
    // The two highest bits say that it is nested, or in network order.
    found.set(bytes.readUInt16LE(at + 2) & 0x3fff, bytes.subarray(at + 4, at + length));
    at += aligned(length);
  }
  return found;
}

/**
 * The messages of a dump, which came in these parts. Undefined unless its end (NLMSG_DONE) is among them and nothing
 * changed meanwhile (NLM_F_DUMP_INTR): a list that may lack something is no list.
 */
export function readDump(parts: readonly Buffer[]): Message[] | undefined {
  const messages: Message[] = [];
  for (const part of parts) {
    for (let at = 0; at + HEADER <= part.length; ) {
      const length = part.readUInt32LE(at);
      if (length < HEADER || at + length > part.length) return undefined;
      const type = part.readUInt16LE(at + 4);
      if ((part.readUInt16LE(at + 6) & NLM_F_DUMP_INTR) !== 0) return undefined;
      if (type === NLMSG_DONE) return messages;
      const size = bodies[type];
      if (size === undefined || length < HEADER + size) return undefined;
      const start = at + HEADER + size;
      const body = part.subarray(at + HEADER, start);
      messages.push({type, body, attributes: attributesOf(part.subarray(start, at + length))});
      at += aligned(length);
    }
  }
  return undefined;
}

/** One interface. */
export interface Device {
  index: number;
  name: string;
  up: boolean;
  /** As in `ip link add … type KIND`; undefined for those that are made otherwise, such as lo. */
  kind?: string;
  /** Index of the other end of a veth (in its own namespace), or of the interface below. */
  peer?: number;
  /** Index of its bridge. */
  master?: number;
}

/** An attribute of 32 bits; one of another size is none. */
const u32 = (bytes: Buffer | undefined): number | undefined => (bytes?.length === 4 ? bytes.readUInt32LE() : undefined);

const IFLA = {IFNAME: 3, LINK: 5, MASTER: 10, LINKINFO: 18} as const;
const IFLA_INFO_KIND = 1;
const IFF_UP = 1;

const nameIn = (bytes: Buffer | undefined): string | undefined => bytes?.toString('utf8').replace(/\0.*$/s, '');

/** Interfaces of a dump by RTM_GETLINK, by their index. */
export function devicesOf(messages: readonly Message[]): Device[] {
  const found = messages.flatMap(({type, body, attributes}): Device[] => {
    const name = nameIn(attributes.get(IFLA.IFNAME));
    if (type !== RTM.NEWLINK || name === undefined) return [];
    const device: Device = {index: body.readInt32LE(4), name, up: (body.readUInt32LE(8) & IFF_UP) !== 0};
    const info = attributes.get(IFLA.LINKINFO);
    const kind = info && nameIn(attributesOf(info).get(IFLA_INFO_KIND));
    const peer = u32(attributes.get(IFLA.LINK));
    const master = u32(attributes.get(IFLA.MASTER));
    if (kind !== undefined) device.kind = kind;
    if (peer !== undefined && peer > 0) device.peer = peer;
    if (master !== undefined && master > 0) device.master = master;
    return [device];
  });
  return found.sort((a, b) => a.index - b.index);
}

/** An address in bytes (4 or 16) as inet_ntop(3) writes it. */
export function addressText(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.');
  const words = Array.from({length: bytes.length / 2}, (_, i) => bytes.readUInt16BE(2 * i).toString(16));
  const text = words.join(':');
  const zeros = [...text.matchAll(/\b0(:0\b)+/g)].map(found => found[0]).sort((a, b) => b.length - a.length)[0];
  return zeros === undefined ? text : text.replace(new RegExp(`(^|:)${zeros}(:|$)`), '::');
}

const IFA = {ADDRESS: 1, LOCAL: 2} as const;
const RT_SCOPE_LINK = 253;

/** "eth0 10.1.2.3/24" for each address, without IPv6's own per link (fe80::…), which comes and goes by itself. */
export function addressesOf(messages: readonly Message[], nameOf: (index: number) => string | undefined): string[] {
  return messages.flatMap(({type, body, attributes}) => {
    if (type !== RTM.NEWADDR) return [];
    const [family, length, , scope] = body;
    const bytes = attributes.get(IFA.LOCAL) ?? attributes.get(IFA.ADDRESS);
    if (!bytes || (family === AF_INET6 && scope === RT_SCOPE_LINK)) return [];
    return [`${nameOf(body.readUInt32LE(4)) ?? '?'} ${addressText(bytes)}/${length}`];
  });
}

/** What IPv4 addresses and routes keep for themselves, and how each is called. A default route keeps nothing. */
export function usedOf(messages: readonly Message[], nameOf: (index: number) => string | undefined): Used[] {
  return messages.flatMap(({type, body, attributes}): Used[] => {
    if (body[0] !== AF_INET || (type !== RTM.NEWADDR && type !== RTM.NEWROUTE)) return [];
    const own = type === RTM.NEWADDR;
    const bytes = own ? (attributes.get(IFA.LOCAL) ?? attributes.get(IFA.ADDRESS)) : attributes.get(RTA.DST);
    const prefix = body[1] ?? 0;
    if (bytes?.length !== 4 || prefix === 0) return [];
    const device = own ? body.readUInt32LE(4) : u32(attributes.get(RTA.OIF));
    const name = device === undefined ? undefined : nameOf(device);
    const what = `${addressText(bytes)}/${prefix}${name === undefined ? '' : ` dev ${name}`}`;
    return [{subnet: around(bytes.readUInt32BE(), prefix), what}];
  });
}

const RTA = {DST: 1, OIF: 4, GATEWAY: 5, TABLE: 15} as const;
const RT_TABLE_MAIN = 254;
const kinds: Readonly<Record<number, string>> = {6: 'blackhole ', 7: 'unreachable ', 8: 'prohibit '};

/** Routes of IPv4's main table as `ip route` begins them: "default via 10.1.2.1 dev eth0", "10.1.2.0/24 dev eth0". */
export function routesOf(messages: readonly Message[], nameOf: (index: number) => string | undefined): string[] {
  return messages.flatMap(({type, body, attributes}) => {
    const table = u32(attributes.get(RTA.TABLE)) ?? body[4];
    if (type !== RTM.NEWROUTE || body[0] !== AF_INET || table !== RT_TABLE_MAIN) return [];
    const destination = attributes.get(RTA.DST);
    const to = destination ? `${addressText(destination)}/${body[1]}` : 'default';
    const gateway = attributes.get(RTA.GATEWAY);
    const via = gateway ? ` via ${addressText(gateway)}` : '';
    const device = u32(attributes.get(RTA.OIF));
    const dev = device === undefined ? '' : ` dev ${nameOf(device) ?? '?'}`;
    return [`${kinds[body[7]!] ?? ''}${to}${via}${dev}`];
  });
}
