/** What the facts mean of what a process may use, when it runs, and what it cannot see. Keys: paths of factTable. */
import type {WordTable} from './say.ts';

export const processMeanings: WordTable = {
  'net.forwards': {
    en: 'Whether its network namespace passes on packets that are for others, as a router does.',
    zh: '它的网络命名空间是否像路由器一样转发给别人的数据包。',
  },
  tty: {en: 'Its controlling terminal; empty where it has none.', zh: '它的控制终端，没有则为空。'},
  threads: {en: 'How many threads the process has.', zh: '这个进程有多少个线程。'},
  nice: {
    en: 'How much it steps back behind others: -20 for the most CPU time, 19 for the least.',
    zh: '它让出 CPU 的程度：-20 得到最多，19 得到最少。',
  },
  policy: {
    en: 'By which rules it gets the CPU: SCHED_OTHER is the usual one, SCHED_FIFO and SCHED_RR come before all of these.',
    zh: '按什么规则得到 CPU：通常是 SCHED_OTHER，SCHED_FIFO 和 SCHED_RR 排在它们之前。',
  },
  rt_priority: {
    en: 'Its place among real-time processes, 1 to 99; 0 for all others.',
    zh: '它在实时进程里的优先级，1 到 99；其他进程为 0。',
  },
  cpus: {en: 'The CPUs that it may run on.', zh: '它可以在哪些 CPU 上运行。'},
  mems: {en: 'The memory nodes that it may take memory from.', zh: '它可以从哪些内存节点取得内存。'},
  oom_score_adj: {
    en: 'Who is killed first when memory runs out: 1000 at once, -1000 never.',
    zh: '内存耗尽时先杀谁：1000 最先，-1000 永不。',
  },
  'rlimits.soft': {
    en: 'What it may use of each resource before a call fails; it may raise this up to the hard limit. -1 means no limit.',
    zh: '每种资源用到多少就会调用失败，它可以自行调高到硬上限；-1 表示不限。',
  },
  'rlimits.hard': {
    en: 'How far it may raise each soft limit; -1 means no limit.',
    zh: '每个软上限最多能调到多高，-1 表示不限。',
  },
  uids: {en: 'Its real, effective, saved and file system user.', zh: '它的实际、有效、保存和文件系统用户号。'},
  gids: {en: 'Its real, effective, saved and file system group.', zh: '它的实际、有效、保存和文件系统组号。'},
  umask: {en: 'Permissions that files it makes do not get.', zh: '它创建文件时去掉的权限。'},
  seccomp_filters: {
    en: 'How many seccomp filters each of its calls has to pass.',
    zh: '它的每个系统调用要通过多少个 seccomp 过滤器。',
  },
  'mounts.readonly': {en: 'Mount points that cannot be written through.', zh: '不能写入的挂载点。'},
  'mounts.masked': {
    en: 'Files and folders of /proc and /sys that show nothing, because something empty was mounted on them.',
    zh: '/proc 和 /sys 里被空的东西盖住、因而什么也看不到的文件和目录。',
  },
  'cgroup.frozen': {
    en: 'Whether every process of its group has been stopped where it stood.',
    zh: '它的控制组里的进程是否都被就地冻结。',
  },
  'memory.peak': {en: 'The most bytes of memory that the group has ever used.', zh: '这个组用过的最多内存字节数。'},
};
