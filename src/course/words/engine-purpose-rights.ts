/** What the system calls are for that say what a process may do, how much, and what is hidden from it. */
import type {WordTable} from './say.ts';

export const rightsPurposes: WordTable = {
  'capability.ambient': {
    en: 'which capabilities a program keeps that is neither root’s nor has any of its own: capabilities(7)',
    zh: '既不属于 root、自身也没有能力的程序仍保留哪些能力：capabilities(7)',
  },
  'capability.bounding': {
    en: 'a capability that nothing in here will ever get again: capabilities(7)',
    zh: '去掉一项能力，这里的任何程序再也得不到它：capabilities(7)',
  },
  'capability.keep': {
    en: 'becoming another user shall not take all capabilities: prctl(2)',
    zh: '变成别的用户时不丢掉全部能力：prctl(2)',
  },
  'capability.set': {
    en: 'the capabilities that the process has from now on: capabilities(7)',
    zh: '进程从此拥有的能力：capabilities(7)',
  },
  'device.folder': {
    en: 'the folder for devices; no link may lead out of it: openat2(2)',
    zh: '放设备的目录，不许任何链接引向外面：openat2(2)',
  },
  'device.link': {en: 'names that programs expect in /dev: fd(4)', zh: '程序期望在 /dev 里看到的名字：fd(4)'},
  'device.make': {
    en: 'a file that leads to a driver of the kernel: mknod(2)',
    zh: '建一个通向内核驱动的设备文件：mknod(2)',
  },
  'device.mode': {
    en: 'for a moment nothing is taken from the rights of new files: umask(2)',
    zh: '暂时不从新文件的权限中去掉任何位：umask(2)',
  },
  'device.owner': {en: 'to whom the device belongs: chown(2)', zh: '设备归谁所有：chown(2)'},
  'device.place': {
    en: 'an empty file, over which the device is to be shown: mknod(2)',
    zh: '先放一个空文件，设备将显示在它上面：mknod(2)',
  },
  'device.show': {
    en: 'shows the host’s device, since a user namespace may make none: user_namespaces(7)',
    zh: '直接显示宿主机的设备，因为用户命名空间里不能新建：user_namespaces(7)',
  },
  'mask.file': {
    en: 'a file shows nothing any more: /dev/null lies over it, null(4)',
    zh: '让一个文件什么也看不到：用 /dev/null 盖住它，null(4)',
  },
  'mask.folder': {
    en: 'a folder shows nothing any more: an empty one lies over it, tmpfs(5)',
    zh: '让一个目录什么也看不到：用空目录盖住它，tmpfs(5)',
  },
  'mask.place': {
    en: 'what is to be hidden; no link may lead out of the root: openat2(2)',
    zh: '要遮住的东西，不许任何链接引向根之外：openat2(2)',
  },
  'mask.readonly': {
    en: 'and nobody changes mode or owner of what lies over it: mount_setattr(2)',
    zh: '盖在上面的东西，谁也不能改它的权限和属主：mount_setattr(2)',
  },
  'mask.return': {en: 'goes back to the new root: chdir(2)', zh: '回到新的根目录：chdir(2)'},
  'mask.source': {
    en: 'the host’s /dev/null, since the container’s own could be anything: null(4)',
    zh: '取宿主机的 /dev/null，因为容器自己的可能是任何东西：null(4)',
  },
  'mount.recursive': {
    en: 'changes a mount and all mounts below it: mount_setattr(2)',
    zh: '改变一个挂载及其下面的所有挂载：mount_setattr(2)',
  },
  'process.io-priority': {
    en: 'whose reads and writes of disks go first: ioprio_set(2)',
    zh: '磁盘读写谁先谁后：ioprio_set(2)',
  },
  'process.oom-score': {
    en: 'how soon it is killed when memory runs out: proc(5)',
    zh: '内存耗尽时它多快会被杀死：proc(5)',
  },
  'process.personality': {
    en: 'which kind of Linux uname tells of: personality(2)',
    zh: '决定 uname 报告的是哪种 Linux：personality(2)',
  },
  'process.rlimit': {
    en: 'a limit of this process and its children: getrlimit(2)',
    zh: '设置进程及其子进程的限额：getrlimit(2)',
  },
  'process.scheduler': {en: 'how it shares the processors: sched(7)', zh: '它如何分享处理器：sched(7)'},
  'readonly.bind': {
    en: 'makes a path a mount of its own, so that it can be read-only: mount(2)',
    zh: '把一个路径变成独立的挂载，以便设为只读：mount(2)',
  },
  'readonly.place': {
    en: 'what is to be read-only; no link may lead out of the root: openat2(2)',
    zh: '要设为只读的东西，不许任何链接引向根之外：openat2(2)',
  },
  'readonly.set': {en: 'nothing can be written there: mount_setattr(2)', zh: '那里从此不可写：mount_setattr(2)'},
  'seccomp.load': {
    en: 'a filter that is asked before each system call from now on: seccomp(2)',
    zh: '装入过滤器，此后每个系统调用都先问它：seccomp(2)',
  },
  'sysctl.set': {
    en: 'a setting of the kernel that this namespace has for itself: sysctl(8)',
    zh: '设置内核参数，只对这个命名空间有效：sysctl(8)',
  },
  'time.new': {
    en: 'a time namespace for the next child; clocks can be set only while it is empty: time_namespaces(7)',
    zh: '给下一个子进程建时间命名空间，只有其中没有进程时才能设时钟：time_namespaces(7)',
  },
  'time.offsets': {en: 'how far its clocks are ahead: time_namespaces(7)', zh: '它的时钟快多少：time_namespaces(7)'},
  'time.remember': {
    en: 'remembers the own time namespace for the way back: time_namespaces(7)',
    zh: '记住自己的时间命名空间，以便返回：time_namespaces(7)',
  },
  'time.return': {
    en: 'children are born in the own time namespace again: setns(2)',
    zh: '让子进程重新出生在自己的时间命名空间：setns(2)',
  },
};
