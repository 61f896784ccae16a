/** What the commands of quizzes say, in both languages. */
import type {WordTable} from '../../course/index.ts';

export const quizCliWords: WordTable = {
  'cmd.quiz': {
    en: 'questions, many of them live: practise, or take a graded quiz (`glassbox quiz 03`, `quiz --due`, `quiz --exam FILE`)',
    zh: '做题，很多题要在真实的容器上做：练习或计分测验（`glassbox quiz 03`、`quiz --due`、`quiz --exam 文件`）',
  },
  'cmd.exam': {
    en: 'for instructors: check an exam (lint), see what it draws (draw), seal it with a secret (seal)',
    zh: '教师用：检查试卷（lint）、看看会抽到哪些题（draw）、用口令封装（seal）',
  },
  'cmd.grade': {
    en: 'score result files again from their evidence, find edited ones, make the table of the class',
    zh: '按证据给成绩文件重新评分，找出被改过的，生成全班成绩表',
  },
  'arg.exam.what': {en: 'lint, draw or seal', zh: 'lint、draw 或 seal'},
  'arg.exam.file': {en: 'an exam: a small YAML file', zh: '试卷：一个小的 YAML 文件'},
  'arg.results': {en: 'result files of a graded quiz', zh: '计分测验的成绩文件'},
  'opt.quiz.count': {
    en: 'how many questions; all of one lab, 20 of several',
    zh: '出多少题；一个实验默认全部，多个默认 20',
  },
  'opt.quiz.seed': {
    en: 'draws questions, order and values; random when absent',
    zh: '决定抽题、顺序和数值；不写则随机',
  },
  'opt.quiz.kinds': {
    en: 'only these, with commas: single, multiple, number, text, order, prediction, diagnosis, reading, repair',
    zh: '只要这些题型，用逗号分开：single、multiple、number、text、order、prediction、diagnosis、reading、repair',
  },
  'opt.quiz.due': {en: 'what went wrong before and is due again today', zh: '以前答错、今天该再练的题'},
  'opt.quiz.graded': {
    en: 'no hints, one answer each, nothing said until the end; evidence is kept in a result file',
    zh: '计分：没有提示，每题只答一次，答完之前不说对错；证据写进成绩文件',
  },
  'opt.quiz.minutes': {
    en: 'time limit of a graded quiz; it goes on while nobody is there',
    zh: '计分测验的时限（分钟）；离开时也在计时',
  },
  'opt.quiz.out': {en: 'where the result is written', zh: '成绩文件写到哪里'},
  'opt.quiz.student': {en: "the student's id, as the class list has it", zh: '学号，与名单一致'},
  'opt.quiz.name': {en: "the student's name", zh: '姓名'},
  'opt.quiz.resume': {en: 'go on with the graded quiz that was left last', zh: '继续上次没做完的计分测验'},
  'opt.quiz.exam': {
    en: "an instructor's exam (YAML, or sealed: then its secret is asked for)",
    zh: '教师给的试卷（YAML；封装过的会询问口令）',
  },
  'opt.secret': {
    en: 'a file whose first line is the secret; asked for at the terminal when absent',
    zh: '第一行是口令的文件；不写则在终端询问',
  },
  'opt.quiz.json': {
    en: 'events as JSON, one a line; answers come as lines',
    zh: '以 JSON 输出事件，每行一个；答案逐行输入',
  },
  'opt.grade.to': {
    en: 'table, json, csv-moodle, csv-canvas, gradescope, junit, xapi',
    zh: 'table、json、csv-moodle、csv-canvas、gradescope、junit、xapi',
  },
  'opt.grade.exam': {en: 'the exam that the class was given: YAML or sealed', zh: '发给全班的试卷：YAML 或封装文件'},
  'opt.out': {en: 'write to this file instead of printing', zh: '写入这个文件而不是打印'},
  'usage.quiz.count': {
    en: '--count needs a whole number from 1 to 200, got "{got}".',
    zh: '--count 需要 1 到 200 的整数，得到“{got}”。',
  },
  'usage.quiz.minutes': {
    en: '--minutes needs a whole number from 1 to 600, got "{got}".',
    zh: '--minutes 需要 1 到 600 的整数，得到“{got}”。',
  },
  'usage.quiz.kinds': {
    en: '--kinds knows no "{got}". Kinds are: {known}.',
    zh: '--kinds 不认识“{got}”。题型有：{known}。',
  },
  'usage.quiz.graded': {
    en: '{option} belongs to a graded quiz: add --graded.',
    zh: '{option} 只用于计分测验：请加上 --graded。',
  },
  'usage.quiz.exam': {
    en: '{option} cannot go with --exam: the exam itself says what is asked.',
    zh: '{option} 不能与 --exam 同用：考什么由试卷决定。',
  },
  'usage.quiz.due': {
    en: '{option} cannot go with --due: the due list says what is asked, and it is practice.',
    zh: '{option} 不能与 --due 同用：要练什么由到期列表决定，而且只是练习。',
  },
  'usage.quiz.resume': {
    en: '{option} cannot go with --resume: a quiz goes on as it began.',
    zh: '{option} 不能与 --resume 同用：测验按开始时的样子继续。',
  },
  'usage.exam': {
    en: 'Expected lint, draw or seal before the file, got "{got}": glassbox exam lint FILE.',
    zh: '文件名前应为 lint、draw 或 seal，得到“{got}”：glassbox exam lint 文件。',
  },
  'usage.grade.to': {en: '--to knows no "{got}". It knows: {known}.', zh: '--to 不认识“{got}”。可以用：{known}。'},
  'quiz.none': {
    en: 'No question fits: these labs have none of the kinds that were asked for. Drop --kinds, or name other labs.',
    zh: '没有符合条件的题：这些实验里没有要求的题型。请去掉 --kinds，或换别的实验。',
  },
  'quiz.none-due': {
    en: 'Nothing is due today. {next}`glassbox quiz all --count 10` practises something else.',
    zh: '今天没有该练的题。{next}可以用 `glassbox quiz all --count 10` 练别的。',
  },
  'quiz.no-input': {
    en: 'A quiz needs answers, and standard input is empty: take it in a terminal, or pipe one answer a line.',
    zh: '测验需要回答，而标准输入是空的：请在终端里做，或每行一个答案通过管道输入。',
  },
  'quiz.next-due': {en: 'The next are due on {day}: {count}. ', zh: '下一批在 {day}，共 {count} 道。'},
  'quiz.left-out': {
    en: 'Left out, since this machine cannot run them ({why}): {list}.',
    zh: '本机运行不了（{why}），没有出这些题：{list}。',
  },
  'quiz.cannot-run': {
    en: 'This quiz has questions that this machine cannot run: {list}. {why}',
    zh: '这份测验里有本机运行不了的题：{list}。{why}',
  },
  'quiz.faulty': {
    en: 'The questions of some labs have mistakes, and those are not asked; `glassbox lint` lists them. The first:',
    zh: '有些实验的题目有错，没有出这些题；`glassbox lint` 会列出来。第一处：',
  },
  'quiz.resumes': {
    en: 'Going on with the quiz of {started}: {done} of {of} questions are answered, and stay as they are.',
    zh: '继续 {started} 开始的测验：{of} 题中已答 {done} 题，已答的不变。',
  },
  'quiz.nothing-to-resume': {
    en: 'No graded quiz was left unfinished. `glassbox quiz 03 --graded` begins one.',
    zh: '没有未完成的计分测验。`glassbox quiz 03 --graded` 开始一份。',
  },
  'quiz.resume-sealed': {
    en: 'The quiz that was left is of a sealed exam: go on with `glassbox quiz --exam FILE`, and its secret.',
    zh: '没做完的是一份封装试卷：请用 `glassbox quiz --exam 文件` 和它的口令继续。',
  },
  'quiz.changed': {
    en: 'The quiz has a question that is no longer there: {item}. Put the lab files back as they were, then go on.',
    zh: '测验里有一道题已经不在了：{item}。请把实验文件恢复原样，再继续。',
  },
  'quiz.out.exists': {
    en: '{file} is there already, and a result is never written over. Choose another name with --out.',
    zh: '{file} 已经存在，成绩不会覆盖它。请用 --out 换个名字。',
  },
  'quiz.kept': {
    en: 'Left after {done} of {of} questions; every answer is kept. `glassbox quiz --resume` goes on.',
    zh: '做了 {done}/{of} 题后离开；回答都保存着。用 `glassbox quiz --resume` 继续。',
  },
  'quiz.kept-sealed': {
    en: 'Left after {done} of {of} questions; every answer is kept. `glassbox quiz --exam {file}` goes on.',
    zh: '做了 {done}/{of} 题后离开；回答都保存着。用 `glassbox quiz --exam {file}` 继续。',
  },
  'quiz.ask.student': {en: 'Student id: ', zh: '学号：'},
  'quiz.ask.name': {en: 'Name: ', zh: '姓名：'},
  'quiz.ask.secret': {en: 'Secret of {file}: ', zh: '{file} 的口令：'},
  'quiz.ask.again': {en: 'Once more: ', zh: '再输一次：'},
  'secret.differ': {en: 'The two were not the same. Nothing was written.', zh: '两次输入不一样。什么也没有写。'},
  'secret.cancelled': {en: 'Nothing was entered, so nothing was done.', zh: '没有输入，什么也没做。'},
  'secret.none': {
    en: '{file} is sealed, and nobody is here to be asked for its secret: give it with --secret FILE.',
    zh: '{file} 是封装的，而这里没有人可以输入口令：请用 --secret 文件 给出。',
  },
  'secret.unreadable': {
    en: 'The file with the secret cannot be read: {why}.',
    zh: '无法读取存放口令的文件：{why}。',
  },
  'exam.unreadable': {
    en: 'The exam {file} cannot be read: {why}.',
    zh: '无法读取试卷 {file}：{why}。',
  },
  'exam.sound': {
    en: '{file}: sound. {count} questions of {all} that fit; {minutes}.',
    zh: '{file}：没有问题。从 {all} 道符合条件的题里出 {count} 道；{minutes}。',
  },
  'exam.minutes': {en: '{minutes} minutes', zh: '{minutes} 分钟'},
  'exam.no-limit': {en: 'no time limit', zh: '不限时'},
  'exam.broken': {en: 'The exam has mistakes: {count}.', zh: '试卷有错：{count} 处。'},
  'exam.sealed': {
    en: 'Sealed into {file}. Students take it with: glassbox quiz --exam {file}. Without the secret nobody can, and nobody can grade it: keep it.',
    zh: '已封装为 {file}。学生用 glassbox quiz --exam {file} 作答。没有口令就无法作答，也无法评分，请保管好。',
  },
  'exam.points': {en: '{points} points in all', zh: '共 {points} 分'},
  'exam.is-sealed': {
    en: '{file} is sealed already; lint looks at the YAML file that it was made from. `glassbox exam draw {file}` shows what is in it.',
    zh: '{file} 已经封装；lint 检查的是封装之前的 YAML 文件。用 `glassbox exam draw {file}` 看里面的题。',
  },
  'grade.error': {en: 'WRONG', zh: '有问题'},
  'grade.warning': {en: 'look', zh: '请留意'},
  'grade.note': {en: 'note', zh: '说明'},
  'grade.unwritable': {en: 'The table cannot be written to {file}: {why}.', zh: '无法把成绩表写入 {file}：{why}。'},
  'grade.one': {
    en: 'Gradescope takes one result per file: {count} were given. Grade each by itself.',
    zh: 'Gradescope 每个文件只收一份成绩，这里有 {count} 份。请逐个评分导出。',
  },
  'grade.all-ok': {en: 'Nothing speaks against any of the files.', zh: '所有文件都没有发现问题。'},
  'grade.not-ok': {
    en: 'Files that no honest run gives: {count}. Their rows are marked; scores are by the evidence.',
    zh: '有问题的文件：{count} 个，表中已标出；分数按证据计算。',
  },
  'grade.written': {en: 'Written to {file}.', zh: '已写入 {file}。'},
  'grade.column.student': {en: 'student', zh: '学号'},
  'grade.column.name': {en: 'name', zh: '姓名'},
  'grade.column.points': {en: 'points', zh: '得分'},
  'grade.column.percent': {en: '%', zh: '%'},
  'grade.column.file': {en: 'file', zh: '文件'},
  'grade.column.unjudged': {en: 'unjudged', zh: '未判定'},
  'grade.mark': {en: 'LOOK', zh: '请看'},
};
