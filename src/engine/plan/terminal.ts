/**
 * A process's terminal (pty(7)). Where the container mounts a devpts at /dev/pts it is one of those, with a name inside, as
 * tty(1) wants it; else one of the stage's, by descriptor alone.
 */
import path from 'node:path';
import {AT, AT_FDCWD, IOCTL, O, OPEN_TREE, RESOLVE} from '../flags.ts';
import type {ContainerSpec, ProcessSpec} from '../types.ts';
import {parseOptions} from './mount-options.ts';
import {attach, planPlace} from './places.ts';
import type {Arg, BufferSpec, Op} from './types.ts';

/** Where a process reads and writes: what is done for it, by whom, and when. */
export interface Stdio {
  buffers: Record<string, BufferSpec>;
  /** Before the clone. */
  main: Op[];
  /** Of the child, before it goes anywhere. */
  child: Op[];
  /** Of the child, when the container's files are there and paths end at its root. */
  inside: Op[];
  /** Of main, when the child has done all this. */
  last: Op[];
}

/** The size of a terminal that nobody gave one. */
export const usualSize = {cols: 80, rows: 24};

const SOL_SOCKET = 1;
const SCM_RIGHTS = 1;
export const AF_UNIX = 1;
const SOCK_SEQPACKET = 5;
export const MSG = {MSG_DONTWAIT: 0x40, MSG_NOSIGNAL: 0x4000, MSG_CMSG_CLOEXEC: 0x40000000} as const;

const forTerminal = O.O_RDWR | O.O_NOCTTY | O.O_CLOEXEC;

function winsize(process: ProcessSpec): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt16LE(process.consoleSize?.height ?? usualSize.rows, 0);
  size.writeUInt16LE(process.consoleSize?.width ?? usualSize.cols, 2);
  return size;
}

/** Makes descriptor `from` the standard ones; nobody else keeps it (it is close-on-exec). */
export const redirect = (from: string, to: readonly number[], purpose: string): Op[] =>
  to.map(fd => ({call: 'dup3', args: [{slot: from}, fd, 0], purpose}));

/** Unlocks the other side, gives both their size, and opens the other side as "tty". */
function prepare(master: Arg, process: ProcessSpec): Op[] {
  return [
    {call: 'ioctl', args: [master, IOCTL.TIOCSPTLCK, Buffer.alloc(4)], purpose: 'terminal.unlock'},
    {call: 'ioctl', args: [master, IOCTL.TIOCSWINSZ, winsize(process)], purpose: 'terminal.size'},
    // By descriptor and not by its name in /dev/pts: no path that somebody could bend.
    {call: 'ioctl', args: [master, IOCTL.TIOCGPTPEER, forTerminal], purpose: 'terminal.peer', as: 'tty', fd: true},
  ];
}

/** An init leaves it to its child to take control: a terminal has one session, and that is to be the program's. */
const take = ({init}: ProcessSpec): Op[] => [
  {call: 'setsid', args: [], purpose: 'process.session'},
  ...(init
    ? []
    : ([{call: 'ioctl', args: [{slot: 'tty'}, IOCTL.TIOCSCTTY, 0], purpose: 'terminal.control'}] satisfies Op[])),
  ...redirect('tty', [0, 1, 2], 'stdio.terminal'),
];

/** `owner`: host ids that it is to belong to. */
export function terminalOfStage(process: ProcessSpec, owner: {uid: number; gid: number} | undefined): Stdio {
  const main: Op[] = [
    {
      call: 'openat',
      args: [AT_FDCWD, '/dev/ptmx', forTerminal, 0],
      purpose: 'terminal.open',
      as: 'master',
      fd: true,
      out: true,
    },
    ...prepare({slot: 'master'}, process),
  ];
  // In a user namespace EPERM: the terminal's group is the machine's. Then it serves all the same, by descriptor.
  const args = owner && [{slot: 'tty'}, owner.uid, owner.gid];
  if (args) main.push({call: 'fchown', args, purpose: 'terminal.owner', tolerate: 'EPERM'});
  return {buffers: {}, main, child: take(process), inside: [], last: []};
}

const placeOf = (destination: string): string => path.resolve('/', destination);

/** Whether /dev/pts is a devpts that the container has mounted for itself: since Linux 4.7 each of them stands alone. */
export function hasTerminals({linux, mounts = []}: ContainerSpec): boolean {
  if (!linux?.namespaces?.some(({type, path: given}) => type === 'mount' && given === undefined)) return false;
  const last = mounts.findLast(({destination}) => ['/dev', '/dev/pts'].includes(placeOf(destination)));
  return last?.type === 'devpts' && placeOf(last.destination) === '/dev/pts' && !parseOptions(last.options ?? []).bind;
}

/** Whether /dev is nobody's but the container's, and filled as the runtime-spec wants it: with a console where there is a terminal. */
const hasConsole = ({root, linux, mounts = []}: ContainerSpec): boolean =>
  root !== undefined &&
  linux?.defaultDevices === true &&
  mounts.some(({destination, type}) => placeOf(destination) === '/dev' && type === 'tmpfs');

/** /dev/console is the same terminal, as with other runtimes: programs that write to the console are heard. */
const consoleOps = (): Op[] => [
  ...planPlace('/dev/console', 'file').map(op => ({...op, purpose: 'terminal.console'})),
  {
    call: 'open_tree',
    args: [{slot: 'tty'}, '', OPEN_TREE.OPEN_TREE_CLONE | OPEN_TREE.OPEN_TREE_CLOEXEC | AT.AT_EMPTY_PATH],
    purpose: 'terminal.console',
    as: 'console',
    fd: true,
  },
  attach('console', '/dev/console', 'terminal.console'),
];

/** Of unix(7): one byte, and with it one descriptor. */
function message(): Record<string, BufferSpec> {
  const control = Buffer.alloc(24);
  control.writeBigUInt64LE(20n, 0);
  control.writeInt32LE(SOL_SOCKET, 8);
  control.writeInt32LE(SCM_RIGHTS, 12);
  control.writeInt32LE(-1, 16);
  return {
    'tty.pair': {size: 8},
    'tty.word': {size: 8},
    'tty.iov': {cells: [{buffer: 'tty.word'}, 1]},
    'tty.control': {bytes: control},
    'tty.message': {cells: [null, 0, {buffer: 'tty.iov'}, 1, {buffer: 'tty.control'}, control.length, 0]},
  };
}
const passed = {buffer: 'tty.control', offset: 16};

/**
 * One of the container's own. Only its child can open that, so the child sends our side to the keeper, over a socket: that takes
 * no right over the other one, as pidfd_getfd(2) does (PTRACE_MODE_ATTACH), and nothing is waited for.
 * What lies at /dev/pts/ptmx may be anything once the container runs: opening must not wait (a fifo), and what is no terminal is
 * refused by the first ioctl.
 */
export function terminalInside(spec: ContainerSpec, process: ProcessSpec): Stdio {
  const end = (as: string, offset: number): Op => ({
    call: 'LOAD',
    args: [{buffer: 'tty.pair', offset}, 4],
    purpose: 'terminal.socket',
    as,
    fd: true,
  });
  const uid = process.user?.uid ?? 0;
  const master = {slot: 'tty.master'};
  const first = process === spec.process;
  return {
    buffers: message(),
    main: [
      {
        call: 'socketpair',
        args: [AF_UNIX, SOCK_SEQPACKET | O.O_CLOEXEC, 0, {buffer: 'tty.pair'}],
        purpose: 'terminal.socket',
      },
      end('tty.keeper', 0),
      end('tty.child', 4),
    ],
    child: [],
    inside: [
      {
        call: 'openat2',
        args: [AT_FDCWD, '/dev/pts/ptmx', {cells: [forTerminal | O.O_NONBLOCK, 0, RESOLVE.RESOLVE_NO_MAGICLINKS]}, 24],
        purpose: 'terminal.open-inside',
        as: 'tty.master',
        fd: true,
      },
      ...prepare(master, process),
      // The group stays that of the mount's options.
      ...(uid === 0
        ? []
        : [
            {call: 'fchown', args: [{slot: 'tty'}, uid, -1], purpose: 'terminal.owner', tolerate: 'EPERM'} satisfies Op,
          ]),
      ...(first && hasConsole(spec) ? consoleOps() : []),
      {call: 'STORE', args: [passed, master, 4], purpose: 'terminal.hand-out'},
      {
        call: 'sendmsg',
        args: [{slot: 'tty.child'}, {buffer: 'tty.message'}, MSG.MSG_NOSIGNAL],
        purpose: 'terminal.hand-out',
      },
      ...take(process),
    ],
    // It was sent before the program, or the last sync point, was reached: nothing is waited for.
    last: [
      {
        call: 'recvmsg',
        args: [{slot: 'tty.keeper'}, {buffer: 'tty.message'}, MSG.MSG_DONTWAIT | MSG.MSG_CMSG_CLOEXEC],
        purpose: 'terminal.receive',
      },
      {call: 'LOAD', args: [passed, 4], purpose: 'terminal.receive', as: 'master', fd: true, out: true},
    ],
  };
}
