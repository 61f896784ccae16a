/** The help screens: key, and what it does. Each fits 80×24 in both languages. */
import type {Lang} from '../../course/index.ts';

type Row = [key: string, words: Record<Lang, string>];

export const helpWords: {home: Row[]; lab: Row[]} = {
  home: [
    ['Up, Down', {en: 'choose a lab', zh: '选择实验'}],
    [
      'Enter',
      {en: 'open it; a lab that was left is resumed at its step', zh: '打开实验；上次没做完的，从离开的那一步继续'},
    ],
    [
      '/',
      {
        en: 'search: number, name, or words of the question; Esc shows all',
        zh: '搜索：编号、名称或问题里的字词；Esc 显示全部',
      },
    ],
    ['n', {en: 'begin the lab anew, although it could be resumed', zh: '从头开始，不从上次离开的地方继续'}],
    [
      'x',
      {
        en: 'doctor: what this machine can do, and what to do about what it cannot',
        zh: '体检：这台机器能做什么，做不了的怎么办',
      },
    ],
    ['L', {en: 'switch between English and Chinese', zh: '切换中文和英文'}],
    ['Ctrl-Z', {en: 'suspend; `fg` in the shell brings it back', zh: '挂起；在 shell 里用 fg 回来'}],
    ['q, Ctrl-C', {en: 'quit', zh: '退出'}],
  ],
  lab: [
    [
      'Enter',
      {
        en: 'do what the lesson proposes: start the container, type the command, next step',
        zh: '执行课文提议的事：启动容器、输入命令、进入下一步',
      },
    ],
    [
      'Up, Down',
      {
        en: 'choose a prediction; otherwise scroll the lesson (so do PgUp, PgDn)',
        zh: '选择预测；其他时候滚动课文（PgUp、PgDn 也可以）',
      },
    ],
    [
      '1 2 3 4',
      {
        en: 'choose a prediction; otherwise the tab, on a small screen ([ and ] always)',
        zh: '选择预测；其他时候在小屏幕上切换标签页（[ 和 ] 任何时候都行）',
      },
    ],
    [
      'Tab',
      {
        en: 'give the keyboard to the terminal marked [Tab]; Shift-Tab: to the other one',
        zh: '把键盘交给标着 [Tab] 的终端；Shift-Tab 交给另一个',
      },
    ],
    ['Ctrl-], F12', {en: 'take the keyboard back from a terminal', zh: '从终端收回键盘'}],
    [
      'f',
      {
        en: 'a terminal on the whole screen (F11 in a terminal: there and back)',
        zh: '让一个终端占满屏幕（在终端里按 F11：占满和恢复）',
      },
    ],
    [
      'Shift-PgUp',
      {
        en: 'in a terminal: its history (or Alt-PgUp); any other key: to the end',
        zh: '在终端里往回看（Alt-PgUp 也行）；按其他键回到末尾',
      },
    ],
    [
      'Left, Right',
      {
        en: 'step back (on a fresh stage); next step (what is left of this one is done for you)',
        zh: '回到上一步（搭新的舞台）；进入下一步（这一步剩下的由实验代做）',
      },
    ],
    ['h', {en: 'hint; again: the next one', zh: '提示；再按看下一条'}],
    ['s', {en: 'solution; again: it is typed for you', zh: '答案；再按由实验代你输入'}],
    [
      'b',
      {
        en: 'run the same on a second stage without this flag, and compare',
        zh: '在第二个舞台上去掉这个标志再做一遍，对比结果',
      },
    ],
    ['j', {en: 'journal: every system call of the engine, explained', zh: '引擎的每一次系统调用和解释'}],
    ['r, R', {en: 'reset this step; the whole lab', zh: '重做这一步；重做整个实验'}],
    ['L', {en: 'switch between English and Chinese', zh: '切换中文和英文'}],
    ['Esc', {en: 'back to the labs; everything that was started ends', zh: '回到实验列表，所有已启动的东西都会结束'}],
    [
      'q, Ctrl-C',
      {
        en: 'quit (in a terminal, Ctrl-C goes to the program there)',
        zh: '退出（键盘在终端里时，Ctrl-C 发给那里的程序）',
      },
    ],
  ],
};
