/** The master side of a PTY as the engine's Terminal. */
import {ReadStream} from 'node:tty';
import {setWindowSize} from '../library.ts';
import type {Terminal, TerminalSize} from '../types.ts';

/**
 * Node's tty stream reads a PTY (net.Socket refuses it); the kernel ends one with EIO when no process holds the other
 * side any more (pty(7)).
 */
export class Pty implements Terminal {
  private readonly fd: number;
  private readonly stream: ReadStream;
  private readonly dataListeners = new Set<(data: Buffer) => void>();
  private readonly endListeners = new Set<() => void>();
  private current: TerminalSize;
  private ended = false;
  private closed = false;
  private paused = false;

  /** `fd` belongs to the Pty from now on. */
  constructor(fd: number, size: TerminalSize) {
    this.fd = fd;
    this.current = size;
    this.stream = new ReadStream(fd);
    this.stream.on('data', (data: Buffer) => {
      for (const listener of [...this.dataListeners]) listener(data);
    });
    this.stream.on('error', () => this.finish());
    this.stream.on('end', () => this.finish());
    this.stream.on('close', () => {
      this.closed = true;
      this.finish();
    });
    // Nobody listens yet: what comes meanwhile waits in the kernel.
    this.stream.pause();
  }

  get size(): TerminalSize {
    return this.current;
  }

  write(data: Uint8Array | string): void {
    if (!this.ended) this.stream.write(data);
  }

  onData(listener: (data: Buffer) => void): () => void {
    this.dataListeners.add(listener);
    if (!this.paused && !this.ended) this.stream.resume();
    return () => this.dataListeners.delete(listener);
  }

  onEnd(listener: () => void): () => void {
    if (this.ended) queueMicrotask(listener);
    else this.endListeners.add(listener);
    return () => this.endListeners.delete(listener);
  }

  resize(size: TerminalSize): void {
    // Once it is closed, the number of the descriptor may be somebody else's.
    if (this.ended || this.closed) return;
    setWindowSize(this.fd, size);
    this.current = size;
  }

  pause(): void {
    this.paused = true;
    this.stream.pause();
  }

  resume(): void {
    this.paused = false;
    if (this.dataListeners.size > 0 && !this.ended) this.stream.resume();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.stream.destroy();
  }

  private finish(): void {
    if (this.ended) return;
    this.ended = true;
    this.close();
    for (const listener of [...this.endListeners]) listener();
    this.endListeners.clear();
  }
}
