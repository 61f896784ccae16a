/** Words for what the engine refuses in a container's specification; {path} is the path into it. */
import {specFieldWords} from './engine-spec.ts';
import type {WordTable} from './say.ts';

export const SPEC_WORDS: WordTable = {
  ...specFieldWords,
  'spec.unknown-key': {
    en: 'The engine knows no {path}. Remove it, or mend its name; names are those of the OCI runtime-spec.',
    zh: '引擎不认识 {path}。请删掉，或者改正名字；名字以 OCI runtime-spec 为准。',
  },
  'spec.missing': {en: '{path} is missing. Add it.', zh: '缺少 {path}，请补上。'},
  'spec.type': {en: '{path} wants {expected}, but it is {got}.', zh: '{path} 应当是{expected}，这里却是 {got}。'},
  'spec.value': {en: '{path} is {got}; it can be: {expected}.', zh: '{path} 写的是 {got}，只能是：{expected}。'},
  'spec.range': {en: '{path} is {got}; it must be {expected}.', zh: '{path} 是 {got}，必须 {expected}。'},
  'spec.nul': {
    en: '{path} holds a NUL character, at which a string ends for the kernel. Remove it.',
    zh: '{path} 里有 NUL 字符，内核读到它就认为字符串结束了。请删掉。',
  },
  'spec.surrogate': {
    en: '{path} holds half of a surrogate pair, which is no character: {got}. Write the character itself.',
    zh: '{path} 里有半个代理对，它不是字符：{got}。请直接写该字符。',
  },
  'spec.place': {
    en: '{path} is {got}; it must begin with /, or be a path in the stage’s folder without "..".',
    zh: '{path} 是 {got}，必须以 / 开头，或者是舞台目录里不含 .. 的相对路径。',
  },
  'spec.cpu-list': {
    en: '{path} is {got}; it must be a list such as 0-1,3.',
    zh: '{path} 是 {got}，必须是 0-1,3 这样的列表。',
  },
  'spec.cgroup-file': {
    en: '{path} is {got}; it must be the name of a file such as memory.high.',
    zh: '{path} 是 {got}，必须是 memory.high 这样的文件名。',
  },
  'spec.cgroups-path': {
    en: '{path} is {got}; it must be a path such as box or a/b, without "..".',
    zh: '{path} 是 {got}，必须是 box 或 a/b 这样不含 .. 的路径。',
  },
  'spec.absolute': {en: '{path} is {got}; it must begin with /.', zh: '{path} 是 {got}，必须以 / 开头。'},
  'spec.too-long': {
    en: '{path} is longer than {max} bytes, which is all that the kernel takes. Shorten it.',
    zh: '{path} 超过 {max} 字节，内核最多只收这么长。请写短一些。',
  },
  'spec.env': {en: '{path} is {got}; it must be like "NAME=value".', zh: '{path} 是 {got}，要写成 "名字=值"。'},
  'spec.duplicate': {en: '{path}: {got} is there already. Remove one.', zh: '{path}：{got} 前面已经有了。请删掉一个。'},
  'spec.needs-namespace': {
    en: '{path} needs a new namespace of type {namespace}. Add it to linux.namespaces, or remove {path}.',
    zh: '{path} 需要一个新的 {namespace} 命名空间。请加到 linux.namespaces 里，或者删掉 {path}。',
  },
  'spec.needs-namespace-here': {
    en: 'On the machine itself {path} needs a new namespace of type {namespace}: without it the machine would be changed. Add it to linux.namespaces, or leave out --real-host.',
    zh: '在真实的宿主机上，{path} 需要一个新的 {namespace} 命名空间，否则改动的就是机器本身。请加到 linux.namespaces 里，或者不用 --real-host。',
  },
};
