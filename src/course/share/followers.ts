/** Those who are connected to one socket. None of them can slow the demo, or say anything to it. */
import type {Socket} from 'node:net';

/** A follower for whom more than this waits is dropped, in bytes. */
export const WAITING_MAX = 4 << 20;
/** Nobody has a reason to send anything. Bytes. */
const SENT_MAX = 64 << 10;
/** At the end, what is still on its way gets this long. Milliseconds. */
const FAREWELL_MS = 500;

export class Followers {
  readonly #sockets = new Map<Socket, {allowed: number}>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get count(): number {
    return this.#sockets.size;
  }

  /** @param backlog what they get first; however large it is, it is no reason to drop them */
  add(socket: Socket, backlog: readonly Buffer[]): void {
    const length = backlog.reduce((sum, {byteLength}) => sum + byteLength, 0);
    const follower = {allowed: WAITING_MAX + length};
    let sent = 0;
    socket.on('data', data => {
      sent += data.length;
      if (sent > SENT_MAX) socket.destroy();
    });
    socket.on('drain', () => {
      follower.allowed = WAITING_MAX;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#sockets.delete(socket)) this.#changed();
    });
    this.#sockets.set(socket, follower);
    socket.cork();
    for (const line of backlog) socket.write(line);
    socket.uncork();
    this.#changed();
  }

  send(data: Buffer): void {
    for (const [socket, {allowed}] of this.#sockets) {
      socket.write(data);
      if (socket.writableLength > allowed) socket.destroy();
    }
  }

  /** Sends the last line and lets go of everyone. */
  async close(last: Buffer): Promise<void> {
    await Promise.all(
      [...this.#sockets.keys()].map(
        socket =>
          new Promise<void>(resolve => {
            const timer = setTimeout(() => socket.destroy(), FAREWELL_MS);
            socket.once('close', () => {
              clearTimeout(timer);
              resolve();
            });
            socket.end(last, () => socket.destroy());
          }),
      ),
    );
  }
}
