/** A process that the keeper made: its terminal or pipes, its journal, signals by pidfd, its end. */
import {closeSync, existsSync} from 'node:fs';
import {Socket} from 'node:net';
import {EngineError} from './errors.ts';
import {initFor} from './init.ts';
import type {Done, Keeper, ProcessEvents} from './keeper.ts';
import {pidfdSignal} from './library.ts';
import {type Answer, childState, mergeExec} from './plan/answer.ts';
import type {EncodedPlan} from './plan/encode.ts';
import {callFailed} from './plan/failure.ts';
import {journal} from './plan/journal.ts';
import type {PlanOptions} from './plan/parts.ts';
import {usualSize} from './plan/terminal.ts';
import {explainMissing, findProgram, type Sight} from './program.ts';
import {signalNumber} from './signals.ts';
import {Pty} from './terminal/pty.ts';
import type {EngineErrorInfo, ExitStatus, Journal, Process, ProcessSpec} from './types.ts';

function takeOver(fd: number, writable = false): Socket {
  const stream = new Socket({fd, readable: !writable, writable});
  stream.on('error', () => {});
  return stream;
}

export class EngineProcess implements Process {
  readonly id: string;
  readonly terminal?: Pty;
  private answer: Answer;
  private entries: Journal | undefined;
  private readonly fds: Record<string, number>;
  private readonly streams: Record<string, Socket> = {};
  private readonly exit: Promise<ExitStatus>;
  /** How it ended; undefined while it lives. */
  status: ExitStatus | undefined;

  constructor(id: string, process: ProcessSpec, done: Done, exit: Promise<ExitStatus>) {
    this.id = id;
    this.answer = done.answer;
    this.fds = {...done.fds};
    this.exit = exit;
    const master = this.take('master');
    const {width, height} = process.consoleSize ?? {width: usualSize.cols, height: usualSize.rows};
    if (master !== undefined) this.terminal = new Pty(master, {cols: width, rows: height});
  }

  get pid(): number {
    return this.answer.result.pid;
  }

  /** Decoded when somebody asks. */
  get journal(): Journal {
    this.entries ??= journal(this.answer);
    return this.entries;
  }

  /** Why the program could not be run, where that is known only after start(). */
  execDone(payload: Buffer): EngineErrorInfo | undefined {
    this.answer = mergeExec(this.answer, payload);
    this.entries = undefined;
    return callFailed(this.answer);
  }

  get stdout(): NodeJS.ReadableStream | undefined {
    return this.stream('stdout');
  }

  get stderr(): NodeJS.ReadableStream | undefined {
    return this.stream('stderr');
  }

  get stdin(): NodeJS.WritableStream | undefined {
    return this.stream('stdin');
  }

  /** A pipe becomes a stream when somebody wants to read it. */
  private stream(name: string): Socket | undefined {
    const known = this.streams[name];
    if (known) return known;
    const fd = this.take(name);
    if (fd === undefined) return undefined;
    const stream = takeOver(fd, name === 'stdin');
    this.streams[name] = stream;
    return stream;
  }

  /** A descriptor that came with the process, yours from now on. */
  take(name: string): number | undefined {
    const fd = this.fds[name];
    delete this.fds[name];
    return fd;
  }

  /** The pidfd, while it is ours. */
  get pidfd(): number | undefined {
    return this.fds.pidfd;
  }

  signal(signal: string | number): void {
    const number = signalNumber(signal);
    const pidfd = this.fds.pidfd;
    if (pidfd === undefined || this.status || !pidfdSignal(pidfd, number)) {
      throw new EngineError({code: 'process.gone', params: {id: this.id, pid: this.pid}});
    }
  }

  /** Closes the pidfd of one that has ended: there may be very many of these while the container lives. */
  forget(): void {
    const pidfd = this.take('pidfd');
    if (pidfd !== undefined) closeSync(pidfd);
  }

  /** SIGKILL for one that may be gone already. */
  kill(): void {
    if (this.fds.pidfd !== undefined && !this.status) pidfdSignal(this.fds.pidfd, 9);
  }

  wait(): Promise<ExitStatus> {
    return this.exit;
  }

  /**
   * Closes everything that this process holds here. A pipe that somebody reads comes to its own end: its writers are
   * dead, so that is near, and the reader gets what they still wrote.
   */
  release(): void {
    this.terminal?.close();
    for (const [name, stream] of Object.entries(this.streams)) {
      if (name === 'stdin' || stream.readableFlowing === null) stream.destroy();
    }
    for (const [name, fd] of Object.entries(this.fds)) {
      closeSync(fd);
      delete this.fds[name];
    }
  }
}

export interface Launched {
  process: EngineProcess;
  /** With a plan that holds its process: resolves when that has exec'ed; rejects with 'call.failed'. */
  executed: Promise<void>;
}

/** What launch() needs: the program is looked for as its process will (`sight`), and then planned. */
export interface Order {
  id: string;
  process: ProcessSpec;
  sight: Sight;
  plan(start: Pick<PlanOptions, 'program' | 'init'>): EncodedPlan;
  /** Descriptors that go with the plan. */
  fds?: readonly number[];
}

/** Programs are looked for through the keeper's root: with the keeper gone, what is missing is not the program. */
function programOf(keeper: Keeper, spec: ProcessSpec, sight: Sight): string {
  try {
    return findProgram(spec, sight);
  } catch (error) {
    if (existsSync(`/proc/${keeper.pid}/root/`)) throw error;
    throw new EngineError({code: 'keeper.lost', params: {pid: keeper.pid}});
  }
}

/**
 * Runs the plan that makes a process. Rejects with 'program.missing', 'keeper.lost', and with 'call.failed' (call, errno, the whole
 * journal) when a call of it failed; nothing is left then.
 */
export async function launch(keeper: Keeper, order: Order): Promise<Launched> {
  const {id, process: spec, sight} = order;
  const encoded = order.plan({program: programOf(keeper, spec, sight), init: initFor(spec)});
  const exit = Promise.withResolvers<ExitStatus>();
  const held = Promise.withResolvers<Buffer>();
  held.promise.catch(() => {});
  const events: ProcessEvents = {
    exec: payload => held.resolve(payload),
    exited(status) {
      exit.resolve(status);
      if (launched) launched.status = status;
      held.reject(); // without effect where it exec'ed before
    },
  };
  let launched: EngineProcess | undefined;
  const done = await keeper.run(encoded, order.fds, events);
  const failed = callFailed(done.answer);
  if (failed) {
    for (const fd of Object.values(done.fds)) closeSync(fd);
    throw explainMissing(new EngineError(failed), spec, sight);
  }
  const process = new EngineProcess(id, spec, done, exit.promise);
  launched = process;
  void exit.promise.then(status => {
    process.status = status;
  });
  if (done.answer.result.state !== childState.running) return {process, executed: Promise.resolve()};
  const executed = held.promise.then(
    payload => {
      const why = process.execDone(payload);
      if (why) throw explainMissing(new EngineError(why), spec, sight);
    },
    () => {
      throw new EngineError({code: 'process.gone', params: {id, pid: process.pid}});
    },
  );
  executed.catch(() => {});
  return {process, executed};
}
