/** Words for files of quizzes that cannot be read, written or opened (QuizError). */
import type {WordTable} from './say.ts';

export const QUIZ_FILE_WORDS: WordTable = {
  'result.unreadable': {
    en: '{file} cannot be read: {why}. Check the path and who may read it.',
    zh: '无法读取 {file}：{why}。请检查路径和权限。',
  },
  'result.unwritable': {
    en: 'The result cannot be written to {file}: {why}. Your answers are kept in the log; choose another place and try again.',
    zh: '无法把成绩写入 {file}：{why}。答案都在日志里；请换个位置再试。',
  },
  'result.large': {
    en: '{file} has {bytes} bytes; a result file has {most} at most, so this is another kind of file.',
    zh: '{file} 有 {bytes} 字节；成绩文件最多 {most} 字节，所以这不是成绩文件。',
  },
  'result.no-json': {
    en: '{file} is no result file: expected JSON, but {why}. Ask for the file again as it was written.',
    zh: '{file} 不是成绩文件：应为 JSON，但 {why}。请让对方重新提交原始文件。',
  },
  'result.other': {
    en: '{file} is JSON, but no result of a quiz. A result file begins with "format": "glassbox-result".',
    zh: '{file} 是 JSON，但不是测验成绩。成绩文件开头是 "format": "glassbox-result"。',
  },
  'result.newer': {
    en: '{file} was written by a newer glassbox (version {version} of the file; this one knows 1). Update glassbox.',
    zh: '{file} 是更新版本的 glassbox 写的（文件版本 {version}，本程序只认识 1）。请更新 glassbox。',
  },
  'result.form': {
    en: '{file} is a result file with a fault at {where}: {why}. It was edited or damaged; ask for it again as it was written.',
    zh: '成绩文件 {file} 在 {where} 处有错：{why}。它被改过或损坏了；请让对方重新提交原始文件。',
  },
  'log.empty': {
    en: '{file} holds no quiz: it ended before it had begun. Start the quiz anew.',
    zh: '{file} 里没有测验：还没开始就结束了。请重新开始测验。',
  },
  'log.damaged': {
    en: '{file}:{line}: this line of the log cannot be understood ({why}). Only the last line may be torn; give the file to your teacher.',
    zh: '{file}:{line}：日志的这一行无法识别（{why}）。只有最后一行可能写到一半；请把文件交给老师。',
  },
  'log.edited': {
    en: '{file}:{line}: this line does not fit the ones before it: the log was changed after it was written, so the quiz cannot be gone on with. Give the file to your teacher.',
    zh: '{file}:{line}：这一行与前面的对不上：日志写完后被改过，因此不能继续测验。请把文件交给老师。',
  },
  'log.unreadable': {
    en: 'The log {file} cannot be read: {why}. Check the path and who owns it.',
    zh: '无法读取日志 {file}：{why}。请检查路径和文件属于谁。',
  },
  'log.unwritable': {
    en: 'The answer cannot be written to {file}: {why}. Nothing was counted; make room or mend the permissions, and answer again.',
    zh: '答案无法写入 {file}：{why}。这次作答没有计入；请腾出空间或修好权限，再答一次。',
  },
  'log.busy': {
    en: 'This quiz is open in another glassbox (process {pid}). Go on there, or end it first.',
    zh: '这次测验正在另一个 glassbox 里进行（进程 {pid}）。请在那里继续，或先结束它。',
  },
  'log.twice': {
    en: 'Question {n} has its answer already, or the quiz is over: an answer is final.',
    zh: '第 {n} 题已经作答，或测验已经结束：答案不能再改。',
  },
  'seal.short': {
    en: 'The secret has {came} characters; it needs {least} at least, or it can be guessed.',
    zh: '密语只有 {came} 个字符；至少要 {least} 个，否则容易被猜到。',
  },
  'seal.other': {
    en: '{file} is no sealed exam. `glassbox exam seal` makes one of an exam’s YAML file.',
    zh: '{file} 不是封存的考试。用 `glassbox exam seal` 从考试的 YAML 文件生成。',
  },
  'seal.newer': {
    en: '{file} was sealed by a newer glassbox (version {version} of the file; this one knows 1). Update glassbox.',
    zh: '{file} 是更新版本的 glassbox 封存的（文件版本 {version}，本程序只认识 1）。请更新 glassbox。',
  },
  'seal.secret': {
    en: 'This secret does not open {file}. Check capital letters and the keyboard’s layout, and type it again.',
    zh: '这个密语打不开 {file}。请检查大小写和键盘布局，再输入一次。',
  },
  'seal.damaged': {
    en: '{file} was changed or damaged after it was sealed, so nothing in it can be trusted. Ask for the file again.',
    zh: '{file} 封存后被改过或损坏了，里面的内容不可信。请重新索取文件。',
  },
  'seal.cost': {
    en: 'The file asks for a key made with N={N}, r={r}, which no glassbox writes and this one does not make. Ask for the file again.',
    zh: '文件要求用 N={N}、r={r} 生成密钥，没有哪个 glassbox 会这样写，本程序不予执行。请重新索取文件。',
  },
  'seal.name': {
    en: '"{came}" names no sealed exam; the file was edited.',
    zh: '“{came}”不是封存考试的名称；文件被改过。',
  },
};
