/** The plan that makes a keeper's own process the stage, and the plan that undoes what of it outlives the keeper. */
import {planStageGroups, planStageView} from '../cgroup/plan.ts';
import type {StageGroups} from '../cgroup/trees.ts';
import {AT, AT_FDCWD, CLONE, IOCTL, MNT, MS, O} from '../flags.ts';
import type {Op, Plan} from './types.ts';

/** Whose ids a file of /proc/PID maps. */
export type MapKind = 'uid' | 'gid';

export interface StageInput {
  kind: 'private' | 'real-host';
  /** A folder that does not exist yet; its parent does. */
  dir: string;
  /** Set on the private stage where given. */
  hostname?: string;
  /** An ordinary user, who gets the stage inside a user namespace as its root. Undefined: root. */
  user?: {uid: number; gid: number};
  /** The stage's cgroups, where it gets any. */
  groups?: StageGroups;
}

const spaces = CLONE.CLONE_NEWUTS | CLONE.CLONE_NEWIPC | CLONE.CLONE_NEWNS | CLONE.CLONE_NEWNET | CLONE.CLONE_NEWCGROUP;

function writeFile(path: string, text: string, purpose: string): Op[] {
  return [
    {call: 'openat', args: [AT_FDCWD, path, O.O_WRONLY | O.O_CLOEXEC, 0], purpose, as: purpose, fd: true},
    {call: 'write', args: [{slot: purpose}, text, Buffer.byteLength(text)], purpose},
    {call: 'close', args: [{slot: purpose}], purpose},
  ];
}

const newUser: Op = {call: 'unshare', args: [CLONE.CLONE_NEWUSER], purpose: 'stage.user'};

/** user_namespaces(7): an ordinary user may map the own ids, the group once setgroups(2) is given up. */
function ownMaps({uid, gid}: {uid: number; gid: number}, kinds: readonly MapKind[]): Op[] {
  const uids = writeFile('/proc/self/uid_map', `0 ${uid} 1\n`, 'stage.user.uid-map');
  const gids = [
    ...writeFile('/proc/self/setgroups', 'deny', 'stage.user.no-groups'),
    ...writeFile('/proc/self/gid_map', `0 ${gid} 1\n`, 'stage.user.gid-map'),
  ];
  return [...(kinds.includes('uid') ? uids : []), ...(kinds.includes('gid') ? gids : [])];
}

/** netdevice(7): the loopback interface of a new network namespace is down. */
function loopbackUp(): Op[] {
  const request = Buffer.alloc(40);
  request.write('lo');
  request.writeUInt16LE(0x1 | 0x40, 16); // IFF_UP | IFF_RUNNING
  const AF_INET = 2;
  const SOCK_DGRAM = 2;
  return [
    {
      call: 'socket',
      args: [AF_INET, SOCK_DGRAM | O.O_CLOEXEC, 0],
      purpose: 'stage.loopback',
      as: 'inet',
      fd: true,
    },
    {call: 'ioctl', args: [{slot: 'inet'}, IOCTL.SIOCSIFFLAGS, request], purpose: 'stage.loopback'},
  ];
}

/** Every call that builds the stage, in the keeper itself. */
export function planStage(input: StageInput): Plan {
  return {main: [...planStageBegin(input).main, ...planStageEnd(input, ['uid', 'gid']).main]};
}

/** What comes before the user namespace's maps are written, which newuidmap(1) may do better than the keeper. */
export function planStageBegin({kind, dir, user, groups}: StageInput): Plan {
  const main: Op[] = [{call: 'mkdirat', args: [AT_FDCWD, dir, 0o755], purpose: 'stage.folder'}];
  if (groups) main.push(...planStageGroups(groups));
  if (kind === 'private' && user) main.push(newUser);
  return {main};
}

/** The rest; `unmapped`: the maps that nobody has written yet. */
export function planStageEnd({kind, dir, hostname, user, groups}: StageInput, unmapped: readonly MapKind[]): Plan {
  const isPrivate = kind === 'private';
  const main: Op[] = [];
  if (isPrivate) {
    if (user) main.push(...ownMaps(user, unmapped));
    main.push(
      {call: 'unshare', args: [spaces], purpose: 'stage.unshare'},
      {call: 'mount', args: [null, '/', null, MS.MS_REC | MS.MS_PRIVATE, null], purpose: 'stage.mounts-private'},
      ...loopbackUp(),
    );
  }
  if (groups) main.push(...planStageView(groups, isPrivate));
  // An ordinary user can't mount on the machine itself: there the folder stays a folder.
  if (isPrivate || !user) {
    const flags = MS.MS_NOSUID | MS.MS_NODEV;
    main.push({call: 'mount', args: ['glassbox', dir, 'tmpfs', flags, 'mode=755,size=64m'], purpose: 'stage.tmpfs'});
  }
  if (isPrivate && hostname !== undefined) {
    main.push({call: 'sethostname', args: [hostname, Buffer.byteLength(hostname)], purpose: 'stage.hostname'});
  }
  return {main};
}

/**
 * Undoes what is left on the machine. It bears to be run twice, and half-way: the ledger's file goes only when the rest
 * is gone, so that the next start tries again. `first` undoes what else there is.
 */
export function planStageUndo(dir: string, ledgerFile: string, parent: string, first: readonly Op[] = []): Plan {
  const purpose = 'undo.stage-folder';
  return {
    main: [
      ...first,
      {call: 'umount2', args: [dir, MNT.MNT_DETACH], purpose, tolerate: 'any'},
      {call: 'unlinkat', args: [AT_FDCWD, dir, AT.AT_REMOVEDIR], purpose, tolerate: 'ENOENT'},
      {call: 'unlinkat', args: [AT_FDCWD, ledgerFile, 0], purpose: 'undo.ledger', tolerate: 'ENOENT'},
      // Only the last session's goes: the others' is not empty.
      {call: 'unlinkat', args: [AT_FDCWD, parent, AT.AT_REMOVEDIR], purpose: 'undo.ledger', tolerate: 'any'},
    ],
  };
}
