/** Who the process is: maps of a user namespace, and user and group ids. */
import {AT_FDCWD, O} from '../flags.ts';
import type {ContainerSpec, IdMapping, ProcessSpec} from '../types.ts';
import type {Namespaces} from './namespaces.ts';
import type {BufferSpec, Op} from './types.ts';

/** The host's id of an id inside; undefined where it is not mapped. */
export function hostId(maps: readonly IdMapping[], id: number): number | undefined {
  const map = maps.find(m => id >= m.containerID && id < m.containerID + m.size);
  return map && map.hostID + (id - map.containerID);
}

const mapText = (maps: readonly IdMapping[]): string =>
  maps.map(m => `${m.containerID} ${m.hostID} ${m.size}\n`).join('');

function writeFile(dir: string, name: string, text: string, purpose: string): Op[] {
  const file = `${dir}.${name}`;
  return [
    {call: 'openat', args: [{slot: dir}, name, O.O_WRONLY | O.O_CLOEXEC, 0], purpose, as: file, fd: true},
    {call: 'write', args: [{slot: file}, text, Buffer.byteLength(text)], purpose},
  ];
}

/** The regions that writeMaps uses. */
export const mapBuffers = (): Record<string, BufferSpec> => {
  const path = Buffer.alloc(40);
  path.write('/proc/');
  return {'proc.path': {bytes: path}};
};

/** In the parent, before the child goes on as somebody of that namespace: user_namespaces(7), /proc/PID/uid_map and gid_map. */
export function writeMaps(linux: NonNullable<ContainerSpec['linux']>): Op[] {
  if (!linux.uidMappings?.length && !linux.gidMappings?.length) return [];
  const ops: Op[] = [
    {call: 'FORMAT', args: [{buffer: 'proc.path', offset: 6}, {slot: 'pid'}], purpose: 'user.map'},
    {
      call: 'openat',
      args: [AT_FDCWD, {buffer: 'proc.path'}, O.O_DIRECTORY | O.O_CLOEXEC, 0],
      purpose: 'user.map',
      as: 'proc',
      fd: true,
    },
  ];
  if (linux.uidMappings?.length) ops.push(...writeFile('proc', 'uid_map', mapText(linux.uidMappings), 'user.uid-map'));
  if (linux.gidMappings?.length) ops.push(...writeFile('proc', 'gid_map', mapText(linux.gidMappings), 'user.gid-map'));
  return ops;
}

const setIds = (uid: number, gid: number, purpose: string): Op[] => [
  // The group first: a user who is nobody may no longer change it.
  {call: 'setresgid', args: [gid, gid, gid], purpose},
  {call: 'setresuid', args: [uid, uid, uid], purpose},
];

function groupList(gids: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * gids.length);
  gids.forEach((gid, i) => {
    bytes.writeUInt32LE(gid, 4 * i);
  });
  return bytes;
}

export interface IdOps {
  /** As soon as the maps are there: root inside, so that files it makes have an owner. */
  first: Op[];
  /** Right before the program: the user who is to run it. */
  last: Op[];
  /** Host ids that the process ends up with, where they are not the keeper's. */
  owner?: {uid: number; gid: number};
}

/**
 * `mayGroups`: setgroups(2) is possible (not so in the user namespace of an ordinary user's stage). A process in a new
 * user namespace without maps stays who it is: the overflow user, 65534.
 */
export function planIds(spec: ContainerSpec, process: ProcessSpec, spaces: Namespaces, mayGroups: boolean): IdOps {
  const uids = spec.linux?.uidMappings ?? [];
  const gids = spec.linux?.gidMappings ?? [];
  const inUser = spaces.fresh.has('user') || spaces.joined.has('user');
  const rootMapped = spaces.joined.has('user') || (hostId(uids, 0) !== undefined && hostId(gids, 0) !== undefined);
  const user = process.user;
  const ops: IdOps = {first: [], last: []};
  if (inUser && rootMapped) ops.first.push(...setIds(0, 0, 'user.root-inside'));
  if (user?.additionalGids?.length || (user && user.uid !== 0 && mayGroups)) {
    const list = user.additionalGids ?? [];
    ops.last.push({call: 'setgroups', args: [list.length, groupList(list)], purpose: 'user.groups'});
  }
  const changes = user && (user.uid !== 0 || user.gid !== 0 || (inUser && !rootMapped));
  if (changes) ops.last.push(...setIds(user.uid, user.gid, 'user.become'));
  const uid = user?.uid ?? 0;
  const gid = user?.gid ?? 0;
  // In a user namespace whose maps are not ours to know, nobody can say.
  const owner = uids.length > 0 ? {uid: hostId(uids, uid) ?? 0, gid: hostId(gids, gid) ?? 0} : {uid, gid};
  if (inUser && uids.length === 0) return ops;
  if (owner.uid !== 0 || owner.gid !== 0) ops.owner = owner;
  return ops;
}
