/** The one table of facts: what can be asked of a side, of which type, and where the kernel says so. */
import type {FactRow} from '../types.ts';

const ns = (name: string, what: string): FactRow => ({
  path: `ns.${name}`,
  type: 'int',
  source: `inode of /proc/PID/ns/${name}: ${what}, namespaces(7)`,
});

const ipc = (name: string, type: FactRow['type'], source: string): FactRow => ({
  path: `ipc.${name}`,
  type,
  source: `${source}, asked inside the IPC namespace; ipc_namespaces(7)`,
});

const net = (name: string, type: FactRow['type'], source: string): FactRow => ({path: `net.${name}`, type, source});

const signals = (name: string, field: string): FactRow => ({
  path: `signals.${name}`,
  type: 'list<string>',
  source: `${field} of /proc/PID/status, signal(7)`,
});

const caps = (name: string, field: string): FactRow => ({
  path: `caps.${name}`,
  type: 'list<string>',
  source: `${field} of /proc/PID/status, capabilities(7)`,
});

/**
 * Every fact of a side, below `host.` or a container's id. The subject of a container's facts is its first process; that
 * of the host's facts is the keeper, the process under which everything on the stage runs. Numbers of processes
 * are the machine's unless the row says otherwise; those of users are what the stage's own terminal shows, which are the
 * machine's unless the stage lies in a user namespace. A fact that this kernel doesn't have is absent from a sample.
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
  ipc('queues', 'list<int>', 'ids of message queues, msqid of /proc/sysvipc/msg'),
  ipc('segments', 'list<int>', 'ids of shared memory, shmid of /proc/sysvipc/shm'),
  ipc('semaphores', 'list<int>', 'ids of semaphore sets, semid of /proc/sysvipc/sem'),
  ipc('mqueues', 'list<string>', 'POSIX message queues, names in a mqueue file system (mq_overview(7))'),
  net(
    'devices',
    'list<string>',
    'interfaces by index: RTM_GETLINK of rtnetlink(7), asked inside the network namespace',
  ),
  net('up', 'list<string>', 'those with IFF_UP: RTM_GETLINK of rtnetlink(7)'),
  net('kinds', 'list<string>', '"DEVICE KIND", as in `ip link add … type KIND`: RTM_GETLINK of rtnetlink(7)'),
  net('index', 'map<int>', 'number of each interface: RTM_GETLINK of rtnetlink(7)'),
  net('peer', 'map<int>', 'number of its other end, in that one’s namespace: IFLA_LINK of rtnetlink(7), veth(4)'),
  net('ports', 'list<string>', '"DEVICE on BRIDGE": IFLA_MASTER of rtnetlink(7)'),
  net('addresses', 'list<string>', '"DEVICE ADDRESS/LENGTH", IPv6’s fe80::… left out: RTM_GETADDR of rtnetlink(7)'),
  net('routes', 'list<string>', 'IPv4, "default via GATEWAY dev DEVICE": RTM_GETROUTE of rtnetlink(7)'),
  net('neighbours', 'list<string>', '"ADDRESS dev DEVICE" that have answered: /proc/PID/net/arp, arp(7)'),
  net('echo_requests', 'int', 'pings that came: Icmp InEchos of /proc/PID/net/snmp, proc_pid_net(5)'),
  net('echo_replies', 'int', 'answers to own pings: Icmp InEchoReps of /proc/PID/net/snmp, proc_pid_net(5)'),
  net('sysfs', 'list<string>', 'names in the /sys/class/net that it sees, sorted: sysfs(5)'),
  {path: 'pid', type: 'int', source: 'the directory /proc/PID, proc(5)'},
  {
    path: 'nspid',
    type: 'int',
    source: 'last number of NSpid in /proc/PID/status: its PID in its own namespace, proc(5)',
  },
  {path: 'nspids', type: 'list<int>', source: 'NSpid of /proc/PID/status, from the machine inwards, proc(5)'},
  {path: 'ppid', type: 'int', source: 'field 4 of /proc/PID/stat, proc(5)'},
  {
    path: 'children',
    type: 'list<int>',
    source: '/proc/PID/task/TID/children without zombies, proc_tid_children(5)',
  },
  {
    path: 'processes',
    type: 'list<int>',
    source: 'processes of this stage whose /proc/PID/ns/pid is the same, zombies left out; pid_namespaces(7)',
  },
  {path: 'pgid', type: 'int', source: 'field 5 (pgrp) of /proc/PID/stat, proc(5)'},
  {path: 'sid', type: 'int', source: 'field 6 (session) of /proc/PID/stat, proc(5)'},
  {path: 'comm', type: 'string', source: 'field 2 of /proc/PID/stat, proc(5)'},
  {path: 'state', type: 'string', source: 'field 3 of /proc/PID/stat: R, S, D, T (stopped), t; proc_pid_stat(5)'},
  {path: 'exe', type: 'string', source: 'link /proc/PID/exe, proc(5)'},
  {path: 'cwd', type: 'string', source: 'link /proc/PID/cwd, proc(5)'},
  {path: 'root', type: 'string', source: 'link /proc/PID/root, proc(5)'},
  {path: 'root_id', type: 'string', source: 'device and inode of the folder /proc/PID/root, stat(2)'},
  {path: 'root_inode', type: 'int', source: 'inode of the folder /proc/PID/root, stat(2)'},
  {path: 'root_type', type: 'string', source: 'f_type of statfs(2) on /proc/PID/root, as a name'},
  {path: 'uid', type: 'int', source: 'second number (effective) of Uid in /proc/PID/status, proc(5)'},
  {path: 'gid', type: 'int', source: 'second number (effective) of Gid in /proc/PID/status, proc(5)'},
  {path: 'nsuid', type: 'int', source: 'uid, turned by /proc/PID/uid_map into what `id` prints, user_namespaces(7)'},
  {path: 'nsgid', type: 'int', source: 'gid, turned by /proc/PID/gid_map into what `id` prints, user_namespaces(7)'},
  {path: 'groups', type: 'list<int>', source: 'Groups of /proc/PID/status, proc(5)'},
  {path: 'uid_map', type: 'string', source: '/proc/PID/uid_map, one space between numbers, user_namespaces(7)'},
  {path: 'gid_map', type: 'string', source: '/proc/PID/gid_map, one space between numbers, user_namespaces(7)'},
  {path: 'setgroups', type: 'string', source: '/proc/PID/setgroups, user_namespaces(7)'},
  {
    path: 'mapped',
    type: 'bool',
    source: '/proc/PID/uid_map is not the whole one of the first user namespace, user_namespaces(7)',
  },
  {path: 'ids', type: 'int', source: 'how many users /proc/PID/uid_map maps, user_namespaces(7)'},
  caps('inheritable', 'CapInh'),
  caps('permitted', 'CapPrm'),
  caps('effective', 'CapEff'),
  caps('bounding', 'CapBnd'),
  caps('ambient', 'CapAmb'),
  signals('blocked', 'SigBlk'),
  signals('ignored', 'SigIgn'),
  signals('caught', 'SigCgt'),
  {path: 'no_new_privs', type: 'bool', source: 'NoNewPrivs of /proc/PID/status, PR_SET_NO_NEW_PRIVS(2const)'},
  {path: 'seccomp', type: 'int', source: 'Seccomp of /proc/PID/status: 0 off, 1 strict, 2 filter; proc(5)'},
  {path: 'timens.monotonic', type: 'int', source: 'seconds in /proc/PID/timens_offsets, time_namespaces(7)'},
  {path: 'timens.boottime', type: 'int', source: 'seconds in /proc/PID/timens_offsets, time_namespaces(7)'},
  {
    path: 'folder.text',
    type: 'map<string>',
    source: 'first 256 bytes of each text file of at most 16 KiB in the lab’s folder, read(2)',
  },
  {
    path: 'folder.mode',
    type: 'map<string>',
    source: 'type and permissions as in `ls -l` of each file there, lstat(2), inode(7)',
  },
  {
    path: 'folder.owner',
    type: 'map<string>',
    source: '"UID:GID" of each file there, lstat(2), through uid_map and gid_map as the process sees them',
  },
  {path: 'folder.links', type: 'map<int>', source: 'st_nlink of each regular file there, lstat(2)'},
  {path: 'folder.disk', type: 'map<int>', source: 'bytes of its blocks, st_blocks of lstat(2)'},
  {path: 'filesystems', type: 'list<string>', source: 'names in /proc/filesystems, filesystems(5)'},
  {
    path: 'layers.type',
    type: 'string',
    source: 'overlay or aufs: newest such mount there, /proc/PID/mountinfo, proc(5)',
  },
  {path: 'layers.point', type: 'string', source: 'its mount point, /proc/PID/mountinfo, proc(5)'},
  {path: 'layers.options', type: 'string', source: 'its options, /proc/PID/mountinfo, proc(5)'},
  {
    path: 'layers.order',
    type: 'list<string>',
    source: 'its layers from the top, mountinfo of proc(5), or /sys/fs/aufs/si_*/br*, aufs(5)',
  },
  {path: 'layers.permissions', type: 'map<string>', source: 'rw or ro of each layer, proc(5), aufs(5)'},
  {
    path: 'layers.serves',
    type: 'map<string>',
    source: 'layer that each path is read from: the rules of mount(8) overlay or aufs(5) over what lstat(2) finds',
  },
  {
    path: 'layers.hidden',
    type: 'map<string>',
    source: 'layer whose whiteout or opaque folder hides a path, lstat(2), getxattr(2), aufs(5)',
  },
  {
    path: 'layers.holds',
    type: 'list<string>',
    source: 'what lies in each layer: LAYER KIND PATH, with d, o(paque), f, m(etadata only), w(hiteout); lstat(2)',
  },
  {path: 'mounts.count', type: 'int', source: 'lines of /proc/PID/mountinfo, proc_pid_mountinfo(5)'},
  {
    path: 'mounts.points',
    type: 'list<string>',
    source: 'field 5 of /proc/PID/mountinfo, a covered one before its cover, proc_pid_mountinfo(5)',
  },
  {path: 'mounts.types', type: 'list<string>', source: '"TYPE on POINT" of /proc/PID/mountinfo, proc_pid_mountinfo(5)'},
  {path: 'mounts.shared', type: 'list<string>', source: 'mount points with shared:N, mount_namespaces(7)'},
  {path: 'mounts.slave', type: 'list<string>', source: 'mount points with master:N, mount_namespaces(7)'},
  {path: 'mounts.unbindable', type: 'list<string>', source: 'mount points marked unbindable, mount_namespaces(7)'},
  {
    path: 'own_proc',
    type: 'bool',
    source: 'whether the /proc that it sees has it under its own number: /proc/PID/root/proc/NSPID/stat, proc(5)',
  },
  {path: 'cgroup.version', type: 'int', source: 'which interface the cpu controller has here, 1 or 2; cgroups(7)'},
  {path: 'cgroup.path', type: 'string', source: '/proc/PID/cgroup, below the stage’s own group, cgroups(7)'},
  {path: 'cgroup.dir', type: 'string', source: 'folder of that group as terminals on the stage see it, cgroups(7)'},
  {path: 'cgroup.root', type: 'string', source: 'folder of the stage’s own group as terminals see it, cgroups(7)'},
  {
    path: 'cgroup.groups',
    type: 'list<string>',
    source: 'folders below cgroup.root in cpu’s tree, 100 at most; cgroups(7)',
  },
  {path: 'cgroup.pids', type: 'list<int>', source: 'cgroup.procs of that group, cgroups(7)'},
  {path: 'cpu.quota', type: 'int', source: 'us per period, -1 none: cpu.cfs_quota_us, or cpu.max of cgroups(7)'},
  {path: 'cpu.period', type: 'int', source: 'us: cpu.cfs_period_us, or cpu.max of cgroups(7)'},
  {path: 'cpu.shares', type: 'int', source: 'v1: cpu.shares, cgroups(7)'},
  {path: 'cpu.weight', type: 'int', source: 'v2: cpu.weight, cgroups(7)'},
  {path: 'cpu.usage_us', type: 'int', source: 'us: cpuacct.usage of its cpuacct group, or usage_usec; cgroups(7)'},
  {path: 'cpu.nr_periods', type: 'int', source: 'nr_periods of cpu.stat, cgroups(7)'},
  {path: 'cpu.nr_throttled', type: 'int', source: 'nr_throttled of cpu.stat, cgroups(7)'},
  {
    path: 'cpu.throttled_us',
    type: 'int',
    source: 'throttled_time (ns) or throttled_usec of cpu.stat, in us, cgroups(7)',
  },
  {
    path: 'cpu.share',
    type: 'int',
    source: 'thousandths of one CPU in the last half second or a little more: usage_us by clock_gettime(2)',
  },
  {
    path: 'cpu.share_5s',
    type: 'int',
    source: 'the same in the last five seconds with these limits and processes, clock_gettime(2)',
  },
  {path: 'memory.limit', type: 'int', source: 'bytes, -1 none: memory.limit_in_bytes, or memory.max of cgroups(7)'},
  {path: 'memory.usage', type: 'int', source: 'bytes: memory.usage_in_bytes, or memory.current of cgroups(7)'},
  {path: 'memory.reached', type: 'int', source: 'memory.failcnt, or max in memory.events of cgroups(7)'},
  {path: 'memory.oom_kills', type: 'int', source: 'oom_kill in memory.oom_control, or in memory.events of cgroups(7)'},
  {path: 'pids.limit', type: 'int', source: 'processes and threads, -1 none: pids.max, cgroups(7)'},
  {path: 'pids.current', type: 'int', source: 'processes and threads in it and below: pids.current, cgroups(7)'},
  {path: 'pids.reached', type: 'int', source: 'max in pids.events, cgroups(7)'},
  {path: 'stage', type: 'string', source: "the folder of the stage, home of the host's terminal; stat(2)"},
];
