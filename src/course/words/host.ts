/** `glassbox doctor` and "not run here: WHY" in words: the codes of src/engine/host. */
import type {WordTable} from './say.ts';

export const hostWords = {
  'host.kernel.ok': {
    en: 'The kernel has every call that containers need ({need} or newer).',
    zh: '内核够新（不低于 {need}），容器要用的系统调用都有。',
  },
  'host.kernel.old': {
    en: 'This kernel is older than {need}: it lacks close_range(2), so no lab can start a container.',
    zh: '内核低于 {need}，没有 close_range(2)，所有实验都起不了容器。',
  },
  'host.root.ok': {en: 'Root: every lab may run.', zh: '是 root，所有实验都能做。'},
  'host.root.no': {
    en: 'Not root. Lab 01 and most others make namespaces, which only root may do without a user namespace.',
    zh: '不是 root。实验 01 和大多数实验都要新建命名空间，而不借助用户命名空间的话，只有 root 能建。',
  },
  'host.root.no-capability': {
    en: 'User 0, but without CAP_SYS_ADMIN: this is probably itself a container. Namespaces cannot be made here.',
    zh: '用户号是 0，却没有 CAP_SYS_ADMIN，多半本身就在容器里。这里建不了命名空间。',
  },
  'host.namespace.ok': {en: 'Lab {labs} can make it with {flag}.', zh: '实验 {labs} 可以用 {flag} 新建它。'},
  'host.namespace.missing': {
    en: 'This kernel has no {name} namespaces: lab {labs} cannot run, and containers with {flag} fail.',
    zh: '内核没有 {name} 命名空间：实验 {labs} 做不了，带 {flag} 的容器起不来。',
  },
  'host.namespace.limit': {
    en: 'The limit is 0: {flag} fails with ENOSPC, so lab {labs} cannot run.',
    zh: '上限被设成了 0，{flag} 会得到 ENOSPC，实验 {labs} 做不了。',
  },
  'host.namespace.barred': {
    en: 'Ordinary users may not make one here: lab {labs} needs root.',
    zh: '这里不许普通用户新建它，实验 {labs} 要用 root 来做。',
  },
  'host.cgroup.v1': {
    en: 'cgroup v1: lab 07 uses cpu.cfs_quota_us and shows the v2 spelling beside it.',
    zh: 'cgroup v1：实验 07 用 cpu.cfs_quota_us，旁边对照 v2 的写法。',
  },
  'host.cgroup.v2': {
    en: 'cgroup v2: lab 07 uses cpu.max and shows the v1 spelling beside it.',
    zh: 'cgroup v2：实验 07 用 cpu.max，旁边对照 v1 的写法。',
  },
  'host.cgroup.hybrid': {
    en: 'Both versions are mounted: lab 07 uses whichever holds the controller.',
    zh: '两个版本都挂载了：控制器在哪边，实验 07 就用哪边。',
  },
  'host.cgroup.none': {
    en: 'No cgroup file system is mounted: lab 07 cannot limit anything.',
    zh: '没有挂载 cgroup 文件系统，实验 07 什么也限制不了。',
  },
  'host.cgroup.incomplete': {
    en: 'These controllers are missing: {missing}. Parts of lab 07 cannot run.',
    zh: '缺少控制器 {missing}，实验 07 有一部分做不了。',
  },
  'host.overlay.ok': {en: 'Lab 09 can stack its layers.', zh: '实验 09 可以叠加各层。'},
  'host.overlay.missing': {
    en: 'No overlay file system: lab 09 cannot run, nor can containers on image layers.',
    zh: '没有 overlay 文件系统：实验 09 做不了，也起不了基于镜像层的容器。',
  },
  'host.aufs.ok': {en: 'Lab 10 runs on real aufs.', zh: '实验 10 用真正的 aufs 来做。'},
  'host.aufs.missing': {
    en: 'Few kernels carry aufs. Lab 10 asks the same questions of overlay and says so; nothing needs mending.',
    zh: '带 aufs 的内核本来就少。实验 10 改用 overlay 回答同样的问题，并会说明，不用修什么。',
  },
  'host.ptmx.ok': {en: 'Terminals can be made.', zh: '可以新建终端。'},
  'host.ptmx.missing': {
    en: 'No terminal can be made here: the two shells of a lab cannot start.',
    zh: '这里建不了终端，实验的两个 shell 都启动不了。',
  },
  'host.tool.pstree': {en: 'Draws the tree of processes: labs {labs}.', zh: '画出进程树：实验 {labs}。'},
  'host.tool.hostname': {en: 'Shows and sets the host name: lab {labs}.', zh: '查看和修改主机名：实验 {labs}。'},
  'host.tool.domainname': {en: 'Shows and sets the NIS domain: lab {labs}.', zh: '查看和修改 NIS 域名：实验 {labs}。'},
  'host.tool.readlink': {
    en: 'Shows where the links of /proc/PID/ns lead: lab {labs}.',
    zh: '查看 /proc/PID/ns 里的链接指向哪里：实验 {labs}。',
  },
  'host.tool.nsenter': {
    en: 'Enters the namespaces of another process: labs {labs}.',
    zh: '进入别的进程的命名空间：实验 {labs}。',
  },
  'host.tool.ipcs': {
    en: 'Lists message queues and shared memory: lab {labs}.',
    zh: '列出消息队列和共享内存：实验 {labs}。',
  },
  'host.tool.ipcmk': {en: 'Makes message queues: lab {labs}.', zh: '新建消息队列：实验 {labs}。'},
  'host.tool.ps': {en: 'Lists processes: labs {labs}.', zh: '列出进程：实验 {labs}。'},
  'host.tool.unshare': {
    en: 'Runs a program in new namespaces: labs {labs}.',
    zh: '让程序在新的命名空间里运行：实验 {labs}。',
  },
  'host.tool.ip': {en: 'Shows and connects network devices: lab {labs}.', zh: '查看和连接网络设备：实验 {labs}。'},
  'host.tool.ping': {
    en: 'Asks another address for a sign of life: lab {labs}.',
    zh: '看另一个地址有没有回应：实验 {labs}。',
  },
  'host.tool.lsns': {
    en: 'Lists namespaces and who is in them: lab {labs}.',
    zh: '列出命名空间和其中的进程：实验 {labs}。',
  },
  'host.tool.strace': {
    en: 'Shows the system calls of a program: lab {labs}, and the tests.',
    zh: '查看程序用了哪些系统调用：实验 {labs}，测试也要用。',
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
  'host.node.ok': {en: 'New enough for the screens.', zh: '够新，界面可以运行。'},
  'host.node.old': {
    en: 'The screens need Node {need} or newer.',
    zh: '界面需要 Node {need} 或更新的版本。',
  },
  'host.locale.ok': {en: 'Chinese and line drawing come out right.', zh: '中文和制表线都能正常显示。'},
  'host.locale.not-utf8': {
    en: 'Not a UTF-8 locale: Chinese and line drawing may come out as question marks.',
    zh: '当前 locale 不是 UTF-8，中文和制表线可能显示成问号。',
  },
  'host.terminal.ok': {
    en: 'Large enough ({needCols}×{needRows} is the least).',
    zh: '够大（至少要 {needCols}×{needRows}）。',
  },
  'host.terminal.none': {
    en: 'The output is not a terminal: the screens cannot open; `glassbox run` and the other plain commands work.',
    zh: '输出不是终端，打不开界面；`glassbox run` 等纯文本命令照常可用。',
  },
  'host.terminal.dumb': {
    en: 'This terminal cannot move its cursor: the screens cannot open.',
    zh: '这个终端不能移动光标，打不开界面。',
  },
  'host.terminal.small': {
    en: 'It has {cols}×{rows} cells, the screens need {needCols}×{needRows}.',
    zh: '现在是 {cols}×{rows}，界面至少要 {needCols}×{needRows}。',
  },
  'host.disk.ok': {en: 'Room enough.', zh: '空间足够。'},
  'host.disk.full': {
    en: 'Only {freeMiB} MiB are free in {directory}; a session needs {needMiB}.',
    zh: '{directory} 只剩 {freeMiB} MiB，做一次实验需要 {needMiB} MiB。',
  },
  'host.disk.read-only': {
    en: '{directory} cannot be written: what a session has to remember has no place.',
    zh: '{directory} 不可写，实验要记下的东西没有地方放。',
  },

  'host.unmet.root': {en: 'this lab needs root', zh: '这个实验需要 root'},
  'host.unmet.namespace': {
    en: 'this lab needs the {name} namespace ({flag}), which cannot be made here',
    zh: '这个实验要用 {name} 命名空间（{flag}），而这里建不了',
  },
  'host.unmet.tool': {en: 'the program `{tool}` is missing', zh: '缺少程序 `{tool}`'},
  'host.unmet.filesystem': {
    en: 'this kernel has no file system `{name}`',
    zh: '这个内核没有 `{name}` 文件系统',
  },
  'host.unmet.controller': {
    en: 'the cgroup controller `{name}` cannot be used here',
    zh: '这里用不了 cgroup 控制器 `{name}`',
  },

  'host.cure.kernel': {
    en: 'Use a system with Linux {need} or newer: Debian 11, Ubuntu 22.04, or later.',
    zh: '换用内核不低于 {need} 的系统：Debian 11、Ubuntu 22.04，或更新的系统。',
  },
  'host.cure.kernel-config': {
    en: 'Use a kernel built with {config}=y, such as those of the distributions.',
    zh: '换用带 {config}=y 的内核，各发行版自带的内核就行。',
  },
  'host.cure.sudo': {en: 'Start it with sudo.', zh: '用 sudo 启动。'},
  'host.cure.capability': {
    en: 'Run it outside this container, or give the container CAP_SYS_ADMIN (docker run --privileged).',
    zh: '到这个容器外面运行，或者给容器 CAP_SYS_ADMIN（docker run --privileged）。',
  },
  'host.cure.command': {en: 'As root: {command}', zh: '以 root 执行：{command}'},
  'host.cure.module': {
    en: 'As root: {command}; where there is no such module, another kernel is needed.',
    zh: '以 root 执行：{command}；如果没有这个模块，就要换内核。',
  },
  'host.cure.install': {en: 'As root: {command}', zh: '以 root 执行：{command}'},
  'host.cure.install-by-hand': {
    en: 'Install the package that brings it (on Debian: {package}).',
    zh: '安装提供它的软件包（Debian 上是 {package}）。',
  },
  'host.cure.cgroup': {
    en: 'As root: mount -t cgroup2 none /sys/fs/cgroup',
    zh: '以 root 执行：mount -t cgroup2 none /sys/fs/cgroup',
  },
  'host.cure.controller': {
    en: 'Boot with {missing} enabled (kernel parameter cgroup_enable={missing}), or use another machine for this lab.',
    zh: '启动内核时加参数 cgroup_enable={missing} 打开它，或者换一台机器做这个实验。',
  },
  'host.cure.node': {
    en: 'Start it with `npm start`, which brings its own Node.',
    zh: '用 `npm start` 启动，它自带合适的 Node。',
  },
  'host.cure.locale': {en: 'export LANG=C.UTF-8', zh: 'export LANG=C.UTF-8'},
  'host.cure.terminal-none': {
    en: 'Start it in a terminal, without a pipe; over ssh: ssh -t.',
    zh: '在终端里直接启动，不要接管道；通过 ssh 时用 ssh -t。',
  },
  'host.cure.terminal-dumb': {
    en: 'Use another terminal, or set TERM to what it is: export TERM=xterm-256color',
    zh: '换一个终端，或者把 TERM 设成它的真实类型：export TERM=xterm-256color',
  },
  'host.cure.terminal-small': {
    en: 'Enlarge the window, or make its font smaller.',
    zh: '把窗口放大，或者把字号调小。',
  },
  'host.cure.disk': {en: 'Make room in {directory}.', zh: '给 {directory} 腾出空间。'},
  'host.cure.disk-write': {
    en: 'Make {directory} writable, or set XDG_STATE_HOME to a directory that is.',
    zh: '让 {directory} 可写，或者把 XDG_STATE_HOME 设成一个可写的目录。',
  },
} satisfies WordTable;
