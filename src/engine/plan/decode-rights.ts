/** Arguments of the calls that say what a process may do, as strace prints them. */
import {capabilityNames} from '../facts/capabilities.ts';
import {
  constantName,
  type FlagTable,
  flagNames,
  IOPRIO_CLASS,
  MOUNT_ATTR,
  PR_CAP_AMBIENT,
  rlimits,
  S,
  SCHED,
  SCHED_FLAG,
  SECCOMP,
} from '../flags.ts';
import type {Memory} from './memory.ts';
import type {Arg, Op} from './types.ts';

/** One argument in words; undefined: strace leaves it out. `ok`: the call succeeded, so what it wrote is valid. */
export type Kind = (arg: Arg, memory: Memory, op: Op, ok: boolean) => string | undefined;

const unknown = '?';
const bytesOf = (arg: Arg): Buffer | undefined => (arg instanceof Uint8Array ? Buffer.from(arg) : undefined);
const named =
  (table: FlagTable): Kind =>
  (arg, memory) => {
    const value = memory.number(arg);
    return value === undefined ? unknown : constantName(table, value);
  };

const capabilityMask = (mask: bigint): string =>
  capabilityNames(mask)
    .map(name => `1<<${name}`)
    .join('|') || '0';

const capabilityHeader: Kind = arg => {
  const pid = bytesOf(arg)?.readInt32LE(4);
  return `{version=_LINUX_CAPABILITY_VERSION_3, pid=${pid ?? unknown}}`;
};
const capabilityData: Kind = arg => {
  const bytes = bytesOf(arg);
  if (!bytes) return unknown;
  const mask = (at: number): string =>
    capabilityMask(BigInt(bytes.readUInt32LE(at)) | (BigInt(bytes.readUInt32LE(at + 12)) << 32n));
  return `{effective=${mask(0)}, permitted=${mask(4)}, inheritable=${mask(8)}}`;
};

/** The second argument of prctl(PR_CAPBSET_DROP), and the third one of PR_CAP_AMBIENT_RAISE. */
export const capability: Kind = (arg, memory) => {
  const value = memory.number(arg);
  return value === undefined ? unknown : (capabilityNames(1n << value)[0] ?? unknown);
};
export const ambientWhich: Kind = named(PR_CAP_AMBIENT);

/** strace writes multiples of 1024 as such. */
function limitText(value: bigint): string {
  if (value === 2n ** 64n - 1n) return 'RLIM64_INFINITY';
  return value > 1024n && value % 1024n === 0n ? `${value / 1024n}*1024` : String(value);
}
const limit: Kind = arg => {
  const bytes = bytesOf(arg);
  if (!bytes) return arg === null ? 'NULL' : unknown;
  return `{rlim_cur=${limitText(bytes.readBigUInt64LE(0))}, rlim_max=${limitText(bytes.readBigUInt64LE(8))}}`;
};

const schedAttr: Kind = arg => {
  const attr = bytesOf(arg);
  if (!attr) return unknown;
  const times = ['runtime', 'deadline', 'period'].map((name, i) => `sched_${name}=${attr.readBigUInt64LE(24 + 8 * i)}`);
  return `{${[
    `size=${attr.readUInt32LE(0)}`,
    `sched_policy=${constantName(SCHED, BigInt(attr.readUInt32LE(4)))}`,
    `sched_flags=${flagNames(SCHED_FLAG, attr.readBigUInt64LE(8))}`,
    `sched_nice=${attr.readInt32LE(16)}`,
    `sched_priority=${attr.readUInt32LE(20)}`,
    ...times,
  ].join(', ')}}`;
};

const ioPriority: Kind = (arg, memory) => {
  const value = memory.number(arg) ?? 0n;
  return `IOPRIO_PRIO_VALUE(${constantName(IOPRIO_CLASS, value >> 13n)}, ${value & 0x1fffn})`;
};

const FORMAT = 0o170000n;
const S_IFREG = 0o100000;
const isDevice = (mode: bigint): boolean => [S.S_IFCHR, S.S_IFBLK].some(kind => (mode & FORMAT) === BigInt(kind));
const nodeMode: Kind = (arg, memory) => {
  const mode = memory.number(arg) ?? 0n;
  return `${constantName({...S, S_IFREG}, mode & FORMAT)}|0${(mode & ~FORMAT).toString(8)}`;
};
/** strace leaves the number out where the file is no device. */
const deviceNumber: Kind = (arg, memory, op) => {
  const number = Number(memory.number(arg) ?? 0n);
  if (!isDevice(memory.number(op.args[2]) ?? 0n)) return undefined;
  const major = (number >> 8) & 0xfff;
  const minor = (number & 0xff) | ((number >>> 12) & ~0xff);
  const hex = (n: number): string => (n === 0 ? '0' : `0x${n.toString(16)}`);
  return `makedev(${hex(major)}, ${hex(minor)})`;
};

const mountAttributes: Kind = (arg, memory) => {
  const [set = 0, clear = 0] = memory.cells(arg);
  const names = (value: unknown): string => flagNames(MOUNT_ATTR, BigInt(value as number));
  return `{attr_set=${names(set)}, attr_clr=${names(clear)}, propagation=0, userns_fd=0}`;
};

const filter: Kind = (arg, memory) => `{len=${String(memory.cells(arg)[0] ?? unknown)}, filter=...}`;
const seccompFlags: Kind = (arg, memory) => flagNames(SECCOMP, memory.number(arg) ?? 0n);

/** By call; what is undefined is printed as usual. */
export const rightsSignatures: Readonly<Record<string, readonly (Kind | undefined)[]>> = {
  capset: [capabilityHeader, capabilityData],
  ioprio_set: [named({IOPRIO_WHO_PROCESS: 1}), undefined, ioPriority],
  mknodat: [undefined, undefined, nodeMode, deviceNumber],
  mount_setattr: [undefined, undefined, undefined, mountAttributes],
  personality: [named({PER_LINUX: 0, PER_LINUX32: 8})],
  prlimit64: [undefined, named(rlimits), limit],
  sched_setattr: [undefined, schedAttr],
  seccomp: [named({SECCOMP_SET_MODE_FILTER: 1}), seccompFlags, filter],
};
