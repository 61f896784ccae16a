/**
 * nf_tables by netlink, as nft(8) speaks to the kernel: batches of messages that are carried out together or not at all.
 * Each container that asks for it has a chain of its own in the stage's table.
 */
import {attribute, be32, ip, message, NLM_F, nested, text} from './message.ts';

const NFPROTO_IPV4 = 2;
const SUBSYS_NFTABLES = 10;
const BATCH_BEGIN = 16;
const BATCH_END = 17;
const NFT_MSG = {NEWTABLE: 0, DELTABLE: 2, NEWCHAIN: 3, DELCHAIN: 5, NEWRULE: 6, DELRULE: 8} as const;
const TABLE_NAME = 1;
const CHAIN = {TABLE: 1, NAME: 3, HOOK: 4, TYPE: 7} as const;
const HOOK = {NUMBER: 1, PRIORITY: 2} as const;
const RULE = {TABLE: 1, CHAIN: 2, EXPRESSIONS: 4} as const;
const LIST_ELEM = 1;
const EXPR = {NAME: 1, DATA: 2} as const;
const NFT_REG_1 = 1;
const POSTROUTING = 4;
/** NF_IP_PRI_NAT_SRC */
const SOURCE_NAT = 100;

const {NLM_F_REQUEST, NLM_F_ACK, NLM_F_CREATE} = NLM_F;

/** struct nfgenmsg */
const struct = (family: number, resource = 0): Buffer => Buffer.from([family, 0, 0, resource]);

const batchMark = (type: number): Buffer => message(type, NLM_F_REQUEST, struct(0, SUBSYS_NFTABLES));

const nft = (type: number, flags: number, ...attributes: Buffer[]): Buffer =>
  message((SUBSYS_NFTABLES << 8) | type, NLM_F_REQUEST | flags, struct(NFPROTO_IPV4), ...attributes);

/** Errors come of each message, an acknowledgment of the last one: so there is one answer at least. */
const batch = (...messages: Buffer[]): Buffer => {
  const last = Buffer.from(messages.at(-1)!);
  last.writeUInt16LE(last.readUInt16LE(6) | NLM_F_ACK, 6);
  return Buffer.concat([batchMark(BATCH_BEGIN), ...messages.slice(0, -1), last, batchMark(BATCH_END)]);
};

const expression = (name: string, ...data: Buffer[]): Buffer =>
  nested(LIST_ELEM, attribute(EXPR.NAME, text(name)), ...(data.length > 0 ? [nested(EXPR.DATA, ...data)] : []));

/** Loads into the register, and goes on where it is equal (0) or not equal (1) to `value`. */
const compare = (operator: 0 | 1, value: Buffer): Buffer =>
  expression('cmp', attribute(1, be32(NFT_REG_1)), attribute(2, be32(operator)), nested(3, attribute(1, value)));
const EQUAL = 0;
const DIFFERENT = 1;

/** ip saddr */
const source = expression(
  'payload',
  attribute(1, be32(NFT_REG_1)),
  attribute(2, be32(1)), // NFT_PAYLOAD_NETWORK_HEADER
  attribute(3, be32(12)),
  attribute(4, be32(4)),
);
/** meta oifname: 16 bytes of the register */
const outgoing = expression('meta', attribute(2, be32(7)), attribute(1, be32(NFT_REG_1)));

function deviceName(name: string): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.write(name);
  return bytes;
}

const inChain = (table: string, chain: string): Buffer[] => [
  attribute(RULE.TABLE, text(table)),
  attribute(RULE.CHAIN, text(chain)),
];

/** What comes from this address and leaves by another device than its bridge gets that device's address. */
export function masquerade(table: string, chain: string, address: string, bridge: string): Buffer {
  const rule = [
    source,
    compare(EQUAL, ip(address)),
    outgoing,
    compare(DIFFERENT, deviceName(bridge)),
    expression('masq'),
  ];
  return batch(
    nft(NFT_MSG.NEWTABLE, NLM_F_CREATE, attribute(TABLE_NAME, text(table))),
    nft(
      NFT_MSG.NEWCHAIN,
      NLM_F_CREATE,
      attribute(CHAIN.TABLE, text(table)),
      attribute(CHAIN.NAME, text(chain)),
      nested(CHAIN.HOOK, attribute(HOOK.NUMBER, be32(POSTROUTING)), attribute(HOOK.PRIORITY, be32(SOURCE_NAT))),
      attribute(CHAIN.TYPE, text('nat')),
    ),
    nft(NFT_MSG.NEWRULE, NLM_F_CREATE, ...inChain(table, chain), nested(RULE.EXPRESSIONS, ...rule)),
  );
}

/** One container's chain goes, with its rule. */
export const chainGone = (table: string, chain: string): Buffer =>
  batch(
    nft(NFT_MSG.DELRULE, 0, ...inChain(table, chain)),
    nft(NFT_MSG.DELCHAIN, 0, attribute(CHAIN.TABLE, text(table)), attribute(CHAIN.NAME, text(chain))),
  );

/** The whole table goes, with all its chains. */
export const tableGone = (table: string): Buffer => batch(nft(NFT_MSG.DELTABLE, 0, attribute(TABLE_NAME, text(table))));
