/** Words for what grading finds in a result file. {n}: the question's place. */
import {QUIZ_FILE_WORDS} from './quiz.ts';
import type {WordTable} from './say.ts';

const FOUND: WordTable = {
  'grade.chain.length': {
    en: 'The chain has {came} entries for {expected} answers: answers were added or taken out.',
    zh: '哈希链有 {came} 项，答案却有 {expected} 个：有答案被添加或删除。',
  },
  'grade.chain.broken': {
    en: 'The chain breaks at question {n}: it, or what stands above the answers, was edited.',
    zh: '哈希链在第 {n} 题断开：这一题或文件开头的内容被改过。',
  },
  'grade.sum': {
    en: 'The file says {claimed} points; its own answers add up to {worth}.',
    zh: '文件写着 {claimed} 分，而其中各题相加是 {worth}。',
  },
  'grade.points': {
    en: 'Question {n}: the file says {claimed} points; its evidence is worth {worth}.',
    zh: '第 {n} 题：文件写着 {claimed} 分，按证据应得 {worth} 分。',
  },
  'grade.key': {
    en: 'Question {n} ({item}): the key in the file is not the one that the lab and the recorded facts give.',
    zh: '第 {n} 题（{item}）：文件里的答案与实验及所记录的事实得出的不符。',
  },
  'grade.values.missing': {
    en: 'Question {n}: the recorded facts do not give its key; facts were taken out, or the lab here is another version.',
    zh: '第 {n} 题：所记录的事实得不出答案；事实被删过，或本机的实验是另一个版本。',
  },
  'grade.judgeable': {
    en: 'Question {n} is said to be unjudged, but its recorded facts judge it.',
    zh: '第 {n} 题写着“无法评判”，但所记录的事实足以评判。',
  },
  'grade.unjudged': {
    en: 'Question {n} could not be judged on the student’s machine, and counts neither way: it is yours to decide.',
    zh: '第 {n} 题在学生机器上无法评判，不计入总分：请由您决定。',
  },
  'grade.repair.unproved': {
    en: 'Question {n} is a repair, and its lab is not at hand: the points are those that the file claims.',
    zh: '第 {n} 题是修复题，而手头没有对应的实验：分数以文件所写为准。',
  },
  'grade.item.unknown': {
    en: 'Question {n} ({item}) is not in the labs at hand, so it was scored by the key in the file.',
    zh: '第 {n} 题（{item}）不在手头的实验里，因此按文件里的答案评分。',
  },
  'grade.question.twice': {
    en: 'Question {n} ({item}) is there twice.',
    zh: '第 {n} 题（{item}）出现了两次。',
  },
  'grade.question.missing': {
    en: 'The file has {came} of {expected} questions, though it says that it is finished.',
    zh: '文件写着已完成，但只有 {came} 道题，应有 {expected} 道。',
  },
  'grade.question.other': {
    en: 'Question {n} is {came}; the exam’s seed draws {expected} there, or it is worth other points.',
    zh: '第 {n} 题是 {came}；按考试的种子应是 {expected}，或分值不同。',
  },
  'grade.question.altered': {
    en: 'Question {n} ({item}): its values or choices are not those that the seed draws.',
    zh: '第 {n} 题（{item}）：参数或选项与种子抽出的不符。',
  },
  'grade.exam.other': {
    en: 'This is another exam: its {what} is {came}, expected was {expected}.',
    zh: '这是另一场考试：{what} 是 {came}，应为 {expected}。',
  },
  'grade.exam.unsealed': {
    en: 'This was not taken from the sealed exam that was given (it names {came}).',
    zh: '这份成绩不是出自所给的封存考试（文件写的是 {came}）。',
  },
  'grade.seal.none': {
    en: 'The exam was sealed, and the file has no seal: it was taken off, or the file was made by hand.',
    zh: '考试是封存的，文件却没有封印：封印被去掉，或文件是手工做的。',
  },
  'grade.seal.wrong': {
    en: 'The seal does not fit: the file was changed by somebody without the secret, or the secret given here is another.',
    zh: '封印不符：文件被不知道密语的人改过，或这里给的密语不对。',
  },
  'grade.seal.unchecked': {
    en: 'The file is sealed; without the secret its seal was not checked.',
    zh: '文件有封印；没有密语，未作检查。',
  },
  'grade.time.backwards': {
    en: 'Question {n} was judged before the one that was answered before it.',
    zh: '第 {n} 题的评判时间早于它前面作答的题。',
  },
  'grade.time.outside': {
    en: 'Question {n} was judged after the quiz had ended.',
    zh: '第 {n} 题的评判时间在测验结束之后。',
  },
  'grade.time.seconds': {
    en: 'Question {n} took {seconds} s by the file, longer than the quiz had lasted by then.',
    zh: '第 {n} 题写着用时 {seconds} 秒，比测验到那时的总时间还长。',
  },
  'grade.time.over': {
    en: 'Question {n} was answered {late} min after the {minutes} min were over.',
    zh: '第 {n} 题在 {minutes} 分钟时限过后 {late} 分钟才作答。',
  },
  'grade.time.finished': {
    en: 'The file says that the quiz ended before it began.',
    zh: '文件写的结束时间早于开始时间。',
  },
  'grade.time.future': {
    en: 'The quiz began at {started}, which has not come yet: check the clock of that machine.',
    zh: '测验开始于 {started}，这个时间还没到：请检查那台机器的时钟。',
  },
  'grade.practice': {
    en: 'This was practice, with hints and retries, and no graded quiz.',
    zh: '这是练习（可看提示、可重试），不是计分测验。',
  },
  'grade.unfinished': {
    en: 'The quiz was not finished: {done} of {count} questions are answered.',
    zh: '测验没有做完：{count} 道题只答了 {done} 道。',
  },
  'grade.help': {
    en: 'Question {n} had {hints} hints and {tries} tries; a graded quiz gives none and one.',
    zh: '第 {n} 题用了 {hints} 次提示、{tries} 次作答；计分测验没有提示，只能答一次。',
  },
  'grade.copy': {
    en: 'Every answer was given at the same moments as in {other}: one is a copy of the other.',
    zh: '每个答案的时刻都与 {other} 相同：其中一份是抄来的。',
  },
  'grade.student.twice': {
    en: 'The same student handed in another file: {other}. Decide which one counts.',
    zh: '同一位学生还交了另一份文件：{other}。请决定以哪份为准。',
  },
};

/** All that gradeFile() can say, faults of the file itself included. */
export const GRADE_WORDS: WordTable = {...QUIZ_FILE_WORDS, ...FOUND};
