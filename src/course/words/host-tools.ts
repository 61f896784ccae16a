/** What the programs are for that labs type, in words: the codes 'host.tool.*' of src/engine/host/tools.ts. */
import type {WordTable} from './say.ts';

export const hostToolWords = {
  'host.tool.pstree': {en: 'Draws the tree of processes.', zh: '画出进程树。'},
  'host.tool.hostname': {en: 'Shows and sets the host name.', zh: '查看和修改主机名。'},
  'host.tool.domainname': {en: 'Shows and sets the NIS domain.', zh: '查看和修改 NIS 域名。'},
  'host.tool.readlink': {
    en: 'Shows where the links of /proc/PID/ns lead.',
    zh: '查看 /proc/PID/ns 里的链接指向哪里。',
  },
  'host.tool.nsenter': {
    en: 'Enters the namespaces of another process.',
    zh: '进入别的进程的命名空间。',
  },
  'host.tool.ipcs': {
    en: 'Lists message queues and shared memory.',
    zh: '列出消息队列和共享内存。',
  },
  'host.tool.ipcmk': {en: 'Makes message queues.', zh: '新建消息队列。'},
  'host.tool.ps': {en: 'Lists processes.', zh: '列出进程。'},
  'host.tool.unshare': {
    en: 'Runs a program in new namespaces.',
    zh: '让程序在新的命名空间里运行。',
  },
  'host.tool.ip': {en: 'Shows and connects network devices.', zh: '查看和连接网络设备。'},
  'host.tool.ping': {
    en: 'Asks another address for a sign of life.',
    zh: '看另一个地址有没有回应。',
  },
  'host.tool.lsns': {
    en: 'Lists namespaces and who is in them.',
    zh: '列出命名空间和其中的进程。',
  },
  'host.tool.strace': {
    en: 'Shows the system calls of a program; the tests need it, too.',
    zh: '查看程序用了哪些系统调用，测试也要用。',
  },
  'host.tool.tmux': {en: 'Only the tests need it.', zh: '只有测试才用得到。'},
  'host.tool.gcc': {
    en: 'Builds the native part; an installed Glassbox no longer needs it.',
    zh: '编译原生部分时要用；装好以后就不再需要。',
  },
  'host.tool.make': {
    en: 'Builds the native part; an installed Glassbox no longer needs it.',
    zh: '编译原生部分时要用；装好以后就不再需要。',
  },
  'host.tool.other': {en: 'A program that labs start: {tool}.', zh: '实验里会用到的程序：{tool}。'},
  'host.tool.others': {
    en: 'Other programs that labs start, all there: {names}.',
    zh: '实验里用到的其他程序都在：{names}。',
  },
} satisfies WordTable;
