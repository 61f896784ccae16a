/** Tells what happens to whoever listens: listeners are sockets in the folder of containers. */
import {readdirSync, rmSync} from 'node:fs';
import {connect, type Socket} from 'node:net';
import path from 'node:path';
import {isOurs} from '../places.ts';
import {sendJson} from '../wire.ts';
import type {Event} from './types.ts';

const LISTENER = /^(\d+)\.listen$/;

/** Names end with ".listen" and begin with the PID of the one who listens. */
export const listenerName = (pid: number): string => `${pid}.listen`;

/** PIDs of those who listen, or have listened until they were killed. */
export function listeners(place: string): number[] {
  if (!isOurs(place)) return [];
  return readdirSync(place).flatMap(name => {
    const pid = LISTENER.exec(name)?.[1];
    return pid === undefined ? [] : [Number(pid)];
  });
}

/** How long the last words may take: a listener that was stopped must not keep a container's end waiting. */
const PATIENCE_MS = 1000;

export class Teller {
  private readonly place: string;
  private readonly greeting: string | undefined;
  private readonly sockets = new Map<number, Socket>();

  /** `greeting`: id of the container whose end this process tells. */
  constructor(place: string, greeting?: string) {
    this.place = place;
    this.greeting = greeting;
  }

  /** Never waits, never fails: what cannot be told is not told. */
  tell(event: Event): void {
    this.greet();
    for (const socket of this.sockets.values()) sendJson(socket, event);
  }

  /** Connects with those who listen now: from then on they notice when this process dies without a word. */
  greet(): void {
    for (const pid of listeners(this.place)) if (!this.sockets.has(pid)) this.open(pid);
  }

  private open(pid: number): void {
    const file = path.join(this.place, listenerName(pid));
    const socket = connect(file);
    this.sockets.set(pid, socket);
    socket.unref();
    socket.on('error', error => {
      // Its listener was killed: nobody else takes the file away.
      if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') rmSync(file, {force: true});
    });
    socket.on('close', () => this.sockets.delete(pid));
    socket.resume();
    if (this.greeting !== undefined) sendJson(socket, {greets: this.greeting});
  }

  /** Says good-bye; resolves when all is said, or after a moment. */
  async finish(): Promise<void> {
    const all = [...this.sockets.values()].map(
      socket =>
        new Promise<void>(resolve => {
          socket.ref();
          socket.once('close', () => resolve());
          sendJson(socket, {bye: true});
          socket.end();
        }),
    );
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>(resolve => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([Promise.all(all), patience]);
    clearTimeout(timer);
    for (const socket of this.sockets.values()) socket.destroy();
  }
}

/** Of a process that tells this and no more. */
export async function tellOnce(place: string, events: readonly Event[]): Promise<void> {
  if (events.length === 0 || listeners(place).length === 0) return;
  const teller = new Teller(place);
  for (const event of events) teller.tell(event);
  await teller.finish();
}
