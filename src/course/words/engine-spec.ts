/** What the engine refuses in the fields that say what a process may do, what it sees, and what is hidden from it. */
import {networkSpecErrors} from './engine-network.ts';
import type {WordTable} from './say.ts';

export const specFieldWords: WordTable = {
  ...networkSpecErrors,
  'spec.below-root': {
    en: '{path} must be an absolute path below "/", without "." and ".."; it is {got}.',
    zh: '{path} 必须是“/”之下的绝对路径，不含“.”和“..”，而这里是 {got}。',
  },
  'spec.capability': {
    en: '{path} is {got}, which is no capability. capabilities(7) has their names, such as CAP_NET_ADMIN.',
    zh: '{path} 是 {got}，没有这样的能力。名字见 capabilities(7)，例如 CAP_NET_ADMIN。',
  },
  'spec.capability-within': {
    en: '{path} has {got}, which {expected} lacks, so the kernel would refuse it. Add it there, or remove it here.',
    zh: '{path} 里有 {got}，而 {expected} 里没有，内核会拒绝。请在那里加上，或在这里去掉。',
  },
  'spec.mount-option': {
    en: '{path} is {got}, which has no effect on a bind mount: no file system is mounted that could take it. Remove it.',
    zh: '{path} 是 {got}，对绑定挂载不起作用，因为没有挂载新的文件系统来接受它。请去掉。',
  },
  'spec.needs-root': {
    en: '{path} needs a root of its own: without one, the devices would appear on the machine. Add root.path.',
    zh: '{path} 需要容器有自己的根目录，否则设备会出现在机器上。请加上 root.path。',
  },
  'spec.only-with': {
    en: '{path} is {got}, and has an effect only with {expected}. Remove it, or choose one of those.',
    zh: '{path} 是 {got}，只有与 {expected} 一起才起作用。请去掉它，或改用其中之一。',
  },
  'spec.seccomp-long': {
    en: '{path} becomes a filter of {got} instructions, and the kernel takes at most {expected}. Use fewer conditions on arguments.',
    zh: '{path} 编译出来的过滤器有 {got} 条指令，内核最多接受 {expected} 条。请减少对参数的条件。',
  },
  'spec.syscall': {
    en: '{path} is {got}, and no system call has that name. syscalls(2) lists them.',
    zh: '{path} 是 {got}，没有叫这个名字的系统调用。列表见 syscalls(2)。',
  },
  'spec.sysctl': {
    en: '{path}: {got} belongs to the whole machine and to no namespace, or is no setting. Possible are net.*, fs.mqueue.*, kernel.domainname, and kernel.msg*, sem, shm*.',
    zh: '{path}：{got} 属于整台机器而不属于某个命名空间，或者根本不是设置项。可用的有 net.*、fs.mqueue.*、kernel.domainname，以及 kernel.msg*、sem、shm*。',
  },
  'spec.twice': {
    en: '{path}: {got} is in the list already. Remove one.',
    zh: '{path}：{got} 在列表里已经有了。请去掉一个。',
  },
  'spec.unsupported': {
    en: 'The engine does not carry out {path}, which the OCI runtime-spec has. It is refused rather than ignored: remove it.',
    zh: '引擎不支持 OCI runtime-spec 里的 {path}。它不会被悄悄忽略，所以在此拒绝：请去掉。',
  },
};
