/** The manual page of each call in the journal. */
import type {Lang} from '../lab.ts';

/**
 * Calls that the manual explains under the name of an older relative: newer versions of a call, those that take a folder's
 * descriptor, and the names that the kernel alone uses. All others have a page of their own name.
 */
const PAGES: Readonly<Record<string, string>> = {
  accept4: 'accept',
  clone3: 'clone',
  faccessat: 'access',
  fchmodat: 'chmod',
  fchownat: 'chown',
  getdents64: 'getdents',
  linkat: 'link',
  mkdirat: 'mkdir',
  mknodat: 'mknod',
  openat: 'open',
  pipe2: 'pipe',
  prlimit64: 'prlimit',
  readlinkat: 'readlink',
  renameat2: 'rename',
  rt_sigaction: 'sigaction',
  rt_sigprocmask: 'sigprocmask',
  symlinkat: 'symlink',
  umount2: 'umount',
  unlinkat: 'unlink',
};

/** What keeper and child do between themselves (native/plan.h): no system calls, so errors alone name them. */
const OWN_STEPS: Readonly<Record<string, Record<Lang, string>>> = {
  CHECK: {en: 'looks at what the kernel answered', zh: '查看内核的答复'},
  CHILD_WAIT: {en: 'waits until the child has ended', zh: '等子进程结束'},
  CLONE: {en: 'makes the new process', zh: '创建新进程'},
  EXECED: {en: 'waits until the child runs its program', zh: '等子进程运行起它的程序'},
  EXIT: {en: 'ends', zh: '结束'},
  FORMAT: {en: 'writes a number as text', zh: '把数字写成文本'},
  GO: {en: 'lets the child go on', zh: '让子进程继续'},
  LOAD: {en: 'takes a number out of memory', zh: '从内存里取一个数'},
  MOVE: {en: 'keeps a result for later', zh: '记下一个结果备用'},
  RMDIRS: {en: 'removes a tree of empty folders, deepest first', zh: '删除一棵空目录树，从最深处开始'},
  STORE: {en: 'puts a number into memory', zh: '把一个数写进内存'},
  SYNC: {en: 'the child waits here for the keeper', zh: '子进程在这里等 keeper'},
  HOLD: {en: 'the child waits here for the keeper', zh: '子进程在这里等 keeper'},
  WAIT: {en: 'the keeper waits until the child is there', zh: 'keeper 等子进程走到那里'},
};

/** 'mount(2)': where a call of the journal is explained. */
export function manPage(call: string): string {
  return `${PAGES[call] ?? call}(2)`;
}

/** What a step is that keeper and child make without the kernel being asked; undefined for a system call. */
export function sayOwnStep(step: string, lang: Lang): string | undefined {
  return OWN_STEPS[step]?.[lang];
}

/** Calls that every start of a program is full of: what is short leaves them out unless they failed. */
const PLUMBING = new Set(
  'setsid chdir ioctl dup dup2 dup3 fcntl close close_range prctl umask read rt_sigprocmask rt_sigaction open openat openat2 SYNC HOLD WAIT GO EXECED LOAD MOVE'.split(
    ' ',
  ),
);

export const isPlumbing = (call: string): boolean => PLUMBING.has(call);
