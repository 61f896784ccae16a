/** Words of the home screen. */
import type {Lang} from '../../course/index.ts';

export const homeWords = {
  'home.lab': {en: 'lab', zh: '实验'},
  'home.question': {en: 'what you will find out', zh: '要弄清的问题'},
  'home.minutes': {en: 'min', zh: '分钟'},
  'home.learn': {en: 'learn', zh: '学习'},
  'home.quiz': {en: 'quiz', zh: '测验'},
  'home.done': {en: 'done', zh: '已完成'},
  'home.step': {en: 'step {index}', zh: '第 {index} 步'},
  'home.loading': {en: 'Reading the labs …', zh: '正在读取实验……'},
  'home.none': {en: 'No lab was found.', zh: '没有找到任何实验。'},
  'home.failed': {en: 'The labs could not be read: {why}', zh: '读取实验失败：{why}'},
  'home.unmet': {en: 'not run here: {why}', zh: '这里做不了：{why}'},
  'home.broken': {en: 'this lab does not parse: {why}', zh: '实验文件有错：{why}'},
  'home.begins': {en: '{key} begins it; about {minutes} minutes.', zh: '按 {key} 开始，大约 {minutes} 分钟。'},
  'home.resumes': {
    en: '{key} goes on at step {index} of {of}; the stage is built up to there. {anew} begins the lab anew.',
    zh: '按 {key} 从第 {index}/{of} 步继续，舞台会搭到那一步。按 {anew} 从头开始。',
  },
  'home.again': {
    en: 'Done. {key} begins it anew, on a fresh stage.',
    zh: '已完成。按 {key} 在新的舞台上从头再做一遍。',
  },
  'home.looksAgain': {en: 'Mended it? {key} looks again.', zh: '已经处理好了？按 {key} 再检查一次。'},
  'home.stillBarred': {
    en: 'Looked again just now: it still cannot be opened here. The reason is above.',
    zh: '刚刚重新检查过，这里仍然打不开。原因见上方。',
  },
  'home.searchHow': {
    en: 'number, name or words of the question',
    zh: '编号、名称或问题里的字词',
  },
  'home.found': {en: '{count} of {of}', zh: '{count}/{of} 个'},
  'home.notFound': {
    en: 'No lab has “{query}” in its number, title, question or id. Esc shows all labs again.',
    zh: '没有哪个实验的编号、标题、问题或 id 含有“{query}”。按 Esc 显示全部实验。',
  },
  'home.settings': {
    en: 'The settings file has mistakes; the usual is used in their place ({key} hides this):',
    zh: '设置文件里有错误，相应的项使用默认值（按 {key} 隐藏）：',
  },
  'home.settingsMore': {
    en: '… and {count} more: glassbox config --check',
    zh: '……还有 {count} 处：glassbox config --check',
  },
} satisfies Record<string, Record<Lang, string>>;
