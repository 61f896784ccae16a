/** Where containers of `glassbox engine` are found again: a folder that this user alone may enter. */
import {chmodSync, lstatSync, mkdirSync, type Stats} from 'node:fs';
import path from 'node:path';
import {cannot} from './failure.ts';

const NAME = 'glassbox-engine';
/** unix(7): 108 bytes, with room for "/ID.sock". */
const LONGEST = 88;

/** Undefined: it is not there, or behind what we may not enter. */
function statOf(file: string): Stats | undefined {
  try {
    return lstatSync(file);
  } catch {
    return undefined;
  }
}

/**
 * Root: /run/glassbox-engine; others: their runtime folder, or one of their own in /tmp. GLASSBOX_SOCKETS names a folder
 * to be used in place of these.
 */
export function enginePlace(env: NodeJS.ProcessEnv = process.env, uid: number = process.getuid?.() ?? 0): string {
  const own = env.GLASSBOX_SOCKETS;
  if (own?.startsWith('/')) return path.join(own, NAME);
  if (uid === 0) return `/run/${NAME}`;
  const runtime = env.XDG_RUNTIME_DIR;
  const usable = runtime?.startsWith('/') && statOf(runtime)?.uid === uid;
  return usable ? path.join(runtime!, NAME) : `/tmp/${NAME}-${uid}`;
}

/** Makes the folder where it is missing. Throws where it cannot be trusted: somebody else's, a link, open to others. */
export function claimPlace(place: string): void {
  const bad = (why: string): never => {
    throw cannot('place', {folder: place, why});
  };
  if (place.length > LONGEST) bad('ENAMETOOLONG');
  try {
    mkdirSync(place, {mode: 0o700});
    chmodSync(place, 0o700); // whatever the umask left of it
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') bad(code ?? 'EIO');
  }
  if (!isOurs(place)) bad('EPERM');
}

/** Whether the folder is there, and ours alone. */
export function isOurs(place: string): boolean {
  const stat = statOf(place);
  return stat?.isDirectory() === true && stat.uid === process.getuid?.() && (stat.mode & 0o077) === 0;
}
