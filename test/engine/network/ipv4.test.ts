import {expect, test} from 'vitest';
import {
  addressNumber,
  addressOf,
  freeAddress,
  freeSubnet,
  isUsable,
  overlap,
  readSubnet,
  subnetText,
} from '../../../src/engine/network/ipv4.ts';

const subnet = (text: string) => readSubnet(text)!;
const used = (...texts: string[]) => texts.map(text => ({subnet: subnet(text), what: text}));
const free = (start: number, ...texts: string[]): string | undefined => {
  const found = freeSubnet(used(...texts), start);
  return found && subnetText(found);
};

test('addresses are numbers, up to the last one, and back', () => {
  for (const text of ['0.0.0.0', '10.0.0.1', '255.255.255.255', '192.168.1.254']) {
    expect(addressOf(addressNumber(text)!)).toBe(text);
  }
  expect(addressNumber('255.255.255.255')).toBe(2 ** 32 - 1);
  for (const text of ['', '1.2.3', '1.2.3.4.5', '1.2.3.256', '01.2.3.4', '1.2.3.-4', ' 1.2.3.4']) {
    expect([text, addressNumber(text)]).toEqual([text, undefined]);
  }
});

test('one subnet inside of another overlaps, whichever is asked', () => {
  const cases: [string, string, boolean][] = [
    ['10.0.0.0/8', '10.1.2.0/24', true],
    ['10.1.2.0/24', '10.1.3.0/24', false],
    ['10.1.2.0/23', '10.1.3.0/24', true],
    ['0.0.0.0/0', '10.1.3.0/24', true],
    ['192.168.0.0/32', '192.168.0.0/30', true],
  ];
  for (const [a, b, expected] of cases) {
    expect([a, b, overlap(subnet(a), subnet(b)), overlap(subnet(b), subnet(a))]).toEqual([a, b, expected, expected]);
  }
});

test('the first free subnet, from any start; a small one where all are touched; none where all are taken', () => {
  expect(free(0)).toBe('172.30.0.0/24');
  expect(free(0, '172.30.0.0/24', '172.30.1.128/25')).toBe('172.30.2.0/24');
  expect(free(0, '172.16.0.0/12')).toBe('10.88.0.0/24');
  expect(free(1023, '100.64.255.7/32')).toBe('172.30.0.0/24');
  expect(free(2 ** 31 + 5)).toBe('172.30.5.0/24');
  const most = ['172.16.0.0/12', '10.0.0.0/8', '192.168.0.0/16', '100.64.0.0/17', '100.64.128.0/18', '100.64.192.0/19'];
  const rest = Array.from({length: 32}, (_, i) => `100.64.${224 + i}.0/32`);
  expect(free(0, ...most, ...rest)).toBe('100.64.224.8/29');
  expect(free(0, ...most, '100.64.0.0/10')).toBeUndefined();
});

test('the lowest free address, never the ends, never the bridge’s', () => {
  const small = subnet('10.0.0.0/29');
  const taken = new Set<number>();
  const given: string[] = [];
  for (let next = freeAddress(small, taken); next !== undefined; next = freeAddress(small, taken)) {
    taken.add(next);
    given.push(addressOf(next));
  }
  expect(given).toEqual(['10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5', '10.0.0.6']);
  expect(given.every(address => isUsable(small, addressNumber(address)!))).toBe(true);
  for (const address of ['10.0.0.0', '10.0.0.1', '10.0.0.7', '10.0.0.8']) {
    expect(isUsable(small, addressNumber(address)!)).toBe(false);
  }
});
