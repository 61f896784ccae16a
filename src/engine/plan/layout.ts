/** Sizes and numbers of native/plan.h and native/protocol.h. */
import type {PseudoName} from './types.ts';

export const MAGIC = 0x31584247;
export const HEADER_BYTES = 48;
export const OP_BYTES = 56;
export const RECORD_BYTES = 24;
export const RESULT_BYTES = 24;
export const MAX_SLOTS = 64;
export const MAX_MESSAGE = 160 * 1024;
export const MAX_FDS = 32;

export const FLAG_FD = 0x4000;
export const FLAG_OUT = 0x8000;
export const TOLERATE_ANY = 0xfff;
/** ENOENT and ENOTDIR. */
export const TOLERATE_ABSENT = 0xffe;

export const pseudo = {
  CLONE: 0x10000,
  WAIT: 0x10001,
  GO: 0x10002,
  EXECED: 0x10003,
  SYNC: 0x10004,
  EXIT: 0x10005,
  FORMAT: 0x10006,
  STORE: 0x10007,
  LOAD: 0x10008,
  MOVE: 0x10009,
  CHILD_WAIT: 0x1000a,
  RMDIRS: 0x1000b,
  CHECK: 0x1000c,
  HOLD: 0x1000d,
} as const satisfies Record<PseudoName, number>;

/** Whether an operation is the interpreter's own and no system call. */
export function isPseudo(call: string): call is PseudoName {
  return call in pseudo;
}
