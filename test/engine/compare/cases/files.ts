/** Root, mounts, devices, what is hidden. */
import {bind, type Case, maps, pts, shown, spec, stays, tighter, tmpfs, user} from './spec.ts';

export const files: Case[] = [
  {
    name: 'a read-only root',
    spec: spec({rest: {root: {path: '', readonly: true}}}),
    shows: {'mkdir /x': 'EROFS', 'mkdir /tmp/x': 'EROFS'},
  },
  {
    name: 'a read-only root with a tmpfs in it',
    spec: spec({rest: {root: {path: '', readonly: true}}, mounts: [tmpfs('mode=1777')]}),
    shows: {'mkdir /data/x': 'ok', 'mkdir /tmp/x': 'EROFS'},
  },
  {
    name: 'tmpfs with size, mode and flags',
    spec: spec({mounts: [tmpfs('nosuid', 'nodev', 'noexec', 'noatime', 'size=1m', 'mode=1750')]}),
    shows: {'may run /data/program': 'EACCES', '/data/.': '041750 0:0'},
  },
  {
    name: 'tmpfs of another user',
    spec: spec({mounts: [tmpfs('uid=33', 'gid=44', 'mode=700')]}),
    shows: {'/data/.': '040700 33:44'},
  },
  {name: 'a bind mount', spec: spec({mounts: [bind('bind')]}), shows: {'data.0': 'srv/file', 'mkdir /data/x': 'ok'}},
  {
    name: 'a read-only bind mount',
    spec: spec({mounts: [bind('bind', 'ro')]}),
    shows: {'data.0': 'srv/file', 'mkdir /data/x': 'EROFS'},
  },
  {
    name: 'a bind mount with flags',
    spec: spec({mounts: [bind('rbind', 'nosuid', 'nodev', 'noexec')]}),
    shows: {'may run /data/program': 'EACCES'},
  },
  {
    name: 'a bind mount of a file',
    spec: spec({mounts: [{destination: '/etc/bound', type: 'bind', source: 'ROOT/srv/file', options: ['bind', 'ro']}]}),
    shows: {'bound.0': 'srv/file'},
  },
  {
    name: 'recursively read-only',
    spec: spec({
      mounts: [
        bind('rbind'),
        {destination: '/data/sub', type: 'tmpfs', source: 'tmpfs'},
        {destination: '/ro', type: 'bind', source: 'ROOT/srv', options: ['rbind', 'rro']},
      ],
    }),
    shows: {'mkdir /ro/x': 'EROFS'},
  },
  ...(['private', 'slave', 'shared', 'unbindable'] as const).map(
    (way): Case => ({
      name: `propagation of a mount: ${way}`,
      spec: spec({mounts: [bind('rbind', `r${way}`)]}),
      shows: {'data.0': 'srv/file'},
      ...(way === 'shared' || way === 'unbindable' ? {differs: {'mount /data': stays}} : {}),
    }),
  ),
  ...(['private', 'slave', 'shared', 'unbindable'] as const).map(
    (way): Case => ({
      name: `propagation of the root: ${way}`,
      spec: spec({linux: {rootfsPropagation: way}}),
      shows: {'ns.mnt': 'new'},
    }),
  ),
  {
    name: 'masked paths',
    spec: spec({linux: {maskedPaths: ['/data', '/etc/bound', '/proc/sysvipc/shm', '/proc/acpi', '/no/such']}}),
    shows: {
      'mkdir /data/x': 'EROFS',
      data: 'ENOENT',
      masked: 'empty',
      bound: 'empty',
      'mount /data': 'ro,nosuid,nodev,noexec,relatime tmpfs ro,size=4k',
    },
    differs: {'mount /data': tighter, 'mount /proc/acpi': tighter},
  },
  {
    name: 'read-only paths',
    spec: spec({linux: {readonlyPaths: ['/data', '/proc/sys', '/etc/bound', '/no/such']}}),
    shows: {
      'mkdir /data/x': 'EROFS',
      'data.0': 'data/file',
      'write a sysctl': 'EROFS',
      'mount /proc/sys': 'ro,nosuid,nodev,noexec,relatime proc rw',
    },
    differs: {'mount /proc/sys': tighter},
  },
  {
    name: 'masked and read-only in a user namespace',
    spec: spec({
      ...user,
      linux: {uidMappings: maps, gidMappings: maps, maskedPaths: ['/data', '/etc/bound'], readonlyPaths: ['/proc/sys']},
    }),
    shows: {bound: 'empty', 'mount /proc/sys': 'ro,nosuid,nodev,noexec,relatime proc rw'},
    differs: {...shown, 'mount /data': tighter, 'mount /proc/sys': tighter},
  },
  {
    name: 'a device',
    spec: spec({
      linux: {devices: [{type: 'c', path: '/dev/mine', major: 1, minor: 5, fileMode: 0o640, uid: 3, gid: 4}]},
    }),
    shows: {'/dev/mine': '020640 3:4 1:5 open ok'},
  },
  {
    name: 'a device in a folder, a FIFO',
    spec: spec({
      linux: {
        devices: [
          {type: 'c', path: '/dev/deep/down/zero', major: 1, minor: 5, fileMode: 0o666},
          {type: 'p', path: '/dev/pipe', fileMode: 0o600},
        ],
      },
    }),
    shows: {'/dev/pipe': '010600 0:0', '/dev/deep': '040755 0:0'},
  },
  {
    name: 'devices in a user namespace',
    spec: spec({...user, linux: {uidMappings: maps, gidMappings: maps}}),
    shows: {'/dev/null': '020666 65534:65534 1:3 open ok'},
    differs: shown,
  },
  {
    name: 'devpts and mqueue',
    spec: spec({
      mounts: [pts, {destination: '/data', type: 'mqueue', source: 'mqueue', options: ['nosuid', 'noexec', 'nodev']}],
    }),
    shows: {'/dev/ptmx': 'link pts/ptmx', 'mount /data': 'rw,nosuid,nodev,noexec,relatime mqueue rw'},
  },
  {
    name: 'sysfs, read-only',
    spec: spec({
      mounts: [{destination: '/sys', type: 'sysfs', source: 'sysfs', options: ['nosuid', 'noexec', 'nodev', 'ro']}],
    }),
    shows: {'mount /sys': 'ro,nosuid,nodev,noexec,relatime sysfs ro'},
    differs: {'mount /sys': tighter},
  },
];
