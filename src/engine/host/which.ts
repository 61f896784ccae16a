/** Programs on a PATH. */
import {accessSync, constants, statSync} from 'node:fs';
import {isAbsolute, join} from 'node:path';

/** First executable file of that name in the absolute directories of `path`; undefined: there is none. */
export function which(program: string, path: string): string | undefined {
  for (const directory of path.split(':')) {
    if (!isAbsolute(directory)) continue;
    const file = join(directory, program);
    try {
      accessSync(file, constants.X_OK);
      if (statSync(file).isFile()) return file;
    } catch {
      // Not in this one.
    }
  }
  return undefined;
}
