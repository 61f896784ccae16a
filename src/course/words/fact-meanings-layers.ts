/** What each fact of a union mount means. Keys: paths of factTable. */
import type {WordTable} from './say.ts';

export const layerMeanings: WordTable = {
  'layers.type': {en: 'Which union file system it is: overlay or aufs.', zh: '是哪一种联合文件系统：overlay 或 aufs。'},
  'layers.point': {en: 'Where the merged view is mounted.', zh: '合并后的视图挂载在哪里。'},
  'layers.options': {en: 'The options of the union mount, as the kernel has them.', zh: '内核记录的联合挂载选项。'},
  'layers.order': {en: 'The layers of the union mount, the topmost first.', zh: '联合挂载的各层，最上面的在前。'},
  'layers.permissions': {
    en: 'Which layer takes writes (rw), and which only serves (ro).',
    zh: '哪一层可写（rw），哪些层只读（ro）。',
  },
  'layers.serves': {
    en: 'For each path of the merged view: the layer whose data one reads.',
    zh: '合并视图里的每个路径，读到的是哪一层的数据。',
  },
  'layers.hidden': {
    en: 'For each path that is gone from the merged view: the layer that hides it.',
    zh: '合并视图里看不见的路径，是被哪一层遮住的。',
  },
  'layers.holds': {
    en: 'What lies in each layer: d folder, f file, m metadata of a file whose data lies below, w whiteout (the name is deleted from here down), o opaque folder (it hides the folder of its name below instead of being merged with it).',
    zh: '各层里有什么：d 目录，f 文件，m 只有元数据、内容在下层的文件，w whiteout（从这一层往下，这个名字算已删除），o 不透明目录（遮住下层的同名目录，不与它合并）。',
  },
};
