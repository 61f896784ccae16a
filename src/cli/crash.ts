/** The last resort for errors: one sentence, a status, and a terminal that still works. */
import {CliFailure, EXIT} from './failure.ts';
import {langOf} from './lang.ts';

/** Says what went wrong on stderr and gives the exit status; never throws. */
export async function onCrash(error: unknown): Promise<number> {
  const lang = langOf(process.argv.slice(2), process.env);
  // The reader of a pipe that went away (head, a pager) is no failure of ours.
  if (isGone(error)) return EXIT.ok;
  const {describe} = await import('./describe.ts');
  const {status, text} = await describe(error, lang);
  try {
    process.stderr.write(`${text}\n`);
  } catch {
    // stderr itself is gone: there is nobody left to tell.
  }
  process.exitCode = status;
  if (!(error instanceof CliFailure)) setTimeout(() => process.exit(status), 500).unref();
  return status;
}

/** True for EPIPE and EIO: whoever read our output has left. */
export function isGone(error: unknown): boolean {
  const code = (error as {code?: unknown} | null)?.code;
  return code === 'EPIPE' || code === 'EIO';
}
