/**
 * The engine's vocabulary: everything that the rooms above may know about it. Names follow the OCI runtime-spec, the
 * kernel's documentation and Docker, in that order.
 */
import type {MutatePlan} from './plan/mutate.ts';
import type {ContainerSpec, NamespaceType, ProcessSpec, Resources, TerminalSize} from './spec/types.ts';

export type * from './spec/types.ts';

/** One system call as it ran. */
export interface JournalEntry {
  /** Who made it: the keeper (parent side) or the container's first process between clone3 and execve. */
  who: 'keeper' | 'child';
  /** Name of the system call, as in its man page. */
  call: string;
  /** Arguments, decoded the way strace prints them: 'CLONE_NEWUTS|CLONE_PIDFD', '"/bin/sh"'. */
  args: string[];
  /** Result as the kernel gave it (-1 with errno set on failure); undefined: it never ran, an earlier one failed. */
  result?: bigint;
  /** Symbolic errno ("EPERM") where the call failed. */
  errno?: string;
  /** True where the plan expected that this call may fail and went on. */
  tolerated?: boolean;
  /** CLOCK_MONOTONIC nanoseconds. */
  startNs: bigint;
  durationNs: bigint;
  /** What the call is for, as a code that each language words: 'mount.proc', 'uts.sethostname', 'sync.wait' … */
  purpose: string;
}

export type Journal = readonly JournalEntry[];

/** How a process ended (wait4(2)): code for exit, signal for a death by signal. */
export interface ExitStatus {
  code?: number;
  signal?: string;
  coreDumped?: boolean;
  userUs: number;
  systemUs: number;
  maxRssBytes: number;
}

/** A PTY's master side. Bytes, never strings: what comes may be cut inside a character. */
export interface Terminal {
  readonly size: TerminalSize;
  write(data: Uint8Array | string): void;
  onData(listener: (data: Buffer) => void): () => void;
  /** Called once, when no process holds the other side any more, or after close(). */
  onEnd(listener: () => void): () => void;
  /** TIOCSWINSZ; the foreground process group gets SIGWINCH. */
  resize(size: TerminalSize): void;
  /** Stops reading: the kernel's buffer fills and the writer blocks (flow control for floods). */
  pause(): void;
  resume(): void;
  close(): void;
}

export type ContainerState = 'creating' | 'created' | 'running' | 'stopped';

/** A started process of ours: the host's shell, a container, or a process entered into one. */
export interface Process {
  readonly id: string;
  /** In the machine's PID namespace. */
  readonly pid: number;
  readonly terminal?: Terminal;
  /** What it took: grows until the exec is done. */
  readonly journal: Journal;
  /** kill(2) by pidfd: no other process can be hit, even when the number was reused. Name ("SIGTERM") or number. */
  signal(signal: string | number): void;
  /** Resolves when the process was reaped; the same answer every time. */
  wait(): Promise<ExitStatus>;
  /** stdout and stderr where there is no terminal. */
  readonly stdout?: NodeJS.ReadableStream;
  readonly stderr?: NodeJS.ReadableStream;
  /** With `stdin` in its specification: end() is the end of its input. */
  readonly stdin?: NodeJS.WritableStream;
}

export interface Container extends Process {
  readonly spec: ContainerSpec;
  readonly state: ContainerState;
  /** Runs the process that create() left waiting before execve. */
  start(): Promise<void>;
  /** A further process inside (docker exec): joins all of the container's namespaces. */
  exec(process: ProcessSpec): Promise<Process>;
  /** Sets limits of its group while it runs (docker update). Rejects with 'call.failed', 'container.no-cgroup'. */
  update(resources: Resources): Promise<void>;
  /** Freezes and thaws all of its processes (docker pause). Rejects with 'container.no-cgroup', 'cgroup.busy'. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Kills what still runs inside, waits, undoes what outlives a process. Safe to call twice. */
  remove(): Promise<void>;
  onChange(listener: (state: ContainerState) => void): () => void;
}

/** One process of the machine, and what it is on the stage. */
export interface ProcessRow {
  /** In the machine's PID namespace. */
  pid: number;
  /** Its parent there. */
  ppid: number;
  /** NSpid of /proc/PID/status: its number in each PID namespace it is in, from the machine inwards (proc(5)). */
  nspids: number[];
  /** Inode of /proc/PID/ns/pid; 0n where it cannot be read. */
  pidns: bigint;
  /** Name as in /proc/PID/stat, and the command line with blanks between arguments, 200 characters at most. */
  comm: string;
  command: string;
  /** Letter of /proc/PID/stat: R, S, D, T, t; Z for one that has ended and was not waited for. */
  state: string;
  /** 'keeper', 'host' (below the host's terminal), or the id of the container whose processes it belongs to. */
  side: string;
}

/** The session's host side: private UTS, IPC, mount, network and cgroup namespaces, or the machine itself. */
export interface Stage {
  readonly id: string;
  readonly kind: 'private' | 'real-host';
  /** A fresh folder of its own (tmpfs in the private stage), the home of the host's terminal. */
  readonly dir: string;
  readonly journal: Journal;
  /** The keeper's PID: parent of everything that runs on this stage. */
  readonly keeperPid: number;
  /** Starts a process on the host side (no new namespaces). */
  spawn(id: string, process: ProcessSpec): Promise<Process>;
  /**
   * Starts a process in single namespaces of a container, or of any process on the stage by its PID (nsenter). Rejects with
   * 'container.absent', 'container.state', 'process.not-on-stage', and as spawn does.
   */
  enter(target: number | string, namespaces: readonly NamespaceType[], process: ProcessSpec): Promise<Process>;
  /** OCI create: everything is set up, the process waits before execve. */
  create(id: string, spec: ContainerSpec): Promise<Container>;
  /** create and start in one go (docker run). */
  run(id: string, spec: ContainerSpec): Promise<Container>;
  /** Sample of facts for `who` ('host', or a container's id); see facts/table.ts. Undefined: there is no such one. */
  facts(who: string): Promise<Facts | undefined>;
  container(id: string): Container | undefined;
  /** Every process on the stage, as the machine sees it: the keeper first, a parent before its children. */
  processes(): Promise<ProcessRow[]>;
  /**
   * Facts of any one process on the stage (rows of the table, read as for a container). Undefined: it is not on this stage,
   * or it has ended.
   */
  inspect(pid: number): Promise<Facts | undefined>;
  /** Called once if the keeper dies before close(): everything on the stage is gone. */
  onLost(listener: (why: EngineErrorInfo) => void): () => void;
  /** Removes all, sweeps, and waits until nothing is left. Safe to call twice. */
  close(): Promise<void>;
}

export interface StageOptions {
  kind?: 'private' | 'real-host';
  /** Host name shown on the private stage; the machine's own by default. */
  hostname?: string;
  /**
   * Cgroup controllers ('cpu', 'memory', 'pids') for which the stage gets groups of its own; needs root. None by default:
   * on v1 the first move into a group waits some 12 ms.
   */
  controllers?: readonly string[];
  /** Changes the plan of a container before it is carried out: to try what one of its calls is for. */
  mutate?: MutatePlan;
}

/** Facts are plain data: numbers as bigint (64 bit), strings, booleans, lists, and records of these. */
export type FactValue = string | bigint | boolean | FactValue[] | {[key: string]: FactValue};
export type Facts = {[key: string]: FactValue};

export type FactType = 'string' | 'int' | 'bool' | 'list<string>' | 'list<int>' | 'map<int>' | 'map<string>';

/** One row of the documented table of facts. */
export interface FactRow {
  /** Path below host. or a container's id: 'hostname', 'ns.uts', 'nspid'. */
  path: string;
  type: FactType;
  /** Where it is read and the page that documents that: 'uname(2) in the process\'s UTS namespace'. */
  source: string;
}

/** Errors carry codes and parameters, never sentences: each language renders them (src/course/words). */
export interface EngineErrorInfo {
  /** 'spec.type', 'spec.unknown-key', 'call.failed', 'keeper.lost', 'program.missing', 'host.no-namespace' … */
  code: string;
  params: Record<string, string | number>;
  /** The failed call, where one failed. */
  call?: JournalEntry;
  /** All calls of the attempt. */
  journal?: Journal;
}

/** One line of `glassbox doctor`. */
export interface HostFinding {
  /** 'kernel', 'root', 'namespace.uts', 'cgroup', 'tool.pstree', 'node', 'terminal' … */
  id: string;
  ok: 'yes' | 'no' | 'partly';
  /** What was found, language-free ("6.18.44", "v1+v2"). */
  found: string;
  /** Message code of what it means and of the cure, with parameters; rendered by the words of each language. */
  meaning: string;
  params?: Record<string, string | number>;
  cure?: string;
}

export interface HostReport {
  kernel: string;
  arch: string;
  root: boolean;
  /** Not root, but the root of a user namespace for the asking: labs that want no more can run. */
  mapped: boolean;
  namespaces: Record<NamespaceType, boolean>;
  cgroup: 'v1' | 'v2' | 'hybrid' | 'none';
  controllers: string[];
  filesystems: string[];
  findings: HostFinding[];
}
