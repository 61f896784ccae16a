/** Where a process reads and writes: a PTY of its own, or two pipes and for its input a third one or /dev/null. */
import {O} from '../flags.ts';
import type {ContainerSpec, ProcessSpec} from '../types.ts';
import {hasTerminals, redirect, type Stdio, terminalInside, terminalOfStage} from './terminal.ts';
import type {BufferSpec, Op} from './types.ts';

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
    inside: [],
    last: [],
  };
}

/**
 * `owner`: host ids that a terminal of the stage is to belong to, where the process is somebody else than the keeper (so that it
 * may open its own terminal again). `spec` is the container's, whose process this is, or a further one.
 */
export function stdio(spec: ContainerSpec, process: ProcessSpec, owner?: {uid: number; gid: number}): Stdio {
  if (!process.terminal) return pipes(process.stdin ?? false);
  return hasTerminals(spec) ? terminalInside(spec, process) : terminalOfStage(process, owner);
}
