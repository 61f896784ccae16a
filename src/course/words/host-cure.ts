/** Why a lab cannot run here, and what mends it, in words: 'host.unmet.*' and 'host.cure.*' of src/engine/host. */
import type {WordTable} from './say.ts';

export const hostCureWords = {
  'host.unmet.root': {en: 'this lab needs root', zh: '这个实验需要 root'},
  'host.unmet.mapped': {
    en: 'this lab needs root, or a user namespace of its own, which ordinary users cannot have on this machine',
    zh: '这个实验需要 root，或者一个自己的用户命名空间，而这台机器不让普通用户建',
  },
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
  'host.cure.node': {
    en: 'Start it with `npm start`, which brings its own Node.',
    zh: '用 `npm start` 启动，它自带合适的 Node。',
  },
  'host.cure.terminal-none': {
    en: 'Start it in a terminal, without a pipe; over ssh: ssh -t.',
    zh: '在终端里直接启动，不要接管道；通过 ssh 时用 ssh -t。',
  },
  'host.cure.terminal-small': {
    en: 'Enlarge the window, or make its font smaller.',
    zh: '把窗口放大，或者把字号调小。',
  },
  'host.cure.sysctl': {
    en: 'As root: {command} (for good: put {setting} into /etc/sysctl.d/60-glassbox.conf)',
    zh: '以 root 执行：{command}（要长期生效，就把 {setting} 写进 /etc/sysctl.d/60-glassbox.conf）',
  },
  'host.cure.install-by-hand': {
    en: 'Install the package that brings it: {apt} on Debian and Ubuntu, {dnf} on Fedora, {pacman} on Arch, {apk} on Alpine.',
    zh: '安装提供它的软件包：Debian 和 Ubuntu 是 {apt}，Fedora 是 {dnf}，Arch 是 {pacman}，Alpine 是 {apk}。',
  },
  'host.cure.controller': {
    en: 'Boot with {missing} enabled (kernel parameter cgroup_enable={missing}), or use another machine for this lab.',
    zh: '启动内核时加参数 cgroup_enable={missing} 打开它，或者换一台机器做这个实验。',
  },
  'host.cure.controller-barred': {
    en: 'Take {option} off the kernel’s command line (/etc/default/grub, then update-grub) and restart.',
    zh: '从内核命令行里去掉 {option}（改 /etc/default/grub，再执行 update-grub），然后重启。',
  },
  'host.cure.controller-elsewhere': {
    en: 'Whoever manages the cgroups (systemd, or outside of this container) has to hand {missing} down; or use another machine for this lab.',
    zh: '要由管理 cgroup 的一方（systemd，或者容器外面）把 {missing} 交下来；或者换一台机器做这个实验。',
  },
  'host.cure.cgroup-outside': {
    en: 'Outside: start the container with writable cgroups (docker run --privileged). Or use a virtual machine.',
    zh: '在外面用可写的 cgroup 启动容器（docker run --privileged），或者换成虚拟机。',
  },
  'host.cure.seccomp': {
    en: 'Outside: docker run --privileged, or at least --security-opt seccomp=unconfined.',
    zh: '在外面用 docker run --privileged 启动，至少要加 --security-opt seccomp=unconfined。',
  },
  'host.cure.proc': {
    en: 'Outside: --security-opt systempaths=unconfined (Docker), --security-opt unmask=ALL (Podman). Or start it as root.',
    zh: '在外面加 --security-opt systempaths=unconfined（Docker）或 --security-opt unmask=ALL（Podman），或者用 root 启动。',
  },
  'host.cure.wsl': {
    en: 'In Windows: wsl --set-version NAME 2 (NAME as in wsl --list).',
    zh: '在 Windows 里执行 wsl --set-version 名称 2（名称见 wsl --list）。',
  },
  'host.cure.restart': {
    en: 'Restart the machine; in a container, as root outside: {command}',
    zh: '重启机器；如果是容器，就在外面以 root 执行：{command}',
  },
  'host.cure.locale': {en: '{command}', zh: '{command}'},
  'host.cure.terminal-dumb': {
    en: 'Use another terminal, or set TERM to what it is: {command}',
    zh: '换一个终端，或者把 TERM 设成它的真实类型：{command}',
  },
  'host.cure.characters': {
    en: 'Use the terminal of a desktop, or ssh from one; or English: --lang en.',
    zh: '用桌面环境里的终端，或者从那里 ssh 过来；或者用英文：--lang en。',
  },
  'host.cure.wide-lines': {
    en: 'Nothing is wrong; a setting such as “ambiguous characters are narrow” brings the lines back.',
    zh: '不影响使用；在终端设置里把“宽度不明的字符”设为窄，就能恢复线条。',
  },
  'host.cure.disk': {en: 'Make room in {directory}.', zh: '给 {directory} 腾出空间。'},
  'host.cure.disk-write': {
    en: 'Make {directory} writable, or set XDG_STATE_HOME to a directory that is.',
    zh: '让 {directory} 可写，或者把 XDG_STATE_HOME 设成一个可写的目录。',
  },
  'host.cure.memory': {
    en: 'End other programs, or give the machine more memory.',
    zh: '关掉别的程序，或者给机器加内存。',
  },
  'host.unmet.delegation': {
    en: 'no control group with `{name}` has been handed to this user',
    zh: '没有把带 `{name}` 的控制组交给这个用户',
  },
  'host.unmet.proc': {
    en: 'parts of /proc are covered, so that an ordinary user cannot mount one for the lab’s PID namespace',
    zh: '/proc 有些地方被遮住了，普通用户没法给实验的 PID 命名空间挂载 /proc',
  },
  'host.unmet.overlay-user': {
    en: 'on this kernel only root gets a whole overlay on a tmpfs',
    zh: '这个内核上只有 root 能在 tmpfs 上用完整的 overlay',
  },

  'host.labs': {en: 'Labs {labs}.', zh: '涉及实验 {labs}。'},
  'host.labs.one': {en: 'Lab {labs}.', zh: '涉及实验 {labs}。'},
  'host.labs.all': {en: 'All labs.', zh: '涉及所有实验。'},
  'host.runs.title': {en: 'The labs on this machine:', zh: '各实验在这台机器上：'},
  'host.runs.yes': {en: 'runs', zh: '可以做'},
  'host.runs.mapped': {en: 'runs mapped, without root', zh: '不用 root 也可以做（映射方式）'},
  'host.runs.no': {en: 'does not run here: {why}', zh: '这里做不了：{why}'},
  'host.runs.broken': {
    en: 'its lab.md has errors: glassbox lint {number}',
    zh: '它的 lab.md 有错：glassbox lint {number}',
  },
} satisfies WordTable;
