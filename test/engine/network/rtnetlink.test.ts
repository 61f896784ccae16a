import {expect, test} from 'vitest';
import {
  addressText,
  devicesOf,
  dumpPlan,
  dumpRequest,
  RTM,
  readDump,
  routesOf,
} from '../../../src/engine/network/index.ts';

const attribute = (type: number, value: Buffer): Buffer => {
  const bytes = Buffer.alloc((4 + value.length + 3) & ~3);
  bytes.writeUInt16LE(4 + value.length, 0);
  bytes.writeUInt16LE(type, 2);
  value.copy(bytes, 4);
  return bytes;
};
const message = (type: number, rest: Buffer, flags = 2): Buffer => {
  const head = Buffer.alloc(16);
  head.writeUInt32LE(16 + rest.length, 0);
  head.writeUInt16LE(type, 4);
  head.writeUInt16LE(flags, 6);
  return Buffer.concat([head, rest]);
};
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const link = (index: number, up: boolean, ...attributes: Buffer[]): Buffer => {
  const body = Buffer.alloc(16);
  body.writeInt32LE(index, 4);
  body.writeUInt32LE(up ? 0x1003 : 0x1002, 8);
  return message(RTM.NEWLINK, Buffer.concat([body, ...attributes]));
};
const name = (text: string): Buffer => attribute(3, Buffer.from(`${text}\0`));
const done = message(3, Buffer.alloc(4));

test('there is room for a kernel that sends each family of addresses, and the end, in parts of their own', () => {
  const parts = dumpPlan().main.filter(op => op.call === 'recvfrom' && op.as?.startsWith('addresses.'));
  expect(parts.length).toBeGreaterThanOrEqual(3);
});

test('a dump in several parts is read to its end, and what stands behind the end is not read', () => {
  const parts = [link(7, false, name('b')), Buffer.concat([link(2, true, name('a')), done, link(9, true, name('c'))])];
  expect(devicesOf(readDump(parts)!)).toEqual([
    {index: 2, name: 'a', up: true},
    {index: 7, name: 'b', up: false},
  ]);
});

test.each([
  ['without its end', [link(1, true, name('lo'))]],
  ['of nothing', []],
  ['that was cut', [Buffer.concat([link(1, true, name('lo')), done.subarray(0, 18)])]],
  ['with an error in it', [message(2, Buffer.alloc(20)), done]],
  ['during which something changed', [message(RTM.NEWLINK, Buffer.alloc(16), 2 | 0x10), done]],
])('a dump %s is no list', (_, parts) => {
  expect(readDump(parts)).toBeUndefined();
});

test('an attribute of the wrong size is none, a message without its body makes no list', () => {
  const short = link(3, true, name('x'), attribute(5, Buffer.alloc(2)), attribute(10, Buffer.alloc(0)));
  expect(devicesOf(readDump([short, done])!)).toEqual([{index: 3, name: 'x', up: true}]);
  expect(readDump([message(RTM.NEWLINK, Buffer.alloc(8)), done])).toBeUndefined();
});

test('kind, other end and bridge of a device', () => {
  const info = attribute(18, attribute(1, Buffer.from('veth\0')));
  const parts = [link(4, true, name('v'), info, attribute(5, u32(2)), attribute(10, u32(3))), done];
  expect(devicesOf(readDump(parts)!)).toEqual([{index: 4, name: 'v', up: true, kind: 'veth', peer: 2, master: 3}]);
});

test('a request asks for links without counters, and for routes of IPv4 alone', () => {
  const links = dumpRequest(RTM.GETLINK);
  expect([links.length, links.readUInt32LE(0), links.readUInt16LE(4), links.readUInt16LE(6)]).toEqual([
    40, 40, 18, 0x301,
  ]);
  expect(dumpRequest(RTM.GETROUTE)[16]).toBe(2);
});

test('routes of other tables and families are left out', () => {
  const route = (family: number, table: number, ...attributes: Buffer[]): Buffer =>
    message(RTM.NEWROUTE, Buffer.concat([Buffer.from([family, 24, 0, 0, table, 3, 0, 1, 0, 0, 0, 0]), ...attributes]));
  const to = attribute(1, Buffer.from([10, 1, 2, 0]));
  const dev = attribute(4, u32(5));
  const parts = [
    route(2, 254, to, dev),
    route(2, 255, to, dev),
    route(10, 254, dev),
    route(2, 254, attribute(5, Buffer.from([10, 1, 2, 1])), dev),
    done,
  ];
  const nameOf = (index: number) => (index === 5 ? 'eth0' : undefined);
  expect(routesOf(readDump(parts)!, nameOf)).toEqual(['10.1.2.0/24 dev eth0', 'default via 10.1.2.1 dev eth0']);
});

test.each([
  ['0a010203', '10.1.2.3'],
  ['00000000000000000000000000000001', '::1'],
  ['00000000000000000000000000000000', '::'],
  ['fe800000000000000c5041fffe27275f', 'fe80::c50:41ff:fe27:275f'],
  ['20010db8000000000001000000000002', '2001:db8::1:0:0:2'],
  ['fd000000000000010000000000000000', 'fd00:0:0:1::'],
  ['20010db8000100020003000400050006', '2001:db8:1:2:3:4:5:6'],
])('%s is %s', (hex, text) => {
  expect(addressText(Buffer.from(hex, 'hex'))).toBe(text);
});
