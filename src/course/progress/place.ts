/** Where the program may remember things: the XDG folders, under sudo the student's own. */
import {chownSync, mkdirSync, readFileSync, realpathSync, statSync} from 'node:fs';
import {homedir} from 'node:os';
import {dirname, join} from 'node:path';

export interface Place {
  /** …/glassbox; it may not exist yet. */
  dir: string;
  /** Whom the files are to belong to, where that is not the caller. */
  owner?: {uid: number; gid: number};
}

/**
 * The folder for progress and spools (XDG Base Directory Specification: XDG_STATE_HOME, else ~/.local/state). Under sudo
 * it is the home of the one who called sudo, and what is made there is theirs.
 */
export function statePlace(env: NodeJS.ProcessEnv = process.env, uid = process.getuid?.() ?? 0): Place {
  return xdgPlace(env, uid, 'XDG_STATE_HOME', '.local/state');
}

/** The folder of the settings file: XDG_CONFIG_HOME, else ~/.config; under sudo as statePlace(). */
export function configPlace(env: NodeJS.ProcessEnv = process.env, uid = process.getuid?.() ?? 0): Place {
  return xdgPlace(env, uid, 'XDG_CONFIG_HOME', '.config');
}

function xdgPlace(env: NodeJS.ProcessEnv, uid: number, variable: string, inHome: string): Place {
  const student = uid === 0 ? sudoUser(env) : undefined;
  const owner = student && {uid: student.uid, gid: student.gid};
  const base = env[variable]?.startsWith('/') ? env[variable] : undefined;
  const home = student?.home ?? (env.HOME?.startsWith('/') ? env.HOME : homedir());
  return {dir: join(base ?? join(home, inHome), 'glassbox'), owner};
}

function sudoUser(env: NodeJS.ProcessEnv): {uid: number; gid: number; home: string} | undefined {
  const uid = Number(env.SUDO_UID);
  const gid = Number(env.SUDO_GID);
  if (!env.SUDO_USER || !Number.isInteger(uid) || !Number.isInteger(gid) || uid === 0) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(text => text.split(':'))
    .find(fields => fields[0] === env.SUDO_USER && Number(fields[2]) === uid);
  return line?.[5] ? {uid, gid, home: line[5]} : undefined;
}

/**
 * Makes the folder (0700), each new part of the path belonging to the owner.
 * @throws Error where root would write through a link into a folder that is not the student's, or mkdir(2) fails
 */
export function makePlace({dir, owner}: Place): void {
  const first = mkdirSync(dir, {recursive: true, mode: 0o700});
  if (!owner) return;
  for (let made = first ? dir : ''; made; made = made === first ? '' : dirname(made)) {
    chownSync(made, owner.uid, owner.gid);
  }
  const real = realpathSync(dir);
  if (statSync(real).uid !== owner.uid) throw new Error(`${real}: not owned by uid ${owner.uid}`);
}
