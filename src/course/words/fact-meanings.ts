/** What each fact means, for who wants to know. Keys: paths of factTable. */
import {layerMeanings} from './fact-meanings-layers.ts';
import {limitMeanings} from './fact-meanings-limits.ts';
import {networkMeanings} from './fact-meanings-net.ts';
import {processMeanings} from './fact-meanings-process.ts';
import type {WordTable} from './say.ts';

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
  'ipc.queues': {
    en: 'The ids of the System V message queues in its IPC namespace.',
    zh: '它所在的 IPC 命名空间里，各 System V 消息队列的标识号。',
  },
  'ipc.segments': {
    en: 'The ids of the System V shared memory segments in its IPC namespace.',
    zh: '它所在的 IPC 命名空间里，各 System V 共享内存段的标识号。',
  },
  'ipc.semaphores': {
    en: 'The ids of the System V semaphore sets in its IPC namespace.',
    zh: '它所在的 IPC 命名空间里，各 System V 信号量集的标识号。',
  },
  'ipc.mqueues': {
    en: 'The names of the POSIX message queues in its IPC namespace.',
    zh: '它所在的 IPC 命名空间里，各 POSIX 消息队列的名字。',
  },
  ...networkMeanings,
  ...limitMeanings,
  ...processMeanings,
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
  children: {
    en: 'Its living children, in the numbers of the machine.',
    zh: '它活着的子进程（整台机器的编号）。',
  },
  processes: {
    en: 'The living processes of this stage in its PID namespace, in the numbers of the machine.',
    zh: '这个舞台上与它同在一个 PID 命名空间的活进程（整台机器的编号）。',
  },
  pgid: {en: 'Its process group: what Ctrl-C reaches together.', zh: '它的进程组，按 Ctrl-C 时一起收到信号。'},
  sid: {en: 'Its session: the processes of one terminal.', zh: '它的会话，共用一个终端的那些进程。'},
  comm: {en: 'The name of its command, at most 15 bytes.', zh: '命令名，最多 15 字节。'},
  state: {
    en: 'What it does: R runs, S sleeps, D waits without being disturbed, T is stopped.',
    zh: '它正在做什么：R 运行，S 睡眠，D 不可打断的等待，T 已停止。',
  },
  exe: {en: 'The file that it executes.', zh: '它正在执行的文件。'},
  cwd: {en: 'Its working directory.', zh: '它的工作目录。'},
  root: {en: 'Where its / lies.', zh: '它的 / 在哪里。'},
  root_id: {
    en: 'Device and inode of its /: two processes with the same have the same root folder.',
    zh: '它的 / 的设备号和 inode 号：两者都相同，就是同一个根目录。',
  },
  root_inode: {
    en: 'The inode of its /: what `ls -di /` prints.',
    zh: '它的 / 的 inode 号，也就是 `ls -di /` 打印的数。',
  },
  root_type: {en: 'The kind of file system that its / lies on.', zh: '它的 / 所在的文件系统类型。'},
  chrooted: {
    en: 'Whether something lies above its /: with chroot the old root stays mounted, with pivot_root it is gone.',
    zh: '它的 / 之上是否还有别的目录：用 chroot 时旧的根仍然挂载着，用 pivot_root 时已经没有了。',
  },
  'folder.text': {en: 'The beginning of each text file in the lab’s folder.', zh: '实验目录里每个文本文件开头的内容。'},
  'folder.mode': {
    en: 'Kind and permissions of each file in the lab’s folder; a whiteout of overlay is a character device 0:0.',
    zh: '实验目录里每个文件的类型和权限；overlay 的 whiteout 显示为字符设备 0:0。',
  },
  'folder.owner': {
    en: 'User and group of each file in the lab’s folder, in its own numbers.',
    zh: '实验目录里每个文件的属主和属组（用它自己看到的编号）。',
  },
  'folder.links': {
    en: 'How many names each file in the lab’s folder has.',
    zh: '实验目录里每个文件有几个名字（硬链接数）。',
  },
  'folder.disk': {
    en: 'How many bytes each file in the lab’s folder takes up.',
    zh: '实验目录里每个文件实际占用多少字节。',
  },
  filesystems: {en: 'The file systems that this kernel can mount now.', zh: '这个内核现在能挂载哪些文件系统。'},
  ...layerMeanings,
  uid: {
    en: 'The user that it acts as, in the numbers that the host’s terminal shows.',
    zh: '它以哪个用户的身份行事（宿主机终端看到的编号）。',
  },
  gid: {
    en: 'The group that it acts as, in the numbers that the host’s terminal shows.',
    zh: '它以哪个组的身份行事（宿主机终端看到的编号）。',
  },
  nsuid: {
    en: 'The user that it is for itself: what `id` prints. 65534 where nothing is mapped.',
    zh: '它自己眼里的用户号，也就是 `id` 打印的数；没有映射时是 65534。',
  },
  nsgid: {
    en: 'The group that it is in for itself: what `id` prints. 65534 where nothing is mapped.',
    zh: '它自己眼里的组号，也就是 `id` 打印的数；没有映射时是 65534。',
  },
  mapped: {
    en: 'Whether its users are mapped: root here is not root of the machine.',
    zh: '它的用户号是否经过映射：若是，这里的 root 就不是整台机器的 root。',
  },
  ids: {
    en: 'How many users its user namespace knows. All others show as 65534.',
    zh: '它的用户命名空间认得多少个用户号；其余的都显示成 65534。',
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
  'signals.blocked': {
    en: 'Signals that wait until it lets them in.',
    zh: '被它挡在门外、等它放行的信号。',
  },
  'signals.ignored': {en: 'Signals that it has said it does not want.', zh: '它声明过不要的信号。'},
  'signals.caught': {en: 'Signals for which it has a handler.', zh: '它装了处理函数的信号。'},
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
  'mounts.count': {en: 'How many mounts it sees.', zh: '它看得到多少个挂载。'},
  'mounts.points': {en: 'Where something is mounted for it.', zh: '它眼里的各个挂载点。'},
  'mounts.types': {en: 'What is mounted where for it.', zh: '它眼里什么文件系统挂载在哪里。'},
  'mounts.shared': {
    en: 'Mounts whose mounting and unmounting reaches their peers, and comes from them.',
    zh: '共享挂载：在它下面挂载或卸载，会传播给同组的挂载，也会从它们传来。',
  },
  'mounts.slave': {
    en: 'Mounts that receive from a master what is mounted there, and send nothing back.',
    zh: '从属挂载：只接收上级传来的挂载和卸载，自己的不传出去。',
  },
  'mounts.unbindable': {
    en: 'Private mounts that cannot be bound elsewhere either.',
    zh: '不可绑定挂载：既不传播，也不能被绑定到别处。',
  },
  own_proc: {
    en: 'Whether the /proc that it sees is that of its own PID namespace.',
    zh: '它看到的 /proc 是不是它自己的 PID 命名空间的。',
  },
  stage: {
    en: 'The folder of the stage: here the host’s terminal begins, here the lab keeps its files.',
    zh: '舞台的目录：宿主机的终端从这里开始，实验的文件都放在这里。',
  },
  'cgroup.version': {
    en: 'Which of the two cgroup interfaces the cpu controller has on this machine: 1 or 2.',
    zh: '这台机器上 cpu 控制器用的是哪一代 cgroup 接口：1 或 2。',
  },
  'cgroup.path': {
    en: 'The control group it is in, for the cpu controller, below the group of this stage.',
    zh: '它在 cpu 控制器下属于哪个控制组，从本舞台自己的组算起。',
  },
  'cgroup.dir': {en: 'The folder of that group, as the terminals see it.', zh: '这个控制组的目录，终端里看到的路径。'},
  'cgroup.root': {
    en: 'The folder in which the groups of this stage lie, as the terminals see it.',
    zh: '本舞台的控制组所在的目录，终端里看到的路径。',
  },
  'cgroup.groups': {
    en: 'The control groups of this stage, made by the engine or by hand.',
    zh: '本舞台上所有的控制组，不论是引擎建的还是手工建的。',
  },
  'cgroup.pids': {
    en: 'The processes in its group; groups below it have their own lists.',
    zh: '和它同组的进程，不含下级组里的进程。',
  },
  'cpu.quota': {
    en: 'How many microseconds of CPU time the group may use in each period; -1 means no limit.',
    zh: '这个组每个周期最多能用多少微秒 CPU 时间，-1 表示不限。',
  },
  'cpu.period': {en: 'The length of a period in microseconds.', zh: '一个周期的长度，单位微秒。'},
  'cpu.shares': {
    en: 'Its weight against other groups when the CPU is short (cgroup v1).',
    zh: 'CPU 紧张时它相对其他组的权重（cgroup v1）。',
  },
  'cpu.weight': {
    en: 'Its weight against other groups when the CPU is short (cgroup v2).',
    zh: 'CPU 紧张时它相对其他组的权重（cgroup v2）。',
  },
  'cpu.usage_us': {
    en: 'CPU time in microseconds that its group has used so far, by the kernel’s own count.',
    zh: '内核统计的、这个组至今用掉的 CPU 时间，单位微秒。',
  },
  'cpu.nr_periods': {
    en: 'In how many periods with a quota the group wanted to run.',
    zh: '设了配额以后，这个组有任务可运行的周期数。',
  },
  'cpu.nr_throttled': {
    en: 'In how many of these periods the quota ran out and the group had to wait.',
    zh: '其中有多少个周期用完了配额，整个组只好等到下个周期。',
  },
  'cpu.throttled_us': {
    en: 'How long the group was kept waiting by its quota, in microseconds.',
    zh: '这个组因为配额用完而等待的总时间，单位微秒。',
  },
  'cpu.share': {
    en: 'Its group’s share of one CPU in the last half second, in thousandths: 200 is 20 percent.',
    zh: '它所在的组最近半秒占用一个 CPU 的千分之几：200 就是 20%。',
  },
  'cpu.share_5s': {
    en: 'The same over five seconds; absent while group, limits or members have changed since, or the machine is too busy to tell.',
    zh: '同上，取最近五秒；这期间换过组、改过限制、成员有变，或机器太忙无法判断时，就没有这一项。',
  },
};
