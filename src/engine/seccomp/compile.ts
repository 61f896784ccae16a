/**
 * linux.seccomp → classic BPF, as struct sock_filter[] (seccomp(2), bpf(4)). One part for each architecture; in each, a
 * search among ranges of numbers with the same answer, so that no call waits for a long list.
 */
import {Recent} from '../recent.ts';
import {toUint64} from '../spec/basics.ts';
import type {Seccomp, SeccompAction, SeccompArgument, SeccompRule} from '../types.ts';
import {type Architecture, callsOf, nativeArchitecture} from './table.ts';

/** BPF_MAXINSNS */
export const MAX_INSTRUCTIONS = 4096;

/** code, jt, jf, k */
type Instruction = readonly [number, number, number, number];

const BPF = {LD_ABS: 0x20, JMP_JA: 0x05, JEQ: 0x15, JGT: 0x25, JGE: 0x35, AND: 0x54, RET: 0x06} as const;

/** struct seccomp_data */
const NR = 0;
const ARCH = 4;
const argument = (index: number): number => 16 + 8 * index;

const AUDIT_ARCH: Readonly<Record<Architecture, number>> = {
  SCMP_ARCH_X86_64: 0xc000003e,
  SCMP_ARCH_AARCH64: 0xc00000b7,
  SCMP_ARCH_X86: 0x40000003,
};
/** Calls of x32 come with the architecture of x86-64 and this bit. */
const X32_BIT = 0x40000000;

const KILL_PROCESS = 0x80000000;
const EPERM = 1;

function answer(action: SeccompAction, errno = EPERM): number {
  switch (action) {
    case 'SCMP_ACT_KILL':
    case 'SCMP_ACT_KILL_THREAD':
      return 0;
    case 'SCMP_ACT_KILL_PROCESS':
      return KILL_PROCESS;
    case 'SCMP_ACT_TRAP':
      return 0x00030000;
    case 'SCMP_ACT_ERRNO':
      return 0x00050000 | errno;
    case 'SCMP_ACT_TRACE':
      return 0x7ff00000 | errno;
    case 'SCMP_ACT_LOG':
      return 0x7ffc0000;
    case 'SCMP_ACT_ALLOW':
      return 0x7fff0000;
  }
}

const load = (offset: number): Instruction => [BPF.LD_ABS, 0, 0, offset];
const ret = (value: number): Instruction => [BPF.RET, 0, 0, value];

/**
 * Tests one argument; falls through where it fits. `fail`: how far behind these instructions the way out is. Registers
 * have 32 bits: first the upper half, then the lower one.
 */
function test({index, op, value, valueTwo = 0}: SeccompArgument, fail: number): Instruction[] {
  const low = load(argument(index));
  const high = load(argument(index) + 4);
  const [hi, lo] = [Number(toUint64(value) >> 32n), Number(toUint64(value) & 0xffffffffn)];
  switch (op) {
    case 'SCMP_CMP_EQ':
      return [high, [BPF.JEQ, 0, fail + 2, hi], low, [BPF.JEQ, 0, fail, lo]];
    case 'SCMP_CMP_NE':
      return [high, [BPF.JEQ, 0, 2, hi], low, [BPF.JEQ, fail, 0, lo]];
    case 'SCMP_CMP_GT':
      return [high, [BPF.JGT, 3, 0, hi], [BPF.JEQ, 0, fail + 2, hi], low, [BPF.JGT, 0, fail, lo]];
    case 'SCMP_CMP_GE':
      return [high, [BPF.JGT, 3, 0, hi], [BPF.JEQ, 0, fail + 2, hi], low, [BPF.JGE, 0, fail, lo]];
    case 'SCMP_CMP_LE':
      return [high, [BPF.JGT, fail + 3, 0, hi], [BPF.JEQ, 0, 2, hi], low, [BPF.JGT, fail, 0, lo]];
    case 'SCMP_CMP_LT':
      return [high, [BPF.JGT, fail + 3, 0, hi], [BPF.JEQ, 0, 2, hi], low, [BPF.JGE, fail, 0, lo]];
    case 'SCMP_CMP_MASKED_EQ': {
      const datum = toUint64(valueTwo);
      return [
        high,
        [BPF.AND, 0, 0, hi],
        [BPF.JEQ, 0, fail + 3, Number(datum >> 32n)],
        low,
        [BPF.AND, 0, 0, lo],
        [BPF.JEQ, 0, fail, Number(datum & 0xffffffffn)],
      ];
    }
  }
}

/** All of these arguments have to fit. */
function branch(args: readonly SeccompArgument[], value: number): Instruction[] {
  // From the end, since each test has to know how far it is to the way out.
  const code = [ret(value)];
  for (const arg of args.toReversed()) code.unshift(...test(arg, code.length));
  return code;
}

/** As libseccomp's callers have it: two conditions on one argument are two ways to fit, not one. */
function alternatives(args: readonly SeccompArgument[]): SeccompArgument[][] {
  const twice = new Set(args.map(a => a.index)).size < args.length;
  return twice ? args.map(arg => [arg]) : [[...args]];
}

/** The program of one system call: the first rule that fits, or the default. Without arguments a single instruction. */
function programOf(rules: readonly SeccompRule[], fallback: number): Instruction[] {
  const code: Instruction[] = [];
  for (const rule of rules) {
    const value = answer(rule.action, rule.errnoRet);
    if (!rule.args?.length) return [...code, ret(value)];
    for (const args of alternatives(rule.args)) code.push(...branch(args, value));
  }
  return [...code, ret(fallback)];
}

interface Range {
  start: number;
  code: Instruction[];
}

/** All numbers from 0 on, each in a range of neighbours with the same program. */
function rangesOf(seccomp: Seccomp, architecture: Architecture, fallback: number): Range[] {
  const rules = new Map<number, SeccompRule[]>();
  for (const rule of seccomp.syscalls ?? []) {
    for (const name of rule.names) {
      const number = callsOf(architecture).get(name);
      if (number !== undefined) rules.set(number, [...(rules.get(number) ?? []), rule]);
    }
  }
  const ranges: Range[] = [];
  const append = (start: number, code: Instruction[]): void => {
    if (String(ranges.at(-1)?.code) !== String(code)) ranges.push({start, code});
  };
  let next = 0;
  for (const number of [...rules.keys()].sort((a, b) => a - b)) {
    if (number > next) append(next, [ret(fallback)]);
    append(number, programOf(rules.get(number)!, fallback));
    next = number + 1;
  }
  append(next, [ret(fallback)]);
  if (architecture === 'SCMP_ARCH_X86_64') append(X32_BIT, [ret(KILL_PROCESS)]);
  return ranges;
}

/** Halves the ranges until one is left. A jump on a condition reaches 255 instructions, one without any distance. */
function search(ranges: readonly Range[]): Instruction[] {
  const middle = ranges.length >> 1;
  const right = ranges[middle];
  if (middle === 0 || !right) return ranges[0]?.code ?? [];
  const below = search(ranges.slice(0, middle));
  const above = search(ranges.slice(middle));
  if (below.length <= 255) return [[BPF.JGE, below.length, 0, right.start], ...below, ...above];
  return [[BPF.JGE, 0, 1, right.start], [BPF.JMP_JA, 0, 0, below.length], ...below, ...above];
}

function compile(seccomp: Seccomp): Buffer {
  const fallback = answer(seccomp.defaultAction, seccomp.defaultErrnoRet);
  const all = new Set<Architecture>([nativeArchitecture, ...(seccomp.architectures ?? [])]);
  const code: Instruction[] = [load(ARCH)];
  for (const architecture of all) {
    const body = [load(NR), ...search(rangesOf(seccomp, architecture, fallback))];
    code.push([BPF.JEQ, 1, 0, AUDIT_ARCH[architecture]], [BPF.JMP_JA, 0, 0, body.length], ...body);
  }
  code.push(ret(KILL_PROCESS));
  const bytes = Buffer.alloc(8 * code.length);
  code.forEach(([op, jt, jf, k], i) => {
    bytes.writeUInt16LE(op, 8 * i);
    bytes.writeUInt8(jt, 8 * i + 2);
    bytes.writeUInt8(jf, 8 * i + 3);
    bytes.writeUInt32LE(k >>> 0, 8 * i + 4);
  });
  return bytes;
}

const programs = new Recent<string, Buffer>(16);

/** struct sock_filter[] of a filter, little-endian; kept by content. */
export function compileSeccomp(seccomp: Seccomp): Buffer {
  const key = JSON.stringify(seccomp);
  let program = programs.get(key);
  if (!program) {
    program = compile(seccomp);
    programs.set(key, program);
  }
  return program;
}
