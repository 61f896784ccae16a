/** Where a quiz's answers come from, opened before there is a quiz: nobody begins one that nobody takes. */
import {LineInput} from '../input.ts';

export interface LineSource {
  readonly input: LineInput;
  /** Aborted: whoever answers has left. */
  readonly leave: AbortController;
  /** Waits for the first line. @returns whether there is one */
  any(): Promise<boolean>;
  close(): void;
}

export function openLines(stdin: NodeJS.ReadStream): LineSource {
  const leave = new AbortController();
  const input = new LineInput(stdin, leave.signal);
  return {input, leave, any: () => input.any(), close: () => input.close()};
}
