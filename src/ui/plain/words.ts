/** Every sentence of the plain mode that is not a lab's own, in each language. */
import type {Lang} from '../../course/index.ts';
import {labHelp} from './help.ts';

export const plainWords = {
  'home.title': {
    en: 'Glassbox: Linux containers by doing, seen from both sides. This is its plain text.',
    zh: 'Glassbox：动手学 Linux 容器，从两边同时看。这里是它的纯文本方式。',
  },
  'home.host': {
    en: 'This host: Linux {kernel}, cgroup {cgroup}, {root}.',
    zh: '本机：Linux {kernel}，cgroup {cgroup}，{root}。',
  },
  'home.root': {en: 'root', zh: 'root'},
  'home.no-root': {en: 'not root', zh: '非 root'},
  'home.mapped': {en: 'not root (labs run in a user namespace)', zh: '非 root（实验在用户命名空间里做）'},
  'home.lab': {
    en: '{number} {title}: {question} {minutes} minutes. {progress}',
    zh: '{number} {title}：{question} {minutes} 分钟。{progress}',
  },
  'home.new': {en: 'Not begun.', zh: '未开始。'},
  'home.step': {en: 'Left at step {index} of {of}.', zh: '上次停在第 {index} 步（共 {of} 步）。'},
  'home.done': {en: 'Done.', zh: '已完成。'},
  'home.unmet': {en: 'Not run here: {why}', zh: '这里做不了：{why}'},
  'home.broken': {en: 'Its file has an error: {why}', zh: '实验文件有错：{why}'},
  'home.none': {en: 'No lab was found.', zh: '没有找到任何实验。'},
  'home.next': {
    en: 'What to type next, for lab {number}: `glassbox learn {number}` to learn, `glassbox run {number}` to see it run by itself, `glassbox doctor` for what this host can do.',
    zh: '接下来，以实验 {number} 为例：`glassbox learn {number}` 学习，`glassbox run {number}` 看它自动运行，`glassbox doctor` 查看本机能做什么。',
  },
  'home.ask': {en: 'Number of a lab, ? for help, q to quit: ', zh: '实验编号，? 帮助，q 退出：'},
  'home.no-such': {
    en: 'There is no lab "{line}". Type a number from the list, ? for help, or q to quit.',
    zh: '没有实验“{line}”。请输入列表里的编号；? 帮助，q 退出。',
  },
  'home.help': {
    en: '01: opens that lab; one that was left goes on at its step\nEnter: the list again\ndoctor (or x): what this host can do, and what to do about what it cannot\nlang: 中文\nq: quit (so do Ctrl-C and Ctrl-D)',
    zh: '01：打开这个实验；上次没做完的，从离开的那一步继续\nEnter：再列一遍\ndoctor（或 x）：本机能做什么，做不了的怎么办\nlang：English\nq：退出（Ctrl-C、Ctrl-D 也可以）',
  },
  'home.failed': {en: 'Lab {number} could not be opened: {why}', zh: '实验 {number} 打不开：{why}'},

  'doctor.yes': {en: 'good', zh: '可以'},
  'doctor.partly': {en: 'partly', zh: '部分可以'},
  'doctor.no': {en: 'missing', zh: '不行'},
  'doctor.cure': {en: 'Cure: {cure}', zh: '办法：{cure}'},

  walk: {
    en: 'Nobody types here, so lab {number} goes through by itself, as with `glassbox run {number}`.',
    zh: '这里没有人输入，所以实验 {number} 自动走一遍，和 `glassbox run {number}` 一样。',
  },
  'lab.title': {en: 'Lab {number}, {title}: {question}', zh: '实验 {number}，{title}：{question}'},
  'lab.how': {
    en: 'Type a line and Enter. Enter alone does the next thing; ? lists all commands; q quits.',
    zh: '输入一行再按 Enter。只按 Enter 就做下一件事；? 列出所有命令；q 退出。',
  },
  'lab.session.private': {
    en: 'Kernel {kernel}, on a private stage: the machine itself is not changed.',
    zh: '内核 {kernel}，在私有舞台上：机器本身不会改变。',
  },
  'lab.session.mapped': {
    en: 'You are not root on this machine: the stage lies in a user namespace, and you are its root. What that changes is said where it does.',
    zh: '你不是这台机器的 root：舞台在一个用户命名空间里，你是那里的 root。由此而不同的地方，到时会说明。',
  },
  'lab.session.real-host': {en: 'Kernel {kernel}, on the machine itself.', zh: '内核 {kernel}，直接在本机上。'},
  'lab.was-at': {
    en: 'Last time you left at step {index}; `go {index}` goes on there.',
    zh: '上次停在第 {index} 步；输入 `go {index}` 从那里继续。',
  },
  'lab.step': {en: 'Step {index} of {of}: {title}', zh: '第 {index} 步（共 {of} 步）：{title}'},
  'lab.to-be': {en: 'To be true in this step:', zh: '这一步要做到：'},
  'lab.drift': {en: 'The notes and the kernel: ', zh: '笔记与内核：'},

  'side.host': {en: 'the host', zh: '宿主机'},
  'side.container': {en: 'the container {id}', zh: '容器 {id}'},

  'next.container': {
    en: 'Next (Enter): start the container {id}: {command} ({how}).',
    zh: '下一件事（Enter）：启动容器 {id}：{command}（{how}）。',
  },
  'next.namespaces': {en: 'new namespaces: {list}', zh: '新的命名空间：{list}'},
  'next.no-namespaces': {en: 'nothing isolated', zh: '什么都不隔离'},
  'next.run': {en: 'Next (Enter): on {side}, type: {commands}', zh: '下一件事（Enter）：在{side}上输入：{commands}'},
  'next.predict': {en: 'Type the number of your answer, 0 to be shown.', zh: '请输入答案的编号；0 表示直接看结果。'},
  'next.step': {
    en: 'This step is done. Next (Enter): the next step.',
    zh: '这一步完成了。下一件事（Enter）：进入下一步。',
  },
  'next.finish': {
    en: 'The last step is done. Next (Enter): finish the lab.',
    zh: '最后一步完成了。下一件事（Enter）：结束实验。',
  },
  'next.hand': {
    en: 'Now your hand is asked for: {titles}. Type it into a side, such as `{side}: COMMAND`; h gives a hint, s the solution.',
    zh: '现在要亲手做：{titles}。在某一边输入，例如 `{side}: 命令`；h 给提示，s 给答案。',
  },
  'next.nothing': {
    en: 'Nothing waits to be done here; n goes to the next step.',
    zh: '这里没有要做的事了；n 进入下一步。',
  },

  predict: {en: 'Predict: {ask}', zh: '先预测：{ask}'},
  'predict.show': {en: 'just show me', zh: '直接看结果'},
  'predict.none': {en: 'No question waits for a number now.', zh: '现在没有要用编号回答的问题。'},
  'predict.range': {
    en: 'There is no answer {number}: type a number from 0 to {last}.',
    zh: '没有第 {number} 个答案：请输入 0 到 {last}。',
  },
  'predict.locked': {en: 'Your answer: {text}. Now the kernel is asked.', zh: '你的答案：{text}。现在去问内核。'},
  'predict.answer': {en: 'The kernel says: {text}.', zh: '内核的回答：{text}。'},
  'predict.right': {en: 'You were right.', zh: '你预测对了。'},
  'predict.wrong': {en: 'Not so; you said: {text}.', zh: '并不是这样；你的答案是：{text}。'},
  'predict.unjudged': {en: 'This could not be judged: {why}', zh: '无法判断：{why}'},

  'check.pass': {en: 'passed: {title}', zh: '通过：{title}'},
  'check.fail': {en: 'not yet: {title}', zh: '还没有：{title}'},
  'check.unsure': {en: 'cannot be judged: {title}: {why}', zh: '无法判断：{title}：{why}'},
  'check.none': {en: 'Nothing is checked in this step.', zh: '这一步没有检查。'},
  'wrong-side': {
    en: 'Wrong side: `{command}` ran on {typed}; it belongs to {expected}.',
    zh: '弄错了一边：`{command}` 在{typed}上执行了，应该在{expected}上执行。',
  },
  hint: {en: 'Hint {index} of {of}: {text}', zh: '提示 {index}/{of}：{text}'},
  'hint.none': {en: 'No check waits for a hint.', zh: '没有哪项检查需要提示。'},
  'hint.no-more': {en: 'All hints are given. s shows the solution.', zh: '提示已经全部给出。s 显示答案。'},
  solution: {en: 'The solution; s again types it:', zh: '答案；再输入 s 由实验代你输入：'},
  'solution.line': {en: '{side}: {command}', zh: '{side}：{command}'},
  'solution.none': {en: 'Every check of this step has passed.', zh: '这一步的检查都通过了。'},

  'container.started': {en: 'The container {id} runs: process {pid}.', zh: '容器 {id} 已启动：进程 {pid}。'},
  'container.gone': {en: 'The container {id} has ended: {how}.', zh: '容器 {id} 已结束：{how}。'},
  'gone.status': {en: 'exit status {code}', zh: '退出状态 {code}'},
  'gone.signal': {en: 'killed by {signal}', zh: '被 {signal} 结束'},
  'gone.unknown': {en: 'nobody knows how', zh: '原因未知'},
  'command.typed': {en: 'The lab types on {side}: {command}', zh: '实验在{side}上输入：{command}'},
  'command.status': {en: '(exit status {status})', zh: '（退出状态 {status}）'},
  'command.no-status': {en: '(its status is not known)', zh: '（退出状态未知）'},
  'command.silent': {en: '(no output)', zh: '（没有输出）'},
  'command.left-out': {en: '(… {count} lines before these are left out)', zh: '（……前面省略了 {count} 行）'},
  'command.unexpected': {
    en: 'The lab expected {expected} here, and {status} came.',
    zh: '实验预期这里是 {expected}，结果是 {status}。',
  },
  'command.waits': {
    en: '({side} waits for more: the command has not ended, or has opened another shell.)',
    zh: '（{side}在等后续输入：命令还没有结束，或者它打开了另一个 shell。）',
  },
  'command.too-long': {
    en: 'It has run for {seconds} s and nobody is there to press Ctrl-C: it is interrupted.',
    zh: '它已运行 {seconds} 秒，没有人按 Ctrl-C：现在中断它。',
  },
  'command.given': {
    en: '(given to what runs on {side}; Ctrl-C interrupts it)',
    zh: '（已交给{side}上正在运行的程序；Ctrl-C 中断它）',
  },
  'command.interrupted': {en: '(Ctrl-C was typed on {side})', zh: '（已在{side}上按下 Ctrl-C）'},
  'command.busy': {
    en: '{side} is busy with `{command}`; `interrupt` types Ctrl-C there.',
    zh: '{side}正在执行 `{command}`；输入 `interrupt` 可在那里按 Ctrl-C。',
  },
  'command.nothing': {en: 'Nothing runs in a terminal now.', zh: '现在没有终端在执行命令。'},
  'command.kept': {en: '(kept until this is done: {line})', zh: '（先记下，等这件事做完再执行：{line}）'},
  'side.none': {
    en: 'There is no terminal "{side}" now. There is: {list}.',
    zh: '现在没有终端“{side}”。有的是：{list}。',
  },
  'side.empty': {
    en: 'What is to be typed there? For example `{side}: hostname`.',
    zh: '要在那里输入什么？例如 `{side}: hostname`。',
  },

  error: {en: 'Error: {text}', zh: '错误：{text}'},
  'error.fatal': {en: 'The session cannot go on.', zh: '会话无法继续。'},
  'rebuild.reset-step': {en: 'A fresh stage is built for this step.', zh: '正在为这一步搭建新的舞台。'},
  'rebuild.reset-lab': {en: 'A fresh stage is built from the beginning.', zh: '正在从头搭建新的舞台。'},
  'rebuild.back': {en: 'Going back: a fresh stage is built up to that step.', zh: '返回：正在把新的舞台搭到那一步。'},
  'rebuild.go': {en: 'A fresh stage is built up to that step.', zh: '正在把新的舞台搭到那一步。'},
  'rebuild.resume': {
    en: 'Going on where you left: the stage is built up to that step.',
    zh: '从上次离开的地方继续：正在把舞台搭到那一步。',
  },
  'rebuild.lost': {
    en: 'The stage was lost; it is built again up to this step.',
    zh: '舞台丢失了，正在重新搭到这一步。',
  },
  rebuilt: {
    en: 'The stage was rebuilt: what you had changed by hand is gone.',
    zh: '舞台已重新搭好：你亲手改过的东西不在了。',
  },
  'spool-full': {
    en: 'The recording has reached {mib} MiB; the terminals go on, but are no longer recorded.',
    zh: '录制已达到 {mib} MiB；终端照常工作，但不再录制。',
  },
  done: {
    en: 'Lab finished: {passed} of {checks} checks passed, {right} of {predictions} predictions right.',
    zh: '实验完成：通过 {passed}/{checks} 项检查，预测对 {right}/{predictions} 次。',
  },
  left: {en: 'Left behind: {what}', zh: '有残留：{what}'},
  clean: {en: 'Everything has ended; nothing is left behind.', zh: '一切都已结束，没有留下任何东西。'},

  unknown: {
    en: 'I do not know "{line}". To type it into a terminal: `{side}: {line}`. ? lists the commands.',
    zh: '没有“{line}”这个命令。要输入到终端里，请写 `{side}: {line}`。? 列出所有命令。',
  },
  'step.none': {
    en: 'There is no step "{rest}": type `go` and a number from 1 to {of}.',
    zh: '没有第“{rest}”步：请输入 `go` 和 1 到 {of} 的编号。',
  },
  'step.ahead': {en: 'ahead', zh: '未到'},
  'step.current': {en: 'you are here', zh: '现在在这里'},
  'step.done': {en: 'done', zh: '已完成'},
  'step.skipped': {en: 'skipped', zh: '已跳过'},

  'facts.title': {en: 'Both sides:', zh: '两边对照：'},
  'facts.same': {en: 'the same', zh: '相同'},
  'facts.differs': {en: 'different', zh: '不同'},
  'facts.changed': {en: 'just changed', zh: '刚刚改变'},
  'facts.empty': {en: 'none', zh: '无'},
  'facts.none': {en: 'There are no facts yet.', zh: '还没有事实可看。'},
  'journal.page': {en: '{purpose}; see {page}', zh: '{purpose}，见 {page}'},
  'journal.none': {en: 'No call has been made yet.', zh: '还没有发生任何调用。'},
  'journal.title': {
    en: 'The last {shown} of {count} system calls; `journal all` gives all:',
    zh: '共 {count} 次系统调用，这里是最后 {shown} 次；`journal all` 列出全部：',
  },
  'journal.all': {en: 'All {count} system calls:', zh: '全部 {count} 次系统调用：'},
  'ps.title': {en: 'Processes on the stage, a child below its parent:', zh: '舞台上的进程，子进程在父进程下面：'},
  'ps.none': {en: 'No process is known yet.', zh: '还不知道有哪些进程。'},
  'ps.row': {en: '{pid}, {what}: {command}', zh: '{pid}，{what}：{command}'},
  'ps.inside': {en: '{what}, inside {inside}', zh: '{what}，里面是 {inside}'},
  'ps.keeper': {en: 'the keeper', zh: '守护进程'},
  'xray.title': {en: 'Process {pid}, seen from both sides:', zh: '进程 {pid}，从两边看：'},
  'xray.none': {
    en: 'There is no process {pid} on this stage; ps lists them.',
    zh: '舞台上没有进程 {pid}；ps 列出所有进程。',
  },
  'xray.which': {
    en: 'X-ray of which process? `x PID`; ps lists them.',
    zh: '要看哪个进程？`x 进程号`；ps 列出所有进程。',
  },
  'xray.numbers': {en: 'Numbers', zh: '号码'},
  'xray.namespaces': {en: 'Namespaces', zh: '命名空间'},
  'xray.group': {en: 'Control group and limits', zh: '控制组与限制'},
  'xray.files': {en: 'Root and mounts', zh: '根目录与挂载'},
  'xray.users': {en: 'Users', zh: '用户'},
  'xray.rights': {en: 'Rights', zh: '权限'},
  'xray.row': {en: '{label}: {value}; {relation}', zh: '{label}：{value}；{relation}'},
  'xray.plain': {en: '{label}: {value}', zh: '{label}：{value}'},
  'xray.shared': {en: "the host's", zh: '和宿主机共用'},
  'xray.own': {en: 'its own', zh: '自己的'},
  'xray.as-host': {en: 'as on the host', zh: '和宿主机一样'},
  'xray.unlike': {en: 'on the host: {value}', zh: '宿主机上是：{value}'},

  'ablation.running': {
    en: 'The same commands run on a second stage without {flag}; yours is untouched.',
    zh: '在第二个舞台上去掉 {flag} 执行同样的命令；你的舞台不受影响。',
  },
  'ablation.title': {en: 'With {flag}, and without it:', zh: '有 {flag} 和去掉它以后：'},
  'ablation.row': {
    en: '{side} {label}: with it {with}, without it {without}; {relation}',
    zh: '{side}的{label}：有它是 {with}，去掉是 {without}；{relation}',
  },
  'ablation.check': {en: '{title}: with it {with}, without it {without}', zh: '{title}：有它{with}，去掉{without}'},
  'ablation.nothing': {
    en: 'No fact differs: here the flag made no difference.',
    zh: '没有任何不同：在这里这个标志不起作用。',
  },
  'ablation.none': {en: 'No container of this step can leave a flag out.', zh: '这一步没有可以去掉标志的容器。'},
  'ablation.which': {
    en: 'Leave out which? {list}. Type `b` and the number.',
    zh: '去掉哪一个？{list}。请输入 `b` 和编号。',
  },
  'verdict.pass': {en: 'passed', zh: '通过'},
  'verdict.fail': {en: 'not passed', zh: '未通过'},
  'verdict.cannot-judge': {en: 'cannot be judged', zh: '无法判断'},

  'help.lab': labHelp,
} satisfies Record<string, Record<Lang, string>>;

export type PlainCode = keyof typeof plainWords;

export type Say = (code: PlainCode, params?: Record<string, string | number>) => string;

/** Renders codes in one language; "{name}" is replaced by the parameter of that name. */
export function sayIn(lang: Lang): Say {
  return (code, params = {}) =>
    plainWords[code][lang].replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
