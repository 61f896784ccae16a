/** Why a root cannot be made of programs and layers. Keys: codes of engine errors. */
import type {WordTable} from './say.ts';

export const rootWords: WordTable = {
  'rootfs.no-program': {
    en: 'The root needs the program {program}, which this host does not have (looked for: {searched}). Install it, or leave it out of root.programs.',
    zh: '根目录需要程序 {program}，而宿主机上没有（找过：{searched}）。请安装它，或者从 root.programs 里去掉。',
  },
  'rootfs.no-library': {
    en: '{program} cannot be put into the root: {file} needs the library {library}, which this host does not have. The program cannot run here either; ldd tells what it looks for.',
    zh: '无法把 {program} 放进根：{file} 需要库 {library}，而宿主机上没有。这个程序在宿主机上也无法运行，可以用 ldd 看看它要找什么。',
  },
  'rootfs.no-interpreter': {
    en: '{program} cannot be put into the root: {file} is to be run by {interpreter}, which this host does not have as an absolute path to a file. Install it, or correct the file’s first line.',
    zh: '无法把 {program} 放进根：{file} 要由 {interpreter} 来运行，而宿主机上没有这个绝对路径的文件。请安装它，或改正文件的第一行。',
  },
  'rootfs.script-depth': {
    en: '{program} cannot be put into the root: it is a script whose interpreter is a script, and so on up to {file}. The kernel follows four of them. Name a program as interpreter.',
    zh: '无法把 {program} 放进根：它是脚本，解释器又是脚本，一直到 {file}。内核最多跟随四层，请把解释器写成真正的程序。',
  },
  'rootfs.not-runnable': {
    en: '{program} cannot be put into the root: {file} is neither an ELF program nor a script with a first line #!, so nobody can tell what it needs. Choose another one.',
    zh: '无法把 {program} 放进根：{file} 既不是 ELF 程序，也不是以 #! 开头的脚本，无法知道它需要什么。请换一个。',
  },
  'rootfs.elf-32-bit': {
    en: '{program} cannot be put into the root: {file} is a 32-bit program, whose libraries nobody has looked for here. Choose the 64-bit one.',
    zh: '无法把 {program} 放进根：{file} 是 32 位程序，这里不查找它的库。请选用 64 位的版本。',
  },
  'rootfs.elf-big-endian': {
    en: '{program} cannot be put into the root: {file} is made for a big-endian machine. Choose one that is made for this machine.',
    zh: '无法把 {program} 放进根：{file} 是给大端序机器编译的。请选用为本机编译的版本。',
  },
  'rootfs.elf-other-machine': {
    en: '{program} cannot be put into the root: {file} is made for another kind of processor (file {file} tells which). Choose one that is made for this machine.',
    zh: '无法把 {program} 放进根：{file} 是给另一种处理器编译的（用 file {file} 可以看到是哪种）。请选用为本机编译的版本。',
  },
  'rootfs.elf-no-program': {
    en: '{program} cannot be put into the root: {file} is an ELF file, but neither a program nor a library: an object file or a core dump. Link it first, or choose another one.',
    zh: '无法把 {program} 放进根：{file} 虽是 ELF 文件，却不是程序或库，而是目标文件或核心转储。请先链接，或者换一个。',
  },
  'rootfs.elf-damaged': {
    en: '{program} cannot be put into the root: {file} is a damaged ELF file, it points to places outside of itself. Install it again (readelf -ld {file} shows more).',
    zh: '无法把 {program} 放进根：{file} 是损坏的 ELF 文件，里面的偏移指到了文件之外。请重新安装它（readelf -ld {file} 可以看到更多）。',
  },
  'rootfs.unreadable': {
    en: 'The root needs {file}, which cannot be read: {why}. Whoever starts Glassbox must be allowed to read it.',
    zh: '根目录需要 {file}，但读不了：{why}。启动 Glassbox 的用户必须有权读它。',
  },
  'rootfs.not-made': {
    en: '{file} cannot be made in the root {root}: {why}. Is there room, and may files be made there?',
    zh: '无法在根 {root} 里建立 {file}：{why}。请看看那里还有没有空间、能不能新建文件。',
  },
  'rootfs.no-folder': {
    en: '{path} is no folder inside of {root}: something else lies in its place. Remove that, or choose another root.path.',
    zh: '{root} 里的 {path} 不是目录，那里放着别的东西。请把它移走，或者换一个 root.path。',
  },
  'rootfs.no-aufs': {
    en: 'This kernel has no aufs (see /proc/filesystems). Leave out root.union: then it is overlay.',
    zh: '这个内核没有 aufs（见 /proc/filesystems）。去掉 root.union，就会改用 overlay。',
  },
};
