/** What exports and imports of questions say: inside the questions, beside the kernel's answers, and about what is left out. */
import type {WordTable} from './say.ts';

export const quizExportWords: WordTable = {
  'export.frozen': {
    en: 'Frozen for this export: {values} was drawn once. In Glassbox it differs from person to person.',
    zh: '导出时固定的数值：{values} 只抽取了一次。在 Glassbox 里每个人得到的都不一样。',
  },
  'export.frozen-machine': {
    en: 'Frozen for this export: the answer is what the kernel of one machine said on {day}. In Glassbox it is asked anew.',
    zh: '导出时固定的答案：这是某台机器的内核在 {day} 的回答。在 Glassbox 里会重新询问内核。',
  },
  'export.by-hand': {
    en: 'In Glassbox this is done by hand on a live container, and the kernel judges it. Here: write the commands. Nothing grades them by itself.',
    zh: '在 Glassbox 里要在真实的容器上动手完成，由内核来评判。这里请写出命令，系统不会自动评分。',
  },
  'export.choose-one': {en: 'Choose one.', zh: '选择一项。'},
  'export.choose-many': {en: 'Choose all that apply.', zh: '选出所有正确的选项。'},
  'export.put-in-order': {en: 'Put in order: 1 comes first.', zh: '排好顺序，1 为最先。'},
  'export.right': {en: 'right', zh: '正确'},
  'export.wrong': {en: 'wrong', zh: '错误'},
  'export.answer': {en: 'Answer', zh: '答案'},
  'export.one-way': {en: 'One way that works', zh: '一种可行的做法'},
  'export.on-host': {en: 'on the host', zh: '在宿主机上'},
  'export.on': {en: 'in the container {side}', zh: '在容器 {side} 里'},
  'export.title': {en: 'Glassbox: questions', zh: 'Glassbox：题目'},
  'left.live-answer': {
    en: 'the answer is the kernel’s at that moment: there is none to write down.',
    zh: '答案由当时的内核决定，没有能写下来的固定答案。',
  },
  'left.live-words': {
    en: 'its text shows {name}, which only a running container has.',
    zh: '题目里有 {name}，只有运行中的容器才有这个值。',
  },
  'left.needs-stage': {
    en: 'a container has to be examined by hand to answer it.',
    zh: '要动手检查容器才能回答。',
  },
  'left.gift-arrow': {
    en: 'GIFT takes “->” in its answers for a matching question, and has no way to write it otherwise.',
    zh: 'GIFT 会把答案里的“->”当成配对题，没有别的写法。',
  },
  'left.gift-mark': {
    en: 'its text holds “&&” with three digits and “;”, which readers of GIFT use as a mark of their own.',
    zh: '文字里有“&&”加三位数字和“;”，GIFT 的读取程序把它当作自己的标记。',
  },
  'left.too-many-right': {
    en: 'it has {count} right choices; Moodle’s weights go up to 10.',
    zh: '它有 {count} 个正确选项；Moodle 的权重最多支持 10 个。',
  },
  'verdict.right': {en: 'right', zh: '正确'},
  'verdict.partly': {en: 'partly right', zh: '部分正确'},
  'verdict.wrong': {en: 'wrong', zh: '错误'},
  'verdict.unjudged': {en: 'could not be judged', zh: '无法评判'},
  'export.one-result': {
    en: 'Gradescope reads one file per submission: name one result, got {count}.',
    zh: 'Gradescope 每份提交只读一个文件：请只给一个结果，得到的是 {count} 个。',
  },
  'import.reason': {
    en: 'Say here why this is right or wrong.',
    zh: '请在这里说明为什么对，或者为什么错。',
  },
  'import.true': {en: 'true', zh: '对'},
  'import.false': {en: 'false', zh: '错'},
  'import.match': {en: '{ask} Which one belongs to “{left}”?', zh: '{ask} 哪一个与“{left}”对应？'},
  'gift.essay': {
    en: 'an essay has no answer that could be judged: left out.',
    zh: '问答题没有可以评判的答案，已略去。',
  },
  'gift.description': {
    en: 'a text without {braces} is no question: left out.',
    zh: '没有 {braces} 的文字不是题目，已略去。',
  },
  'gift.category': {en: 'the category “{text}” is not kept.', zh: '不保留类别“{text}”。'},
  'gift.unclosed': {
    en: 'the answers begin with { and never end: left out. Close them with }.',
    zh: '答案以 { 开始却没有结束，已略去。请补上 }。',
  },
  'gift.empty-ask': {en: 'there is no text to ask: left out.', zh: '没有题干，已略去。'},
  'gift.broken': {
    en: 'expected answers that begin with = or ~, got “{came}”: left out.',
    zh: '答案应当以 = 或 ~ 开头，得到的是“{came}”，已略去。',
  },
  'gift.tolerance': {
    en: 'a number is right here only when it is exact; “{came}” has a tolerance or a fraction: left out.',
    zh: '这里的数字必须完全相等；“{came}”带有误差范围或小数，已略去。',
  },
  'gift.more-answers': {
    en: 'one answer is kept, “{kept}”; these are not: {lost}.',
    zh: '只保留一个答案“{kept}”，这些没有保留：{lost}。',
  },
  'gift.no-right': {en: 'none of its answers is right: left out.', zh: '没有一个答案是对的，已略去。'},
  'gift.few-choices': {en: 'it has fewer than two choices: left out.', zh: '选项不到两个，已略去。'},
  'gift.weights': {
    en: 'choices are right or wrong here; their weights are not kept.',
    zh: '这里的选项只分对错，不保留权重。',
  },
  'gift.reasons': {
    en: '{count} reasons are missing; the file has “{text}” in their place.',
    zh: '缺少 {count} 条理由，文件里先写成了“{text}”。',
  },
  'gift.expression': {
    en: 'the answer “{came}” would be read as an expression: left out.',
    zh: '答案“{came}”会被当成表达式，已略去。',
  },
  'gift.hole': {
    en: '“{came}” would be read as a placeholder: write it otherwise.',
    zh: '“{came}”会被当成占位符，请换一种写法。',
  },
};
