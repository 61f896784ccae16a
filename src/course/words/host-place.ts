/** What the machine is and what is around the program, in words: filters, containers, mounts, terminal, disks. */
import type {WordTable} from './say.ts';

export const hostPlaceWords = {
  'host.seccomp.none': {en: 'No filter of system calls.', zh: '没有系统调用过滤器。'},
  'host.seccomp.passes': {
    en: 'There is a filter of system calls, and it lets through what containers are made with.',
    zh: '有系统调用过滤器，但新建容器要用的调用都放行。',
  },
  'host.seccomp.bars': {
    en: 'A filter of system calls refuses {calls}: no namespace can be made. Docker sets one like that.',
    zh: '系统调用过滤器拒绝 {calls}，建不了任何命名空间。Docker 默认就带这样的过滤器。',
  },
  'host.sandbox.none': {
    en: 'Not inside a container; a virtual machine is as good as a real one.',
    zh: '不在容器里；虚拟机和实体机一样好用。',
  },
  'host.sandbox.docker': {
    en: 'Inside a Docker container: labs run where it is privileged (docker run --privileged), and are refused mounts and namespaces otherwise.',
    zh: '在 Docker 容器里：特权容器（docker run --privileged）可以做实验，否则挂载和命名空间都会被拒绝。',
  },
  'host.sandbox.podman': {
    en: 'Inside a Podman container: labs run where it is privileged (podman run --privileged).',
    zh: '在 Podman 容器里：特权容器（podman run --privileged）可以做实验。',
  },
  'host.sandbox.kubernetes': {
    en: 'Inside a Kubernetes pod: labs run where it is privileged (securityContext.privileged: true).',
    zh: '在 Kubernetes 的 pod 里：特权 pod（securityContext.privileged: true）可以做实验。',
  },
  'host.sandbox.lxc': {
    en: 'Inside an LXC container: namespaces need security.nesting=true, and cgroups are only those that it was given.',
    zh: '在 LXC 容器里：要设 security.nesting=true 才能新建命名空间，cgroup 也只有分给它的那些。',
  },
  'host.sandbox.systemd-nspawn': {
    en: 'Inside a systemd-nspawn container: a machine of its own (machinectl, virtual machine) meets fewer limits.',
    zh: '在 systemd-nspawn 容器里：换成一台虚拟机，限制会少得多。',
  },
  'host.sandbox.container': {
    en: 'Inside a container: what it may not do is told by the other lines.',
    zh: '在容器里：它不能做什么，看其他各行。',
  },
  'host.sandbox.wsl2': {
    en: 'WSL 2, a real Linux kernel. Labs run; without systemd in /etc/wsl.conf cgroups may be of both versions.',
    zh: 'WSL 2，是真正的 Linux 内核，可以做实验；/etc/wsl.conf 里没有启用 systemd 时，cgroup 可能两个版本都有。',
  },
  'host.sandbox.wsl1': {
    en: 'WSL 1 translates system calls and has no namespaces: no lab can run.',
    zh: 'WSL 1 只是翻译系统调用，没有命名空间，所有实验都做不了。',
  },
  'host.init.systemd': {
    en: 'systemd runs this machine and owns its control groups.',
    zh: '这台机器由 systemd 管理，控制组也归它管。',
  },
  'host.init.other': {
    en: 'No systemd here: control groups are made directly.',
    zh: '没有 systemd，直接新建控制组。',
  },
  'host.mount.shared': {
    en: 'The mount at / is shared, as systemd makes it: the stage takes a private copy, so that mounts of labs stay in it.',
    zh: '/ 的挂载是 shared（systemd 的做法）：舞台用的是私有的一份，实验里的挂载传不出去。',
  },
  'host.mount.private': {
    en: 'The mount at / is private: mounts in one place are not seen in another.',
    zh: '/ 的挂载是 private，一处的挂载传不到别处。',
  },
  'host.proc.whole': {
    en: 'Nothing in /proc is covered: a new one can be mounted.',
    zh: '/proc 没有被遮住的地方，可以再挂载一个。',
  },
  'host.proc.lids': {
    en: 'Parts of /proc are covered ({list}): the kernel then lets no user namespace mount a /proc of its own.',
    zh: '/proc 有些地方被遮住了（{list}），内核因此不许用户命名空间挂载自己的 /proc。',
  },
  'host.proc.lids-root': {
    en: 'Parts of /proc are covered. Root mounts a new one all the same; ordinary users cannot.',
    zh: '/proc 有些地方被遮住了。root 照样可以再挂载一个，普通用户不行。',
  },
  'host.mount.program': {
    en: 'Programs can be started from where Glassbox lies.',
    zh: 'Glassbox 所在的地方可以启动程序。',
  },
  'host.mount.program-noexec': {
    en: '{where} is mounted noexec: the engine’s own program in {directory} cannot be started.',
    zh: '{where} 是以 noexec 挂载的，{directory} 里的引擎程序启动不了。',
  },
  'host.mount.run': {en: 'Sessions have a place in {directory}.', zh: '实验在 {directory} 里有地方放东西。'},
  'host.mount.run-noexec': {
    en: '{where} is mounted with {flags}. The stage has a file system of its own there; only with --real-host programs that are copied to it do not start.',
    zh: '{where} 的挂载带有 {flags}。舞台在那里有自己的文件系统，不受影响；只有用 --real-host 时，复制过去的程序启动不了。',
  },
  'host.mount.run-read-only': {
    en: '{where} is mounted read-only: a session has no place in {directory}.',
    zh: '{where} 是只读挂载的，实验在 {directory} 里没有地方放东西。',
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
    en: 'The output is not a terminal: instead of the screens, labs come line by line.',
    zh: '输出不是终端，打不开界面，实验改为逐行显示。',
  },
  'host.terminal.dumb': {
    en: 'This terminal is said not to move its cursor: instead of the screens, labs come line by line.',
    zh: '按 TERM 的说法，这个终端不能移动光标，打不开界面，实验改为逐行显示。',
  },
  'host.terminal.small': {
    en: 'It has {cols}×{rows} cells, the screens need {needCols}×{needRows}.',
    zh: '现在是 {cols}×{rows}，界面至少要 {needCols}×{needRows}。',
  },
  'host.colors.ok': {en: '{count} colours.', zh: '{count} 种颜色。'},
  'host.colors.few': {
    en: '{count} colours: what colours say is said by marks and words, too.',
    zh: '只有 {count} 种颜色；颜色表达的意思，符号和文字里也都有。',
  },
  'host.colors.asked': {en: 'Without colours, as asked.', zh: '按要求不用颜色。'},
  'host.colors.unknown': {en: 'Only a terminal has colours.', zh: '只有终端才有颜色。'},
  'host.characters.ok': {
    en: 'A Chinese character takes two cells and a line one: frames stay straight.',
    zh: '汉字占两格，线条占一格，边框对得齐。',
  },
  'host.characters.narrow': {
    en: 'This terminal draws a Chinese character in {chinese} cell(s) and not in 2: Chinese screens will be crooked.',
    zh: '这个终端把汉字画成 {chinese} 格，而不是 2 格，中文界面会对不齐。',
  },
  'host.characters.wide-lines': {
    en: 'This terminal draws lines in {line} cells: the screens use ASCII instead.',
    zh: '这个终端把线条画成 {line} 格，界面会改用 ASCII。',
  },
  'host.characters.console': {
    en: 'The console of the kernel has no Chinese characters: English works, Chinese does not.',
    zh: '内核自带的控制台没有汉字，只能用英文。',
  },
  'host.characters.unknown': {
    en: 'How wide characters are drawn was not asked; `glassbox doctor` in a terminal asks it.',
    zh: '没有问过字符有多宽；在终端里执行 `glassbox doctor` 时会问。',
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
  'host.memory.ok': {en: 'Memory enough.', zh: '内存足够。'},
  'host.memory.low': {
    en: '{freeMiB} MiB of memory are free; a session wants {needMiB}, and the kernel ends programs when none is left.',
    zh: '可用内存只有 {freeMiB} MiB，做一次实验最好有 {needMiB} MiB；用光的话，内核会杀掉程序。',
  },
} satisfies WordTable;
