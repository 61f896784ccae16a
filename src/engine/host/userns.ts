/** User namespaces of ordinary users: what switches them off, and which ids a user may map (user_namespaces(7)). */
import {statSync} from 'node:fs';
import {userInfo} from 'node:os';
import {slurp} from '../facts/proc.ts';
import type {HostFinding} from '../types.ts';
import {bad, good, partly} from './find.ts';
import {installCure} from './packages.ts';
import {which} from './which.ts';

type Read = (path: string) => string | undefined;

/** What keeps an ordinary user from a user namespace: message code of why, the sysctl setting that opens it. */
export interface Barrier {
  why: 'limit' | 'clone' | 'apparmor';
  setting: string;
}

/**
 * The switch that keeps user namespaces from ordinary users; undefined: none does. Sources: namespaces(7) for the limit,
 * Debian's kernel for unprivileged_userns_clone, Ubuntu's for AppArmor's (a program that runs under a profile of its own is
 * not held back by it).
 */
export function userNamespaceBarrier(read: Read = slurp): Barrier | undefined {
  const value = (file: string) => read(`/proc/sys/${file}`)?.trim();
  const limit = value('user/max_user_namespaces');
  if (limit === '0') return {why: 'limit', setting: 'user.max_user_namespaces=10000'};
  if (value('kernel/unprivileged_userns_clone') === '0') {
    return {why: 'clone', setting: 'kernel.unprivileged_userns_clone=1'};
  }
  const restricted = value('kernel/apparmor_restrict_unprivileged_userns') ?? '0';
  const profile = read('/proc/self/attr/apparmor/current') ?? read('/proc/self/attr/current') ?? 'unconfined';
  if (restricted !== '0' && profile.trim() === 'unconfined') {
    return {why: 'apparmor', setting: 'kernel.apparmor_restrict_unprivileged_userns=0'};
  }
  return undefined;
}

export interface IdRange {
  /** First id on the machine, and how many. */
  start: number;
  count: number;
}

/** Lines "USER:START:COUNT" of /etc/subuid or /etc/subgid (subuid(5)) that belong to one user, by name or number. */
export function parseSubIds(text: string, user: {name: string; uid: number}): IdRange[] {
  return allRanges(text)
    .filter(one => one.owner === user.name || one.owner === String(user.uid))
    .map(({start, count}) => ({start, count}));
}

function allRanges(text: string): (IdRange & {owner: string})[] {
  return text
    .split('\n')
    .map(line => line.trim().split(':'))
    .filter(parts => parts.length === 3 && parts.slice(1).every(part => /^\d+$/.test(part)))
    .map(([owner, start, count]) => ({owner: owner!, start: Number(start), count: Number(count)}))
    .filter(one => one.count > 0);
}

/** First id above everybody's ranges: what usermod(8) may give away. */
export function freeSubId(...texts: string[]): number {
  return Math.max(100_000, ...texts.flatMap(allRanges).map(({start, count}) => start + count));
}

/** What lab 05 and chown(1) want to see in a container: the ids of people and of nobody. */
const wantedIds = 65_536;

export interface SubIds {
  uids: IdRange[];
  gids: IdRange[];
  /** Paths of the helpers that may write such maps, where they are there and have the right to. */
  newuidmap?: string;
  newgidmap?: string;
}

/** What this user may map beside the own id. */
export function readSubIds(path: string, user = whoAmI(), read: Read = slurp): SubIds {
  const newuidmap = helper('newuidmap', path);
  const newgidmap = helper('newgidmap', path);
  return {
    uids: parseSubIds(read('/etc/subuid') ?? '', user),
    gids: parseSubIds(read('/etc/subgid') ?? '', user),
    ...(newuidmap && {newuidmap}),
    ...(newgidmap && {newgidmap}),
  };
}

/** Distributions give it the set-user-ID bit, or the capability CAP_SETUID as an attribute, which only getxattr(2) shows. */
function helper(name: string, path: string): string | undefined {
  const file = which(name, path);
  return file && statSync(file).uid === 0 ? file : undefined;
}

function whoAmI(): {name: string; uid: number} {
  const uid = process.getuid?.() ?? 0;
  try {
    return {uid, name: userInfo().username};
  } catch {
    return {uid, name: String(uid)}; // no entry in /etc/passwd
  }
}

/** Whether a user namespace can have more ids than the one of its owner. Root needs none of this. */
export function subIdsFinding(path: string, root: boolean, user = whoAmI(), read: Read = slurp): HostFinding {
  const id = 'subids';
  if (root) return good(id, 'uid 0', 'host.subids.root');
  const {uids, gids, newuidmap, newgidmap} = readSubIds(path, user, read);
  const most = (ranges: IdRange[]) => Math.max(0, ...ranges.map(one => one.count));
  const count = Math.min(most(uids), most(gids));
  const found = `${user.name}: ${count}`;
  if (!newuidmap || !newgidmap) {
    const {params, cure} = installCure('newuidmap', path, {tool: 'newuidmap', user: user.name});
    return partly(id, found, 'host.subids.no-helper', params, cure);
  }
  if (count >= wantedIds) return good(id, found, 'host.subids.ok', {count});
  const start = freeSubId(read('/etc/subuid') ?? '', read('/etc/subgid') ?? '');
  const range = `${start}-${start + wantedIds - 1}`;
  const command = `usermod --add-subuids ${range} --add-subgids ${range} ${user.name}`;
  return partly(id, found, 'host.subids.none', {user: user.name, command}, 'host.cure.command');
}

/** Whether ordinary users can have labs in a user namespace: for them it decides, for root it is a word about others. */
export function unprivilegedFinding(root: boolean, read: Read = slurp): HostFinding {
  const id = 'unprivileged';
  const barrier = userNamespaceBarrier(read);
  if (!barrier) return good(id, 'CLONE_NEWUSER', root ? 'host.unprivileged.others' : 'host.unprivileged.ok');
  const command = `sysctl -w ${barrier.setting}`;
  const params = {command, setting: barrier.setting};
  const meaning = `host.unprivileged.${barrier.why}`;
  const current = barrier.setting.replace(/=.*/, '');
  const found = `${current}=${read(`/proc/sys/${current.replaceAll('.', '/')}`)?.trim() ?? '?'}`;
  return root
    ? partly(id, found, meaning, params, 'host.cure.sysctl')
    : bad(id, found, meaning, params, 'host.cure.sysctl');
}
