/** The pictures, one entry each; every one is made in both languages. */
import type {Lang} from '../../src/course/index.ts';
import {uiWords} from '../../src/ui/words.ts';
import type {Wanted} from './app.ts';

/** One thing a person does: what has to be on the screen first, and the bytes of the key. */
export type KeyStep = readonly [seen: Wanted, key: string];

export interface PictureEntry {
  /** Of the file: docs/pictures/NAME.LANG.svg. */
  name: string;
  cols: number;
  rows: number;
  /** Arguments of `glassbox`. */
  args: readonly string[];
  keys(words: Words): readonly KeyStep[];
  /** What is on the screen when the picture is taken, and so in the picture. */
  seen(words: Words): Wanted;
  title: Record<Lang, string>;
  /** What is to be seen, for those who don't see the picture. */
  description: Record<Lang, string>;
}

/** Words of the screens in the picture's language. */
export interface Words {
  say(code: keyof typeof uiWords): string;
  /** What the footer says Enter does now: when it says so, the app waits for a person. */
  enter(code: keyof typeof uiWords): string;
  /** Nothing is being done at this moment. */
  idle: RegExp;
  /** The header's "step 4 of 8", for any 8. */
  step(index: number): RegExp;
  lang: Lang;
}

export function wordsIn(lang: Lang): Words {
  const say = (code: keyof typeof uiWords) => uiWords[code][lang];
  const step = (index: number) =>
    new RegExp(say('lab.stepOf').replace('{index}', String(index)).replace('{of}', '\\d+'));
  const idle = new RegExp(`^(?![\\s\\S]*${say('key.wait')})`);
  return {lang, say, enter: code => `⏎ ${say(code)}`, idle, step};
}

const ENTER = '\r';
const DOWN = '\x1b[B';
const RIGHT = '\x1b[C';
const LARGE = {cols: 120, rows: 36};
const SMALL = {cols: 80, rows: 24};

/** The key that ends a step: the lab catches up with what is left of it, up to step `last`. */
const onTo = (last: number, {step, enter}: Words, first: keyof typeof uiWords): KeyStep[] =>
  Array.from({length: last - 1}, (_, i) => [i === 0 ? enter(first) : step(i + 1), RIGHT] as const);

/** Lab 03 up to a prediction that the kernel has answered: two numbers for one process. */
const twoNumbers = ({say, enter}: Words): KeyStep[] => [
  [enter('key.start'), ENTER],
  [[/box \(pid \d+\)/, enter('key.run')], ENTER],
  [[/keeper\(\d+\)─┬─/, enter('key.lock')], ENTER],
  [[say('lab.locked'), enter('key.run')], ENTER],
];
/** The same before an answer is given. */
const asked = ({enter}: Words): Wanted => ['echo $$', enter('key.lock')];
const answered = ({say, enter}: Words): Wanted => [say('lab.right'), 'echo $$', enter('key.run')];

export const PICTURES: readonly PictureEntry[] = [
  {
    name: 'home',
    cols: 120,
    rows: 19,
    args: [],
    keys: () => [],
    seen: ({say}) => ['glassbox', say('home.question'), ' 10  aufs', 'Linux'],
    title: {en: 'Glassbox: the list of labs', zh: 'Glassbox：实验列表'},
    description: {
      en: 'Ten labs with the question of each, the minutes it takes and the progress; the first one is chosen, and the keys are named at the bottom.',
      zh: '十个实验，各有要弄清的问题、所需的分钟数和进度；选中的是第一个，底部写着各个按键。',
    },
  },
  {
    name: 'lab',
    ...LARGE,
    args: ['learn', '03'],
    keys: twoNumbers,
    seen: answered,
    title: {en: 'Lab 03, PID namespace', zh: '实验 03：PID 命名空间'},
    description: {
      en: 'The lesson and what is to be true; the terminal of the host, where pstree names the shell by a large number, and the terminal of the container, where echo $$ prints 1; below them the facts of both sides and the system calls of the engine. A prediction has been answered by the kernel.',
      zh: '上方是课文和要做到的事；中间是宿主机终端（pstree 显示的是一个大号码）和容器终端（echo $$ 输出 1）；下方是两边事实的对照和引擎的系统调用。一道预测题已由内核揭晓。',
    },
  },
  {
    name: 'lab-80x24',
    ...SMALL,
    args: ['learn', '03'],
    keys: words => twoNumbers(words).slice(0, -1),
    seen: asked,
    title: {en: 'The same lab in a window of 80×24', zh: '同一个实验，80×24 的窗口'},
    description: {
      en: 'The lesson is a strip at the top, with a prediction that waits for an answer; the terminals of host and container stand side by side, and the facts and the system calls are tabs beside them.',
      zh: '课文是顶上的一条，有一道预测题等着回答；宿主机和容器的终端左右并排；事实对照和系统调用是旁边的标签页。',
    },
  },
  {
    name: 'ablation',
    ...LARGE,
    args: ['learn', '03'],
    keys: words => [...twoNumbers(words), [answered(words), 'b']],
    seen: ({say, enter}) => [say('ablation.own'), say('ablation.without'), enter('key.run')],
    title: {en: 'The same steps without CLONE_NEWPID', zh: '去掉 CLONE_NEWPID，重做同样的步骤'},
    description: {
      en: 'A table of the facts with the flag and without it: without it the shell is not number 1, and the PID namespace is the host’s.',
      zh: '一张对照表：有这个标志和去掉以后的各项事实。去掉以后，shell 不再是 1 号，PID 命名空间就是宿主机的那一个。',
    },
  },
  {
    name: 'layers',
    ...LARGE,
    args: ['learn', '09'],
    keys: words => [
      ...onTo(4, words, 'key.run'),
      [[words.step(4), words.enter('key.lock')], DOWN],
      [/▸ 2/, DOWN],
      [/▸ 3/, ENTER],
      [[/▸ .*# rm merged/, words.enter('key.run')], ENTER],
    ],
    seen: ({enter}) => [enter('key.run'), /upper +rw +✗/, 'c---------'],
    title: {en: 'Lab 09, overlayfs: layers', zh: '实验 09：overlayfs 的各层'},
    description: {
      en: 'After rm in the merged view: ls -l shows a character device in the upper folder, and a picture of the layers marks for each file from which layer it is read, where it is covered, and where a whiteout hides it.',
      zh: '在合并视图里执行 rm 之后：ls -l 显示上层目录里有一个字符设备；图中标出每个文件读自哪一层、在哪里被遮住、在哪里被删除标记隐藏。',
    },
  },
  {
    name: 'cpu',
    ...LARGE,
    args: ['learn', '07'],
    keys: words => [
      [words.enter('key.start'), ENTER],
      [[/▸ .*# while/, words.enter('key.run')], ENTER],
      [[/▸ .*# top/, words.enter('key.run')], ENTER],
      // A loop that has run alone for a while, so that the curve has something to fall from.
      [[words.enter('key.nextStep'), /[▄▅▆▇█]{12}/], RIGHT],
      [[words.step(2), words.enter('key.lock')], RIGHT],
      [[words.step(3), words.enter('key.lock')], ENTER],
      [[/▸ .*# echo 20000/, words.enter('key.run')], ENTER],
      [words.enter('key.lock'), ENTER],
      [[/▸ .*# echo \d+ >/, words.enter('key.run')], ENTER],
      [[/^│# echo \d+ > \S+procs/m, words.enter('key.run')], ENTER],
    ],
    // What it got before depends on who else wants the CPU; what it gets now does not.
    seen: ({enter}) => [enter('key.nextStep'), /box +(1\d|2[0-2])\.\d % \(≤ 20\.0 %\)/, /[▆▇█]{3}.{0,34}[▂▃▄▅▆]{8} ││/],
    title: {en: 'Lab 07: a loop gets a fifth of a CPU', zh: '实验 07：循环只得到五分之一个 CPU'},
    description: {
      en: 'A curve of the CPU share falls from a whole CPU to a fifth when the loop is moved into a group with a quota of 20000 of 100000 microseconds; top says the same.',
      zh: '把循环移进配额为 20000/100000 微秒的控制组以后，CPU 占用曲线从一整个 CPU 跌到五分之一；top 的说法也一样。',
    },
  },
  {
    name: 'xray',
    ...LARGE,
    args: ['learn', '06'],
    keys: ({enter}) => [
      [enter('key.run'), ENTER],
      [enter('key.start'), ENTER],
      [[/box \(pid \d+\)/, enter('key.lock')], 'x'],
    ],
    seen: () => [/\d+ ─+ ⇄ sh ─+ 1 /, 'seccomp'],
    title: {en: 'X-ray of the shell in lab 06', zh: '透视实验 06 的 shell'},
    description: {
      en: 'On the left the processes of the stage; on the right one process, seen from the host and from inside: both its numbers, its eight namespaces with those that are its own, its control group and limits, its mounts, its users, capabilities and seccomp.',
      zh: '左边是舞台上的进程；右边是其中一个进程，从宿主机和从里面两边来看：两个号码、八种命名空间（哪些是自己的）、控制组与限额、挂载、用户、能力和 seccomp。',
    },
  },
  {
    name: 'network',
    ...LARGE,
    args: ['learn', '06'],
    keys: words => [
      ...onTo(8, words, 'key.run'),
      [[words.step(8), words.enter('key.run')], ENTER],
      // The way back is the learner's to ping; the app types it for them at the second press.
      [[/1 received/, words.idle], 's'],
      ['box # ping', 's'],
    ],
    seen: ({enter}) => ['1 received', /┼─+ eth0/, /││ ✓ /, enter('key.lock')],
    title: {en: 'Lab 06: the network that was built by hand', zh: '实验 06：亲手搭起来的网络'},
    description: {
      en: 'A picture of the network: the bridge of the host, the veth pair, and eth0 in the container, each with its address.',
      zh: '网络的图：宿主机的网桥、一对 veth、容器里的 eth0，各有自己的地址。',
    },
  },
];
