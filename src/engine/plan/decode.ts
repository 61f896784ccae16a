/** Arguments of a system call as strace prints them. */
import {
  AT,
  AT_FDCWD,
  CLONE,
  CLOSE_RANGE,
  constantName,
  F,
  F_SEAL,
  flagNames,
  IOCTL,
  MFD,
  MNT,
  MOVE_MOUNT,
  MS,
  O,
  OPEN_TREE,
  PR,
  RESOLVE,
} from '../flags.ts';
import {showRequest} from '../network/show.ts';
import {signalName} from '../signals.ts';
import type {CallName} from '../syscalls.ts';
import {messageSignatures} from './decode-message.ts';
import {ambientWhich, capability, type Kind, rightsSignatures} from './decode-rights.ts';
import type {Memory} from './memory.ts';
import {type Arg, isRef, type Op} from './types.ts';

/** Text in quotes with the escapes of C. */
export function quote(text: string): string {
  let out = '"';
  for (const byte of Buffer.from(text, 'utf8')) {
    const char = String.fromCharCode(byte);
    if (char === '"' || char === '\\') out += `\\${char}`;
    else if (char === '\n') out += '\\n';
    else if (char === '\t') out += '\\t';
    else if (char === '\r') out += '\\r';
    else if (byte < 32 || byte > 126) out += `\\${byte.toString(8)}`;
    else out += char;
  }
  return `${out}"`;
}

const unknown = '?';

const int: Kind = (arg, memory) => String(memory.number(arg) ?? unknown);
const dirfd: Kind = (arg, memory) => {
  const value = memory.number(arg);
  return value === BigInt(AT_FDCWD) ? 'AT_FDCWD' : String(value ?? unknown);
};
const octal: Kind = (arg, memory) => {
  const value = memory.number(arg);
  return value === undefined ? unknown : value === 0n ? '000' : `0${value.toString(8)}`.padStart(3, '0');
};
const flags =
  (table: Readonly<Record<string, number>>, none = '0'): Kind =>
  (arg, memory) => {
    const value = memory.number(arg);
    return value === undefined ? unknown : flagNames(table, value, none);
  };
const one =
  (table: Readonly<Record<string, number>>): Kind =>
  (arg, memory) => {
    const value = memory.number(arg);
    return value === undefined ? unknown : constantName(table, value);
  };

/** A string; bytes of memory up to their NUL. */
const text: Kind = (arg, memory) => {
  if (arg === null) return 'NULL';
  if (typeof arg === 'string') return quote(arg);
  const bytes = arg instanceof Uint8Array ? Buffer.from(arg) : refOf(arg, memory);
  if (!bytes) return unknown;
  const end = bytes.indexOf(0);
  return quote(bytes.toString('utf8', 0, end < 0 ? bytes.length : end));
};

function refOf(arg: Arg, memory: Memory): Buffer | undefined {
  return isRef(arg) ? memory.read(arg) : undefined;
}

/** What write(2) was given: as many bytes as the next argument says. */
const given: Kind = (arg, memory, op) => {
  const length = Number(memory.number(op.args[op.args.indexOf(arg) + 1]) ?? 0n);
  const bytes = typeof arg === 'string' ? Buffer.from(arg) : arg instanceof Uint8Array ? arg : refOf(arg, memory);
  return bytes ? quote(Buffer.from(bytes.subarray(0, length)).toString('latin1')) : unknown;
};
/** What a call wrote into memory that nobody brought back. */
const filled: Kind = (_arg, _memory, _op, ok) => (ok ? '...' : unknown);

export function openFlags(value: bigint): string {
  const mode = ['O_RDONLY', 'O_WRONLY', 'O_RDWR'][Number(value & 3n)] ?? '3';
  const rest = value & ~3n;
  return rest === 0n ? mode : `${mode}|${flagNames(O, rest)}`;
}
const oflags: Kind = (arg, memory) => {
  const value = memory.number(arg);
  return value === undefined ? unknown : openFlags(value);
};
const omode: Kind = (arg, memory, op, ok) => {
  const open = memory.number(op.args[2]);
  return open !== undefined && open & BigInt(O.O_CREAT) ? octal(arg, memory, op, ok) : undefined;
};
const openHow: Kind = (arg, memory) => {
  const [open, , resolve] = memory.cells(arg);
  const names = flagNames(RESOLVE, BigInt((resolve as number) ?? 0));
  return `{flags=${openFlags(BigInt((open as number) ?? 0))}, resolve=${names}}`;
};

const strings: Kind = arg =>
  arg && typeof arg === 'object' && 'strings' in arg ? `[${arg.strings.map(quote).join(', ')}]` : unknown;
const environment: Kind = arg => {
  const count = arg && typeof arg === 'object' && 'strings' in arg ? arg.strings.length : 0;
  return `/* ${count} var${count === 1 ? '' : 's'} */`;
};
const pair: Kind = (arg, memory, _op, ok) => {
  if (!ok || !isRef(arg)) return unknown;
  const at = arg.offset ?? 0;
  const ends = [0, 4].map(offset => memory.loaded({buffer: arg.buffer, offset: at + offset}) ?? unknown);
  return `[${ends.join(', ')}]`;
};
const ids: Kind = arg => {
  if (!(arg instanceof Uint8Array)) return arg === null ? 'NULL' : unknown;
  const bytes = Buffer.from(arg);
  return `[${Array.from({length: bytes.length / 4}, (_, i) => bytes.readUInt32LE(4 * i)).join(', ')}]`;
};
const signal: Kind = (arg, memory) => signalName(Number(memory.number(arg) ?? 0n));

const dumpable: Kind = (arg, memory) => (memory.number(arg) === 0n ? 'SUID_DUMP_DISABLE' : 'SUID_DUMP_USER');

const prctlArgs: Readonly<Record<number, Kind>> = {
  [PR.PR_SET_PDEATHSIG]: signal,
  [PR.PR_SET_DUMPABLE]: dumpable,
  [PR.PR_CAPBSET_DROP]: capability,
  [PR.PR_CAP_AMBIENT]: ambientWhich,
};
const prctlArg: Kind = (arg, memory, op, ok) => {
  const which = memory.number(op.args[0]);
  return (prctlArgs[Number(which)] ?? int)(arg, memory, op, ok);
};
/** The capability that is raised; 0 where all are cleared. */
const prctlThird: Kind = (arg, memory, op, ok) => {
  const raised = memory.number(op.args[0]) === BigInt(PR.PR_CAP_AMBIENT) && memory.number(op.args[1]) === 2n;
  return (raised ? capability : int)(arg, memory, op, ok);
};

const interfaceFlags = {IFF_UP: 1, IFF_BROADCAST: 2, IFF_LOOPBACK: 8, IFF_RUNNING: 0x40};

/** The third argument of ioctl(2) depends on the request. */
const ioctlArg: Kind = (arg, memory) => {
  const bytes = arg instanceof Uint8Array ? Buffer.from(arg) : refOf(arg, memory);
  return bytes ? `[${bytes.length} bytes]` : String(memory.number(arg) ?? unknown);
};
const ioctlArgs: Readonly<Record<number, Kind>> = {
  [IOCTL.TIOCSPTLCK]: arg => `[${Buffer.from(arg as Uint8Array).readInt32LE(0)}]`,
  [IOCTL.TIOCGPTPEER]: oflags,
  [IOCTL.TIOCSWINSZ]: arg => {
    const size = Buffer.from(arg as Uint8Array);
    return `{ws_row=${size.readUInt16LE(0)}, ws_col=${size.readUInt16LE(2)}, ws_xpixel=0, ws_ypixel=0}`;
  },
  [IOCTL.SIOCSIFFLAGS]: arg => {
    const request = Buffer.from(arg as Uint8Array);
    const name = request.toString('latin1', 0, request.indexOf(0));
    return `{ifr_name=${quote(name)}, ifr_flags=${flagNames(interfaceFlags, BigInt(request.readUInt16LE(16)))}}`;
  },
  [IOCTL.SIOCGIFINDEX]: (arg, memory, _op, ok) => {
    const request = refOf(arg, memory);
    const name = quote(request?.toString('latin1', 0, request.indexOf(0)) ?? '');
    const index = ok && isRef(arg) ? memory.loaded({buffer: arg.buffer, offset: 16}) : undefined;
    return `{ifr_name=${name}${index === undefined ? '' : `, ifr_ifindex=${index}`}}`;
  },
};
const ioctl: Kind = (arg, memory, op, ok) => {
  const request = Number(memory.number(op.args[1]) ?? 0n);
  const kind = ioctlArgs[request] ?? ioctlArg;
  return kind(arg, memory, op, ok);
};

const families = {AF_UNIX: 1, AF_INET: 2, AF_INET6: 10, AF_NETLINK: 16};
const socketType: Kind = (arg, memory) => {
  const value = memory.number(arg) ?? 0n;
  const kind = constantName({SOCK_STREAM: 1, SOCK_DGRAM: 2, SOCK_RAW: 3, SOCK_SEQPACKET: 5}, value & 0xfn);
  const rest = value & ~0xfn;
  return rest === 0n ? kind : `${kind}|${flagNames({SOCK_NONBLOCK: 0o4000, SOCK_CLOEXEC: 0o2000000}, rest)}`;
};
/** The third argument of socket(2) is a protocol of its family. */
const protocol: Kind = (arg, memory, op, ok) => {
  const family = memory.number(op.args[0]);
  if (family === 2n) return constantName({IPPROTO_IP: 0, IPPROTO_TCP: 6, IPPROTO_UDP: 17}, memory.number(arg) ?? 0n);
  if (family === 16n) return constantName({NETLINK_ROUTE: 0, NETLINK_NETFILTER: 12}, memory.number(arg) ?? 0n);
  return int(arg, memory, op, ok);
};

/** What a netlink(7) socket is told. */
const netlinkRequest: Kind = (arg, memory, op) => {
  const bytes = arg instanceof Uint8Array ? Buffer.from(arg) : refOf(arg, memory);
  return bytes ? showRequest(bytes.subarray(0, Number(memory.number(op.args[2]) ?? 0n))) : unknown;
};

const {AT_EMPTY_PATH, AT_RECURSIVE} = AT;

const signatures: Partial<Record<CallName, readonly Kind[]>> = {
  chdir: [text],
  chroot: [text],
  close: [int],
  close_range: [int, int, flags(CLOSE_RANGE)],
  dup3: [int, int, oflagsOrZero()],
  execve: [text, strings, environment],
  execveat: [int, text, strings, environment, flags(AT)],
  fchdir: [int],
  fchown: [int, int, int],
  fchownat: [dirfd, text, int, int, flags(AT)],
  fcntl: [int, one(F), flags(F_SEAL)],
  ioctl: [int, one(IOCTL), ioctl],
  memfd_create: [text, flags(MFD)],
  mkdirat: [dirfd, text, octal],
  mknodat: [dirfd, text],
  mount: [text, text, text, flags(MS), text],
  mount_setattr: [dirfd, text, flags(AT)],
  move_mount: [dirfd, text, dirfd, text, flags(MOVE_MOUNT)],
  open_tree: [dirfd, text, flags({...OPEN_TREE, AT_EMPTY_PATH, AT_RECURSIVE})],
  openat: [dirfd, text, oflags, omode],
  openat2: [dirfd, text, openHow, int],
  pidfd_send_signal: [int, signal, text, int],
  pipe2: [pair, oflagsOrZero()],
  pivot_root: [text, text],
  prctl: [one(PR), prctlArg, prctlThird, int, int],
  read: [int, filled, int],
  recvfrom: [int, filled, int, flags({MSG_PEEK: 2, MSG_TRUNC: 0x20, MSG_DONTWAIT: 0x40}), text, text],
  sendto: [int, netlinkRequest, int, flags({MSG_DONTWAIT: 0x40}), text, int],
  setdomainname: [text, int],
  setgroups: [int, ids],
  sethostname: [text, int],
  setns: [int, flags(CLONE)],
  symlinkat: [text, dirfd, text],
  socket: [one(families), socketType, protocol],
  socketpair: [one(families), socketType, protocol, pair],
  umask: [octal],
  umount2: [text, flags(MNT)],
  uname: [filled],
  unlinkat: [dirfd, text, flags(AT)],
  unshare: [flags(CLONE)],
  write: [int, given, int],
};

function oflagsOrZero(): Kind {
  return flags(O);
}

const plain: Kind = (arg, memory, op, ok) => {
  if (arg instanceof Uint8Array) return `[${arg.length} bytes]`;
  if (arg === null) return 'NULL';
  if (typeof arg === 'string') return text(arg, memory, op, ok);
  return typeof arg === 'object' && !('slot' in arg) ? '...' : int(arg, memory, op, ok);
};

/** All arguments of a call as strace prints them; what is not known (it never ran) is "?". */
export function decodeArgs(op: Op, memory: Memory, ok: boolean): string[] {
  const signature = signatures[op.call as CallName];
  const rights = rightsSignatures[op.call] ?? messageSignatures[op.call];
  return op.args
    .map((arg, i) => (rights?.[i] ?? signature?.[i] ?? plain)(arg, memory, op, ok))
    .filter(word => word !== undefined);
}
