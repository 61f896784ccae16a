/** What an errno means for somebody who builds containers, and what to do about it (errno(3) and the calls' own pages). */
import type {WordTable} from './say.ts';

export const errnoWords: WordTable = {
  'errno.E2BIG': {
    en: 'Arguments and environment together are too long. Pass fewer or shorter ones.',
    zh: '参数和环境变量加起来太长。请减少或缩短它们。',
  },
  'errno.EACCES': {
    en: 'Permission denied: the file exists, but this user may not use it in this way (for a program: is it executable, and is its file system mounted without noexec?).',
    zh: '权限不够：文件存在，但当前用户不能这样用它（若是程序：有没有执行权限？所在文件系统是否以 noexec 挂载？）。',
  },
  'errno.EAGAIN': {
    en: 'A limit on the number of processes is reached. End some, or raise pids.max or ulimit -u.',
    zh: '进程数达到上限。请结束一些进程，或调高 pids.max 或 ulimit -u。',
  },
  'errno.EBUSY': {
    en: 'Something still uses it: a mount that is in the way, or a folder that is already a root. Unmount it or choose another place.',
    zh: '它正被占用：可能有挂载挡着，或该目录已经是根目录。请先卸载，或换一个位置。',
  },
  'errno.ECHILD': {
    en: 'The process that was waited for has failed or died. Look at the last call that it made.',
    zh: '所等待的进程失败或已结束。请看它的最后一个调用。',
  },
  'errno.EEXIST': {
    en: 'A file or folder of this name exists already. Remove it or choose another name.',
    zh: '同名的文件或目录已存在。请移除它，或换一个名字。',
  },
  'errno.EFAULT': {
    en: 'The kernel was given an address that is not in the process. That is a mistake of Glassbox: please report it.',
    zh: '传给内核的地址不属于该进程。这是 Glassbox 的错误，请报告。',
  },
  'errno.EINVAL': {
    en: 'An argument makes no sense here: a namespace file of another type, an id that the user namespace does not map, a mount option that this file system does not know.',
    zh: '参数在这里没有意义：例如命名空间文件的类型不符、用户命名空间没有映射这个 id，或文件系统不认识某个挂载选项。',
  },
  'errno.EIO': {
    en: 'Input or output failed below the file system. dmesg may say more.',
    zh: '文件系统之下的输入输出失败。dmesg 可能有更多信息。',
  },
  'errno.EISDIR': {
    en: 'This is a folder, and a file was needed.',
    zh: '这是目录，而这里需要文件。',
  },
  'errno.ELOOP': {
    en: 'Symbolic links lead in a circle, or a link is where none is allowed.',
    zh: '符号链接绕成了圈，或出现在不允许链接的位置。',
  },
  'errno.EMFILE': {
    en: 'Too many files are open. Close some, or raise ulimit -n.',
    zh: '打开的文件太多。请关闭一些，或调高 ulimit -n。',
  },
  'errno.ENAMETOOLONG': {
    en: 'The name is longer than the kernel takes (64 bytes for a host name, 255 for a file, 4095 for a path).',
    zh: '名字超过内核的上限（主机名 64 字节，文件名 255 字节，路径 4095 字节）。',
  },
  'errno.ENODEV': {
    en: 'This kernel does not know the file system type. /proc/filesystems lists those it knows; modprobe may add it.',
    zh: '这个内核不认识该文件系统类型。/proc/filesystems 列出它认识的；可试 modprobe。',
  },
  'errno.ENOENT': {
    en: 'There is no such file or folder. For a program it can also mean that the interpreter in its first line, or its dynamic loader, is missing.',
    zh: '没有这个文件或目录。若是程序，也可能是它第一行的解释器或动态加载器不存在。',
  },
  'errno.ENOEXEC': {
    en: 'The file is executable but no program that this machine can run: another architecture, or a script without "#!" in its first line.',
    zh: '文件可执行，但不是本机能运行的程序：架构不同，或是第一行没有“#!”的脚本。',
  },
  'errno.ENOMEM': {
    en: 'Not enough memory; in a PID namespace also: its process 1 has ended, so no further process can be started in it.',
    zh: '内存不足；在 PID 命名空间里还可能是：1 号进程已结束，因此不能再启动进程。',
  },
  'errno.ENOSPC': {
    en: 'No space is left, or a limit on the number of namespaces or mounts is reached (/proc/sys/user/max_*_namespaces, /proc/sys/fs/mount-max).',
    zh: '空间用尽，或命名空间、挂载的数量到了上限（/proc/sys/user/max_*_namespaces、/proc/sys/fs/mount-max）。',
  },
  'errno.ENOSYS': {
    en: 'This kernel does not have the call: it is too old, or a seccomp filter hides it. glassbox doctor says more.',
    zh: '内核没有这个调用：版本太旧，或被 seccomp 过滤器挡住。glassbox doctor 有更多说明。',
  },
  'errno.ENOTDIR': {
    en: 'A part of the path is a file where a folder was needed.',
    zh: '路径中有一段是文件，而那里需要目录。',
  },
  'errno.ENOTEMPTY': {
    en: 'The folder is not empty.',
    zh: '目录不是空的。',
  },
  'errno.ENOTTY': {
    en: 'The descriptor is not of the kind that this request is for.',
    zh: '这个描述符不是该请求所针对的类型。',
  },
  'errno.EOPNOTSUPP': {
    en: 'The kernel or the file system does not support this.',
    zh: '内核或该文件系统不支持这个操作。',
  },
  'errno.EPERM': {
    en: 'Not permitted: a capability is missing in the user namespace that owns the thing (CAP_SYS_ADMIN for most namespaces and mounts). Run as root, or add a user namespace.',
    zh: '不被允许：在拥有该对象的用户命名空间里缺少能力（多数命名空间和挂载需要 CAP_SYS_ADMIN）。请以 root 运行，或加上用户命名空间。',
  },
  'errno.EROFS': {
    en: 'The file system is mounted read-only.',
    zh: '文件系统以只读方式挂载。',
  },
  'errno.ESRCH': {
    en: 'There is no such process any more.',
    zh: '进程已经不存在。',
  },
  'errno.ETXTBSY': {
    en: 'The program is being written at this moment.',
    zh: '这个程序文件此刻正在被写入。',
  },
  'errno.EUSERS': {
    en: 'User namespaces are nested too deep (32 at most), or there are too many.',
    zh: '用户命名空间嵌套太深（最多 32 层），或数量太多。',
  },
  'errno.EXDEV': {
    en: 'The path leads to another mount, where that is not allowed.',
    zh: '路径通向另一个挂载，而这里不允许。',
  },
};
