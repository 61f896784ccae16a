/** The streams that Ink is given: frames go to the Screen, keys come from the router. */
import {EventEmitter} from 'node:events';
import {PassThrough} from 'node:stream';
import type {Screen} from './screen.ts';

/**
 * Stands for stdout. Used with Ink's `debug` option, under which each write is one whole frame; Ink's own cursor control
 * is left out, since the Screen does that.
 */
export function inkStdout(screen: Screen, size: () => {columns: number; rows: number}): NodeJS.WriteStream {
  const stream = Object.assign(new EventEmitter(), {
    isTTY: true,
    writable: true,
    write(data: string, ...rest: unknown[]): boolean {
      if (!data.startsWith('\x1b[?') && data !== '' && data !== '\n') screen.setFrame(data);
      const done = rest.find(one => typeof one === 'function') as (() => void) | undefined;
      if (done) setImmediate(done);
      return true;
    },
  });
  Object.defineProperty(stream, 'columns', {get: () => size().columns});
  Object.defineProperty(stream, 'rows', {get: () => size().rows});
  return stream as unknown as NodeJS.WriteStream;
}

/** Stands for stdin: what the router does not hand to a terminal. Raw mode is not Ink's business here. */
export function inkStdin(): NodeJS.ReadStream & PassThrough {
  const stream = new PassThrough();
  return Object.assign(stream, {
    isTTY: true,
    setRawMode: () => stream,
    ref: () => stream,
    unref: () => stream,
  }) as unknown as NodeJS.ReadStream & PassThrough;
}
