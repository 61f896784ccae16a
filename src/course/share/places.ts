/** Where a demo's sockets are, and how they are found again: folders that nobody else can write. */
import {chmodSync, lstatSync, mkdirSync, readdirSync, rmdirSync, type Stats, unlinkSync} from 'node:fs';
import {connect} from 'node:net';
import path from 'node:path';

export type Audience = 'notes' | 'share';

/** Who asks, and where things are for them; tests have places of their own. */
export interface Places {
  uid: number;
  /** Folders for the speaker's notes, best first. The first that is ours alone is used. */
  notes: string[];
  /** The folder of a demo that this user shares. */
  share: string;
  /** Folders in which others may share a demo. */
  shared(): string[];
}

export interface Found {
  socket: string;
  pid: number;
  /** When the demo began, ms since the epoch. */
  at: number;
}

/** Longest path of a socket, unix(7), with room for a draft's name. */
const PATH_MAX = 100;
const ROOT_SHARE = '/run/glassbox-share';
const USER_SHARE = 'glassbox-share-';

/**
 * The usual places: the runtime folder of the user for the notes (root: /run), and one that all can read for what is shared.
 * GLASSBOX_SOCKETS names a folder to be used in place of all of them.
 */
export function placesOf(env: NodeJS.ProcessEnv = process.env, uid: number = process.getuid?.() ?? 0): Places {
  const own = env.GLASSBOX_SOCKETS;
  if (own?.startsWith('/')) {
    const share = path.join(own, 'glassbox-share');
    return {uid, notes: [path.join(own, 'glassbox-notes')], share, shared: () => [share]};
  }
  const runtime = [env.XDG_RUNTIME_DIR, `/run/user/${uid}`].filter(dir => dir?.startsWith('/') && belongs(dir, uid));
  const last = uid === 0 ? '/run/glassbox-notes' : `/tmp/glassbox-notes-${uid}`;
  return {
    uid,
    notes: [...new Set([...runtime.map(dir => path.join(dir!, 'glassbox-notes')), last])],
    share: uid === 0 ? ROOT_SHARE : `/tmp/${USER_SHARE}${uid}`,
    shared: () => [ROOT_SHARE, ...names('/tmp').flatMap(userShare)],
  };
}

/**
 * Makes a folder that only `uid` can write, and for the notes enter.
 * @returns why it cannot be used: a code of errno(3), or 'symlink' | 'owner' | 'long'
 */
export function claimFolder(folder: string, uid: number, audience: Audience): string | undefined {
  if (folder.length > PATH_MAX - '4194304.sock'.length) return 'long';
  const mode = audience === 'notes' ? 0o700 : 0o755;
  try {
    mkdirSync(folder, {mode});
    chmodSync(folder, mode); // whatever the umask left of it
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') return code ?? 'EIO';
  }
  return whyNot(folder, uid, audience);
}

function whyNot(folder: string, uid: number, audience: Audience): string | undefined {
  const stat = lstatSync(folder, {throwIfNoEntry: false});
  if (!stat) return 'ENOENT';
  if (stat.isSymbolicLink()) return 'symlink';
  if (!stat.isDirectory()) return 'ENOTDIR';
  const open = audience === 'notes' ? 0o077 : 0o022;
  return stat.uid === uid && (stat.mode & open) === 0 ? undefined : 'owner';
}

/** Sockets of demos that may be alive, newest first. Those in a folder that somebody else can write do not count. */
export function findSockets(places: Places, audience: Audience): Found[] {
  const folders = audience === 'notes' ? places.notes : [...new Set([places.share, ...places.shared()])];
  return folders
    .filter(folder => {
      const owner = audience === 'notes' ? places.uid : (stat(folder)?.uid ?? -1);
      return whyNot(folder, owner, audience) === undefined;
    })
    .flatMap(sockets)
    .sort((a, b) => b.at - a.at || b.pid - a.pid);
}

/** Removes sockets at which nobody listens any more: their demo was killed. */
export async function sweepFolder(folder: string): Promise<void> {
  await Promise.all(
    sockets(folder).map(async ({socket}) => {
      if (await refused(socket)) remove(socket);
    }),
  );
}

export function remove(socket: string): void {
  try {
    unlinkSync(socket);
  } catch {
    // Gone already, or the folder is no longer ours: either way nothing of ours is left.
  }
}

/** Removes a folder in which no demo is left. */
export function dropFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // ENOTEMPTY: another demo runs.
  }
}

function sockets(folder: string): Found[] {
  return names(folder).flatMap(name => {
    const pid = Number(/^(\d+)\.sock$/.exec(name)?.[1]);
    const socket = path.join(folder, name);
    const found = pid > 0 ? stat(socket) : undefined;
    return found?.isSocket() ? [{socket, pid, at: found.mtimeMs}] : [];
  });
}

/** A folder of /tmp counts if it is owned by the user it is named after. */
function userShare(name: string): string[] {
  const uid = Number(name.startsWith(USER_SHARE) ? name.slice(USER_SHARE.length) : Number.NaN);
  const folder = path.join('/tmp', name);
  return Number.isInteger(uid) && belongs(folder, uid) ? [folder] : [];
}

function belongs(folder: string, uid: number): boolean {
  const found = stat(folder);
  return found?.isDirectory() === true && found.uid === uid;
}

function stat(file: string): Stats | undefined {
  try {
    return lstatSync(file, {throwIfNoEntry: false});
  } catch {
    return undefined;
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** True only where the kernel says that nobody listens: a socket gets its name when somebody already does. */
function refused(socket: string): Promise<boolean> {
  return new Promise(resolve => {
    const probe = connect(socket);
    probe.on('connect', () => {
      probe.destroy();
      resolve(false);
    });
    probe.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'));
  });
}
