/** A specification: the part of the OCI runtime-spec that the engine carries out. What is refused: docs/engine.md. */
import type {NetworkSpec} from '../network/types.ts';

export type {NetworkSpec} from '../network/types.ts';

/** The eight kinds of namespace, by their OCI names (namespaces(7)). */
export type NamespaceType = 'pid' | 'network' | 'mount' | 'ipc' | 'uts' | 'user' | 'cgroup' | 'time';

/** OCI linux.namespaces[]: without `path` a new one, with `path` (a /proc/PID/ns file) that one is joined. */
export interface NamespaceSpec {
  type: NamespaceType;
  path?: string;
}

/** OCI linux.uidMappings[] and gidMappings[] (user_namespaces(7)). */
export interface IdMapping {
  containerID: number;
  hostID: number;
  size: number;
}

/** OCI mounts[]. */
export interface MountSpec {
  destination: string;
  type?: string;
  source?: string;
  options?: string[];
}

/** Size of a terminal in character cells. */
export interface TerminalSize {
  cols: number;
  rows: number;
}

/** OCI root, with ways to make one. Relative paths are relative to the stage's folder, as they are to an OCI bundle. */
export interface RootSpec {
  path: string;
  readonly?: boolean;
  /** Programs of the host to be copied into it with all that they need: names, or absolute paths. */
  programs?: string[];
  /** Folders to be merged at `path`, the topmost first; a layer of the container's own takes what it writes. */
  layers?: string[];
  /** What merges them; overlay by default. */
  union?: 'overlay' | 'aufs';
  /**
   * How it becomes "/"; pivot_root(2) by default. With chroot(2) the old root stays mounted behind it: for a ramfs as the old
   * root, which pivot_root refuses, and to see what the difference is.
   */
  enter?: 'pivot_root' | 'chroot';
}

/** OCI process. */
export interface ProcessSpec {
  /** argv; args[0] is looked up in env's PATH when it holds no slash. */
  args: string[];
  /** "NAME=value" strings; nothing is inherited. */
  env?: string[];
  cwd?: string;
  /** A PTY of its own (Container.terminal); otherwise stdin is /dev/null and stdout, stderr are pipes. */
  terminal?: boolean;
  /** Our word: standard input is a pipe too (Process.stdin), instead of /dev/null. Not with a terminal. */
  stdin?: boolean;
  /** Our word: a process of ours starts the program, hands signals on to it and reaps orphans (native/init.c). */
  init?: boolean;
  consoleSize?: {height: number; width: number};
  user?: {uid: number; gid: number; additionalGids?: number[]; umask?: number};
  /** What is not named here it does not have. Without this key, all that the keeper has. */
  capabilities?: Capabilities;
  noNewPrivileges?: boolean;
  rlimits?: Rlimit[];
  /** -1000 to 1000: who is killed first when memory runs out (proc(5)). */
  oomScoreAdj?: number;
  scheduler?: Scheduler;
  ioPriority?: {class: IoClass; priority?: number};
}

/** OCI process.capabilities: lists of names such as "CAP_CHOWN" (capabilities(7)). */
export type CapabilitySet = 'bounding' | 'effective' | 'inheritable' | 'permitted' | 'ambient';
export type Capabilities = Partial<Record<CapabilitySet, string[]>>;

/** OCI process.rlimits[]. 18446744073709551615: no limit. */
export interface Rlimit {
  /** "RLIMIT_NOFILE" */
  type: string;
  soft: number;
  hard: number;
}

/** OCI process.scheduler (sched_setattr(2)). Times are nanoseconds. */
export interface Scheduler {
  policy: 'SCHED_OTHER' | 'SCHED_FIFO' | 'SCHED_RR' | 'SCHED_BATCH' | 'SCHED_IDLE' | 'SCHED_DEADLINE';
  nice?: number;
  priority?: number;
  flags?: string[];
  runtime?: number;
  deadline?: number;
  period?: number;
}

/** ioprio_set(2) */
export type IoClass = 'IOPRIO_CLASS_RT' | 'IOPRIO_CLASS_BE' | 'IOPRIO_CLASS_IDLE';

/** OCI linux.resources: what the engine carries out of it. Needs a stage that was opened with these controllers. */
export interface Resources {
  cpu?: {
    /** Weight against siblings, 1024 usual (v2: turned into cpu.weight). */
    shares?: number;
    /** Microseconds of CPU time per period; -1: no limit. */
    quota?: number;
    /** Microseconds, 100000 usual. */
    period?: number;
    /** Microseconds that may be saved up for a period that needs more. */
    burst?: number;
    /** 1: runs only when nobody else wants to (SCHED_IDLE for the group). */
    idle?: number;
    /** Processors and memory nodes as lists: "0-1,3" (cpuset(7)). */
    cpus?: string;
    mems?: string;
  };
  memory?: {
    /** Bytes; -1: no limit. */
    limit?: number;
    /** Bytes of memory and swap together; -1: no limit. */
    swap?: number;
    /** Bytes that reclaim spares while it can. */
    reservation?: number;
    /** v1 only: who is over the limit waits instead of being killed. */
    disableOOMKiller?: boolean;
  };
  /** Processes and threads; -1: no limit. */
  pids?: {limit?: number};
  /** Needs block devices that can be throttled; a weight needs a scheduler that weighs (BFQ, or v2's io.cost). */
  blockIO?: {
    /** 10 … 1000. */
    weight?: number;
    /** Bytes, or operations, per second and device; 0: no limit. */
    throttleReadBpsDevice?: BlockDeviceRate[];
    throttleWriteBpsDevice?: BlockDeviceRate[];
    throttleReadIOPSDevice?: BlockDeviceRate[];
    throttleWriteIOPSDevice?: BlockDeviceRate[];
  };
  /** v2 only: files of the group by name, "memory.high": "64M". */
  unified?: Record<string, string>;
}

/** OCI blockIO.throttle*Device[]. */
export interface BlockDeviceRate {
  major: number;
  minor: number;
  rate: number;
}

/** The excerpt of an OCI runtime-spec config.json that the engine carries out. An unknown key is an error. */
export interface ContainerSpec {
  ociVersion?: string;
  process: ProcessSpec;
  hostname?: string;
  domainname?: string;
  root?: RootSpec;
  mounts?: MountSpec[];
  annotations?: Record<string, string>;
  /** Ours: the runtime-spec leaves networks to hooks. */
  network?: NetworkSpec;
  linux?: {
    namespaces?: NamespaceSpec[];
    uidMappings?: IdMapping[];
    gidMappings?: IdMapping[];
    rootfsPropagation?: 'private' | 'slave' | 'shared' | 'unbindable';
    /** Its group below the stage's, in every tree of the stage; the container's id where only resources are given. */
    cgroupsPath?: string;
    resources?: Resources;
    /** Need a root: without one they would appear on the machine. */
    devices?: DeviceSpec[];
    /** Our word: the devices that every OCI container has (null, zero, full, random, urandom, tty; ptmx, fd, stdin …). */
    defaultDevices?: boolean;
    /** Files and folders that show nothing; what is not there is passed over. */
    maskedPaths?: string[];
    readonlyPaths?: string[];
    /** Of its own namespaces alone: "net.ipv4.ip_forward": "1". */
    sysctl?: Record<string, string>;
    seccomp?: Seccomp;
    personality?: {domain: 'LINUX' | 'LINUX32'};
    /** Of a new time namespace (time_namespaces(7)). */
    timeOffsets?: Partial<Record<TimeClock, {secs?: number; nanosecs?: number}>>;
  };
}

export type TimeClock = 'monotonic' | 'boottime';

/** OCI linux.devices[]: c and u are character devices, b a block device, p a FIFO (mknod(2)). */
export interface DeviceSpec {
  type: 'c' | 'u' | 'b' | 'p';
  path: string;
  major?: number;
  minor?: number;
  /** 0o666 by default. */
  fileMode?: number;
  uid?: number;
  gid?: number;
}

export type SeccompAction =
  | 'SCMP_ACT_KILL'
  | 'SCMP_ACT_KILL_PROCESS'
  | 'SCMP_ACT_KILL_THREAD'
  | 'SCMP_ACT_TRAP'
  | 'SCMP_ACT_ERRNO'
  | 'SCMP_ACT_TRACE'
  | 'SCMP_ACT_LOG'
  | 'SCMP_ACT_ALLOW';

export type SeccompOperator =
  | 'SCMP_CMP_NE'
  | 'SCMP_CMP_LT'
  | 'SCMP_CMP_LE'
  | 'SCMP_CMP_EQ'
  | 'SCMP_CMP_GE'
  | 'SCMP_CMP_GT'
  | 'SCMP_CMP_MASKED_EQ';

/** One argument compared as an unsigned number of 64 bits. SCMP_CMP_MASKED_EQ: (argument & value) == valueTwo. */
export interface SeccompArgument {
  index: number;
  value: number;
  valueTwo?: number;
  op: SeccompOperator;
}

/** The first entry that names a call and whose arguments fit decides. */
export interface SeccompRule {
  names: string[];
  action: SeccompAction;
  errnoRet?: number;
  args?: SeccompArgument[];
}

/** OCI linux.seccomp (seccomp(2)). */
export interface Seccomp {
  defaultAction: SeccompAction;
  defaultErrnoRet?: number;
  /** Besides the machine's own; calls of others kill the process. */
  architectures?: ('SCMP_ARCH_X86_64' | 'SCMP_ARCH_AARCH64' | 'SCMP_ARCH_X86')[];
  flags?: ('SECCOMP_FILTER_FLAG_TSYNC' | 'SECCOMP_FILTER_FLAG_LOG' | 'SECCOMP_FILTER_FLAG_SPEC_ALLOW')[];
  syscalls?: SeccompRule[];
}
