import {readFileSync} from 'node:fs';

/** The text of a file; undefined: it is not there (any more), or not for us. */
export function slurp(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
