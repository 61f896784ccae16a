/** What each action does, for the help screens and the settings file; and the keys that are fixed. */
import type {Lang} from '../../course/index.ts';
import type {ActionsOf, Place} from '../app/actions.ts';
import type {Glyphs} from '../text/glyphs.ts';

type Words = Record<Lang, string>;

/** An action without words is a type error. */
export const actionWords: {[P in Place]: Record<ActionsOf<P>, Words>} = {
  everywhere: {
    help: {en: 'all keys of this screen', zh: '这个界面的所有键'},
    language: {en: 'switch between English and Chinese', zh: '切换中文和英文'},
    theme: {
      en: 'colours: for a dark background, a light one, high contrast, none',
      zh: '配色：深色背景、浅色背景、高对比度、不用颜色',
    },
    quit: {en: 'quit; everything that was started ends', zh: '退出，所有已启动的东西都会结束'},
    leave: {en: 'back; from a lab to the labs', zh: '返回；在实验里则回到实验列表'},
  },
  home: {
    open: {
      en: 'open the lab; one that was left goes on at its step',
      zh: '打开实验；上次没做完的，从离开的那一步继续',
    },
    anew: {en: 'begin the lab anew, from its first step', zh: '从第一步重新开始这个实验'},
    demo: {
      en: 'show it to a class: slides, two tall terminals, a clicker’s keys',
      zh: '演示给全班看：幻灯片、两个高终端、翻页笔的按键',
    },
    quiz: {
      en: 'practise its questions; what goes wrong comes back on another day',
      zh: '练习这个实验的题目；答错的过几天会再问',
    },
    search: {en: 'search the labs', zh: '搜索实验'},
    doctor: {
      en: 'doctor: what this machine can do, and what to do about what it cannot',
      zh: '体检：这台机器能做什么，做不了的怎么办',
    },
  },
  lab: {
    advance: {
      en: 'do what the lesson proposes: start the container, type the command, next step',
      zh: '执行课文提议的事：启动容器、输入命令、进入下一步',
    },
    back: {en: 'a step back, on a fresh stage', zh: '回到上一步，搭新的舞台'},
    next: {en: 'next step; what is left of this one is done for you', zh: '下一步；这一步剩下的由实验代做'},
    hint: {en: 'hint; again: the next one', zh: '提示；再按看下一条'},
    solution: {en: 'solution; again: it is typed for you', zh: '答案；再按由实验代你输入'},
    ablate: {
      en: 'the same on a second stage without this flag, side by side',
      zh: '在第二个舞台上去掉这个标志再做一遍，对比结果',
    },
    journal: {en: 'journal: every system call of the engine, explained', zh: '引擎的每一次系统调用和解释'},
    xray: {en: 'X-ray: one process as both sides see it', zh: '透视：从两边看同一个进程'},
    picture: {
      en: 'the next picture of both sides: processes, network, layers, CPU, facts',
      zh: '换一张两边对照的图：进程、网络、层、CPU、事实',
    },
    steps: {en: 'all steps; go to one of them', zh: '所有步骤；可以跳到其中一步'},
    terminal: {en: 'type in the terminal marked with this key', zh: '在标着这个键的终端里输入'},
    'other-terminal': {en: 'type in the other terminal', zh: '在另一个终端里输入'},
    'full-screen': {en: 'a terminal on the whole screen', zh: '让一个终端占满屏幕'},
    'previous-tab': {en: 'the tab before, on a small screen', zh: '小屏幕上的前一个标签页'},
    'next-tab': {en: 'the next tab, on a small screen', zh: '小屏幕上的后一个标签页'},
    'checks-up': {en: 'scroll the checks up', zh: '向上滚动检查'},
    'checks-down': {en: 'scroll the checks down', zh: '向下滚动检查'},
    'reset-step': {en: 'this step again, on a fresh stage', zh: '重做这一步，搭新的舞台'},
    'reset-lab': {en: 'the whole lab again (asks first)', zh: '重做整个实验（会先问一下）'},
  },
  demo: {
    next: {
      en: 'go on: more text, the next command, the question, the answer; while a line is typed: all of it at once',
      zh: '继续：后面的文字、下一条命令、提问、揭晓；正在输入时，立即输完这一行',
    },
    back: {en: 'back to the step before, on a fresh stage', zh: '回到上一步，搭新的舞台'},
    blank: {en: 'a dark screen; any key brings it back', zh: '黑屏；按任意键恢复'},
    take: {
      en: 'take a terminal over for a question from the class; again, once you are back: go on',
      zh: '接过终端，回答课堂提问；收回键盘后再按一次，继续演示',
    },
    'other-terminal': {en: 'the other terminal', zh: '换到另一个终端'},
    'full-screen': {en: 'take a terminal over on the whole screen', zh: '接过终端并让它占满屏幕'},
    poll: {en: 'count the hands of the class before a question is answered', zh: '揭晓之前，统计课堂举手人数'},
    auto: {en: 'go on by itself with a set pause, and by key again', zh: '按固定间隔自动继续；再按回到手动'},
    faster: {en: 'type faster', zh: '输入得快一些'},
    slower: {en: 'type more slowly', zh: '输入得慢一些'},
    picture: {
      en: 'pictures and facts of both sides, one after the other, then the terminals',
      zh: '依次显示两边对照的图和事实，最后回到终端',
    },
    xray: {en: 'X-ray: one process as both sides see it', zh: '透视：从两边看同一个进程'},
    journal: {en: 'journal: every system call of the engine, explained', zh: '引擎的每一次系统调用和解释'},
    without: {
      en: 'the same on a second stage without this flag, side by side',
      zh: '在第二个舞台上去掉这个标志再做一遍，对比结果',
    },
    steps: {en: 'all steps; go to one of them', zh: '所有步骤；可以跳到其中一步'},
    rebuild: {en: 'this step again, on a fresh stage', zh: '重做这一步，搭新的舞台'},
    'next-lab': {en: 'the next lab of the playlist', zh: '播放列表里的下一个实验'},
    'previous-lab': {en: 'the lab before it', zh: '播放列表里的前一个实验'},
  },
  quiz: {
    answer: {
      en: 'give the answer, or say that it is done; after it: the next question',
      zh: '作答，或表示已经做好；作答之后进入下一题',
    },
    tick: {
      en: 'tick a choice, or untick it; in an order: take a line up, and put it down',
      zh: '选中或取消一个选项；排序题里拿起一行，再按放下',
    },
    hint: {en: 'hint; again: the next one (practice only)', zh: '提示；再按看下一条（只在练习时有）'},
    skip: {en: 'skip the question; it counts as not answered', zh: '跳过这道题，算作没有回答'},
    again: {
      en: 'a fresh stage for this question; in practice, after an answer: try again',
      zh: '给这道题重搭舞台；练习时在作答之后：再答一次',
    },
    show: {
      en: 'after an answer: show me, the lab at the step that the question is about',
      zh: '作答之后：演示给我看，打开题目所讲的那一步',
    },
    terminal: {en: 'type in the terminal marked with this key', zh: '在标着这个键的终端里输入'},
    'other-terminal': {en: 'type in the other terminal', zh: '在另一个终端里输入'},
    'full-screen': {en: 'a terminal on the whole screen', zh: '让一个终端占满屏幕'},
  },
  notes: {
    clock: {en: 'count the time of this lab from now', zh: '从现在开始给这个实验计时'},
  },
};

/** What an action does, in one phrase. */
export function sayAction<P extends Place>(lang: Lang, place: P, action: string): string {
  return (actionWords[place] as Record<string, Words>)[action]?.[lang] ?? action;
}

export interface FixedKey {
  keys(glyphs: Glyphs): string;
  does: Words;
}

const fixed = (keys: string | ((glyphs: Glyphs) => string), en: string, zh: string): FixedKey => ({
  keys: typeof keys === 'string' ? () => keys : keys,
  does: {en, zh},
});

/** Keys that the settings file cannot change. */
export const fixedKeys: Record<Place | 'doctor', FixedKey[]> = {
  everywhere: [
    fixed('Ctrl-Z', 'suspend; `fg` in the shell brings it back', '挂起；在 shell 里用 fg 回来'),
    fixed('Ctrl-C', 'quit; in a terminal it goes to the program there', '退出；键盘在终端里时，发给那里的程序'),
  ],
  notes: [fixed(({upDown}) => upDown, 'scroll the note (PgUp, PgDn: faster)', '滚动备注（PgUp、PgDn 更快）')],
  home: [fixed(({upDown}) => upDown, 'choose a lab (PgUp, PgDn: faster)', '选择实验（PgUp、PgDn 更快）')],
  doctor: [fixed(({upDown}) => upDown, 'scroll (PgUp, PgDn: faster)', '滚动（PgUp、PgDn 更快）')],
  lab: [
    fixed(({upDown}) => upDown, 'choose a prediction; otherwise scroll the lesson', '选择预测；其他时候滚动课文'),
    fixed('PgUp PgDn', 'scroll the lesson by pages', '整页滚动课文'),
    fixed(
      '1 2 3 4',
      'choose a prediction; otherwise the tab, on a small screen',
      '选择预测；其他时候在小屏幕上切换标签页',
    ),
    fixed('Ctrl-], F12', 'take the keyboard back from a terminal', '从终端收回键盘'),
    fixed('F11', 'in a terminal: on the whole screen, and back', '在终端里：占满屏幕，再按恢复'),
    fixed(
      'Shift-PgUp',
      'in a terminal: its history (or Alt-PgUp); any other key: to the end',
      '在终端里往回看（Alt-PgUp 也行）；按其他键回到末尾',
    ),
  ],
  quiz: [
    fixed(({upDown}) => upDown, 'choose, or move the line that was taken up', '选择，或移动拿起的那一行'),
    fixed('1-9', 'choose or tick at once', '直接选择或选中'),
    fixed('PgUp PgDn', 'scroll the question', '滚动题目'),
    fixed(
      'Esc',
      'in the field: to the other keys, and back with the key that answers',
      '在输入框里：先用其他键，再按作答键回到输入框',
    ),
    fixed('Ctrl-], F12', 'take the keyboard back from a terminal', '从终端收回键盘'),
    fixed('F11', 'in a terminal: on the whole screen, and back', '在终端里：占满屏幕，再按恢复'),
  ],
  demo: [
    fixed('PgDn PgUp', 'next and back, as a clicker sends them', '继续和返回，翻页笔发的就是这两个键'),
    fixed(
      ({upDown}) => upDown,
      'the rest of this step; in a poll: the choice whose hands are counted',
      '滚动看这一步的其他内容；统计举手时选择选项',
    ),
    fixed('0-9', 'in a poll: how many hands', '统计举手时输入人数'),
    fixed('Ctrl-], F12', 'take the keyboard back from a terminal', '从终端收回键盘'),
    fixed('F11', 'in a terminal: on the whole screen, and back', '在终端里：占满屏幕，再按恢复'),
  ],
};
