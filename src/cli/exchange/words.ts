/** What `glassbox export` and `glassbox import` say. */
import type {WordTable} from '../../course/index.ts';

export const exchangeCliWords: WordTable = {
  'cmd.export': {
    en: "write the labs' questions for Moodle (GIFT, XML), QTI 2.1 players or Anki",
    zh: '把实验里的题目导出给 Moodle（GIFT、XML）、支持 QTI 2.1 的系统或 Anki',
  },
  'cmd.import': {
    en: 'turn questions in GIFT into a quiz.md to go on with',
    zh: '把 GIFT 格式的题目转成 quiz.md，再接着编写',
  },
  'arg.gift': {en: 'a file in GIFT, UTF-8', zh: 'GIFT 格式的文件，UTF-8 编码'},
  'opt.export.to': {
    en: 'gift, moodle (XML), qti (a zip package), or anki',
    zh: 'gift、moodle（XML）、qti（zip 包）或 anki',
  },
  'opt.export.out': {
    en: 'file to write (default: standard output; qti needs a file)',
    zh: '写到哪个文件（默认写到标准输出；qti 必须给文件名）',
  },
  'opt.export.seed': {
    en: 'seed of the values that are drawn (the same seed, the same file)',
    zh: '抽取数值的种子（种子相同，文件也相同）',
  },
  'opt.export.force': {en: 'overwrite what is there', zh: '覆盖已有的文件'},
  'usage.export.to': {
    en: "expected --to {known}, got '{got}'.",
    zh: "--to 应为 {known}，得到的是 '{got}'。",
  },
  'usage.export.no-file': {
    en: 'a qti package is a zip file: name one with -o questions.zip.',
    zh: 'qti 包是 zip 文件：请用 -o questions.zip 指定文件名。',
  },
  'export.wrote': {en: 'wrote {count} of {of} questions to {file}', zh: '已把 {of} 道题中的 {count} 道写到 {file}'},
  'export.left': {en: 'left out: {item}: {why}', zh: '已略去：{item}：{why}'},
  'export.warned': {
    en: '{count} questions carry a warning, as they are not quite what they are here: {items}',
    zh: '有 {count} 道题带有说明，因为和这里的不完全一样：{items}',
  },
  'export.nothing': {
    en: 'no question of these labs could be exported; nothing was written.',
    zh: '这些实验的题目都不能导出，没有写出任何文件。',
  },
  'export.broken': {
    en: 'the files of these labs have {count} errors; nothing was written, since questions would be missing. First mend:',
    zh: '这些实验的文件有 {count} 处错误；为免漏题，没有写出任何文件。请先修正：',
  },
  'import.unreadable': {en: 'cannot read {file}: {why}.', zh: '读不了 {file}：{why}。'},
  'import.no-text': {
    en: '{file} is no text in UTF-8: save it as UTF-8 and try again.',
    zh: '{file} 不是 UTF-8 文本：请另存为 UTF-8 再试。',
  },
  'import.large': {
    en: '{file} has {size} MB; expected at most {most}. Split it.',
    zh: '{file} 有 {size} MB，最多 {most} MB。请拆开。',
  },
  'import.nothing': {
    en: 'no question of {file} could be kept; nothing was written.',
    zh: '{file} 里没有能保留的题目，没有写出任何文件。',
  },
  'import.wrote': {
    en: 'wrote {count} questions to {file}: check the ids and reasons, then `glassbox lint`',
    zh: '已把 {count} 道题写到 {file}：请检查 id 和理由，然后运行 `glassbox lint`',
  },
};
