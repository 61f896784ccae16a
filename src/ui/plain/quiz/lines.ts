/** Where a quiz's answers come from, opened before there is a quiz: nobody begins one that nobody takes. */
import {setTimeout as delay} from 'node:timers/promises';
import {LineInput} from '../input.ts';

const FIRST_LINE_MS = 1000;

export interface LineSource {
  readonly input: LineInput;
  /** Aborted: whoever answers has left. */
  readonly leave: AbortController;
  /** False: the input has ended without a line. A pipe that says nothing for a second waits to be asked. */
  any(): Promise<boolean>;
  close(): void;
}

export function openLines(stdin: NodeJS.ReadStream): LineSource {
  const leave = new AbortController();
  const input = new LineInput(stdin, leave.signal);
  return {input, leave, any: () => any(input), close: () => input.close()};
}

async function any(input: LineInput): Promise<boolean> {
  const wait = new AbortController();
  await Promise.race([input.any(), delay(FIRST_LINE_MS, undefined, {signal: wait.signal}).catch(() => {})]);
  wait.abort();
  return input.count > 0 || !input.ended;
}
