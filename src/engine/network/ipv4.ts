/** IPv4 addresses and subnets as numbers, and the choice of a subnet that nobody uses. */

export interface Subnet {
  /** Its first address, as an unsigned number. */
  base: number;
  prefix: number;
}

/** The number of "10.1.2.3"; undefined for what is no address in this form (no leading zeros: some read them as octal). */
export function addressNumber(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some(part => !/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255))
    return undefined;
  return parts.reduce((number, part) => number * 256 + Number(part), 0);
}

export const addressOf = (number: number): string => [24, 16, 8, 0].map(shift => (number >>> shift) & 255).join('.');

export const size = ({prefix}: Subnet): number => 2 ** (32 - prefix);

/** The subnet that an address is in. */
export const around = (address: number, prefix: number): Subnet => {
  const length = 2 ** (32 - prefix);
  return {base: Math.floor(address / length) * length, prefix};
};

export const holds = (subnet: Subnet, address: number): boolean =>
  address >= subnet.base && address < subnet.base + size(subnet);

export const overlap = (a: Subnet, b: Subnet): boolean => holds(a, b.base) || holds(b, a.base);

export const subnetText = ({base, prefix}: Subnet): string => `${addressOf(base)}/${prefix}`;

/** "10.1.2.0/24"; undefined where it is none, or has bits beyond its prefix. */
export function readSubnet(text: string): Subnet | undefined {
  const [, address = '', length = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(text) ?? [];
  const base = addressNumber(address);
  const prefix = Number(length);
  if (base === undefined || length === '' || prefix > 32) return undefined;
  return base % 2 ** (32 - prefix) === 0 ? {base, prefix} : undefined;
}

/** RFC 1918, and what RFC 6598 keeps for carriers: addresses that are nobody's on the Internet. */
const ranges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].map(text => readSubnet(text)!);

export const isPrivate = (subnet: Subnet): boolean =>
  ranges.some(range => range.prefix <= subnet.prefix && holds(range, subnet.base));

/** What is in use, and how it is called where somebody has to be told: "10.0.0.0/8 dev eth0". */
export interface Used {
  subnet: Subnet;
  what: string;
}

const candidates = ['172.30.0.0/16', '10.88.0.0/16', '192.168.0.0/16', '100.64.0.0/16'].flatMap(text => {
  const {base} = readSubnet(text)!;
  return Array.from({length: 256}, (_, i): Subnet => ({base: base + i * 256, prefix: 24}));
});

/**
 * The first /24 from `start` on that nothing in use touches, else the first /29 of any; undefined: there is none. `start`
 * keeps two sessions that choose at the same moment apart.
 */
export function freeSubnet(used: readonly Used[], start = 0): Subnet | undefined {
  const free = (subnet: Subnet): boolean => !used.some(one => overlap(one.subnet, subnet));
  const all = candidates.map((_, i) => candidates[(i + start) % candidates.length]!);
  const small = (subnet: Subnet): Subnet[] =>
    Array.from({length: 32}, (_, i) => ({base: subnet.base + 8 * i, prefix: 29}));
  return all.find(free) ?? all.flatMap(small).find(free);
}

/** The lowest address that is neither the subnet's own, nor its broadcast, nor its first (the bridge's), nor taken. */
export function freeAddress(subnet: Subnet, taken: ReadonlySet<number>): number | undefined {
  for (let address = subnet.base + 2; address < subnet.base + size(subnet) - 1; address++) {
    if (!taken.has(address)) return address;
  }
  return undefined;
}

/** Whether a container in this subnet may have this address. */
export const isUsable = (subnet: Subnet, address: number): boolean =>
  address > subnet.base + 1 && address < subnet.base + size(subnet) - 1;
