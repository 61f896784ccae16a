/** Flags of system calls by their names in the kernel's headers. Values that differ between architectures say so. */

const arm = process.arch === 'arm64';

export type FlagTable = Readonly<Record<string, number>>;

/** clone(2), unshare(2), setns(2) */
export const CLONE = {
  CLONE_NEWTIME: 0x80,
  CLONE_PIDFD: 0x1000,
  CLONE_NEWNS: 0x20000,
  CLONE_NEWCGROUP: 0x2000000,
  CLONE_NEWUTS: 0x4000000,
  CLONE_NEWIPC: 0x8000000,
  CLONE_NEWUSER: 0x10000000,
  CLONE_NEWPID: 0x20000000,
  CLONE_NEWNET: 0x40000000,
  CLONE_CLEAR_SIGHAND: 0x100000000,
  CLONE_INTO_CGROUP: 0x200000000,
} as const;

/** mount(2) */
export const MS = {
  MS_RDONLY: 0x1,
  MS_NOSUID: 0x2,
  MS_NODEV: 0x4,
  MS_NOEXEC: 0x8,
  MS_SYNCHRONOUS: 0x10,
  MS_REMOUNT: 0x20,
  MS_MANDLOCK: 0x40,
  MS_DIRSYNC: 0x80,
  MS_NOSYMFOLLOW: 0x100,
  MS_NOATIME: 0x400,
  MS_NODIRATIME: 0x800,
  MS_BIND: 0x1000,
  MS_MOVE: 0x2000,
  MS_REC: 0x4000,
  MS_SILENT: 0x8000,
  MS_UNBINDABLE: 0x20000,
  MS_PRIVATE: 0x40000,
  MS_SLAVE: 0x80000,
  MS_SHARED: 0x100000,
  MS_RELATIME: 0x200000,
  MS_I_VERSION: 0x800000,
  MS_STRICTATIME: 0x1000000,
  MS_LAZYTIME: 0x2000000,
} as const;

/** mount_setattr(2), fsmount(2) */
export const MOUNT_ATTR = {
  MOUNT_ATTR_RDONLY: 0x1,
  MOUNT_ATTR_NOSUID: 0x2,
  MOUNT_ATTR_NODEV: 0x4,
  MOUNT_ATTR_NOEXEC: 0x8,
  /** All three ways to keep the time of access; 0 of them is relatime. */
  MOUNT_ATTR__ATIME: 0x70,
  MOUNT_ATTR_NOATIME: 0x10,
  MOUNT_ATTR_STRICTATIME: 0x20,
  MOUNT_ATTR_NODIRATIME: 0x80,
  MOUNT_ATTR_NOSYMFOLLOW: 0x200000,
} as const;

/** umount2(2) */
export const MNT = {MNT_FORCE: 1, MNT_DETACH: 2, MNT_EXPIRE: 4, UMOUNT_NOFOLLOW: 8} as const;

/** open(2); the access mode (the lowest two bits) is not a flag and named apart. */
export const O = {
  O_RDONLY: 0,
  O_WRONLY: 1,
  O_RDWR: 2,
  O_CREAT: 0o100,
  O_EXCL: 0o200,
  O_NOCTTY: 0o400,
  O_TRUNC: 0o1000,
  O_APPEND: 0o2000,
  O_NONBLOCK: 0o4000,
  O_DIRECTORY: arm ? 0o40000 : 0o200000,
  O_NOFOLLOW: arm ? 0o100000 : 0o400000,
  O_CLOEXEC: 0o2000000,
  O_PATH: 0o10000000,
} as const;

/** openat2(2) */
export const RESOLVE = {
  RESOLVE_NO_XDEV: 1,
  RESOLVE_NO_MAGICLINKS: 2,
  RESOLVE_NO_SYMLINKS: 4,
  RESOLVE_BENEATH: 8,
  RESOLVE_IN_ROOT: 16,
} as const;

/** close_range(2) */
export const CLOSE_RANGE = {CLOSE_RANGE_UNSHARE: 2, CLOSE_RANGE_CLOEXEC: 4} as const;

/** memfd_create(2). MFD_EXEC: since Linux 6.3, which asks for it. */
export const MFD = {MFD_CLOEXEC: 1, MFD_ALLOW_SEALING: 2, MFD_EXEC: 0x10} as const;

/** fcntl(2) */
export const F = {F_ADD_SEALS: 1033} as const;
export const F_SEAL = {F_SEAL_SEAL: 1, F_SEAL_SHRINK: 2, F_SEAL_GROW: 4, F_SEAL_WRITE: 8} as const;

/** unlinkat(2) and its family */
export const AT = {
  AT_SYMLINK_NOFOLLOW: 0x100,
  AT_REMOVEDIR: 0x200,
  AT_EMPTY_PATH: 0x1000,
  AT_RECURSIVE: 0x8000,
} as const;
/** open_tree(2), which takes AT_… too. */
export const OPEN_TREE = {OPEN_TREE_CLONE: 1, OPEN_TREE_CLOEXEC: O.O_CLOEXEC} as const;

/** move_mount(2). With T_SYMLINKS the place may be a link, as it may be for mount(2). */
export const MOVE_MOUNT = {MOVE_MOUNT_F_EMPTY_PATH: 4, MOVE_MOUNT_T_SYMLINKS: 0x10} as const;

/** "Relative to the working directory", where a descriptor of a directory is asked for. */
export const AT_FDCWD = -100;

/** ioctl_tty(2), ioctl_ns(2), netdevice(7) */
export const IOCTL = {
  TIOCSCTTY: 0x540e,
  TIOCSWINSZ: 0x5414,
  TIOCSPTLCK: 0x40045431,
  TIOCGPTPEER: 0x5441,
  SIOCSIFFLAGS: 0x8914,
  SIOCGIFINDEX: 0x8933,
  NS_GET_MNTNS_ID: 0x8008b705,
} as const;

/** prctl(2) */
export const PR = {
  PR_SET_PDEATHSIG: 1,
  PR_SET_DUMPABLE: 4,
  PR_SET_KEEPCAPS: 8,
  PR_CAPBSET_DROP: 24,
  PR_SET_CHILD_SUBREAPER: 36,
  PR_GET_CHILD_SUBREAPER: 37,
  PR_SET_NO_NEW_PRIVS: 38,
  PR_CAP_AMBIENT: 47,
} as const;
/** Second argument of PR_CAP_AMBIENT. */
export const PR_CAP_AMBIENT = {PR_CAP_AMBIENT_RAISE: 2, PR_CAP_AMBIENT_CLEAR_ALL: 4} as const;

/** seccomp(2) */
export const SECCOMP_SET_MODE_FILTER = 1;
export const SECCOMP = {
  SECCOMP_FILTER_FLAG_TSYNC: 1,
  SECCOMP_FILTER_FLAG_LOG: 2,
  SECCOMP_FILTER_FLAG_SPEC_ALLOW: 4,
} as const;

/** getrlimit(2) */
export const rlimits = {
  RLIMIT_CPU: 0,
  RLIMIT_FSIZE: 1,
  RLIMIT_DATA: 2,
  RLIMIT_STACK: 3,
  RLIMIT_CORE: 4,
  RLIMIT_RSS: 5,
  RLIMIT_NPROC: 6,
  RLIMIT_NOFILE: 7,
  RLIMIT_MEMLOCK: 8,
  RLIMIT_AS: 9,
  RLIMIT_LOCKS: 10,
  RLIMIT_SIGPENDING: 11,
  RLIMIT_MSGQUEUE: 12,
  RLIMIT_NICE: 13,
  RLIMIT_RTPRIO: 14,
  RLIMIT_RTTIME: 15,
} as const;

/** sched_setattr(2) */
export const SCHED = {
  SCHED_OTHER: 0,
  SCHED_FIFO: 1,
  SCHED_RR: 2,
  SCHED_BATCH: 3,
  SCHED_IDLE: 5,
  SCHED_DEADLINE: 6,
} as const;
export const SCHED_FLAG = {
  SCHED_FLAG_RESET_ON_FORK: 1,
  SCHED_FLAG_RECLAIM: 2,
  SCHED_FLAG_DL_OVERRUN: 4,
  SCHED_FLAG_KEEP_POLICY: 8,
  SCHED_FLAG_KEEP_PARAMS: 16,
} as const;

/** ioprio_set(2) */
export const IOPRIO_CLASS = {IOPRIO_CLASS_RT: 1, IOPRIO_CLASS_BE: 2, IOPRIO_CLASS_IDLE: 3} as const;

/** personality(2) */
export const PER = {PER_LINUX: 0, PER_LINUX32: 8} as const;

/** mknod(2) */
export const S = {S_IFIFO: 0o10000, S_IFCHR: 0o20000, S_IFBLK: 0o60000, S_IFREG: 0o100000} as const;

/** Names of the bits in `value`, joined by "|" as strace prints them; bits without a name in hexadecimal. */
export function flagNames(table: FlagTable, value: bigint, none = '0'): string {
  const found: string[] = [];
  let rest = value;
  for (const [name, flag] of Object.entries(table)) {
    const bits = BigInt(flag);
    if (bits !== 0n && (rest & bits) === bits) {
      found.push(name);
      rest &= ~bits;
    }
  }
  if (rest !== 0n) found.push(`0x${rest.toString(16)}`);
  return found.length > 0 ? found.join('|') : none;
}

/** Name of one constant, or its number. */
export function constantName(table: FlagTable, value: bigint): string {
  for (const [name, constant] of Object.entries(table)) if (BigInt(constant) === value) return name;
  return value > 255n ? `0x${value.toString(16)}` : String(value);
}
