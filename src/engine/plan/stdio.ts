/** Where a process reads and writes: a PTY of its own, or two pipes and for its input a third one or /dev/null. */
import {AT_FDCWD, IOCTL, O} from '../flags.ts';
import type {ProcessSpec} from '../types.ts';
import type {BufferSpec, Op} from './types.ts';

export interface Stdio {
  buffers: Record<string, BufferSpec>;
  main: Op[];
  child: Op[];
}

/** The size of a terminal that nobody gave one. */
export const usualSize = {cols: 80, rows: 24};

function winsize(process: ProcessSpec): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt16LE(process.consoleSize?.height ?? usualSize.rows, 0);
  size.writeUInt16LE(process.consoleSize?.width ?? usualSize.cols, 2);
  return size;
}

/** Makes descriptor `from` the standard ones; nobody else keeps it (it is close-on-exec). */
const redirect = (from: string, to: readonly number[], purpose: string): Op[] =>
  to.map(fd => ({call: 'dup3', args: [{slot: from}, fd, 0], purpose}));

function terminal(process: ProcessSpec, owner: {uid: number; gid: number} | undefined): Stdio {
  const open = O.O_RDWR | O.O_NOCTTY | O.O_CLOEXEC;
  const master = {slot: 'master'};
  const main: Op[] = [
    {
      call: 'openat',
      args: [AT_FDCWD, '/dev/ptmx', open, 0],
      purpose: 'terminal.open',
      as: 'master',
      fd: true,
      out: true,
    },
    {call: 'ioctl', args: [master, IOCTL.TIOCSPTLCK, Buffer.alloc(4)], purpose: 'terminal.unlock'},
    {call: 'ioctl', args: [master, IOCTL.TIOCSWINSZ, winsize(process)], purpose: 'terminal.size'},
    // By descriptor and not by its name in /dev/pts: no path that somebody could bend.
    {call: 'ioctl', args: [master, IOCTL.TIOCGPTPEER, open], purpose: 'terminal.peer', as: 'tty', fd: true},
  ];
  // In a user namespace EPERM: the terminal's group is the machine's. Then it serves all the same, by descriptor.
  const args = owner && [{slot: 'tty'}, owner.uid, owner.gid];
  if (args) main.push({call: 'fchown', args, purpose: 'terminal.owner', tolerate: 'EPERM'});
  const child: Op[] = [
    {call: 'setsid', args: [], purpose: 'process.session'},
    {call: 'ioctl', args: [{slot: 'tty'}, IOCTL.TIOCSCTTY, 0], purpose: 'terminal.control'},
    ...redirect('tty', [0, 1, 2], 'stdio.terminal'),
  ];
  return {buffers: {}, main, child};
}

/** A pipe whose `outer` end is handed to the client. */
export function pipe(inner: string, outer: string, reads: 'inner' | 'outer', purpose: string): Op[] {
  const buffer = `pipe.${outer}`;
  const end = (name: string, offset: number): Op => {
    const load: Op = {call: 'LOAD', args: [{buffer, offset}, 4], purpose, as: name, fd: true};
    return name === outer ? {...load, out: true} : load;
  };
  const [reader, writer] = reads === 'inner' ? [inner, outer] : [outer, inner];
  return [{call: 'pipe2', args: [{buffer}, O.O_CLOEXEC], purpose}, end(reader, 0), end(writer, 4)];
}

/** The regions that pipe() uses. */
export const pipeBuffer = (outer: string): Record<string, BufferSpec> => ({[`pipe.${outer}`]: {size: 8}});

function pipes(input: boolean): Stdio {
  return {
    buffers: {...(input ? pipeBuffer('stdin') : {}), ...pipeBuffer('stdout'), ...pipeBuffer('stderr')},
    main: [
      ...(input ? pipe('stdin.read', 'stdin', 'inner', 'stdio.stdin') : []),
      ...pipe('stdout.write', 'stdout', 'outer', 'stdio.stdout'),
      ...pipe('stderr.write', 'stderr', 'outer', 'stdio.stderr'),
    ],
    // Without `input`, standard input stays the keeper's /dev/null.
    child: [
      {call: 'setsid', args: [], purpose: 'process.session'},
      ...(input ? redirect('stdin.read', [0], 'stdio.stdin') : []),
      ...redirect('stdout.write', [1], 'stdio.stdout'),
      ...redirect('stderr.write', [2], 'stdio.stderr'),
    ],
  };
}

/**
 * `owner`: host ids that the terminal is to belong to, where the process is somebody else than the keeper (so that it
 * may open its own terminal again).
 */
export function stdio(process: ProcessSpec, owner?: {uid: number; gid: number}): Stdio {
  return process.terminal ? terminal(process, owner) : pipes(process.stdin ?? false);
}
