/** Words of a quiz line by line. */
import type {Lang} from '../../../course/index.ts';

export const quizLineWords = {
  'line.begin': {
    en: '{title}: {of} questions. Type an answer and Enter; ? says what else can be typed.',
    zh: '{title}：共 {of} 题。输入答案再按 Enter；? 列出还能输入什么。',
  },
  'line.graded': {
    en: 'This one is graded: one answer each, no hints, and nothing is said until the end.',
    zh: '这是计分测验：每题只答一次，没有提示，答完之前不说对错。',
  },
  'line.left': {en: 'Time left: {time}.', zh: '还剩 {time}。'},
  'line.question': {
    en: 'Question {n} of {of}, lab {number}, {kind}, {points}.',
    zh: '第 {n}/{of} 题，实验 {number}，{kind}，{points}。',
  },
  'line.single': {en: 'Type its number.', zh: '输入它的编号。'},
  'line.multiple': {en: 'Type the numbers of all that are right: 1 3', zh: '输入所有正确选项的编号，例如 1 3'},
  'line.order': {en: 'Type all numbers in the right order: 2 1 3', zh: '按正确的顺序输入全部编号，例如 2 1 3'},
  'line.field': {en: 'Type it.', zh: '输入答案。'},
  'line.deed': {
    en: 'Do it with commands like `{example}`, then type: done',
    zh: '用 `{example}` 这样的命令动手做，做好后输入：done',
  },
  'line.look': {en: 'Look around with commands like `{example}`.', zh: '可以用 `{example}` 这样的命令查看。'},
  'line.building': {en: 'Setting the stage up …', zh: '正在搭建舞台……'},
  'line.status': {en: '[status {status}]', zh: '[状态 {status}]'},
  'line.long': {en: '[interrupted after 30 seconds]', zh: '[30 秒后被中断]'},
  'line.unclear': {
    en: 'That is no answer to this question. Type `skip` to go on without one. {how}',
    zh: '这不是这道题的答案。输入 skip 可以跳过。{how}',
  },
  'line.locked': {en: 'Taken.', zh: '已记下。'},
  'line.after': {
    en: 'Enter: the next question. again: once more. show: where to see it.',
    zh: '按 Enter 进入下一题；again 再答一次；show 告诉你在哪里能看到。',
  },
  'line.show': {
    en: 'See it by doing: glassbox learn {number}, step {step}.',
    zh: '自己动手看：glassbox learn {number}，步骤 {step}。',
  },
  'line.out': {en: 'There are no more lines, and questions are left.', zh: '没有更多输入了，但还有题没答。'},
  'line.ask': {en: 'answer> ', zh: '回答> '},
  'line.askNext': {en: '> ', zh: '> '},
  'line.help': {
    en: 'hint: a hint (practice)\nskip: no answer\nagain: after an answer, once more (practice)\nfresh: a fresh stage\nquestion: the question again\nbox: COMMAND or host: COMMAND: types it in that terminal\nlang: 中文\nquit: leave; a graded quiz is kept',
    zh: 'hint：提示（练习时）\nskip：跳过，不作答\nagain：作答之后再答一次（练习时）\nfresh：重搭舞台\nquestion：再显示一遍题目\nbox: 命令 或 host: 命令：在那个终端里输入\nlang：English\nquit：离开；计分测验会保存',
  },
} satisfies Record<string, Record<Lang, string>>;
