/** Asks supervisors by their sockets. */
import {connect, type Socket} from 'node:net';
import {EngineError, type EngineErrorInfo, type ExitStatus, type ProcessSpec} from '../../engine/index.ts';
import {CliFailure} from '../failure.ts';
import {cannot} from './failure.ts';
import type {Records} from './records.ts';
import type {OutputStream, Running} from './running.ts';
import type {Entry} from './types.ts';
import {KIND, type Kind, onFrames, parseJson, sendFrame, sendJson} from './wire.ts';

/** Whoever is stopped or swapped out answers late; whoever does not answer then is told of as such. */
const PATIENCE_MS = 10_000;

/** Input on its way to a process that does not read: more would keep signals, which come behind it, from being heard. */
const WINDOW = 256 << 10;

interface Failed {
  failure?: {code: string; params: Record<string, string>; status: number};
  error?: EngineErrorInfo;
}

function thrown({failure, error}: Failed): Error {
  if (failure) return new CliFailure(failure.status, failure.code, failure.params);
  return new EngineError(error ?? {code: 'internal', params: {message: 'protocol', where: ''}});
}

async function open(records: Records, entry: Entry): Promise<Socket> {
  const socket = connect(records.file(entry.id, 'sock'));
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => reject(cannot('gone', {name: entry.name})));
  });
}

/**
 * One request, one answer. Rejects with what the supervisor could not do, 'engine.gone' where it has ended meanwhile, and
 * 'engine.no-answer'. With `patient` it may take as long as it takes.
 */
export async function ask(
  records: Records,
  entry: Entry,
  method: string,
  params: Record<string, unknown> = {},
  patient = false,
): Promise<unknown> {
  const socket = await open(records, entry);
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      reject(cannot('no-answer', {name: entry.name, pid: entry.pid}));
      // Open, it would keep this process waiting all the same.
      socket.destroy();
    };
    const timer = patient ? undefined : setTimeout(giveUp, PATIENCE_MS);
    onFrames(socket, (_, content) => {
      const answer = parseJson(content);
      if (answer && 'ok' in answer) resolve(answer.ok);
      else reject(thrown((answer ?? {}) as Failed));
      socket.end();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      reject(cannot('gone', {name: entry.name})); // without effect where it answered
    });
    sendJson(socket, {method, params});
  });
}

/** A further process inside a container of another supervisor. */
class Remote implements Running {
  readonly done: Promise<ExitStatus>;
  private readonly socket: Socket;
  private listener: ((stream: OutputStream, data: Buffer) => void) | undefined;
  private early: [OutputStream, Buffer][] = [];
  private untaken = 0;
  private drained = (): void => {};
  /** Nobody reads what comes. */
  private unheard = false;

  constructor(socket: Socket, done: Promise<ExitStatus>) {
    this.socket = socket;
    this.done = done;
  }

  heard(stream: OutputStream, data: Buffer): void {
    if (this.unheard) return;
    if (this.listener) this.listener(stream, data);
    else this.early.push([stream, Buffer.from(data)]);
  }

  output(listener: (stream: OutputStream, data: Buffer) => void): void {
    this.listener = listener;
    for (const [stream, data] of this.early.splice(0)) listener(stream, data);
  }

  pause(): void {
    if (!this.unheard) this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  write(data: Buffer, drained: () => void): boolean {
    sendFrame(this.socket, KIND.stdin, data);
    this.untaken += data.length;
    if (this.untaken < WINDOW) return true;
    this.drained = drained;
    return false;
  }

  /** So many bytes of its input have gone on to the process. */
  took(bytes: number): void {
    this.untaken -= bytes;
    if (this.untaken >= WINDOW) return;
    this.drained();
    this.drained = () => {};
  }

  endInput(): void {
    sendFrame(this.socket, KIND.stdin);
  }

  resize(size: {cols: number; rows: number}): void {
    sendJson(this.socket, {resize: size});
  }

  signal(signal: string): void {
    sendJson(this.socket, {signal});
  }

  hangUp(): void {
    if (this.unheard) return;
    this.unheard = true;
    sendJson(this.socket, {hangUp: true});
    // How it ended is still to come.
    this.socket.resume();
  }
}

/** Runs a process inside. Rejects as ask() does, and with what keeps it from running. */
export async function execIn(records: Records, entry: Entry, process: ProcessSpec): Promise<Running> {
  const socket = await open(records, entry);
  const begun = Promise.withResolvers<Remote>();
  const ended = Promise.withResolvers<ExitStatus>();
  ended.promise.catch(() => {}); // whoever waits hears it
  const remote = new Remote(socket, ended.promise);
  const fail = (error: Error): void => {
    begun.reject(error);
    ended.reject(error);
  };
  const told = (content: Buffer): void => {
    const answer = parseJson(content) ?? {};
    if ('ok' in answer) begun.resolve(remote);
    else if ('took' in answer) remote.took(Number(answer.took));
    else if ('exit' in answer) {
      ended.resolve(answer.exit as ExitStatus);
      // Input that nobody takes any more must not keep us.
      socket.destroy();
    } else fail(thrown(answer as Failed));
  };
  onFrames(socket, (kind: Kind, content) => {
    if (kind === KIND.json) told(content);
    else if (kind !== KIND.stdin) remote.heard(kind, content);
  });
  socket.on('error', () => {});
  socket.on('close', () => fail(cannot('gone', {name: entry.name})));
  sendJson(socket, {method: 'exec', params: {process}});
  return begun.promise;
}
