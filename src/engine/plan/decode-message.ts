/** Arguments of the calls that pass a descriptor over a socket (unix(7)), as strace prints them. */
import {flagNames} from '../flags.ts';
import type {Kind} from './decode-rights.ts';
import {MSG} from './terminal.ts';
import {type BufferRef, isRef} from './types.ts';

const flags: Kind = (arg, memory) => flagNames(MSG, memory.number(arg) ?? 0n);

/** Offset of the descriptor behind its head (cmsg(3)). */
const DATA = 16;

const header = (fd: bigint | number | string, got: string): string =>
  [
    '{msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="\\0", iov_len=1}], msg_iovlen=1',
    `msg_control=[{cmsg_len=20, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[${fd}]}]`,
    `msg_controllen=24, msg_flags=${got}}`,
  ].join(', ');

/** Where a struct msghdr has its control data. */
function control(cells: readonly unknown[]): BufferRef | undefined {
  const ref = cells[4] as BufferRef | undefined;
  return isRef(ref) ? ref : undefined;
}

const sent: Kind = (arg, memory) => {
  const ref = control(memory.cells(arg));
  return header((ref && memory.read(ref)?.readInt32LE(DATA)) ?? '?', '0');
};
const received: Kind = (arg, memory, _op, ok) => {
  const ref = control(memory.cells(arg));
  const fd = ref && memory.loaded({buffer: ref.buffer, offset: (ref.offset ?? 0) + DATA});
  return ok ? header(fd ?? '?', 'MSG_CMSG_CLOEXEC') : '{msg_namelen=0}';
};

export const messageSignatures: Readonly<Record<string, readonly (Kind | undefined)[]>> = {
  sendmsg: [undefined, sent, flags],
  recvmsg: [undefined, received, flags],
};
