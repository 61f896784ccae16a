/**
 * Feeds the emulators of all panes, a slice at a time, so that a flood in one leaves room for keys and for the other. What
 * waits is bounded: past the high mark the pane's source is asked to pause (the kernel's buffer then fills and the writer
 * blocks), below the low mark it goes on. Nothing is dropped, since escape sequences cannot be skipped.
 */

/** Parsing a slice takes one to three milliseconds. */
const SLICE = 16 << 10;
const HIGH = 128 << 10;
const LOW = 32 << 10;
/** After a key, the frame that answers it goes first. */
const HOLD_MS = 12;
const REST_MS = 8;
/** Rest after a slice, in times of what parsing it took: with painting and keys the app then stays below half a core. */
const REST = 1.7;

export interface PumpTarget {
  write(data: Uint8Array, done: () => void): void;
  pause(): void;
  resume(): void;
  onWritten(): void;
}

interface Queue {
  target: PumpTarget;
  chunks: Uint8Array[];
  waiting: number;
  paused: boolean;
}

export class Pump {
  private readonly queues = new Map<object, Queue>();
  private turn = 0;
  private running = false;
  private heldUntil = 0;
  /** The most that ever waited in one queue, in bytes. */
  peak = 0;

  add(key: object, target: PumpTarget): void {
    this.queues.set(key, {target, chunks: [], waiting: 0, paused: false});
  }

  remove(key: object): void {
    const queue = this.queues.get(key);
    if (queue?.paused) queue.target.resume();
    this.queues.delete(key);
  }

  push(key: object, data: Uint8Array): void {
    const queue = this.queues.get(key);
    if (!queue || data.length === 0) return;
    queue.chunks.push(data);
    queue.waiting += data.length;
    this.peak = Math.max(this.peak, queue.waiting);
    if (queue.waiting > HIGH && !queue.paused) {
      queue.paused = true;
      queue.target.pause();
    }
    if (!this.running) {
      this.running = true;
      this.next();
    }
  }

  /** A key came: let its frame be drawn before more is parsed. */
  hold(): void {
    this.heldUntil = performance.now() + HOLD_MS;
  }

  private next = (): void => {
    // Only a queue with more than a slice is a flood; a lone echo is never held back.
    const now = performance.now();
    const queue = this.pick();
    if (!queue) {
      this.running = false;
      return;
    }
    if (now < this.heldUntil && queue.waiting > SLICE) {
      setTimeout(this.next, this.heldUntil - now);
      return;
    }
    const slice = take(queue);
    const began = now;
    queue.target.write(slice, () => {
      queue.waiting -= slice.length;
      if (queue.paused && queue.waiting < LOW) {
        queue.paused = false;
        queue.target.resume();
      }
      queue.target.onWritten();
      const rest = queue.waiting > SLICE ? Math.min(REST_MS, REST * (performance.now() - began)) : 0;
      if (rest >= 1) setTimeout(this.next, rest);
      else setImmediate(this.next);
    });
  };

  /** The queues take turns. */
  private pick(): Queue | undefined {
    const all = [...this.queues.values()];
    for (let i = 0; i < all.length; i++) {
      const queue = all[(this.turn + i) % all.length]!;
      if (queue.chunks.length === 0) continue;
      this.turn = (this.turn + i + 1) % all.length;
      return queue;
    }
    return undefined;
  }
}

/** The next bytes of a queue, at most a slice; small chunks are joined. */
function take(queue: Queue): Uint8Array {
  const first = queue.chunks[0]!;
  if (first.length > SLICE) {
    queue.chunks[0] = first.subarray(SLICE);
    return first.subarray(0, SLICE);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  while (queue.chunks.length > 0 && size + queue.chunks[0]!.length <= SLICE) {
    const part = queue.chunks.shift()!;
    parts.push(part);
    size += part.length;
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}
