/** Words for faults of form: files, YAML, fences, ids. */
import type {WordTable} from './say.ts';

const FILES: WordTable = {
  'file.missing': {
    en: 'There is no such file. A lab folder holds lab.md.',
    zh: '没有这个文件。实验的文件夹里要有 lab.md。',
  },
  'file.unreadable': {
    en: 'This cannot be read: {errno}. Mend the path or its permissions.',
    zh: '读不了：{errno}。请检查路径和权限。',
  },
  'file.not-regular': {en: 'This is not a regular file. Put a text file here.', zh: '这不是普通文件。请换成文本文件。'},
  'file.too-big': {
    en: 'The file has {bytes} bytes, a lab at most {limit}. Is it the right file? Otherwise make two labs of it.',
    zh: '文件有 {bytes} 字节，实验文件最多 {limit} 字节。是不是放错了文件？不是的话请拆成两个实验。',
  },
  'file.not-utf8': {
    en: 'The byte {byte} here is not UTF-8. Save the file as UTF-8.',
    zh: '这里的字节 {byte} 不是 UTF-8。请把文件存成 UTF-8 编码。',
  },
  'labs.missing': {en: 'There is no such folder of labs.', zh: '没有这个实验目录。'},
  'folder.name': {
    en: 'The folder is called {came}; labs are found as NUMBER-ID. Rename it, for instance to 01-{id}.',
    zh: '文件夹叫 {came}，而实验要按“编号-id”命名才找得到。请改名，例如 01-{id}。',
  },
  'folder.id': {
    en: 'The id is {came}, but the folder says {expected}. Make them the same.',
    zh: 'id 是 {came}，文件夹名里却是 {expected}。请改成一致。',
  },
  'folder.same-number': {
    en: 'Number {number} is taken by {other}. Give this lab another.',
    zh: '编号 {number} 已经被 {other} 占用。请换一个。',
  },
  'folder.same-id': {
    en: 'The id {id} is taken by {other}. Give this lab another.',
    zh: 'id {id} 已经被 {other} 占用。请换一个。',
  },
  'folder.ignored': {
    en: 'The folder {came} is not taken for a lab: its name is not like 01-uts (two digits, a hyphen, small letters).',
    zh: '文件夹 {came} 没有当作实验：名字不像 01-uts（两位数字、连字符、小写字母）。',
  },
};

const YAML: WordTable = {
  'front.missing': {
    en: 'The file must begin with front matter: a line ---, keys with values, and a line ---.',
    zh: '文件开头要有文件头：一行 ---，若干“键: 值”，再一行 ---。',
  },
  'yaml.tab': {en: 'A tab indents this line. YAML wants spaces.', zh: '这一行用制表符缩进，YAML 只认空格。'},
  'yaml.twice': {en: 'The key {key} stands here twice. Remove one.', zh: '键 {key} 写了两次，请删掉一个。'},
  'yaml.tag': {
    en: 'Text that begins with ! is a tag in YAML. Put it in quotes.',
    zh: '在 YAML 里以 ! 开头的是标签。请给它加上引号。',
  },
  'yaml.syntax': {
    en: 'This is not valid YAML: {message}. Put text with : # { [ ! & * or quotes in it in quotes.',
    zh: '不是合法的 YAML：{message}。含有 : # { [ ! & * 或引号的文字要用引号括起来。',
  },
  'yaml.not-map': {en: '{what} wants keys with values (key: value).', zh: '{what} 里应当是若干“键: 值”。'},
  'yaml.unknown-key': {
    en: 'The key {key} means nothing here. Known keys: {known}.',
    zh: '这里没有 {key} 这个键。可用的键：{known}。',
  },
  'yaml.missing': {en: 'The key {key} is missing. Add it.', zh: '缺少 {key}，请补上。'},
  'yaml.type': {
    en: '{key} wants {expected}, but it is {came} ({value}).',
    zh: '{key} 应当是{expected}，这里却是{came}（{value}）。',
  },
  'yaml.value': {en: '{key} is {came}; it can be: {known}.', zh: '{key} 写的是 {came}，只能是：{known}。'},
  'yaml.empty': {
    en: '{key} is empty. Write something, or remove the key.',
    zh: '{key} 是空的。请写上内容，或者删掉这个键。',
  },
  'yaml.too-few': {
    en: '{key} has {came} entries and needs at least {least}.',
    zh: '{key} 只有 {came} 项，至少要有 {least} 项。',
  },
  'yaml.range': {en: '{key} is {came}; it must be {limit}.', zh: '{key} 是 {came}，必须 {limit}。'},
  'yaml.name': {
    en: '{came} is no name for a variable: small letters, digits and _, beginning with a letter.',
    zh: '{came} 不能作变量名：只能用小写字母、数字和 _，并以字母开头。',
  },
  'yaml.form': {
    en: '{key} is {came}; an id has small letters, digits and hyphens, and begins with a letter.',
    zh: '{key} 是 {came}；id 只能用小写字母、数字和连字符，并以字母开头。',
  },
};

const FENCES: WordTable = {
  'fence.verb': {
    en: 'There is no block "{came}". Blocks are: {known}. An example that does nothing has only its language after the fence.',
    zh: '没有“{came}”这种块。可用的块：{known}。只供阅读的例子，围栏后面只写语言名。',
  },
  'fence.lang': {
    en: 'A {verb} block is written in {expected}, not in {came}.',
    zh: '{verb} 块的语言是 {expected}，不是 {came}。',
  },
  'fence.two-ids': {
    en: 'This block has an id already (#{first}). Remove #{came}.',
    zh: '这个块已经有 id（#{first}），请删掉 #{came}。',
  },
  'fence.quote': {
    en: 'The value of {key} begins with a quote that is never closed. Close it on this line.',
    zh: '{key} 的值缺少收尾的引号，请在这一行补上。',
  },
  'fence.word': {
    en: '"{came}" is neither #id nor key=value. A value with spaces needs quotes.',
    zh: '“{came}”既不是 #id，也不是 键=值。值里有空格时要加引号。',
  },
  'fence.no-id': {
    en: 'A {verb} block needs an id: {lang} {verb} #some-id.',
    zh: '{verb} 块要有 id：{lang} {verb} #some-id。',
  },
  'fence.id-unwanted': {
    en: 'A {verb} block takes no id: it belongs to the block above it. Remove #{came}.',
    zh: '{verb} 块属于它上面的块，不带 id。请删掉 #{came}。',
  },
  'fence.attribute': {
    en: 'A {verb} block has no attribute {came}. It takes: {known}.',
    zh: '{verb} 块没有 {came} 这个属性。可用的有：{known}。',
  },
  'fence.twice': {en: '{key} is given twice. Remove one.', zh: '{key} 写了两次，请删掉一个。'},
  'fence.empty': {en: '{key} has no value. Write one, or remove it.', zh: '{key} 没有值。请写上，或者删掉。'},
  'fence.indented': {
    en: 'A block that does something stands at the left margin. Remove the spaces before its fence.',
    zh: '会执行的块要顶格写。请删掉围栏前的空格。',
  },
  'fence.unclosed': {
    en: 'This block is never closed. Add a line with the same fence below it.',
    zh: '这个块没有结束。请在它下面补一行同样的围栏。',
  },
  'fence.nested': {
    en: 'A block that does something stands by itself, not in a list or a quote. Move it out.',
    zh: '会执行的块要单独放，不能放在列表或引用里。请把它移出来。',
  },
};

const BLOCKS: WordTable = {
  'id.form': {
    en: '"{came}" is no id: small letters, digits and hyphens, beginning with a letter.',
    zh: '“{came}”不能作 id：只能用小写字母、数字和连字符，并以字母开头。',
  },
  'id.name': {
    en: '"{came}" is no id for a container, since conditions name it: small letters, digits and _, beginning with a letter.',
    zh: '“{came}”不能作容器的 id，因为条件里要用到它：只能用小写字母、数字和 _，并以字母开头。',
  },
  'id.twice': {
    en: 'The id {id} is taken in line {line}. Ids are unique in a lab, steps included.',
    zh: 'id {id} 在第 {line} 行已经用过。一个实验里的 id（包括步骤的）不能重复。',
  },
  'alert.type': {
    en: 'There is no quote [!{came}]. Quotes are: {known}.',
    zh: '没有 [!{came}] 这种引用块。可用的有：{known}。',
  },
  'alert.empty': {
    en: 'This [!{type}] says nothing. Write its text on the lines below, each beginning with >.',
    zh: '[!{type}] 里没有内容。请在下面各行写上，每行以 > 开头。',
  },
  'alert.no-when': {
    en: '[!WHEN] wants a condition: [!WHEN host.mapped].',
    zh: '[!WHEN] 要写条件，例如 [!WHEN host.mapped]。',
  },
  'heading.first-level': {
    en: 'The lab\'s title stands in the front matter; steps begin with ##. Make this "## {title}", or remove it.',
    zh: '实验的标题写在文件头里，步骤用 ## 开头。请改成“## {title}”，或者删掉。',
  },
  'heading.underlined': {
    en: 'A line of - or = below a text makes it a heading. Put an empty line above it, or begin the step with ##.',
    zh: '文字下面紧跟一行 - 或 = 会变成标题。请在它上面空一行；要开始新的一步，请用 ##。',
  },
  'heading.empty': {en: 'This step has no title. Write one after ##.', zh: '这一步没有标题。请写在 ## 后面。'},
  'step.no-anchor': {
    en: 'The step "{title}" has no id. Put <a id="some-id"></a> on the first line below its heading.',
    zh: '步骤“{title}”没有 id。请在标题下面的第一行写上 <a id="some-id"></a>。',
  },
  'intro.block': {
    en: 'Only text may stand above the first step. Move this below a ## heading.',
    zh: '第一步之前只能有文字。请把它移到某个 ## 标题下面。',
  },
  'lab.no-steps': {
    en: 'The lab has no step. A step begins with "## Title".',
    zh: '实验里没有步骤。步骤以“## 标题”开头。',
  },
  'hint.no-check': {
    en: 'This hint has no check above it in its step. Move it below one.',
    zh: '这条提示所在的步骤里，它上面没有检查。请移到某个检查下面。',
  },
  'say.no-mistake': {
    en: 'This [!SAY] has no mistake above it. Move it below a mistake block.',
    zh: '这个 [!SAY] 上面没有 mistake 块。请移到某个 mistake 块下面。',
  },
  'say.twice': {
    en: 'The mistake #{id} has its [!SAY] already. Make one of the two.',
    zh: '#{id} 已经有 [!SAY] 了。请合成一个。',
  },
  'solve.no-check': {
    en: 'This {verb} block has no check or hands-on quiz above it in its step. Move it below one.',
    zh: '这个 {verb} 块所在的步骤里，它上面没有检查，也没有动手题。请移到其中之一的下面。',
  },
  'container.reserved': {
    en: '{id} means something else in conditions ({reserved}). Choose another id.',
    zh: '{id} 在条件里另有含义（{reserved}）。请换一个 id。',
  },
  'container.without': {
    en: 'without names {came}, which this container does not make new. It can be of: {fresh}.',
    zh: 'without 里的 {came} 并不是这个容器新建的命名空间。可以写的有：{fresh}。',
  },
  'check.no-title': {
    en: 'A check needs words for the learner: title="What is to be true".',
    zh: '检查要有给学生看的话：title="要达到什么"。',
  },
  'check.empty': {
    en: 'This check has no condition. Write one between the fences.',
    zh: '这个检查没有条件。请写在两行围栏之间。',
  },
  'mistake.no-when': {
    en: 'The mistake #{id} needs when="…", the condition that recognises it.',
    zh: '#{id} 要有 when="…"，也就是用来认出这个错误的条件。',
  },
  'run.no-side': {
    en: 'Where is this typed? Add on= with one of: {known}.',
    zh: '在哪一边输入？请加上 on=，可选：{known}。',
  },
  'run.side': {
    en: 'There is no side {came} at this point. There is: {known}. A container must be begun above.',
    zh: '到这里为止没有 {came} 这一边。有的是：{known}。容器要先在上面启动。',
  },
  'run.empty': {
    en: 'This {verb} block has no command. Write one per line.',
    zh: '这个 {verb} 块里没有命令。请每行写一条。',
  },
  'run.expect': {
    en: 'expect is {came}; it must be a status from 0 to 255 or the name of an errno, like EPERM.',
    zh: 'expect 是 {came}；只能是 0 到 255 的退出状态，或者 errno 的名字，例如 EPERM。',
  },
  'show.nothing': {
    en: 'Nothing is shown. Name facts: [hostname, ns.uts], or a picture.',
    zh: '什么也没有显示。请写 facts: [hostname, ns.uts]，或者写 picture。',
  },
  'choice.twice': {en: 'Two choices have the id {id}. Rename one.', zh: '有两个选项的 id 都是 {id}。请改掉一个。'},
  'quiz.one-right': {
    en: 'A question of type single has one right choice; this has {came}. Mark it with right: true.',
    zh: 'single 题只能有一个正确选项，这里有 {came} 个。请用 right: true 标出来。',
  },
  'quiz.some-right': {
    en: 'No choice is right. Mark the right ones with right: true.',
    zh: '没有正确的选项。请用 right: true 标出正确的那些。',
  },
  'quiz.no-reason': {
    en: 'The choice {id} has no reason. Add because: why it is right or wrong.',
    zh: '选项 {id} 没有理由。请加上 because：它为什么对，或为什么错。',
  },
  'quiz.when-or-right': {
    en: 'Where one choice has when, each has it and none has right: the kernel says which holds. Mend the choice {id}.',
    zh: '只要有一个选项写了 when，每个选项都要写 when，而且都不写 right：由内核说哪个成立。请改选项 {id}。',
  },
  'quiz.answer': {
    en: 'The answer of a question of type {type} is like {expected}; this is {came}.',
    zh: '{type} 题的答案应当像 {expected} 这样，这里是 {came}。',
  },
  'quiz.needs': {en: 'A question of type {type} needs the key {key}.', zh: '{type} 题要有 {key}。'},
  'quiz.refuses': {
    en: 'A question of type {type} has no key {key}. Remove it, or change the type.',
    zh: '{type} 题没有 {key} 这个键。请删掉，或者换一种题型。',
  },
};

export const FORMAT_WORDS: WordTable = {...FILES, ...YAML, ...FENCES, ...BLOCKS};
