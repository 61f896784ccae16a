/** A Debian with systemd as its first process, for guests: made once by mmdebstrap, kept in the cache, used read-only. */
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, mkdtempSync, renameSync, rmSync} from 'node:fs';
import {homedir} from 'node:os';
import path from 'node:path';
import {$} from 'zx';
import {NoGuest, onPath} from './needs.ts';

const SUITE = 'bookworm';
/** systemd with logins and buses for users, and the labs' tools. */
const PACKAGES =
  'systemd-sysv dbus dbus-user-session libpam-systemd procps psmisc hostname iproute2 iputils-ping util-linux mount login ' +
  'passwd uidmap kmod libcap2-bin perl-base';
/** The ordinary user of tests in this guest. */
export const STUDENT = {name: 'student', uid: 1000} as const;

/** Runs inside the new root, in order. */
const SETTLE = [
  `chroot "$1" useradd --create-home --shell /bin/bash --uid ${STUDENT.uid} ${STUDENT.name}`,
  // Without one, systemd takes each start for the first.
  'echo 0123456789abcdef0123456789abcdef >"$1/etc/machine-id"',
  'rm -rf "$1/var/cache/apt" "$1/var/lib/apt/lists"',
];

/** What a start of a few seconds can do without: consoles for people, and everything that runs by the clock. */
export const MASKED = [
  ...['getty@tty1.service', 'serial-getty@ttyS0.service', 'systemd-timesyncd.service', 'systemd-random-seed.service'],
  ...['apt-daily.timer', 'apt-daily-upgrade.timer', 'dpkg-db-backup.timer', 'e2scrub_all.timer', 'fstrim.timer'],
];

/**
 * The folder with that root: GLASSBOX_VM_SYSTEMD, or the one in the cache below XDG_CACHE_HOME, made now where it is not
 * there yet (a minute, from Debian's mirror).
 * @throws NoGuest where it cannot be had
 */
export async function systemdRoot(): Promise<string> {
  const given = process.env.GLASSBOX_VM_SYSTEMD;
  if (given) return isRoot(given) ? given : fail(`GLASSBOX_VM_SYSTEMD=${given} holds no lib/systemd/systemd`);
  const recipe = createHash('sha256')
    .update([SUITE, PACKAGES, ...SETTLE].join('\n'))
    .digest('hex')
    .slice(0, 12);
  const cache = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'glassbox', 'systemd');
  const place = path.join(cache, `${SUITE}-${recipe}`);
  return isRoot(place) ? place : make(cache, place);
}

const isRoot = (folder: string): boolean => existsSync(path.join(folder, 'lib/systemd/systemd'));

/** Made beside its place and moved there in one go, so that two at a time or one that is ended do no harm. */
async function make(cache: string, place: string): Promise<string> {
  const mmdebstrap = onPath('mmdebstrap');
  if (!mmdebstrap) return fail('missing: mmdebstrap; as root, "sh scripts/setup.sh --vm" installs it');
  mkdirSync(cache, {recursive: true});
  const draft = mkdtempSync(path.join(cache, '.draft-'));
  const root = path.join(draft, 'root');
  try {
    const words = [
      ...['--variant=minbase', `--include=${PACKAGES.replaceAll(' ', ',')}`],
      ...SETTLE.map(command => `--customize-hook=${command}`),
    ];
    const made = await $({nothrow: true, quiet: true})`${mmdebstrap} ${words} ${SUITE} ${root}`;
    if (made.exitCode !== 0) return fail(`mmdebstrap made no ${SUITE}: ${made.stderr.trim().slice(-600)}`);
    try {
      renameSync(root, place);
    } catch (error) {
      if (!isRoot(place)) throw error; // another one was first
    }
    return place;
  } finally {
    rmSync(draft, {recursive: true, force: true});
  }
}

function fail(why: string): never {
  throw new NoGuest(why);
}
