/** Requests of netlink(7) in the journal: type, flags and attributes by the names of the kernel's headers. */
import {addressOf} from './ipv4.ts';
import {NLM_F} from './message.ts';

type Shown = (value: Buffer) => string;
interface Field {
  name: string;
  shown: Shown | Fields;
}
interface Fields {
  [type: number]: Field;
}

const quoted: Shown = value => JSON.stringify(value.toString('latin1').replace(/\0.*$/s, ''));
const number: Shown = value => (value.length === 4 ? String(value.readInt32LE()) : `[${value.length} bytes]`);
const bigEndian: Shown = value => (value.length === 4 ? String(value.readInt32BE()) : `[${value.length} bytes]`);
const address: Shown = value => (value.length === 4 ? addressOf(value.readUInt32BE()) : `[${value.length} bytes]`);
const bytes: Shown = value => `[${value.length} bytes]`;

const field = (name: string, shown: Shown | Fields): Field => ({name, shown});

const link: Fields = {
  3: field('IFLA_IFNAME', quoted),
  4: field('IFLA_MTU', number),
  10: field('IFLA_MASTER', number),
  28: field('IFLA_NET_NS_FD', number),
};
const peer: Fields = {1: field('VETH_INFO_PEER', link)};
const linkAll: Fields = {
  ...link,
  18: field('IFLA_LINKINFO', {1: field('IFLA_INFO_KIND', quoted), 2: field('IFLA_INFO_DATA', peer)}),
};
const hook: Fields = {1: field('NFTA_HOOK_HOOKNUM', bigEndian), 2: field('NFTA_HOOK_PRIORITY', bigEndian)};
const expression: Fields = {1: field('NFTA_EXPR_NAME', quoted), 2: field('NFTA_EXPR_DATA', bytes)};

/** Of each kind of request: the bytes before its attributes, and those. */
interface Kind {
  name: string;
  struct: number;
  fields: Fields;
}

const kinds: Readonly<Record<number, Kind>> = {
  16: {name: 'RTM_NEWLINK', struct: 16, fields: linkAll},
  17: {name: 'RTM_DELLINK', struct: 16, fields: linkAll},
  18: {name: 'RTM_GETLINK', struct: 16, fields: {}},
  20: {name: 'RTM_NEWADDR', struct: 8, fields: {1: field('IFA_ADDRESS', address), 2: field('IFA_LOCAL', address)}},
  22: {name: 'RTM_GETADDR', struct: 8, fields: {}},
  24: {name: 'RTM_NEWROUTE', struct: 12, fields: {5: field('RTA_GATEWAY', address)}},
  26: {name: 'RTM_GETROUTE', struct: 12, fields: {}},
  2560: {name: 'NFT_MSG_NEWTABLE', struct: 4, fields: {1: field('NFTA_TABLE_NAME', quoted)}},
  2562: {name: 'NFT_MSG_DELTABLE', struct: 4, fields: {1: field('NFTA_TABLE_NAME', quoted)}},
  2563: {
    name: 'NFT_MSG_NEWCHAIN',
    struct: 4,
    fields: {
      1: field('NFTA_CHAIN_TABLE', quoted),
      3: field('NFTA_CHAIN_NAME', quoted),
      4: field('NFTA_CHAIN_HOOK', hook),
      7: field('NFTA_CHAIN_TYPE', quoted),
    },
  },
  2565: {
    name: 'NFT_MSG_DELCHAIN',
    struct: 4,
    fields: {1: field('NFTA_CHAIN_TABLE', quoted), 3: field('NFTA_CHAIN_NAME', quoted)},
  },
  2566: {
    name: 'NFT_MSG_NEWRULE',
    struct: 4,
    fields: {
      1: field('NFTA_RULE_TABLE', quoted),
      2: field('NFTA_RULE_CHAIN', quoted),
      4: field('NFTA_RULE_EXPRESSIONS', {1: field('NFTA_LIST_ELEM', expression)}),
    },
  },
  2568: {
    name: 'NFT_MSG_DELRULE',
    struct: 4,
    fields: {1: field('NFTA_RULE_TABLE', quoted), 2: field('NFTA_RULE_CHAIN', quoted)},
  },
};
const marks: Readonly<Record<number, string>> = {16: 'NFNL_MSG_BATCH_BEGIN', 17: 'NFNL_MSG_BATCH_END'};

const aligned = (length: number): number => (length + 3) & ~3;

function attributes(data: Buffer, fields: Fields): string[] {
  const found: string[] = [];
  for (let at = 0; at + 4 <= data.length; ) {
    const length = data.readUInt16LE(at);
    if (length < 4 || at + length > data.length) break;
    const type = data.readUInt16LE(at + 2) & 0x3fff;
    const value = data.subarray(at + 4, at + length);
    const known = fields[type];
    if (!known) found.push(`${type}=[${value.length} bytes]`);
    else if (typeof known.shown === 'function') found.push(`${known.name}=${known.shown(value)}`);
    else {
      // The peer's attributes come after a struct of its own.
      const inner = known.name === 'VETH_INFO_PEER' ? value.subarray(16) : value;
      found.push(`${known.name}={${attributes(inner, known.shown).join(', ')}}`);
    }
    at += aligned(length);
  }
  return found;
}

function flagsOf(flags: number): string {
  if ((flags & 0x300) === 0x300 && (flags & 0x400) === 0) return 'NLM_F_REQUEST|NLM_F_DUMP';
  return Object.entries(NLM_F)
    .flatMap(([name, flag]) => (flags & flag ? [name] : []))
    .join('|');
}

const IFF_UP = 1;

/** All messages of a request, whatever it was cut to: "{RTM_NEWLINK, NLM_F_REQUEST|NLM_F_ACK, IFF_UP, IFLA_IFNAME="lo"}". */
export function showRequest(request: Buffer): string {
  const shown: string[] = [];
  const batch = request.length >= 20 && request[19] === 10 && request.readUInt16LE(4) === 16;
  for (let at = 0; at + 16 <= request.length; ) {
    const length = request.readUInt32LE(at);
    if (length < 16 || at + length > request.length) break;
    const type = request.readUInt16LE(at + 4);
    const words = [flagsOf(request.readUInt16LE(at + 6))].filter(Boolean);
    const kind = batch && marks[type] ? undefined : kinds[type];
    const body = request.subarray(at + 16, at + length);
    if (kind?.struct === 16 && body.length >= 12 && body.readUInt32LE(8) & IFF_UP) words.push('IFF_UP');
    if (kind?.name === 'RTM_NEWADDR' && body.length >= 8)
      words.push(`ifa_prefixlen=${body[1]}, ifa_index=${body.readUInt32LE(4)}`);
    const name = (batch ? marks[type] : undefined) ?? kind?.name ?? `0x${type.toString(16)}`;
    shown.push(
      `{${[name, ...words, ...(kind ? attributes(body.subarray(kind.struct), kind.fields) : [])].join(', ')}}`,
    );
    at += aligned(length);
  }
  return shown.length === 1 ? shown[0]! : `[${shown.join(', ')}]`;
}
