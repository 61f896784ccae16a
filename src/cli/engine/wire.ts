/** What supervisors and commands tell each other: frames of one byte for the kind, four for the length, and the content. */
import type {Socket} from 'node:net';

/** Json: a request, its answer, a resize, an end. The others are the streams of a process. */
export const KIND = {json: 0, stdout: 1, stderr: 2, stdin: 3} as const;
export type Kind = (typeof KIND)[keyof typeof KIND];

const HEAD = 5;
/** A journal of some thousand calls is below one MiB. */
const LONGEST = 32 << 20;

/** Numbers of the kernel are bigint: numbers in JSON where they are safe, strings otherwise. */
export const toJson = (value: unknown, space?: number): string =>
  JSON.stringify(
    value,
    (_, one: unknown) => {
      if (typeof one !== 'bigint') return one;
      return Number.isSafeInteger(Number(one)) ? Number(one) : String(one);
    },
    space,
  );

/** @returns false: the other side is slow, wait for 'drain' */
export function sendFrame(socket: Socket, kind: Kind, content: Uint8Array | string = ''): boolean {
  if (socket.destroyed) return true;
  const body = typeof content === 'string' ? Buffer.from(content) : content;
  const head = Buffer.allocUnsafe(HEAD);
  head.writeUInt8(kind, 0);
  head.writeUInt32LE(body.length, 1);
  socket.cork();
  socket.write(head);
  const room = socket.write(body);
  socket.uncork();
  return room;
}

export const sendJson = (socket: Socket, value: unknown): boolean => sendFrame(socket, KIND.json, toJson(value));

/** Cuts what comes into frames. A length or kind that nobody of ours sends ends the connection. */
export function onFrames(socket: Socket, listener: (kind: Kind, content: Buffer) => void): void {
  let waiting: Buffer[] = [];
  let size = 0;
  socket.on('data', (data: Buffer) => {
    waiting.push(data);
    size += data.length;
    if (size < HEAD) return;
    let all = waiting.length === 1 ? data : Buffer.concat(waiting);
    while (all.length >= HEAD) {
      const kind = all.readUInt8(0);
      const length = all.readUInt32LE(1);
      if (length > LONGEST || kind > KIND.stdin) {
        socket.destroy();
        return;
      }
      if (all.length < HEAD + length) break;
      // A listener may have ended the connection.
      if (!socket.destroyed) listener(kind as Kind, all.subarray(HEAD, HEAD + length));
      all = all.subarray(HEAD + length);
    }
    waiting = all.length > 0 ? [all] : [];
    size = all.length;
  });
}

/** The object that a frame holds; undefined: it is none. */
export function parseJson(content: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(content.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
