/**
 * What a plan is: system calls in order, for the process that carries it out (main, final) and for the child that it
 * clones. Plain data without numbers of descriptors or processes, so that it can be compared, printed and tested.
 */
import type {CallName, ErrnoName} from '../syscalls.ts';

/** Result of an earlier operation, or a descriptor that came with the plan (Plan.fds). */
export interface SlotRef {
  slot: string;
}

/** Address of a region declared in Plan.buffers, plus `offset` bytes. */
export interface BufferRef {
  buffer: string;
  offset?: number;
}

/** A char *const[] that ends with NULL. */
export interface StringsArg {
  strings: readonly string[];
}

/** A struct of 64-bit members; pointers may be strings, bytes and regions. */
export interface CellsArg {
  cells: readonly (number | bigint | string | Uint8Array | BufferRef | null)[];
}

/** Immediate values, pointers to constants (strings end with NUL), results of earlier operations. Null is 0. */
export type Arg = number | bigint | string | null | Uint8Array | SlotRef | BufferRef | StringsArg | CellsArg;

/** Operations of the interpreter that are no system calls (native/plan.h). */
export type PseudoName =
  | 'CLONE'
  | 'WAIT'
  | 'GO'
  | 'EXECED'
  | 'SYNC'
  | 'EXIT'
  | 'FORMAT'
  | 'STORE'
  | 'LOAD'
  | 'MOVE'
  | 'CHILD_WAIT'
  | 'RMDIRS'
  | 'CHECK'
  | 'HOLD';

export interface Op {
  call: CallName | PseudoName;
  args: readonly Arg[];
  /** What it is for, as a code that each language words: 'uts.sethostname'. */
  purpose: string;
  /** Name under which later operations use the result. */
  as?: string;
  /** The result is a descriptor, closed when the plan is over. */
  fd?: boolean;
  /** With `fd`: handed to the client with the reply, in the order of the operations. */
  out?: boolean;
  /** This errno is no failure. 'absent': ENOENT and ENOTDIR, nothing is there or nothing of this kind. */
  tolerate?: ErrnoName | 'any' | 'absent';
}

/** A region of memory that operations share: zeroes, bytes, or 64-bit members. */
export type BufferSpec = {size: number} | {bytes: Uint8Array} | CellsArg;

export interface Plan {
  /** Descriptors that come with the plan, by the slot names that operations use for them. */
  fds?: readonly string[];
  buffers?: Readonly<Record<string, BufferSpec>>;
  /** Runs in the process that is given the plan; stops at the first failure that is not tolerated. */
  main: readonly Op[];
  /** Runs in the process that CLONE makes, up to execve or EXIT. */
  child?: readonly Op[];
  /** Runs after main, whether main failed or not. */
  final?: readonly Op[];
  /** Regions whose content comes back with the reply. */
  out?: readonly string[];
}

/** Whether an argument refers to a region (a typed array, too, has a member "buffer"). */
export function isRef(arg: Arg | undefined): arg is BufferRef {
  return typeof arg === 'object' && arg !== null && !(arg instanceof Uint8Array) && 'buffer' in arg;
}
