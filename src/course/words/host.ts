/** `glassbox doctor` and "not run here: WHY" in words: the codes of src/engine/host. */
import {hostCureWords} from './host-cure.ts';
import {hostPlaceWords} from './host-place.ts';
import {hostToolWords} from './host-tools.ts';
import type {WordTable} from './say.ts';

export const hostWords = {
  ...hostPlaceWords,
  ...hostToolWords,
  ...hostCureWords,
  'host.kernel.ok': {
    en: 'The kernel has every call that containers need ({need} or newer).',
    zh: '内核够新（不低于 {need}），容器要用的系统调用都有。',
  },
  'host.kernel.old': {
    en: 'This kernel is older than {need}: it lacks close_range(2), so no lab can start a container.',
    zh: '内核低于 {need}，没有 close_range(2)，所有实验都起不了容器。',
  },
  'host.root.ok': {en: 'Root: every lab may run.', zh: '是 root，所有实验都能做。'},
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
  'host.node.ok': {en: 'New enough for the screens.', zh: '够新，界面可以运行。'},
  'host.node.old': {
    en: 'The screens need Node {need} or newer.',
    zh: '界面需要 Node {need} 或更新的版本。',
  },
  'host.root.mapped': {
    en: 'Not root. Labs that can do with it run in a user namespace, in which you are root; the others need root.',
    zh: '不是 root。能借助用户命名空间的实验照样可以做（你在里面是 root），其余的需要 root。',
  },
  'host.root.no': {
    en: 'Not root, and no user namespace to be had in its place: no lab can make its namespaces.',
    zh: '不是 root，又用不了用户命名空间来代替，所有实验都建不了命名空间。',
  },
  'host.root.no-capability': {
    en: 'User 0, but without CAP_SYS_ADMIN: this is probably itself a container. Namespaces cannot be made here.',
    zh: '用户号是 0，却没有 CAP_SYS_ADMIN，多半本身就在容器里。这里建不了命名空间。',
  },
  'host.namespace.ok': {en: 'It can be made, with {flag}.', zh: '可以用 {flag} 新建。'},
  'host.namespace.missing': {
    en: 'This kernel has no {name} namespaces: containers with {flag} fail.',
    zh: '内核没有 {name} 命名空间，带 {flag} 的容器起不来。',
  },
  'host.namespace.limit': {
    en: 'The limit is 0: {flag} fails with ENOSPC.',
    zh: '上限被设成了 0，{flag} 会得到 ENOSPC。',
  },
  'host.unprivileged.ok': {
    en: 'Ordinary users may make user namespaces: labs run without root.',
    zh: '普通用户可以新建用户命名空间，不用 root 也能做实验。',
  },
  'host.unprivileged.others': {
    en: 'Ordinary users may make user namespaces, so they can do labs here without root. You are root and need none.',
    zh: '普通用户可以新建用户命名空间，不用 root 也能在这里做实验。你是 root，用不着。',
  },
  'host.unprivileged.limit': {
    en: 'The limit on user namespaces is 0: nobody can make one, and ordinary users can do no lab.',
    zh: '用户命名空间的上限是 0，谁都建不了，普通用户一个实验也做不了。',
  },
  'host.unprivileged.clone': {
    en: 'This kernel keeps user namespaces from ordinary users, who can then do no lab without root.',
    zh: '内核不许普通用户新建用户命名空间，他们没有 root 就一个实验也做不了。',
  },
  'host.unprivileged.apparmor': {
    en: 'AppArmor takes all rights from the user namespaces of ordinary users (Ubuntu 23.10 and later): without root they can do no lab.',
    zh: 'AppArmor 会剥夺普通用户的用户命名空间里的一切权限（Ubuntu 23.10 及以后），没有 root 就一个实验也做不了。',
  },
  'host.subids.root': {
    en: 'Root may map any ids. Ordinary users want newuidmap and a range in /etc/subuid and /etc/subgid.',
    zh: 'root 可以映射任何编号。普通用户最好有 newuidmap，并在 /etc/subuid 和 /etc/subgid 里分到一段编号。',
  },
  'host.subids.ok': {
    en: 'Beside your own id, {count} more can be mapped: other users exist inside the user namespace, too.',
    zh: '除了自己的编号，还能映射 {count} 个，用户命名空间里也有别的用户。',
  },
  'host.subids.none': {
    en: '{user} has no range in /etc/subuid and /etc/subgid: only one id is mapped, and labs that change users show less.',
    zh: '{user} 在 /etc/subuid 和 /etc/subgid 里没有编号段，只能映射一个编号，要换用户的实验会少一些内容。',
  },
  'host.subids.no-helper': {
    en: 'newuidmap and newgidmap are missing: only one id is mapped, and labs that change users show less.',
    zh: '缺少 newuidmap 和 newgidmap，只能映射一个编号，要换用户的实验会少一些内容。',
  },
  'host.cgroup.incomplete': {
    en: 'These controllers cannot be used: {missing}.',
    zh: '这些控制器用不了：{missing}。',
  },
  'host.cgroup.read-only': {
    en: 'The cgroup file systems are mounted read-only, as in most containers: no group can be made.',
    zh: 'cgroup 文件系统是只读挂载的（容器里多半如此），建不了控制组。',
  },
  'host.overlay.ok': {en: 'Layers can be stacked.', zh: '可以叠加各层。'},
  'host.overlay.missing': {
    en: 'This kernel has no overlay file system, and no module of it: layers of images cannot be stacked.',
    zh: '内核没有 overlay 文件系统，也没有它的模块，镜像的各层叠不起来。',
  },
  'host.overlay.no-modules': {
    en: 'No overlay file system, and no modules of the running kernel {release} on the disk: it was updated and not restarted, or this is a container.',
    zh: '没有 overlay 文件系统，磁盘上也没有当前内核 {release} 的模块：可能更新后还没重启，或者这里是容器。',
  },
  'host.delegation.machine': {en: 'Control groups can be made anywhere.', zh: '可以在任何地方新建控制组。'},
  'host.delegation.systemd': {
    en: 'systemd gives a group of its own for the asking.',
    zh: '可以向 systemd 要一个自己的控制组。',
  },
  'host.delegation.group': {
    en: 'A control group has been handed to this user.',
    zh: '已经把一个控制组交给了这个用户。',
  },
  'host.delegation.none': {
    en: 'This user may make no control groups with {missing}: none has been handed over.',
    zh: '这个用户建不了带 {missing} 的控制组：没有交给他。',
  },
  'host.delegation.not-given': {
    en: 'systemd has not handed {missing} down to this user.',
    zh: 'systemd 没有把 {missing} 交给这个用户。',
  },
  'host.delegation.occupied': {
    en: 'The root of the cgroups here holds processes, as in containers: {missing} cannot be handed on.',
    zh: '这里的 cgroup 根组里有进程（容器里常这样），没法把 {missing} 交下去。',
  },
  'host.overlay.user': {
    en: 'Ordinary users can stack layers, too, in a user namespace (Linux {need} or newer).',
    zh: '普通用户在用户命名空间里也能叠加各层（内核不低于 {need}）。',
  },
  'host.overlay.user-old': {
    en: 'Before Linux {need} a tmpfs keeps no user.* attributes, so that overlays of ordinary users lack their marks.',
    zh: '内核低于 {need} 时，tmpfs 存不了 user.* 属性，普通用户的 overlay 就没有地方放记号。',
  },
} satisfies WordTable;
