/** Facts in words: a label for the table of both sides, and a sentence for who wants to know. Keys: paths of factTable. */
import type {WordTable} from './say.ts';

/** At most 16 cells wide. */
export const factLabels: WordTable = {
  hostname: {en: 'host name', zh: '主机名'},
  domainname: {en: 'domain name', zh: '域名'},
  kernel: {en: 'kernel', zh: '内核版本'},
  'ns.cgroup': {en: 'cgroup ns', zh: 'cgroup 命名空间'},
  'ns.ipc': {en: 'ipc ns', zh: 'ipc 命名空间'},
  'ns.mnt': {en: 'mnt ns', zh: 'mnt 命名空间'},
  'ns.net': {en: 'net ns', zh: 'net 命名空间'},
  'ns.pid': {en: 'pid ns', zh: 'pid 命名空间'},
  'ns.pid_for_children': {en: "children's pid", zh: '子进程的 pid'},
  'ns.time': {en: 'time ns', zh: 'time 命名空间'},
  'ns.time_for_children': {en: "children's time", zh: '子进程的 time'},
  'ns.user': {en: 'user ns', zh: 'user 命名空间'},
  'ns.uts': {en: 'uts ns', zh: 'uts 命名空间'},
  pid: {en: 'pid', zh: '进程号'},
  nspid: {en: 'pid inside', zh: '内部进程号'},
  nspids: {en: 'pid per level', zh: '各层进程号'},
  ppid: {en: 'parent', zh: '父进程'},
  pgid: {en: 'process group', zh: '进程组'},
  sid: {en: 'session', zh: '会话'},
  comm: {en: 'command', zh: '命令名'},
  exe: {en: 'program', zh: '程序文件'},
  cwd: {en: 'directory', zh: '当前目录'},
  root: {en: 'root', zh: '根目录'},
  uid: {en: 'user', zh: '用户号'},
  gid: {en: 'group', zh: '组号'},
  groups: {en: 'groups', zh: '附加组'},
  uid_map: {en: 'uid map', zh: '用户号映射'},
  gid_map: {en: 'gid map', zh: '组号映射'},
  setgroups: {en: 'setgroups', zh: 'setgroups'},
  'caps.inheritable': {en: 'caps inherited', zh: '可继承的能力'},
  'caps.permitted': {en: 'caps permitted', zh: '允许的能力'},
  'caps.effective': {en: 'caps effective', zh: '生效的能力'},
  'caps.bounding': {en: 'caps bounding', zh: '能力上限'},
  'caps.ambient': {en: 'caps ambient', zh: '环境能力'},
  no_new_privs: {en: 'no new privs', zh: '禁止提权'},
  seccomp: {en: 'seccomp', zh: 'seccomp'},
  'timens.monotonic': {en: 'monotonic +s', zh: '单调时钟偏移'},
  'timens.boottime': {en: 'boottime +s', zh: '启动时钟偏移'},
};

/** One sentence: what the fact is. */
export const factMeanings: WordTable = {
  hostname: {
    en: 'The host name as a process on this side gets it from uname(2).',
    zh: '这一侧的进程用 uname(2) 得到的主机名。',
  },
  domainname: {
    en: 'The NIS domain name, the second name that a UTS namespace holds.',
    zh: 'NIS 域名，UTS 命名空间里的第二个名字。',
  },
  kernel: {en: 'The release of the kernel: there is only one.', zh: '内核版本号，整台机器只有这一个内核。'},
  'ns.cgroup': {
    en: 'Which cgroup namespace it is in: where its view of the cgroup tree begins.',
    zh: '所在的 cgroup 命名空间，决定它看到的 cgroup 树从哪里开始。',
  },
  'ns.ipc': {
    en: 'Which IPC namespace it is in: whose message queues, semaphores and shared memory it sees.',
    zh: '所在的 IPC 命名空间，决定它看到哪些消息队列、信号量和共享内存。',
  },
  'ns.mnt': {
    en: 'Which mount namespace it is in: what is mounted where.',
    zh: '所在的挂载命名空间，决定它看到哪些挂载。',
  },
  'ns.net': {
    en: 'Which network namespace it is in: whose devices, addresses and ports it uses.',
    zh: '所在的网络命名空间，决定它用哪些网卡、地址和端口。',
  },
  'ns.pid': {
    en: 'Which PID namespace it is in: which numbers processes have for it.',
    zh: '所在的 PID 命名空间，决定它眼里各进程的号码。',
  },
  'ns.pid_for_children': {
    en: 'The PID namespace that its next child is born into.',
    zh: '它的下一个子进程会出生在哪个 PID 命名空间。',
  },
  'ns.time': {
    en: 'Which time namespace it is in: the offsets of its monotonic and boot-time clocks.',
    zh: '所在的时间命名空间，决定单调时钟和启动时钟的偏移。',
  },
  'ns.time_for_children': {
    en: 'The time namespace that its next child is born into.',
    zh: '它的下一个子进程会出生在哪个时间命名空间。',
  },
  'ns.user': {
    en: 'Which user namespace it is in: what its user number and its capabilities are worth.',
    zh: '所在的用户命名空间，决定它的用户号和能力在哪里算数。',
  },
  'ns.uts': {
    en: 'Which UTS namespace it is in: whose host name it has.',
    zh: '所在的 UTS 命名空间，决定它用哪个主机名。',
  },
  pid: {en: 'Its number in the PID namespace of the machine.', zh: '它在整台机器上的进程号。'},
  nspid: {
    en: 'Its number in its own PID namespace: what `echo $$` prints.',
    zh: '它在自己的 PID 命名空间里的号码，也就是 `echo $$` 打印的数。',
  },
  nspids: {
    en: 'Its number on each level of PID namespaces, from the machine inwards.',
    zh: '它在每一层 PID 命名空间里的号码，从整台机器由外向内排列。',
  },
  ppid: {en: 'The number of its parent.', zh: '父进程的号码。'},
  pgid: {en: 'Its process group: what Ctrl-C reaches together.', zh: '它的进程组，按 Ctrl-C 时一起收到信号。'},
  sid: {en: 'Its session: the processes of one terminal.', zh: '它的会话，共用一个终端的那些进程。'},
  comm: {en: 'The name of its command, at most 15 bytes.', zh: '命令名，最多 15 字节。'},
  exe: {en: 'The file that it executes.', zh: '它正在执行的文件。'},
  cwd: {en: 'Its working directory.', zh: '它的工作目录。'},
  root: {en: 'Where its / lies.', zh: '它的 / 在哪里。'},
  uid: {
    en: 'The user that it acts as, in the numbers of the machine.',
    zh: '它以哪个用户的身份行事（整台机器的编号）。',
  },
  gid: {
    en: 'The group that it acts as, in the numbers of the machine.',
    zh: '它以哪个组的身份行事（整台机器的编号）。',
  },
  groups: {en: 'Its further groups.', zh: '它另外所属的组。'},
  uid_map: {
    en: 'Users inside, users outside, how many: the map of its user namespace.',
    zh: '用户命名空间的映射：内部起始号、外部起始号、个数。',
  },
  gid_map: {
    en: 'Groups inside, groups outside, how many: the map of its user namespace.',
    zh: '用户命名空间的组映射：内部起始号、外部起始号、个数。',
  },
  setgroups: {en: 'Whether its user namespace allows setgroups(2).', zh: '它的用户命名空间是否允许 setgroups(2)。'},
  'caps.inheritable': {en: 'Capabilities that it may hand on through execve.', zh: '执行新程序时可以传下去的能力。'},
  'caps.permitted': {en: 'Capabilities that it may make effective.', zh: '它可以启用的能力。'},
  'caps.effective': {
    en: 'The parts of root’s power that it has at this moment.',
    zh: '它此刻拥有的能力，也就是 root 权力被拆成的一份份。',
  },
  'caps.bounding': {en: 'Capabilities beyond which it can never get.', zh: '它的能力上限，执行什么程序都超不出去。'},
  'caps.ambient': {
    en: 'Capabilities that survive execve of an ordinary program.',
    zh: '执行普通程序之后仍然保留的能力。',
  },
  no_new_privs: {
    en: 'True: no program that it executes gives it more power (set-user-ID bits are ignored).',
    zh: '为真时，执行任何程序都不会增加权力（set-user-ID 位不起作用）。',
  },
  seccomp: {
    en: '0: no filter of system calls, 1: strict, 2: a filter.',
    zh: '系统调用过滤：0 没有，1 严格模式，2 有过滤器。',
  },
  'timens.monotonic': {
    en: 'Seconds by which its monotonic clock is off the machine’s.',
    zh: '它的单调时钟和机器相差多少秒。',
  },
  'timens.boottime': {
    en: 'Seconds by which its boot-time clock is off the machine’s.',
    zh: '它的启动时钟和机器相差多少秒。',
  },
};
