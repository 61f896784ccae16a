/** What a system call of the journal is for, in one line, with the page that explains it. Keys: "purpose." + purpose. */
import {networkPurposes} from './engine-network.ts';
import {filePurposes} from './engine-purpose-files.ts';
import {rightsPurposes} from './engine-purpose-rights.ts';
import {terminalPurposes} from './engine-purpose-terminal.ts';
import type {WordTable} from './say.ts';

const purposes: WordTable = {
  ...filePurposes,
  ...rightsPurposes,
  ...terminalPurposes,
  ...networkPurposes,
  'facts.enter': {en: 'goes into that namespace for a look: setns(2)', zh: '进入那个命名空间看一眼：setns(2)'},
  'cgroup.hand-on': {
    en: 'groups below this one get these controllers: cgroups(7), cgroup.subtree_control',
    zh: '让下级控制组也能使用这些控制器：cgroups(7)，cgroup.subtree_control',
  },
  'cgroup.join': {
    en: 'the new process goes into its group before it runs anything; 0 is whoever writes: cgroups(7)',
    zh: '新进程在运行程序之前先进入自己的控制组，写 0 表示写入者自己：cgroups(7)',
  },
  'cgroup.move': {
    en: 'the new process is moved into its group before it runs anything: its number into cgroup.procs, cgroups(7)',
    zh: '新进程在运行程序之前被移进自己的控制组：把它的 PID 写进 cgroup.procs，cgroups(7)',
  },
  'cgroup.limit.cpu': {
    en: 'limits the CPU time of the group: sched-bwc, cgroups(7)',
    zh: '限制这个组的 CPU 时间：sched-bwc，cgroups(7)',
  },
  'cgroup.limit.memory': {en: 'limits the memory of the group: cgroups(7)', zh: '限制这个组的内存：cgroups(7)'},
  'cgroup.limit.pids': {
    en: 'limits how many processes the group may have: cgroups(7)',
    zh: '限制这个组的进程数：cgroups(7)',
  },
  'cgroup.limit.cpuset': {
    en: 'says on which processors and memory nodes the group may run: cpuset(7)',
    zh: '规定这个组可以用哪些处理器和内存节点：cpuset(7)',
  },
  'cgroup.limit.io': {
    en: 'limits what the group reads and writes on block devices: cgroups(7), io or blkio',
    zh: '限制这个组对块设备的读写：cgroups(7)，io 或 blkio',
  },
  'cgroup.limit.other': {
    en: 'writes a file of the group as it was asked for: cgroups(7)',
    zh: '按要求写入控制组的一个文件：cgroups(7)',
  },
  'cgroup.fill': {
    en: 'a new cpuset has no processor and takes nobody: it gets those of the group above, cpuset(7)',
    zh: '新的 cpuset 没有处理器，谁也进不去：把上级组的处理器给它，cpuset(7)',
  },
  'cgroup.make': {
    en: 'a control group is a folder: mkdir makes it, cgroups(7)',
    zh: '控制组就是一个目录，mkdir 即可创建：cgroups(7)',
  },
  'cgroup.open': {
    en: 'the group in which clone3 is to give birth: clone(2), CLONE_INTO_CGROUP',
    zh: '打开控制组，clone3 会让子进程直接出生在里面：clone(2)，CLONE_INTO_CGROUP',
  },
  'cgroup.stage': {
    en: 'a control group for the whole session, removed with it: cgroups(7)',
    zh: '给整个会话建一个控制组，会话结束时一并删除：cgroups(7)',
  },
  'cgroup.stage.join': {
    en: 'goes into that group, so that a new cgroup namespace begins there: cgroup_namespaces(7)',
    zh: '进入这个组，之后新建的 cgroup 命名空间就以它为根：cgroup_namespaces(7)',
  },
  'cgroup.stage.view': {
    en: 'the stage sees only its own groups, at the usual place: mount(2)',
    zh: '舞台在惯常的位置只看得到自己的控制组：mount(2)',
  },
  'facts.open-namespace': {
    en: 'opens a namespace to look inside: namespaces(7)',
    zh: '打开一个命名空间以便查看：namespaces(7)',
  },
  'facts.open-sysvipc': {
    en: 'opens the list of System V objects of this IPC namespace: proc_sysvipc(5)',
    zh: '打开这个 IPC 命名空间的 System V 对象列表：proc_sysvipc(5)',
  },
  'facts.read': {en: 'reads what the kernel says there: read(2)', zh: '读出内核在那里写的内容：read(2)'},
  'facts.network': {
    en: 'asks for interfaces, addresses and routes: rtnetlink(7)',
    zh: '询问接口、地址和路由：rtnetlink(7)',
  },
  'facts.mqueue': {
    en: 'lists the POSIX queues of this IPC namespace, on a mount that is attached nowhere: mq_overview(7)',
    zh: '借一个不接到任何目录上的挂载，列出这个 IPC 命名空间的 POSIX 队列：mq_overview(7)',
  },
  'facts.return': {en: 'goes back to its own namespace: setns(2)', zh: '回到自己的命名空间：setns(2)'},
  'facts.uname': {
    en: 'asks for the names of this UTS namespace: uname(2)',
    zh: '询问这个 UTS 命名空间的名字：uname(2)',
  },
  'namespace.cgroup.new': {
    en: 'its own cgroup becomes "/" in its eyes: cgroup_namespaces(7)',
    zh: '让它把自己的 cgroup 看作“/”：cgroup_namespaces(7)',
  },
  'namespace.id': {
    en: 'asks for the number that this mount namespace alone has: ioctl_ns(2)',
    zh: '询问这个挂载命名空间独有的编号：ioctl_ns(2)',
  },
  'namespace.join-all': {
    en: 'enters all namespaces of the container at once: setns(2)',
    zh: '一次进入容器的全部命名空间：setns(2)',
  },
  'namespace.open': {en: 'opens a namespace: namespaces(7)', zh: '打开命名空间：namespaces(7)'},
  'namespace.pid.join': {
    en: 'the next child is to be born in that PID namespace; a process cannot change its own: setns(2)',
    zh: '让下一个子进程出生在那个 PID 命名空间里，进程自己的无法更改：setns(2)',
  },
  'namespace.pid.remember': {
    en: 'remembers the own PID namespace for the way back: pid_namespaces(7)',
    zh: '记住自己的 PID 命名空间，以便返回：pid_namespaces(7)',
  },
  'namespace.pid.return': {
    en: 'children are born in the own PID namespace again: setns(2)',
    zh: '让子进程重新出生在自己的 PID 命名空间：setns(2)',
  },
  'namespace.unshare': {
    en: 'further new namespaces, which belong to the user namespace just entered: unshare(2)',
    zh: '再建立新的命名空间，它们归刚进入的用户命名空间所有：unshare(2)',
  },
  'process.clone': {
    en: 'a new process, in the new namespaces that the flags name: clone(2)',
    zh: '创建新进程，标志指明它要哪些新的命名空间：clone(2)',
  },
  'process.close-others': {
    en: 'the program inherits nothing but its standard descriptors: close_range(2)',
    zh: '除标准输入输出外，程序不继承任何描述符：close_range(2)',
  },
  'process.cwd': {en: 'where the program starts: chdir(2)', zh: '程序的起始目录：chdir(2)'},
  'process.die-with-keeper': {
    en: 'dies at once should its keeper die: prctl(2)',
    zh: 'keeper 一死，它立刻跟着死：prctl(2)',
  },
  'process.untraceable': {
    en: 'nobody in the container may trace it while it is still a copy of the keeper: prctl(2)',
    zh: '此时它还是 keeper 的副本，容器里谁也不能跟踪它：prctl(2)',
  },
  'process.exec': {
    en: 'becomes the program; process and namespaces stay: execve(2)',
    zh: '变成要运行的程序，进程和命名空间不变：execve(2)',
  },
  'process.init': {
    en: 'becomes the init, which starts the program as its child: execveat(2)',
    zh: '变成 init，由它把程序作为子进程启动：execveat(2)',
  },
  'process.init-open': {en: 'the init that the container asked for: open(2)', zh: '打开容器所要的 init：open(2)'},
  'process.init-copy': {
    en: 'a copy of it in memory, for this container alone: memfd_create(2)',
    zh: '在内存里复制一份，只给这个容器用：memfd_create(2)',
  },
  'process.init-seal': {
    en: 'nobody can write to the copy any more: fcntl(2)',
    zh: '从此谁也不能改写这份副本：fcntl(2)',
  },
  'process.no-new-privileges': {
    en: 'no program may give it more rights, setuid has no effect: prctl(2)',
    zh: '不许任何程序再给它更多权限，setuid 失效：prctl(2)',
  },
  'process.pidfd': {
    en: 'a descriptor that names this very process: pidfd_open(2)',
    zh: '一个只指向这个进程的描述符：pidfd_open(2)',
  },
  'process.session': {
    en: 'leads a session of its own, apart from other terminals: setsid(2)',
    zh: '自成一个会话，与别的终端分开：setsid(2)',
  },
  'process.signal': {
    en: 'sends a signal to exactly this process: pidfd_send_signal(2)',
    zh: '只向这个进程发送信号：pidfd_send_signal(2)',
  },
  'process.start-pipe': {
    en: 'the pipe on which the process waits for its start: pipe(2)',
    zh: '进程在这个管道上等待启动：pipe(2)',
  },
  'process.subreaper': {en: 'orphans below it become its children: prctl(2)', zh: '其下的孤儿进程归它收养：prctl(2)'},
  'process.umask': {en: 'rights that new files do not get: umask(2)', zh: '新文件默认去掉哪些权限：umask(2)'},
  'process.wait-for-start': {
    en: 'everything is ready; waits for "start" (docker create, then docker start)',
    zh: '一切就绪，等待“start”（先 docker create，再 docker start）',
  },
  'program.find': {en: 'looks for the program: openat2(2)', zh: '查找程序：openat2(2)'},
  'stage.folder': {en: 'a folder for this session', zh: '为本次会话建一个目录'},
  'stage.hostname': {en: 'names the stage: sethostname(2)', zh: '给舞台起主机名：sethostname(2)'},
  'stage.loopback': {
    en: 'switches on the loopback interface of the new network namespace: netdevice(7)',
    zh: '启用新网络命名空间的回环接口：netdevice(7)',
  },
  'stage.mounts-private': {
    en: 'mounts made on the stage do not reach the machine: mount_namespaces(7)',
    zh: '舞台上的挂载不会传到机器上：mount_namespaces(7)',
  },
  'stage.tmpfs': {
    en: "the session's folder lives in memory and goes with it: tmpfs(5)",
    zh: '会话目录放在内存里，随会话消失：tmpfs(5)',
  },
  'stage.unshare': {
    en: 'the stage: namespaces of its own, so that the machine stays untouched: unshare(2)',
    zh: '搭建舞台：使用自己的命名空间，机器本身不受影响：unshare(2)',
  },
  'stage.user': {
    en: 'an ordinary user becomes root inside a user namespace: user_namespaces(7)',
    zh: '普通用户在用户命名空间里成为 root：user_namespaces(7)',
  },
  'stage.user.gid-map': {
    en: 'maps the own group to 0: user_namespaces(7)',
    zh: '把自己的组映射为 0：user_namespaces(7)',
  },
  'stage.user.no-groups': {
    en: 'gives up setgroups(2), the price of the map: user_namespaces(7)',
    zh: '放弃 setgroups(2)，这是映射的代价：user_namespaces(7)',
  },
  'stage.user.uid-map': {
    en: 'maps the own user to 0: user_namespaces(7)',
    zh: '把自己的用户映射为 0：user_namespaces(7)',
  },
  'undo.cgroup': {
    en: 'removes the control groups of this session: rmdir(2), cgroups(7)',
    zh: '删除本次会话的控制组：rmdir(2)，cgroups(7)',
  },
  'undo.ledger': {en: 'crosses the session out of the ledger: unlink(2)', zh: '把会话从账本中划掉：unlink(2)'},
  'undo.stage-folder': {en: "removes the session's folder", zh: '移除会话目录'},
  'user.become': {
    en: 'becomes the user who is to run the program: setresuid(2)',
    zh: '变成要运行程序的用户：setresuid(2)',
  },
  'user.gid-map': {
    en: 'which group inside is which outside: user_namespaces(7)',
    zh: '规定内外组 id 的对应：user_namespaces(7)',
  },
  'user.groups': {en: 'the supplementary groups: setgroups(2)', zh: '设置附加组：setgroups(2)'},
  'user.map': {
    en: 'finds the new process in /proc, to write its maps: user_namespaces(7)',
    zh: '在 /proc 中找到新进程，以便写入映射：user_namespaces(7)',
  },
  'user.root-inside': {
    en: 'becomes root inside the user namespace: user_namespaces(7)',
    zh: '在用户命名空间里成为 root：user_namespaces(7)',
  },
  'user.uid-map': {
    en: 'which user inside is which outside: user_namespaces(7)',
    zh: '规定内外用户 id 的对应：user_namespaces(7)',
  },
  'uts.setdomainname': {
    en: 'sets the NIS domain name of this UTS namespace: setdomainname(2)',
    zh: '设置这个 UTS 命名空间的 NIS 域名：setdomainname(2)',
  },
  'uts.sethostname': {
    en: 'sets the host name of this UTS namespace: sethostname(2)',
    zh: '设置这个 UTS 命名空间的主机名：sethostname(2)',
  },
};

const kinds: readonly [string, string, string][] = [
  ['cgroup', 'cgroup', 'cgroup_namespaces(7)'],
  ['ipc', 'IPC', 'ipc_namespaces(7)'],
  ['mount', 'mount', 'mount_namespaces(7)'],
  ['network', 'network', 'network_namespaces(7)'],
  ['pid', 'PID', 'pid_namespaces(7)'],
  ['time', 'time', 'time_namespaces(7)'],
  ['user', 'user', 'user_namespaces(7)'],
  ['uts', 'UTS', 'uts_namespaces(7)'],
];
const chinese: Readonly<Record<string, string>> = {mount: '挂载', network: '网络', time: '时间', user: '用户'};

for (const [type, name, page] of kinds) {
  const zh = chinese[type] ?? `${name} `;
  purposes[`namespace.${type}.open`] = {
    en: `opens the ${name} namespace that is to be joined: ${page}`,
    zh: `打开要加入的${zh.trim() === name ? ` ${name} ` : zh}命名空间：${page}`,
  };
  purposes[`namespace.${type}.join`] ??= {
    en: `joins that ${name} namespace: setns(2), ${page}`,
    zh: `加入那个${zh.trim() === name ? ` ${name} ` : zh}命名空间：setns(2)，${page}`,
  };
}

export const purposeWords: WordTable = Object.fromEntries(
  Object.entries(purposes).map(([purpose, words]) => [`purpose.${purpose}`, words]),
);
