/** What the system calls are for that give a process its terminal or pipes. Keys: purposes of the journal. */
import type {WordTable} from './say.ts';

export const terminalPurposes: WordTable = {
  'stdio.stderr': {en: 'a pipe for standard error: pipe(2), dup3(2)', zh: '标准错误用的管道：pipe(2)，dup3(2)'},
  'stdio.stdin': {en: 'a pipe for standard input: pipe(2), dup3(2)', zh: '标准输入用的管道：pipe(2)，dup3(2)'},
  'stdio.stdout': {en: 'a pipe for standard output: pipe(2), dup3(2)', zh: '标准输出用的管道：pipe(2)，dup3(2)'},
  'stdio.terminal': {
    en: 'the terminal becomes standard input, output and error: dup3(2)',
    zh: '让终端成为标准输入、输出和错误：dup3(2)',
  },
  'terminal.control': {
    en: "this terminal's Ctrl-C is for this process: ioctl_tty(2)",
    zh: '设为控制终端，按 Ctrl-C 时信号发给这个进程：ioctl_tty(2)',
  },
  'terminal.console': {
    en: '/dev/console is the same terminal: open_tree(2), move_mount(2)',
    zh: '让 /dev/console 就是这个终端：open_tree(2)，move_mount(2)',
  },
  'terminal.hand-out': {
    en: 'sends our side of the terminal to the keeper: sendmsg(2), unix(7)',
    zh: '把终端的主端发给管理进程：sendmsg(2)，unix(7)',
  },
  'terminal.open': {en: 'a new pseudo-terminal, the side that we hold: pty(7)', zh: '新建伪终端，我们拿着主端：pty(7)'},
  'terminal.open-inside': {
    en: "a new pseudo-terminal of the container's own /dev/pts, the side that we hold: pty(7)",
    zh: '在容器自己的 /dev/pts 里新建伪终端，我们拿着主端：pty(7)',
  },
  'terminal.owner': {
    en: 'the terminal belongs to the user who is to use it: chown(2)',
    zh: '把终端交给要使用它的用户：chown(2)',
  },
  'terminal.peer': {
    en: 'the side that the process gets, opened without a path: ioctl_tty(2)',
    zh: '打开进程用的从端，不经过路径：ioctl_tty(2)',
  },
  'terminal.receive': {
    en: 'takes our side of the terminal from the child: recvmsg(2), unix(7)',
    zh: '从子进程接过终端的主端：recvmsg(2)，unix(7)',
  },
  'terminal.resize': {en: 'the window has a new size: ioctl_tty(2)', zh: '窗口大小改变：ioctl_tty(2)'},
  'terminal.size': {en: 'tells the terminal its size: ioctl_tty(2)', zh: '告诉终端它的大小：ioctl_tty(2)'},
  'terminal.socket': {
    en: 'a way for the terminal, which only the child can open: socketpair(2)',
    zh: '终端只有子进程能打开，为传递它准备一对套接字：socketpair(2)',
  },
  'terminal.unlock': {en: 'unlocks the other side: ioctl_tty(2)', zh: '解锁从端：ioctl_tty(2)'},
};
