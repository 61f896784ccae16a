/** What a process may do, and how much: the last calls before its program (capabilities(7), seccomp(2), prlimit(2)). */
import {capabilityNumber, lastCapability} from '../facts/capabilities.ts';
import {
  AT_FDCWD,
  IOPRIO_CLASS,
  O,
  PER,
  PR,
  PR_CAP_AMBIENT,
  rlimits,
  SCHED,
  SCHED_FLAG,
  SECCOMP,
  SECCOMP_SET_MODE_FILTER,
} from '../flags.ts';
import {compileSeccomp} from '../seccomp/compile.ts';
import {toUint64} from '../spec/basics.ts';
import {sysctlPath} from '../spec/sysctl.ts';
import type {CapabilitySet, ContainerSpec, ProcessSpec, Scheduler} from '../types.ts';
import type {Op} from './types.ts';

const LINUX_CAPABILITY_VERSION_3 = 0x20080522;

const numbersOf = (names: readonly string[] | undefined): number[] =>
  (names ?? []).map(name => capabilityNumber(name)).filter(n => n !== undefined);
const maskOf = (names: readonly string[] | undefined): bigint =>
  numbersOf(names).reduce((mask, number) => mask | (1n << BigInt(number)), 0n);

/** write(2) of a file below the stage's /proc, before another one is mounted over it. */
function writeFile(path: string, text: string, purpose: string): Op[] {
  const slot = `file ${path}`;
  return [
    {call: 'openat', args: [AT_FDCWD, path, O.O_WRONLY | O.O_CLOEXEC, 0], purpose, as: slot, fd: true},
    {call: 'write', args: [{slot}, text, Buffer.byteLength(text)], purpose},
    {call: 'close', args: [{slot}], purpose},
  ];
}

/** First of all in the child, while "/proc" is the keeper's. */
export const planOom = ({oomScoreAdj}: ProcessSpec): Op[] =>
  oomScoreAdj === undefined ? [] : writeFile('/proc/self/oom_score_adj', `${oomScoreAdj}`, 'process.oom-score');

/** In the child, in its namespaces: /proc/sys shows those of whoever looks, whichever /proc it is. */
export const planSysctl = ({linux}: ContainerSpec): Op[] =>
  Object.entries(linux?.sysctl ?? {}).flatMap(([name, value]) =>
    writeFile(`/proc/sys/${sysctlPath(name)}`, value, 'sysctl.set'),
  );

/** struct sched_attr */
function schedAttr(scheduler: Scheduler): Buffer {
  const attr = Buffer.alloc(48);
  const flags = (scheduler.flags ?? []).reduce((all, flag) => all | SCHED_FLAG[flag as keyof typeof SCHED_FLAG], 0);
  attr.writeUInt32LE(attr.length, 0);
  attr.writeUInt32LE(SCHED[scheduler.policy], 4);
  attr.writeBigUInt64LE(BigInt(flags), 8);
  attr.writeInt32LE(scheduler.nice ?? 0, 16);
  attr.writeUInt32LE(scheduler.priority ?? 0, 20);
  attr.writeBigUInt64LE(toUint64(scheduler.runtime ?? 0), 24);
  attr.writeBigUInt64LE(toUint64(scheduler.deadline ?? 0), 32);
  attr.writeBigUInt64LE(toUint64(scheduler.period ?? 0), 40);
  return attr;
}

/** Limits and priorities: while the process still has the rights that raising them needs. */
export function planLimitsOf(process: ProcessSpec, linux: ContainerSpec['linux']): Op[] {
  const {scheduler, ioPriority} = process;
  const ops: Op[] = [];
  if (linux?.personality) {
    const domain = linux.personality.domain === 'LINUX32' ? PER.PER_LINUX32 : PER.PER_LINUX;
    ops.push({call: 'personality', args: [domain], purpose: 'process.personality'});
  }
  if (scheduler) ops.push({call: 'sched_setattr', args: [0, schedAttr(scheduler), 0], purpose: 'process.scheduler'});
  if (ioPriority) {
    const IOPRIO_WHO_PROCESS = 1;
    const value = (IOPRIO_CLASS[ioPriority.class] << 13) | (ioPriority.priority ?? 0);
    ops.push({call: 'ioprio_set', args: [IOPRIO_WHO_PROCESS, 0, value], purpose: 'process.io-priority'});
  }
  for (const {type, soft, hard} of process.rlimits ?? []) {
    const limit = Buffer.alloc(16);
    limit.writeBigUInt64LE(toUint64(soft), 0);
    limit.writeBigUInt64LE(toUint64(hard), 8);
    const resource = rlimits[type as keyof typeof rlimits];
    ops.push({call: 'prlimit64', args: [0, resource, limit, null], purpose: 'process.rlimit'});
  }
  return ops;
}

export interface SecurityOps {
  /** While the process is still root: what it may ever get back, and that a change of ids takes nothing. */
  first: Op[];
  /** As the user that it is to be. */
  own: Op[];
  /** The filter, where the process may still load one right before execve. */
  last: Op[];
}

const sets: readonly CapabilitySet[] = ['effective', 'permitted', 'inheritable'];

/** capset(2): two structs, the second one for the numbers above 31. */
function capset(process: ProcessSpec): Op {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(LINUX_CAPABILITY_VERSION_3);
  const data = Buffer.alloc(24);
  sets.forEach((set, i) => {
    const mask = maskOf(process.capabilities?.[set]);
    data.writeUInt32LE(Number(mask & 0xffffffffn), 4 * i);
    data.writeUInt32LE(Number(mask >> 32n), 12 + 4 * i);
  });
  return {call: 'capset', args: [header, data], purpose: 'capability.set'};
}

/** seccomp(2) with a struct sock_fprog. */
function filter(linux: ContainerSpec['linux']): Op[] {
  const seccomp = linux?.seccomp;
  if (!seccomp) return [];
  const program = compileSeccomp(seccomp);
  const flags = (seccomp.flags ?? []).reduce((all, flag) => all | SECCOMP[flag], 0);
  const args = [SECCOMP_SET_MODE_FILTER, flags, {cells: [program.length / 8, program]}];
  return [{call: 'seccomp', args, purpose: 'seccomp.load'}];
}

/**
 * `changes`: the process becomes another user, which takes all capabilities unless they are kept on purpose. `last`: the
 * highest capability of this kernel. Without noNewPrivileges, loading a filter takes CAP_SYS_ADMIN: then it is loaded
 * before that is given up, and has to let through what still follows (docs/engine.md).
 */
export function planSecurity(
  process: ProcessSpec,
  linux: ContainerSpec['linux'],
  changes: boolean,
  last: number = lastCapability,
): SecurityOps {
  const {capabilities, noNewPrivileges} = process;
  const ops: SecurityOps = {first: [], own: [], last: []};
  if (capabilities) {
    const kept = new Set(numbersOf(capabilities.bounding));
    for (let number = 0; number <= last; number++) {
      if (kept.has(number)) continue;
      ops.first.push({call: 'prctl', args: [PR.PR_CAPBSET_DROP, number], purpose: 'capability.bounding'});
    }
    if (changes) ops.first.push({call: 'prctl', args: [PR.PR_SET_KEEPCAPS, 1], purpose: 'capability.keep'});
    ops.own.push(capset(process));
    const {PR_CAP_AMBIENT_CLEAR_ALL: clear, PR_CAP_AMBIENT_RAISE: raise} = PR_CAP_AMBIENT;
    const purpose = 'capability.ambient';
    ops.own.push({call: 'prctl', args: [PR.PR_CAP_AMBIENT, clear, 0, 0, 0], purpose});
    for (const number of numbersOf(capabilities.ambient)) {
      ops.own.push({call: 'prctl', args: [PR.PR_CAP_AMBIENT, raise, number, 0, 0], purpose});
    }
  }
  if (noNewPrivileges) {
    ops.own.push({call: 'prctl', args: [PR.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0], purpose: 'process.no-new-privileges'});
  }
  const keepsAdmin = capabilities ? (capabilities.effective?.includes('CAP_SYS_ADMIN') ?? false) : !changes;
  if (noNewPrivileges || keepsAdmin) ops.last.push(...filter(linux));
  else ops.first.push(...filter(linux));
  return ops;
}
