/** Output that respects a slow or vanished reader. */
import {once} from 'node:events';
import type {Context} from './failure.ts';

/** Writes a line; waits while the pipe is full. Rejects with EPIPE when the reader has left. */
export async function print({stdout}: Pick<Context, 'stdout'>, line: string): Promise<void> {
  if (!stdout.write(`${line}\n`)) await once(stdout, 'drain');
}
