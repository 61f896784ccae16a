/** What the system calls are for that make a container's files: mounts and its root. Keys: purposes of the journal. */
import type {WordTable} from './say.ts';

export const filePurposes: WordTable = {
  'mount.bind': {
    en: 'shows a folder at a second place: mount(2)',
    zh: '让一个目录在另一处也可见（绑定挂载）：mount(2)',
  },
  'mount.bind.flags': {
    en: 'read-only and the like take effect on a bind mount only now: mount(2); in a user namespace mount_setattr(2), which takes no flag away',
    zh: '只读等选项在绑定挂载建好之后才能设上：mount(2)；在用户命名空间里用 mount_setattr(2)，它不去掉任何已有的标志',
  },
  'mount.cgroup': {en: 'mounts a cgroup v1 hierarchy: cgroups(7)', zh: '挂载 cgroup v1 层级：cgroups(7)'},
  'mount.cgroup2': {en: 'mounts the cgroup v2 tree: cgroups(7)', zh: '挂载 cgroup v2 树：cgroups(7)'},
  'mount.devpts': {en: 'terminals of its own: devpts, pty(7)', zh: '给容器自己的伪终端文件系统：devpts，pty(7)'},
  'mount.file': {
    en: 'a place for the next mount, which shows a file: mknod(2); nothing changes where there is one',
    zh: '下一个挂载显示的是文件，先给它放一个空文件：mknod(2)；已有的不动',
  },
  'mount.folder': {
    en: 'a place for the next mount: mkdir(2); nothing changes where there is one',
    zh: '给下一个挂载建好目录：mkdir(2)；已有的不动',
  },
  'mount.mqueue': {
    en: 'shows the POSIX message queues of this IPC namespace: mq_overview(7)',
    zh: '显示这个 IPC 命名空间的 POSIX 消息队列：mq_overview(7)',
  },
  'mount.other': {en: 'mounts a file system: mount(2)', zh: '挂载一个文件系统：mount(2)'},
  'mount.overlay': {
    en: 'lays a writable layer over read-only ones: overlayfs',
    zh: '在只读层上叠一个可写层：overlayfs',
  },
  'mount.overlay.from': {
    en: 'to where the layers have short names, because all their paths are too long for mount(2): chdir(2)',
    zh: '各层的完整路径加起来超出 mount(2) 的选项长度，先进入放着它们短名字的目录：chdir(2)',
  },
  'mount.place': {
    en: 'the place of the next mount; no link may lead out of the root: openat2(2)',
    zh: '下一个挂载的位置，不许任何链接引向根之外：openat2(2)',
  },
  'mount.proc': {en: 'a /proc that shows this PID namespace: proc(5)', zh: '挂载反映本 PID 命名空间的 /proc：proc(5)'},
  'mount.propagation': {
    en: 'says whether mounts made here are seen elsewhere: mount_namespaces(7)',
    zh: '决定这里的挂载是否会传播到别处：mount_namespaces(7)',
  },
  'mount.root.propagation': {
    en: 'cuts this mount namespace off, so that mounts made here stay here: mount_namespaces(7)',
    zh: '切断挂载传播，让这里的挂载只留在这里：mount_namespaces(7)',
  },
  'mount.sysfs': {
    en: 'a /sys that shows this network namespace: sysfs(5)',
    zh: '挂载反映本网络命名空间的 /sys：sysfs(5)',
  },
  'mount.tmpfs': {en: 'a file system in memory: tmpfs(5)', zh: '挂载内存文件系统：tmpfs(5)'},
  'root.bind': {
    en: 'makes the new root a mount point, which pivot_root asks for: mount(2)',
    zh: '让新的根目录成为挂载点，pivot_root 要求如此：mount(2)',
  },
  'root.chroot': {
    en: 'from here on this folder is its "/"; the old root stays mounted behind it, and whoever may call chroot finds the way back: chroot(2)',
    zh: '从这里起，这个目录就是它的“/”；旧的根仍挂载在外面，谁能再调用 chroot，谁就能逃回去：chroot(2)',
  },
  'root.detach': {en: 'lets go of the old root: umount2(2)', zh: '卸下旧的根：umount2(2)'},
  'root.enter': {en: 'goes to the new root: chdir(2)', zh: '进入新的根目录：chdir(2)'},
  'root.look-up': {
    en: 'while the root is being filled, no path leads out of it: chroot(2)',
    zh: '布置新根期间，任何路径都走不出去：chroot(2)',
  },
  'root.old': {
    en: 'the old root, to come back to for pivot_root: open(2), chroot(2)',
    zh: '留住旧的根，做 pivot_root 之前要回去：open(2)，chroot(2)',
  },
  'root.open': {en: 'opens the folder that is to be the root: open(2)', zh: '打开将作为根的目录：open(2)'},
  'root.pivot': {
    en: 'swaps the root of this mount namespace; there is no way back as from chroot: pivot_root(2)',
    zh: '交换这个挂载命名空间的根，不像 chroot 那样能逃回去：pivot_root(2)',
  },
  'root.own': {
    en: 'keeps hold of the root that chroot chose: joining the mount namespace leads to the old one. open(2), chroot(2)',
    zh: '拿住用 chroot 选定的根，因为加入挂载命名空间之后看到的是旧的根：open(2)，chroot(2)',
  },
  'root.readonly': {en: 'nothing in the root can be written: mount(2)', zh: '根文件系统设为只读：mount(2)'},
};
