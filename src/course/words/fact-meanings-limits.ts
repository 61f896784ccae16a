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
  'pids.limit': {
    en: 'How many processes and threads the group may have; -1 means no limit. One more fork fails with EAGAIN.',
    zh: '这个组最多能有多少个进程和线程，-1 表示不限；再 fork 就会失败，错误是 EAGAIN。',
  },
  'pids.current': {
    en: 'How many processes and threads are in the group and in those below it.',
    zh: '这个组和它的下级组里现有多少个进程和线程。',
  },
};
