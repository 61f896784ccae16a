/**
 * System calls that strangers' programs are not let do, and why. Everything else that the table knows is allowed, so what
 * is in force is a list of allowed calls: one that a newer kernel adds is answered with ENOSYS, as an older kernel would.
 */
import {architectures, callNames} from '../seccomp/table.ts';
import type {Seccomp, SeccompRule} from '../types.ts';

interface Denied {
  /** For people; the words of a rule and of its reason stay together. */
  reason: string;
  calls: string;
}

const denied: readonly Denied[] = [
  {
    reason: 'change the kernel itself',
    calls:
      'init_module finit_module delete_module create_module query_module get_kernel_syms kexec_load kexec_file_load',
  },
  {
    reason: 'large interfaces in which holes are found again and again',
    calls: 'bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register vmsplice',
  },
  {
    reason: 'mounts: more of the host could be seen, and what is masked uncovered',
    calls:
      'mount umount umount2 pivot_root move_mount open_tree open_tree_attr mount_setattr fsopen fsconfig fsmount ' +
      'fspick statmount listmount',
  },
  {reason: 'namespaces: a new user namespace gives back every capability', calls: 'unshare setns'},
  {
    reason: 'files by handle: a way around the root and every path',
    calls: 'open_by_handle_at name_to_handle_at',
  },
  {reason: 'keys of the kernel are in no namespace', calls: 'add_key request_key keyctl'},
  {
    reason: 'memory of other processes, and comparing their kernel objects',
    calls: 'ptrace process_vm_readv process_vm_writev process_madvise kcmp pidfd_getfd',
  },
  {
    reason: 'the machine’s clock, power, swap, accounting, quotas and log',
    calls:
      'settimeofday clock_settime clock_settime64 clock_adjtime clock_adjtime64 adjtimex stime reboot swapon swapoff acct ' +
      'quotactl quotactl_fd syslog vhangup',
  },
  {reason: 'the machine’s hardware', calls: 'iopl ioperm vm86 vm86old modify_ldt pciconfig_read pciconfig_write'},
  {reason: 'placement of memory for the whole machine', calls: 'mbind set_mempolicy move_pages migrate_pages'},
  {reason: 'watching every file of a mount', calls: 'fanotify_init fanotify_mark'},
  {
    reason: 'long obsolete',
    calls: '_sysctl afs_syscall bdflush lookup_dcookie nfsservctl sysfs uselib ustat getpmsg putpmsg tuxcall security',
  },
  {reason: 'labels of security modules are the host’s to give', calls: 'lsm_set_self_attr'},
];

const closed = new Set(denied.flatMap(({calls}) => calls.split(' ')));
/** Allowed with conditions on their arguments, or answered in a way of their own. */
const special = new Set(['clone', 'clone3', 'personality', 'socket', 'socketcall']);

const EPERM = 1;
const ENOSYS = 38;

/** Any new namespace: CLONE_NEW* of linux/sched.h. */
const CLONE_NEW = 0x7e020080;
const AF_ALG = 38;
const AF_VSOCK = 40;

const conditions: readonly SeccompRule[] = [
  // Its flags lie in memory, where no filter can look: ENOSYS makes the C library use clone instead.
  {names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: ENOSYS},
  {
    names: ['clone'],
    action: 'SCMP_ACT_ALLOW',
    args: [{index: 0, value: CLONE_NEW, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ'}],
  },
  // The kernel's own ciphers, and the way to the hypervisor: neither is in a namespace.
  {names: ['socket'], action: 'SCMP_ACT_ERRNO', args: [{index: 0, value: AF_ALG, op: 'SCMP_CMP_EQ'}]},
  {names: ['socket'], action: 'SCMP_ACT_ERRNO', args: [{index: 0, value: AF_VSOCK, op: 'SCMP_CMP_EQ'}]},
  {names: ['socket'], action: 'SCMP_ACT_ALLOW'},
  // PER_LINUX, PER_LINUX32, each with UNAME26, and the question which it is.
  ...[0, 8, 0x20000, 0x20008, 0xffffffff].map(
    (value): SeccompRule => ({
      names: ['personality'],
      action: 'SCMP_ACT_ALLOW',
      args: [{index: 0, value, op: 'SCMP_CMP_EQ'}],
    }),
  ),
  {names: [...closed, 'clone', 'personality', 'socketcall'], action: 'SCMP_ACT_ERRNO', errnoRet: EPERM},
];

const all = [...new Set(architectures.flatMap(callNames))];

/** The filter of the named profiles, without the calls of `more`. */
export function usualSeccomp(more: readonly string[] = []): Seccomp {
  const never = new Set(more);
  const names = all.filter(name => !closed.has(name) && !special.has(name) && !never.has(name)).sort();
  const first: SeccompRule[] = more.length > 0 ? [{names: [...more], action: 'SCMP_ACT_ERRNO', errnoRet: EPERM}] : [];
  return {
    defaultAction: 'SCMP_ACT_ERRNO',
    defaultErrnoRet: ENOSYS,
    syscalls: [...first, ...conditions, {names, action: 'SCMP_ACT_ALLOW'}],
  };
}
