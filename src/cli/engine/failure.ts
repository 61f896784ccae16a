/** Failures of `glassbox engine`: as other commands', with Docker's exit statuses where a program was to be run. */
import {CliFailure, EXIT} from '../failure.ts';

/** Of `run` and `exec`, as Docker has them; below 125 it is the program's own status. */
export const RUN_EXIT = {engine: 125, notRunnable: 126, notFound: 127} as const;

/** A wrong option or argument: what was expected, what came. `params` as the words have them. */
export function wrong(code: string, params: Record<string, string | number> = {}): CliFailure {
  return new CliFailure(EXIT.usage, `engine.${code}`, params);
}

/** Something cannot be done now. */
export function cannot(code: string, params: Record<string, string | number> = {}): CliFailure {
  return new CliFailure(EXIT.failed, `engine.${code}`, params);
}
