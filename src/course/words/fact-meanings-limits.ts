/** What the facts of memory and process limits mean. Keys: paths of factTable. */
import type {WordTable} from './say.ts';

export const limitMeanings: WordTable = {
  'memory.limit': {
    en: 'How many bytes of memory the group may use; -1 means no limit. Who needs more is killed.',
    zh: '这个组最多能用多少字节内存，-1 表示不限；超出后组里会有进程被杀死。',
  },
  'memory.usage': {
    en: 'How many bytes of memory the group uses now, cached files included.',
    zh: '这个组现在用了多少字节内存，包括文件缓存。',
  },
  'memory.reached': {
    en: 'How often the group came up against its memory limit, and the kernel had to take memory back first.',
    zh: '这个组碰到内存上限的次数，每次内核都得先回收内存。',
  },
  'memory.oom_kills': {
    en: 'How many processes of the group were killed because nothing more could be taken back.',
    zh: '再也回收不出内存时，这个组里被杀死的进程数。',
  },
  'pids.limit': {
    en: 'How many processes and threads the group may have; -1 means no limit. One more fork fails with EAGAIN.',
    zh: '这个组最多能有多少个进程和线程，-1 表示不限；再 fork 就会失败，错误是 EAGAIN。',
  },
  'pids.current': {
    en: 'How many processes and threads are in the group and in those below it.',
    zh: '这个组和它的下级组里现有多少个进程和线程。',
  },
  'pids.reached': {
    en: 'How often a fork was refused because of the limit.',
    zh: '因为上限而被拒绝的 fork 次数。',
  },
};
