/** The client of the keeper (native/protocol.h): plans in, answers, exits and descriptors out. */
import {closeSync} from 'node:fs';
import {Socket} from 'node:net';
import {setTimeout as delay} from 'node:timers/promises';
import {EngineError} from './errors.ts';
import {type KeeperProcess, reap, receive, send, startKeeper} from './native.ts';
import {type Answer, childState, type RunResult, readAnswer, readResult} from './plan/answer.ts';
import type {EncodedPlan} from './plan/encode.ts';
import {signalName} from './signals.ts';
import {errnoName, errnos} from './syscalls.ts';
import type {EngineErrorInfo, ExitStatus} from './types.ts';

const PROTOCOL = 1;
const HEAD = 16;
const request = {HELLO: 1, RUN: 2, UNDO_PUSH: 3, UNDO_RUN: 4, UNDO_DROP: 5, QUIT: 6} as const;
const answer = {OK: 64, REFUSED: 65, DONE: 66, EXEC: 67, EXITED: 68, ORPHANS: 69} as const;
const {EAGAIN, EPIPE, ECONNRESET} = errnos;

/** What a plan brought: its answer, and the descriptors it handed out (yours to close) by their slots' names. */
export interface Done {
  answer: Answer;
  fds: Record<string, number>;
}

/** What happens later to the process that a plan made. */
export interface ProcessEvents {
  /** It exec'ed, or failed to; payload as in protocol.h. Only where the plan did not wait for that. */
  exec?(payload: Buffer): void;
  exited(status: ExitStatus): void;
}

interface Message {
  type: number;
  a: number;
  b: number;
  payload: Buffer;
  fds: number[];
  cut: boolean;
}

interface Waiting {
  resolve(message: Message): void;
  reject(error: unknown): void;
}

function exitStatus({a, b, payload}: Message): ExitStatus {
  const usage = {
    userUs: Number(payload.readBigUInt64LE(0)),
    systemUs: Number(payload.readBigUInt64LE(8)),
    maxRssBytes: Number(payload.readBigUInt64LE(16)),
  };
  if (b === 0) return {code: a, ...usage};
  return {signal: signalName(a), ...(b === 2 ? {coreDumped: true} : {}), ...usage};
}

/** Nobody has a descriptor by which it could be waited for, heard or ended. Nothing was heard of its end: so the number is still its own. */
function killUnheld({pid, state}: RunResult): void {
  if (state !== childState.running && state !== childState.execDone) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has just ended
  }
}

export class Keeper {
  private readonly process: KeeperProcess;
  private readonly doorbell: Socket;
  private readonly waiting = new Map<number, Waiting>();
  private readonly processes = new Map<number, ProcessEvents>();
  private readonly unsent: {head: Buffer; payload?: Buffer | undefined; fds: readonly number[]; tag: number}[] = [];
  private readonly lostListeners: ((why: EngineErrorInfo) => void)[] = [];
  private retry: NodeJS.Timeout | undefined;
  private tag = 0;
  private quitting = false;
  private lost: EngineError | undefined;
  /** Resolves with the guard's status when both processes of the keeper are gone and everything is swept. */
  readonly ended: Promise<number>;
  private end: (status: number) => void = () => {};
  /** PID of the worker: the parent of all that runs on the stage. */
  pid = -1;

  private constructor() {
    this.process = startKeeper();
    this.ended = new Promise(resolve => {
      this.end = resolve;
    });
    // One small buffer for all bells, instead of 64 KiB of garbage for each.
    const buffer = Buffer.allocUnsafeSlow(64);
    // A bell for each message: only where the buffer was full there may be more of them.
    const callback = (bells: number): boolean => this.drain(bells < buffer.length ? bells : Number.POSITIVE_INFINITY);
    const onread = {buffer, callback};
    this.doorbell = new Socket({fd: this.process.doorbell, readable: true, writable: false, onread});
    this.doorbell.on('error', () => {});
    this.doorbell.on('close', () => void this.gone());
  }

  /** Starts a keeper. Rejects with 'native.missing', 'keeper.start', 'keeper.lost'. */
  static async start(): Promise<Keeper> {
    const keeper = new Keeper();
    const hello = await keeper.ask(request.HELLO, PROTOCOL, 0);
    keeper.pid = hello.b;
    return keeper;
  }

  /** It has died without having been asked. */
  get isLost(): boolean {
    return this.lost !== undefined && !this.quitting;
  }

  get guardPid(): number {
    return this.process.guardPid;
  }

  /**
   * Carries out a plan. Resolves when main and final are over, also where they failed: see callFailed(). Rejects with
   * 'plan.refused' (nothing ran), 'keeper.lost', and 'keeper.descriptors' where this process may open no more (its process is killed then).
   */
  async run(encoded: EncodedPlan, fds: readonly number[] = [], events?: ProcessEvents): Promise<Done> {
    const tag = ++this.tag;
    // Before the answer: an exit may come in the same breath.
    if (events) this.processes.set(tag, events);
    try {
      const message = await this.ask(request.RUN, 0, 0, encoded.blob, fds, tag);
      const read = readAnswer(encoded, message.payload);
      const named: Record<string, number> = {};
      encoded.outs.forEach((name, i) => {
        const fd = message.fds[i];
        if (fd !== undefined) named[name] = fd;
      });
      if (read.result.mainOp >= 0) this.processes.delete(tag);
      return {answer: read, fds: named};
    } catch (error) {
      this.processes.delete(tag);
      throw error;
    }
  }

  /**
   * Hands over a plan (main only) that undoes what is about to be done. It runs when this process is gone, `phase` 0
   * before what still runs is killed, 1 after; newest first.
   */
  async pushUndo(key: number, phase: 0 | 1, encoded: EncodedPlan): Promise<void> {
    await this.ask(request.UNDO_PUSH, key, phase, encoded.blob);
  }

  /** Runs the undo plans of a key and forgets them. */
  async runUndo(key: number): Promise<void> {
    await this.ask(request.UNDO_RUN, key, 0);
  }

  /** Forgets the undo plans of a key: how many they were. */
  async dropUndo(key: number): Promise<number> {
    return (await this.ask(request.UNDO_DROP, key, 0)).a;
  }

  /** Kills all, undoes all, ends the keeper, and waits until it is gone. Safe to call twice, and after its death. */
  async quit(): Promise<void> {
    if (!this.quitting && !this.lost) {
      this.quitting = true;
      await this.ask(request.QUIT, 0, 0).catch(() => {});
    }
    await this.ended;
  }

  /** Called once when the keeper dies without having been asked, after its guard has swept (where that still lives). */
  onLost(listener: (why: EngineErrorInfo) => void): () => void {
    this.lostListeners.push(listener);
    return () => {
      const at = this.lostListeners.indexOf(listener);
      if (at >= 0) this.lostListeners.splice(at, 1);
    };
  }

  private ask(
    type: number,
    a: number,
    b: number,
    payload?: Buffer,
    fds: readonly number[] = [],
    tag = ++this.tag,
  ): Promise<Message> {
    if (this.lost) return Promise.reject(this.lost);
    const head = Buffer.allocUnsafe(HEAD);
    head.writeUInt32LE(type, 0);
    head.writeUInt32LE(tag, 4);
    head.writeUInt32LE(a, 8);
    head.writeUInt32LE(b, 12);
    return new Promise((resolve, reject) => {
      this.waiting.set(tag, {resolve, reject});
      this.unsent.push({head, payload, fds, tag});
      this.flush();
    });
  }

  private flush(): void {
    clearTimeout(this.retry);
    for (let next = this.unsent[0]; next; next = this.unsent[0]) {
      const err = send(this.process.socket, next.head, next.payload, next.fds);
      if (err === -EAGAIN) {
        // The keeper is busy with a plan. It rings when that is done; the timer is for a bell that rang before.
        this.retry = setTimeout(() => this.flush(), 5);
        return;
      }
      this.unsent.shift();
      // A keeper that has just died: gone() answers all who wait.
      if (err === -EPIPE || err === -ECONNRESET) continue;
      if (err < 0 && !this.lost) {
        const waiting = this.waiting.get(next.tag);
        this.waiting.delete(next.tag);
        waiting?.reject(
          new EngineError({
            code: 'keeper.send',
            params: {errno: errnoName(-err), bytes: HEAD + (next.payload?.length ?? 0)},
          }),
        );
      }
    }
  }

  private drain(most = Number.POSITIVE_INFINITY): boolean {
    for (let n = 0; n < most; n++) {
      const got = receive(this.process.socket);
      if (!got) break;
      const {data, fds, cut = false} = got;
      const message = {
        type: data.readUInt32LE(0),
        a: data.readUInt32LE(8),
        b: data.readUInt32LE(12),
        // A copy: the room it was received into is used again by the next message.
        payload: Buffer.from(data.subarray(HEAD)),
        fds,
        cut,
      };
      this.heard(data.readUInt32LE(4), message);
    }
    if (this.unsent.length > 0) this.flush();
    return true;
  }

  private heard(tag: number, message: Message): void {
    if (message.type === answer.EXITED) {
      const events = this.processes.get(tag);
      this.processes.delete(tag);
      events?.exited(exitStatus(message));
    } else if (message.type === answer.EXEC) {
      this.processes.get(tag)?.exec?.(message.payload);
    } else if (message.type !== answer.ORPHANS) {
      this.answered(tag, message);
    }
  }

  private answered(tag: number, message: Message): void {
    const waiting = this.waiting.get(tag);
    this.waiting.delete(tag);
    if (!waiting) {
      for (const fd of message.fds) closeSync(fd);
      return;
    }
    if (message.cut) {
      killUnheld(readResult(message.payload));
      waiting.reject(new EngineError({code: 'keeper.descriptors', params: {}}));
      return;
    }
    if (message.type !== answer.REFUSED) {
      waiting.resolve(message);
      return;
    }
    const params = {errno: errnoName(message.a), offset: message.b, why: message.payload.toString('utf8')};
    waiting.reject(new EngineError({code: 'plan.refused', params}));
  }

  private async gone(): Promise<void> {
    this.drain();
    this.lost = new EngineError({code: 'keeper.lost', params: {pid: this.pid}});
    clearTimeout(this.retry);
    closeSync(this.process.socket);
    // The guard sweeps now. It is our child, and nobody else reaps it.
    let status = reap(this.process.guardPidfd);
    for (let ms = 1; status === undefined; ms = Math.min(ms * 2, 20)) {
      await delay(ms);
      status = reap(this.process.guardPidfd);
    }
    closeSync(this.process.guardPidfd);
    for (const {reject} of this.waiting.values()) reject(this.lost);
    this.waiting.clear();
    this.end(status);
    if (this.quitting) return;
    for (const listener of this.lostListeners.splice(0)) listener(this.lost.info);
    // Whoever waits for the end of a process learns that it was killed: by the guard, or with its parent.
    const killed = {signal: 'SIGKILL', userUs: 0, systemUs: 0, maxRssBytes: 0};
    for (const {exited} of this.processes.values()) exited(killed);
    this.processes.clear();
  }
}
