/** The one table of facts: what can be asked of a side, of which type, and where the kernel says so. */
import type {FactRow} from '../types.ts';

const ns = (name: string, what: string): FactRow => ({
  path: `ns.${name}`,
  type: 'int',
  source: `inode of /proc/PID/ns/${name}: ${what}, namespaces(7)`,
});

const caps = (name: string, field: string): FactRow => ({
  path: `caps.${name}`,
  type: 'list<string>',
  source: `${field} of /proc/PID/status, capabilities(7)`,
});

/**
 * Every fact of a side, below `host.` or a container's id. The subject of a container's facts is its first process; that
 * of the host's facts is the keeper, the process under which everything on the stage runs. Numbers of processes and users
 * are the machine's unless the row says otherwise. A fact that this kernel doesn't have is absent from a sample.
 */
export const factTable: readonly FactRow[] = [
  {path: 'hostname', type: 'string', source: 'uname(2), nodename, asked inside the UTS namespace; uts_namespaces(7)'},
  {
    path: 'domainname',
    type: 'string',
    source: 'uname(2), domainname, asked inside the UTS namespace; uts_namespaces(7)',
  },
  {path: 'kernel', type: 'string', source: 'uname(2), release'},
  ns('cgroup', 'cgroup_namespaces(7)'),
  ns('ipc', 'ipc_namespaces(7)'),
  ns('mnt', 'mount_namespaces(7)'),
  ns('net', 'network_namespaces(7)'),
  ns('pid', 'pid_namespaces(7)'),
  ns('pid_for_children', 'where its children will be, pid_namespaces(7)'),
  ns('time', 'time_namespaces(7)'),
  ns('time_for_children', 'where its children will be, time_namespaces(7)'),
  ns('user', 'user_namespaces(7)'),
  ns('uts', 'uts_namespaces(7)'),
  {path: 'pid', type: 'int', source: 'the directory /proc/PID, proc(5)'},
  {
    path: 'nspid',
    type: 'int',
    source: 'last number of NSpid in /proc/PID/status: its PID in its own namespace, proc(5)',
  },
  {path: 'nspids', type: 'list<int>', source: 'NSpid of /proc/PID/status, from the machine inwards, proc(5)'},
  {path: 'ppid', type: 'int', source: 'field 4 of /proc/PID/stat, proc(5)'},
  {path: 'pgid', type: 'int', source: 'field 5 (pgrp) of /proc/PID/stat, proc(5)'},
  {path: 'sid', type: 'int', source: 'field 6 (session) of /proc/PID/stat, proc(5)'},
  {path: 'comm', type: 'string', source: 'field 2 of /proc/PID/stat, proc(5)'},
  {path: 'exe', type: 'string', source: 'link /proc/PID/exe, proc(5)'},
  {path: 'cwd', type: 'string', source: 'link /proc/PID/cwd, proc(5)'},
  {path: 'root', type: 'string', source: 'link /proc/PID/root, proc(5)'},
  {path: 'uid', type: 'int', source: 'second number (effective) of Uid in /proc/PID/status, proc(5)'},
  {path: 'gid', type: 'int', source: 'second number (effective) of Gid in /proc/PID/status, proc(5)'},
  {path: 'groups', type: 'list<int>', source: 'Groups of /proc/PID/status, proc(5)'},
  {path: 'uid_map', type: 'string', source: '/proc/PID/uid_map, one space between numbers, user_namespaces(7)'},
  {path: 'gid_map', type: 'string', source: '/proc/PID/gid_map, one space between numbers, user_namespaces(7)'},
  {path: 'setgroups', type: 'string', source: '/proc/PID/setgroups, user_namespaces(7)'},
  caps('inheritable', 'CapInh'),
  caps('permitted', 'CapPrm'),
  caps('effective', 'CapEff'),
  caps('bounding', 'CapBnd'),
  caps('ambient', 'CapAmb'),
  {path: 'no_new_privs', type: 'bool', source: 'NoNewPrivs of /proc/PID/status, PR_SET_NO_NEW_PRIVS(2const)'},
  {path: 'seccomp', type: 'int', source: 'Seccomp of /proc/PID/status: 0 off, 1 strict, 2 filter; proc(5)'},
  {path: 'timens.monotonic', type: 'int', source: 'seconds in /proc/PID/timens_offsets, time_namespaces(7)'},
  {path: 'timens.boottime', type: 'int', source: 'seconds in /proc/PID/timens_offsets, time_namespaces(7)'},
];
