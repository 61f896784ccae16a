/** Words for faults of meaning: conditions, what a lab must have, texts that don't fit. */
import type {WordTable} from './say.ts';

const CONDITIONS: WordTable = {
  'cel.syntax': {en: 'This is no condition in CEL: {message}.', zh: '这不是合法的 CEL 条件：{message}。'},
  'cel.unknown-name': {
    en: 'Nothing is called {name}. There is: {known}.',
    zh: '没有叫 {name} 的东西。有的是：{known}。',
  },
  'cel.later': {
    en: 'The container {name} begins further down. Move this below it.',
    zh: '容器 {name} 在更下面才启动。请把这里移到它下面。',
  },
  'cel.unknown-fact': {
    en: 'There is no fact {path}. There is: {known}.',
    zh: '没有 {path} 这个事实。有的是：{known}。',
  },
  'cel.group': {
    en: '{path} is a group of facts. Name one of: {known}.',
    zh: '{path} 是一组事实。请写出其中一个：{known}。',
  },
  'cel.inside': {
    en: '{path} looks into a fact of type {type}. A map takes one name, a list one number, others nothing.',
    zh: '{path} 想取 {type} 类型的事实里面的东西。map 后面可以跟一个名字，list 后面可以跟一个数，其他类型不行。',
  },
  'cel.index': {
    en: 'An index must be written out ("name" or 0), so that its absence can be seen before judging.',
    zh: '下标要直接写出来（"名字" 或 0），这样判断之前才知道它在不在。',
  },
  'cel.has': {en: 'has() asks for one fact: has(box.pid).', zh: 'has() 只能问一个事实：has(box.pid)。'},
  'cel.run': {
    en: '{path}: what a terminal shows is no evidence. Ask for a fact of the kernel; run. is for predictions and answers.',
    zh: '{path}：终端里显示的东西不算证据。请改用内核的事实；run. 只能用在预测和答案里。',
  },
  'cel.overload': {en: 'These types do not go together: {came}.', zh: '类型对不上：{came}。'},
  'cel.function': {en: 'There is no function {came}.', zh: '没有 {came} 这个函数。'},
  'cel.type': {en: 'The types are wrong: {message}.', zh: '类型不对：{message}。'},
  'cel.result': {en: 'The result must be {expected}, it is {came}.', zh: '结果应当是 {expected}，这里是 {came}。'},
  'cel.constant': {
    en: 'This condition names no fact, so it is the same on every machine. Compare something of host. or a container.',
    zh: '这个条件里没有任何事实，在哪台机器上结果都一样。请拿 host. 或某个容器的事实来比较。',
  },
};

const STRUCTURE: WordTable = {
  'lab.no-check': {
    en: 'No step has a check, so nothing can be passed. Add a cel check block.',
    zh: '没有一步带检查，学生就没有可以通过的东西。请加一个 cel check 块。',
  },
  'check.no-hint': {
    en: 'The check #{id} has no hint. Add > [!HINT] below it, from nudge to answer.',
    zh: '检查 #{id} 没有提示。请在下面加 > [!HINT]，由浅到深。',
  },
  'check.no-solve': {
    en: 'The check #{id} has no solution. Add a block "sh solve on=…" below it.',
    zh: '检查 #{id} 没有解法。请在下面加一个“sh solve on=…”块。',
  },
  'check.no-mistake': {
    en: 'The check #{id} knows no mistake. Add a block "sh mistake #some-id on=… when=…" and a [!SAY] below it.',
    zh: '检查 #{id} 没有列出常见错误。请在下面加一个“sh mistake #some-id on=… when=…”块和一个 [!SAY]。',
  },
  'mistake.no-say': {
    en: 'The mistake #{id} says nothing to the learner. Add > [!SAY] below it.',
    zh: '错误 #{id} 没有对学生说的话。请在下面加 > [!SAY]。',
  },
  'quiz.no-solve': {
    en: 'The hands-on question #{id} has no solution. Add a block "sh solve on=…" below it.',
    zh: '动手题 #{id} 没有解法。请在下面加一个“sh solve on=…”块。',
  },
  'quiz.no-mistake': {
    en: 'The hands-on question #{id} knows no wrong attempt. Add a block "sh mistake #some-id on=… when=…" below it.',
    zh: '动手题 #{id} 没有错误的做法。请在下面加一个“sh mistake #some-id on=… when=…”块。',
  },
  'question.block': {
    en: 'A {verb} block has no place in quiz.md: a question has containers and runs that set it up, then one yaml quiz.',
    zh: 'quiz.md 里不能有 {verb} 块：一道题先用 container 和 run 搭好场面，然后是一个 yaml quiz。',
  },
  'question.text': {
    en: 'Nobody sees this text: what is asked stands in the question itself. Put it into ask:, or into a comment <!-- -->.',
    zh: '这段文字谁也看不到：要问的话都写在题目里。请写进 ask:，或者放进注释 <!-- -->。',
  },
  'question.one': {
    en: 'The section #{id} has {came} questions and needs one: one yaml quiz in each section of quiz.md.',
    zh: '#{id} 这一节有 {came} 道题，应当正好一道：quiz.md 的每一节里有一个 yaml quiz。',
  },
  'question.late': {
    en: 'What sets a question up stands above it. Below it, a run without a container is typed once the answer is given, and only where the kernel gives it.',
    zh: '搭场面的块要放在题目上面。放在题目下面的只能是 run，答完才执行，而且只用于由内核给出答案的题。',
  },
  'question.same-id': {
    en: 'lab.md has a question #{id} already. Choose another id.',
    zh: 'lab.md 里已经有一道题叫 #{id}。请换一个 id。',
  },
  'container.lacks': {
    en: 'lacks can come to {came}, which this container does not make new. It can be "none" or of: {fresh}.',
    zh: 'lacks 可能得到 {came}，而它并不是这个容器新建的。可以是 none，或者：{fresh}。',
  },
  'predict.no-run': {
    en: 'The prediction #{id} has no run block below it in its step that would answer it.',
    zh: '预测 #{id} 所在的步骤里，它下面没有能给出答案的 run 块。',
  },
  'requires.namespace': {
    en: 'The container #{id} makes a new namespace {came}, which requires does not name. Add it there.',
    zh: '容器 #{id} 要新建 {came} 命名空间，requires 里却没有写。请补上。',
  },
  'var.unused': {
    en: 'The variable {name} is never used. Use it, or remove it.',
    zh: '变量 {name} 没有用到。请用上它，或者删掉。',
  },
  'show.side': {
    en: 'Facts are shown for all sides at once, so {path} is written without its side.',
    zh: '事实总是各边并排显示，{path} 不要写是哪一边。',
  },
  'show.unknown': {
    en: 'There is no fact {path}. See the table of facts in docs/writing-labs.md.',
    zh: '没有 {path} 这个事实。请看 docs/writing-labs.md 里的事实表。',
  },
};

const TEXTS: WordTable = {
  'hole.unknown': {
    en: '{hole} stands for nothing: it is no variable and no fact.',
    zh: '{hole} 什么也不代表：既不是变量，也不是事实。',
  },
  'hole.later': {
    en: '{hole} is not known yet: its container begins further down.',
    zh: '到这里还没有 {hole}：它的容器在更下面才启动。',
  },
  'hole.many': {
    en: '{hole} is not a single value. Name a text, a number or a truth value.',
    zh: '{hole} 不是单个的值。请写一个文字、数字或真假值。',
  },
  'text.control': {
    en: 'The character {char} would be taken for a command by the terminal. Remove it.',
    zh: '字符 {char} 会被终端当成控制命令。请删掉。',
  },
  'text.tab': {
    en: 'A tab in a command asks the shell to complete it. Write spaces.',
    zh: '命令里的制表符会触发 shell 的补全。请改用空格。',
  },
  'text.line': {
    en: 'On a screen of 80×24 {role} has room for {limit} cells and takes {width}. Shorten it.',
    zh: '在 80×24 的屏幕上，{role}只放得下 {limit} 格，这里要 {width} 格。请写短一些。',
  },
  'text.lines': {
    en: 'On a screen of 80×24 {role} has room for {limit} lines of {columns} cells and takes {lines}. Shorten it.',
    zh: '在 80×24 的屏幕上，{role}只放得下 {limit} 行（每行 {columns} 格），这里要 {lines} 行。请写短一些。',
  },
  'text.long': {
    en: 'The text of this step takes {lines} lines of {columns} cells; a screen of 80×24 shows {limit}. Make two steps of it, or shorten it.',
    zh: '这一步的文字要占 {lines} 行（每行 {columns} 格），80×24 的屏幕只放得下 {limit} 行。请拆成两步，或者写短一些。',
  },
  'text.wide': {
    en: 'This line of an example takes {width} cells and cannot be wrapped; a screen of 80×24 has {limit}. Break it.',
    zh: '例子里的这一行要 {width} 格，又不能折行；80×24 的屏幕只有 {limit} 格。请断开它。',
  },
};

/** Why a verdict is cannot-judge (Judgement.reason). */
export const REASON_WORDS: WordTable = {
  'no-container': {en: 'there is no container {id}', zh: '没有容器 {id}'},
  'no-container-before': {en: 'there was no container {id} when this step began', zh: '这一步开始时还没有容器 {id}'},
  'missing-fact': {en: 'the kernel does not say what {path} is', zh: '内核没有给出 {path}'},
  'not-run': {en: 'the command {id} has not been run', zh: '命令 {id} 还没有执行'},
  'not-bool': {
    en: 'the condition gives {came} instead of true or false',
    zh: '条件的结果是 {came}，不是 true 或 false',
  },
  'quiz.not-one': {
    en: 'the choices that hold are not what the question needs: {holding}',
    zh: '成立的选项与题目要求的个数不符：{holding}',
  },
  'quiz.no-kernel': {en: 'there is no container to ask any more: {message}', zh: '已经没有容器可问了：{message}'},
  cel: {en: 'the condition cannot be computed: {message}', zh: '条件算不出来：{message}'},
};

export const MEANING_WORDS: WordTable = {...CONDITIONS, ...STRUCTURE, ...TEXTS};

/** NewLabError. */
export const NEW_WORDS: WordTable = {
  'new.id': {
    en: '"{came}" is no id for a lab: small letters, digits and hyphens, beginning with a letter, like uts.',
    zh: '“{came}”不能作实验的 id：只能用小写字母、数字和连字符，并以字母开头，例如 uts。',
  },
  'new.title': {
    en: 'The title takes {width} cells; it needs 1 to {limit}, without control characters.',
    zh: '标题占 {width} 格，应当是 1 到 {limit} 格，并且不含控制字符。',
  },
  'new.exists': {
    en: 'There is a lab of that id already: {dir}. Choose another id.',
    zh: '已经有这个 id 的实验：{dir}。请换一个 id。',
  },
  'new.write': {
    en: '{dir} could not be written: {errno}. Check the folder and its permissions.',
    zh: '写不了 {dir}：{errno}。请检查目录和权限。',
  },
};
