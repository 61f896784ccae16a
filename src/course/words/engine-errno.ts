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
  'errno.EADDRINUSE': {
    en: 'Another socket has this address or port already. Choose another, or end the program that has it (ss -lnp).',
    zh: '这个地址或端口已被别的套接字占用。请换一个，或结束占用它的程序（ss -lnp）。',
  },
  'errno.EADDRNOTAVAIL': {
    en: 'No interface of this network namespace has this address. Look with ip address.',
    zh: '这个网络命名空间里没有哪个接口有这个地址。请用 ip address 查看。',
  },
  'errno.EAGAIN': {
    en: 'A limit on the number of processes is reached. End some, or raise pids.max or ulimit -u.',
    zh: '进程数达到上限。请结束一些进程，或调高 pids.max 或 ulimit -u。',
  },
  'errno.EBADF': {
    en: 'The descriptor is not open, or not for this use (reading, writing). That is a mistake of Glassbox: please report it.',
    zh: '描述符没有打开，或不是为这种用途（读、写）打开的。这是 Glassbox 的错误，请报告。',
  },
  'errno.EBUSY': {
    en: 'Something still uses it: a mount that is in the way, or a folder that is already a root. Unmount it or choose another place.',
    zh: '它正被占用：可能有挂载挡着，或该目录已经是根目录。请先卸载，或换一个位置。',
  },
  'errno.ECANCELED': {
    en: 'It was given up because the session ended meanwhile. Start it again.',
    zh: '会话在此期间结束，因此放弃了。请重新开始。',
  },
  'errno.ECHILD': {
    en: 'The process that was waited for has failed or died. Look at the last call that it made.',
    zh: '所等待的进程失败或已结束。请看它的最后一个调用。',
  },
  'errno.ECONNREFUSED': {
    en: 'The machine is there, but no program listens on that port. Look with ss -ltn.',
    zh: '对方主机在，但没有程序在监听那个端口。请用 ss -ltn 查看。',
  },
  'errno.EDQUOT': {
    en: 'The quota of this user on the file system is used up. Remove some files.',
    zh: '该用户在这个文件系统上的配额已用完。请删除一些文件。',
  },
  'errno.EEXIST': {
    en: 'Something of this name exists already. Remove it or choose another name.',
    zh: '同名的东西已经存在。请移除它，或换一个名字。',
  },
  'errno.EFAULT': {
    en: 'The kernel was given an address that is not in the process. That is a mistake of Glassbox: please report it.',
    zh: '传给内核的地址不属于该进程。这是 Glassbox 的错误，请报告。',
  },
  'errno.EFBIG': {
    en: 'The file would grow beyond a limit (ulimit -f, or that of the file system). Raise the limit, or write less.',
    zh: '文件会超过上限（ulimit -f，或文件系统的上限）。请调高上限，或少写一些。',
  },
  'errno.EHOSTUNREACH': {
    en: 'The other machine does not answer on this network: look at the interfaces on both ends (ip link, ip neigh).',
    zh: '在这个网络上得不到对方主机的回应：请查看两端的接口（ip link、ip neigh）。',
  },
  'errno.EINTR': {
    en: 'A signal came in between. Trying again usually helps.',
    zh: '中途来了一个信号。通常重试即可。',
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
    en: 'This is a folder, and a file was needed. Name a file in it.',
    zh: '这是目录，而这里需要文件。请写出其中的文件。',
  },
  'errno.ELOOP': {
    en: 'Symbolic links lead in a circle, or a link is where none is allowed. Follow them with namei, and name the file itself.',
    zh: '符号链接绕成了圈，或出现在不允许链接的位置。请用 namei 逐个查看，并直接写出文件本身。',
  },
  'errno.EMFILE': {
    en: 'Too many files are open. Close some, or raise ulimit -n.',
    zh: '打开的文件太多。请关闭一些，或调高 ulimit -n。',
  },
  'errno.EMLINK': {
    en: 'There are too many links to this file, or folders in this one. Remove some.',
    zh: '指向这个文件的链接太多，或这个目录里的子目录太多。请删除一些。',
  },
  'errno.ENAMETOOLONG': {
    en: 'The name is longer than the kernel takes (255 bytes for a file, 4095 for a path). Choose a shorter one.',
    zh: '名字超过内核的上限（文件名 255 字节，路径 4095 字节）。请换一个短的。',
  },
  'errno.ENETDOWN': {
    en: 'The interface is down. Switch it on: ip link set NAME up.',
    zh: '接口没有启用。请启用它：ip link set 名字 up。',
  },
  'errno.ENETUNREACH': {
    en: 'No route leads there in this network namespace. Look with ip route; a new namespace has none.',
    zh: '这个网络命名空间里没有通往那里的路由。请用 ip route 查看，新的命名空间里一条也没有。',
  },
  'errno.ENFILE': {
    en: 'The machine as a whole has too many files open. End some programs, or raise fs.file-max as root.',
    zh: '整台机器打开的文件太多。请结束一些程序，或以 root 调高 fs.file-max。',
  },
  'errno.ENOBUFS': {
    en: 'The kernel has no room left for network buffers. End some programs, and try again.',
    zh: '内核没有网络缓冲区可用。请结束一些程序后再试。',
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
    en: 'Nothing more fits: the file system is full (df -h) or has no inodes left (df -i), or a limit of the kernel is reached (/proc/sys/user, /proc/sys/fs/mount-max). Free some, or raise the limit.',
    zh: '放不下了：文件系统已满（df -h）、inode 用尽（df -i），或达到内核的某个上限（/proc/sys/user、/proc/sys/fs/mount-max）。请腾出一些，或调高上限。',
  },
  'errno.ENOSYS': {
    en: 'This kernel does not have the call: it is too old, or a seccomp filter hides it. glassbox doctor says more.',
    zh: '内核没有这个调用：版本太旧，或被 seccomp 过滤器挡住。glassbox doctor 有更多说明。',
  },
  'errno.ENOTBLK': {
    en: 'A block device was needed here, and this is none. Name one that lsblk lists, or use a loop device.',
    zh: '这里需要块设备，而它不是。请写 lsblk 列出的设备，或使用 loop 设备。',
  },
  'errno.ENOTDIR': {
    en: 'A part of the path is a file where a folder was needed. Check the path with namei.',
    zh: '路径中有一段是文件，而那里需要目录。请用 namei 检查路径。',
  },
  'errno.ENOTEMPTY': {
    en: 'The folder is not empty. Remove what is in it first (hidden files too: ls -a).',
    zh: '目录不是空的。请先移走里面的东西（包括隐藏文件：ls -a）。',
  },
  'errno.ENOTSUP': {
    en: 'The kernel or the file system does not support this. Use another file system (tmpfs, ext4), or a newer kernel.',
    zh: '内核或该文件系统不支持这个操作。请换文件系统（tmpfs、ext4），或换更新的内核。',
  },
  'errno.ENOTTY': {
    en: 'The descriptor is not of the kind that this request is for (no terminal, no namespace file). Open the right one.',
    zh: '这个描述符不是该请求所针对的类型（不是终端，或不是命名空间文件）。请打开正确的文件。',
  },
  'errno.ENXIO': {
    en: 'There is no device, or nobody at the other end, behind this file. Check the device’s numbers with ls -l, or start whoever is to read.',
    zh: '这个文件背后没有设备，或另一端没有人。请用 ls -l 检查设备号，或先启动读取的一方。',
  },
  'errno.EOPNOTSUPP': {
    en: 'The kernel or the file system does not support this. Use another file system (tmpfs, ext4), or a newer kernel.',
    zh: '内核或该文件系统不支持这个操作。请换文件系统（tmpfs、ext4），或换更新的内核。',
  },
  'errno.EOVERFLOW': {
    en: 'A number does not fit: an id that the user namespace does not map, or a value too large for its field. Map the id, or choose a smaller value.',
    zh: '数字放不下：用户命名空间没有映射这个 id，或值超出了字段的范围。请映射这个 id，或选小一些的值。',
  },
  'errno.EPERM': {
    en: 'Not permitted: a capability is missing in the user namespace that owns the thing (CAP_SYS_ADMIN for most namespaces and mounts). Run as root, or add a user namespace.',
    zh: '不被允许：在拥有该对象的用户命名空间里缺少能力（多数命名空间和挂载需要 CAP_SYS_ADMIN）。请以 root 运行，或加上用户命名空间。',
  },
  'errno.EPIPE': {
    en: 'Whoever was to read this has gone. Start that program again.',
    zh: '读取这些数据的一方已经不在了。请重新启动那个程序。',
  },
  'errno.ERANGE': {
    en: 'The value is outside of what the kernel takes here. Choose another one.',
    zh: '数值超出了内核在这里接受的范围。请换一个。',
  },
  'errno.EROFS': {
    en: 'The file system is mounted read-only. Write elsewhere, mount a tmpfs there, or remount it (mount -o remount,rw).',
    zh: '文件系统以只读方式挂载。请写到别处，在那里挂载 tmpfs，或重新挂载（mount -o remount,rw）。',
  },
  'errno.ESPIPE': {
    en: 'One cannot move about in a pipe or terminal. Read it from its beginning, or use a file.',
    zh: '在管道或终端里不能移动读写位置。请从头读取，或改用文件。',
  },
  'errno.ESRCH': {
    en: 'There is no such process any more. Look with ps, and start it again.',
    zh: '进程已经不存在。请用 ps 查看，并重新启动它。',
  },
  'errno.ESTALE': {
    en: 'The file was there and is gone: a network file system or an overlay whose layers were changed. Mount it again.',
    zh: '文件本来在，现在不在了：网络文件系统，或层被改动过的 overlay。请重新挂载。',
  },
  'errno.ETIMEDOUT': {
    en: 'There was no answer in time. Check that the other side runs, and try again.',
    zh: '没有按时得到答复。请确认对方在运行，然后重试。',
  },
  'errno.ETXTBSY': {
    en: 'The program is being written at this moment. Wait until it has been copied, and try again.',
    zh: '这个程序文件此刻正在被写入。请等复制完成后重试。',
  },
  'errno.EUSERS': {
    en: 'User namespaces are nested too deep (32 at most), or there are too many. Start from further outside, or end some.',
    zh: '用户命名空间嵌套太深（最多 32 层），或数量太多。请从更外层开始，或结束一些。',
  },
  'errno.EXDEV': {
    en: 'The path leads to another mount or file system, where that is not allowed. Name a place on the same one, or copy instead.',
    zh: '路径通向另一个挂载或文件系统，而这里不允许。请用同一个里面的位置，或改为复制。',
  },
  'errno.EAFNOSUPPORT': {
    en: 'The kernel has no such family of sockets, or a filter hides it. modprobe may bring it.',
    zh: '内核没有这类套接字，或被过滤器挡住。可试 modprobe。',
  },
  'errno.EDEADLK': {
    en: 'Two would wait for each other for ever. End one of them.',
    zh: '双方会永远互相等待。请结束其中一方。',
  },
  'errno.EDOM': {
    en: 'The number is outside of what this setting takes. Choose another one.',
    zh: '数字超出了这个设置的范围。请换一个。',
  },
  'errno.EHOSTDOWN': {
    en: 'The other machine is down. Switch on its interface, and try again.',
    zh: '对方主机不在线。请启用它的接口后重试。',
  },
  'errno.EIDRM': {
    en: 'The System V object was removed meanwhile. Make it again (ipcs lists those that are there).',
    zh: '这个 System V 对象在此期间已被删除。请重新创建（ipcs 列出现有的）。',
  },
  'errno.EMSGSIZE': {
    en: 'The message is longer than the socket or queue takes. Send a shorter one.',
    zh: '消息超过套接字或队列允许的长度。请发短一些的。',
  },
  'errno.ENODATA': {
    en: 'There is no such extended attribute. List those of the file with getfattr -d -m -.',
    zh: '没有这个扩展属性。用 getfattr -d -m - 列出文件已有的。',
  },
  'errno.ENOPROTOOPT': {
    en: 'The socket does not know this option. Leave it out.',
    zh: '套接字不认识这个选项。请去掉它。',
  },
  'errno.ENOTCONN': {
    en: 'The socket is not connected. Connect it first.',
    zh: '套接字没有连接。请先连接。',
  },
  'errno.EPROTONOSUPPORT': {
    en: 'The kernel has no such protocol. modprobe may bring it.',
    zh: '内核没有这个协议。可试 modprobe。',
  },
  'errno.other': {
    en: 'The manual has more about {errno}: man 3 errno, and the page of the call.',
    zh: '{errno} 的含义见手册：man 3 errno，以及该调用自己的手册页。',
  },
};
