/** netlink(7) messages as bytes: a header, a struct, attributes. The kernel takes numbers in the machine's order. */
import {addressNumber} from './ipv4.ts';

export const NLM_F = {
  NLM_F_REQUEST: 0x1,
  NLM_F_ACK: 0x4,
  NLM_F_REPLACE: 0x100,
  NLM_F_EXCL: 0x200,
  NLM_F_CREATE: 0x400,
} as const;

const aligned = (length: number): number => (length + 3) & ~3;
const NESTED = 0x8000;

export const text = (value: string): Buffer => Buffer.from(`${value}\0`);

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** In network order, as nf_tables has all its numbers. */
export function be32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** An IPv4 address. */
export function ip(address: string): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(addressNumber(address) ?? 0);
  return bytes;
}

export function attribute(type: number, value: Buffer): Buffer {
  const bytes = Buffer.alloc(aligned(4 + value.length));
  bytes.writeUInt16LE(4 + value.length, 0);
  bytes.writeUInt16LE(type, 2);
  value.copy(bytes, 4);
  return bytes;
}

export const nested = (type: number, ...attributes: Buffer[]): Buffer =>
  attribute(type | NESTED, Buffer.concat(attributes));

export function message(type: number, flags: number, struct: Buffer, ...attributes: Buffer[]): Buffer {
  const rest = Buffer.concat([struct, ...attributes]);
  const header = Buffer.alloc(16);
  header.writeUInt32LE(header.length + rest.length, 0);
  header.writeUInt16LE(type, 4);
  header.writeUInt16LE(flags, 6);
  return Buffer.concat([header, rest]);
}
