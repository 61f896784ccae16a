/** Namespaces: new, the runtime’s own, by path; maps, clocks, settings. */
import type {NamespaceType} from '../../../../src/engine/types.ts';
import {type Case, maps, ranges, shown, spec, user} from './spec.ts';

export const namespaces: Case[] = [
  ...(['pid', 'ipc', 'uts', 'network', 'cgroup'] as const).map(
    (type): Case => ({
      name: `without a namespace of its own: ${type}`,
      spec: spec({without: [type]}),
      shows: {[`ns.${type === 'network' ? 'net' : type}`]: 'outer'},
    }),
  ),
  {
    name: 'a user namespace with one range',
    spec: spec({...user, linux: {uidMappings: maps, gidMappings: maps}}),
    shows: {'ns.user': 'new', 'setgroups.0': 'allow', 'uid_map.0': '         0     100000      65536'},
    differs: shown,
  },
  {
    name: 'a user namespace with several ranges',
    spec: spec({
      ...user,
      process: {user: {uid: 1000, gid: 1000, additionalGids: [5]}},
      linux: {uidMappings: ranges, gidMappings: ranges},
    }),
    shows: {'uid_map.1': '      1000     201000          1', uid: '1000 1000 1000'},
    differs: shown,
  },
  {
    name: 'a user namespace where root of the host is root',
    spec: spec({
      ...user,
      linux: {
        uidMappings: [{containerID: 0, hostID: 0, size: 4294967295}],
        gidMappings: [{containerID: 0, hostID: 0, size: 4294967295}],
      },
    }),
    shows: {'ns.user': 'new'},
    differs: shown,
  },
  {
    name: 'a time namespace',
    spec: spec({
      and: [{type: 'time'}],
      linux: {timeOffsets: {boottime: {secs: 100 * 86400}, monotonic: {secs: 5, nanosecs: 6}}},
    }),
    shows: {'ns.time': 'new'},
    since: [1, 9],
  },
  {
    name: 'settings of its namespaces',
    spec: spec({
      linux: {
        sysctl: {
          'net.ipv4.ip_forward': '1',
          'net.ipv4.ip_unprivileged_port_start': '80',
          'kernel.msgmax': '12345',
          'kernel.sem': '250 32000 100 128',
          'fs.mqueue.msg_max': '7',
        },
      },
    }),
    shows: {'sysctl.forward.0': '1', 'sysctl.msgmax.0': '12345', 'sysctl.mqueue.0': '7', 'sysctl.ports.0': '80'},
  },
];

/** Namespaces by path: `path` gives the file of each, of a process that has its own. */
export const joining = (path: (type: NamespaceType) => string): Case[] => [
  ...(['network', 'uts', 'ipc'] as const).map(
    (type): Case => ({
      name: `a namespace by its path: ${type}`,
      spec: spec({without: [type], and: [{type, path: path(type)}]}),
      shows: {[`ns.${type === 'network' ? 'net' : type}`]: 'joined'},
    }),
  ),
  {
    name: 'a namespace by its path: pid',
    spec: spec({without: ['pid'], and: [{type: 'pid', path: path('pid')}]}),
    shows: {'ns.pid': 'joined'},
  },
];
