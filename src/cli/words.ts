/** What the command line says, in both languages. */
import type {WordTable} from '../course/index.ts';
import {engineCliWords} from './engine/words.ts';
import {exchangeCliWords} from './exchange/words.ts';
import {handoutCliWords} from './handout/words.ts';
import {quizCliWords} from './quiz/words.ts';
import {recordWords} from './record/words.ts';
import {usageWords} from './usage-words.ts';

export const cliWords: WordTable = {
  ...engineCliWords,
  ...exchangeCliWords,
  ...handoutCliWords,
  ...quizCliWords,
  ...usageWords,
  about: {
    en: 'Learn how Linux containers work by doing it: live labs on a real container engine, seen from both sides.',
    zh: '动手学 Linux 容器：在真正的容器引擎上做实验，宿主机和容器两边同时看。',
  },
  'about.more': {
    en: 'Without a command the labs open on the screen, or line by line where no screen can be shown. Run as root: namespaces need it.\n\nExit status: 0 all is well; 1 something failed (a check, a lab file); 2 wrong usage; 3 not run on this host.',
    zh: '不带命令时打开实验列表；显示不了界面的地方改为逐行的纯文本。请用 root 运行：创建命名空间需要它。\n\n退出状态：0 一切正常；1 有失败（检查未通过、实验文件有错）；2 用法错误；3 本机无法运行。',
  },
  'cmd.learn': {
    en: 'open the labs on the screen, or one lab at once (`glassbox 03` does too)',
    zh: '打开实验列表，或直接打开一个实验（`glassbox 03` 也行）',
  },
  'cmd.run': {
    en: 'run a lab without a screen, as plain text or as events',
    zh: '不用屏幕界面运行一个实验，输出纯文本或事件流',
  },
  'cmd.labs': {en: 'list the labs', zh: '列出所有实验'},
  'cmd.lint': {
    en: 'check lab files: file:line:col, what is wrong, and how to mend it',
    zh: '检查实验文件：文件:行:列，哪里错了，怎么改',
  },
  'cmd.verify': {
    en: 'prove labs on this kernel: unsolved fails, solved passes, each mistake is recognised, nothing is left',
    zh: '在本机内核上验证实验：未做不通过，做对才通过，每个错误都认得出，不留任何痕迹',
  },
  'cmd.rehearse': {
    en: 'play labs on this machine before class: what would go wrong on stage, and how long it takes',
    zh: '上课前在本机把实验彩排一遍：台上会出什么问题，要多长时间',
  },
  'cmd.demo': {
    en: 'labs in front of a class: typed at a human pace, by a clicker, one after the other',
    zh: '在课堂上演示实验：按人的速度输入，用翻页笔控制，可以连续演示多个',
  },
  'opt.demo.notes': {
    en: "the speaker's view of a demo that runs: notes, next step, clock; LABS may name its PID",
    zh: '正在进行的演示的讲者视图：备注、下一步、时钟；可以用 PID 指定是哪一个演示',
  },
  'opt.demo.share': {
    en: 'let everyone on this machine look on, without the notes (`glassbox follow`)',
    zh: '让本机上的每个人跟看（`glassbox follow`），不含备注',
  },
  'opt.demo.auto': {en: 'go on by itself, so many seconds after each deed', zh: '自动继续，每一步之后停这么多秒'},
  'opt.demo.loop': {en: 'begin again after the last lab', zh: '最后一个实验之后从头再来'},
  'opt.demo.pace': {
    en: 'how fast commands are typed: ms between two keys (90) or words a minute (60wpm); 0: at once',
    zh: '输入命令的速度：两键间隔毫秒数（90）或每分钟词数（60wpm）；0 为一次输完',
  },
  'demo.leftOut': {
    en: 'Lab {number} is left out, this machine cannot run it: {why}',
    zh: '跳过实验 {number}，本机运行不了：{why}',
  },
  'cmd.follow': {
    en: 'look on at a demo that is shared on this machine; needs no root',
    zh: '跟看本机上共享的演示；不需要 root',
  },
  'cmd.doctor': {
    en: 'what this machine can run, and how to mend what it cannot',
    zh: '检查本机能运行什么，不能的该怎么办',
  },
  'cmd.new': {en: 'begin a new lab: a skeleton that passes lint', zh: '新建一个实验：能通过 lint 的骨架'},
  'cmd.config': {
    en: 'where the settings file is, and the settings in effect',
    zh: '设置文件在哪里，以及现在生效的设置',
  },
  'cmd.sweep': {en: 'remove what a killed run has left behind', zh: '清理被强行终止的运行留下的东西'},
  'cmd.help': {en: 'help for a command', zh: '显示某个命令的帮助'},
  'arg.lab': {en: 'number or name of a lab: 01, uts', zh: '实验的编号或名字：01、uts'},
  'arg.labs': {
    en: 'labs by number, name or folder; all when none is given',
    zh: '实验的编号、名字或目录；不写则为全部',
  },
  'arg.playlist': {
    en: 'labs by number or name, in order: 03, 01-06, 03,05,09; all when none is given',
    zh: '实验的编号或名字，按顺序：03、01-06、03,05,09；不写则为全部',
  },
  'arg.demo': {
    en: 'PID of the demo, or the path of its socket (default: the newest demo)',
    zh: '演示的 PID，或它的套接字路径（默认为最新的演示）',
  },
  'arg.id': {
    en: 'id of the lab, such as sockets; its number is the next free one',
    zh: '实验的 id，例如 sockets；编号取下一个空着的',
  },
  'opt.lang': {en: 'language: en or zh (default: by locale)', zh: '语言：en 或 zh（默认按区域设置）'},
  'opt.json': {en: 'as JSON, for programs', zh: '输出 JSON，供程序读取'},
  'opt.json.events': {en: 'the event stream, one JSON object a line', zh: '输出事件流，每行一个 JSON 对象'},
  'opt.real-host': {
    en: "put the host's terminal on the machine itself instead of the private stage (only in a VM you can throw away)",
    zh: '宿主机终端直接使用本机，而不是私有舞台（只在可以丢弃的虚拟机里用）',
  },
  'opt.plain': {
    en: 'line by line as plain text, for screen readers and simple terminals (so does GLASSBOX_PLAIN=1)',
    zh: '逐行的纯文本方式，适合读屏软件和简单的终端（GLASSBOX_PLAIN=1 也一样）',
  },
  'opt.seed': {
    en: "draws the lab's variables; the same seed, the same names",
    zh: '抽取实验变量的种子；种子相同，变量相同',
  },
  'opt.predict': {en: 'answer a prediction: ID=CHOICE (repeatable)', zh: '回答一个预测：ID=选项（可重复）'},
  'opt.solved': {
    en: 'only whether each lab can be done on this kernel: nothing holds before, everything after its solutions',
    zh: '只看每个实验能否在本机内核上完成：做之前检查都不成立，按解答做完后都成立',
  },
  'opt.mutants': {
    en: 'also leave out each flag and each operation in turn; the labs must notice',
    zh: '再逐个去掉每个标志和每个操作，实验必须能察觉',
  },
  'opt.rehearse.pace': {
    en: 'pace of typing on stage, in milliseconds a key (90) or words a minute (60wpm); commands are typed at it here too (default: reckoned with that of a demo, typed at once)',
    zh: '台上的打字速度：每个键的毫秒数（90）或每分钟词数（60wpm）；给出时本机也按它打字（默认按演示的速度估算，本机立即打出）',
  },
  'opt.rehearse.auto': {
    en: 'reckon with a demo that goes on by itself, with this pause',
    zh: '按自动播放估算，这是每次停顿的秒数',
  },
  'opt.rehearse.size': {
    en: "size of the projector's terminal, such as 120x36 (default: this one's)",
    zh: '投影终端的大小，例如 120x36（默认为当前终端）',
  },
  'opt.rehearse.record': {
    en: 'also ask whether a recording could be written there',
    zh: '顺便检查录制能否写到这个文件',
  },
  'opt.labs-dir': {
    en: 'folder with the labs (default: the ones that came along)',
    zh: '实验所在的目录（默认用自带的）',
  },
  'opt.title': {en: 'title of the lab', zh: '实验的标题'},
  'opt.theme': {
    en: 'colours: for a dark or light background, high contrast, or none',
    zh: '配色：深色背景、浅色背景、高对比度，或不用颜色',
  },
  'opt.ascii': {en: 'borders and symbols in ASCII', zh: '边框和符号只用 ASCII'},
  'opt.init': {
    en: 'write the file, with every key in it; never overwrites',
    zh: '写出设置文件，列出每个键；不会覆盖已有的',
  },
  'opt.check': {en: 'check the file: status 1 where something is wrong', zh: '检查设置文件：有错则状态为 1'},
  'opt.version': {en: 'print the version', zh: '显示版本号'},
  'opt.help': {en: 'show help', zh: '显示帮助'},
  'follow.ended': {
    en: 'The demo has ended. The next one appears here; q leaves.',
    zh: '演示已经结束。下一场会出现在这里；按 q 离开。',
  },
  'follow.lost': {
    en: 'The connection to the demo is lost; looking for it again …',
    zh: '与演示的连接断了，正在重新寻找……',
  },
  'follow.again': {en: 'Connected to the demo again.', zh: '已重新连上演示。'},
  'share.invitation': {
    en: 'Shared on this machine: glassbox follow {pid}',
    zh: '已在本机共享：glassbox follow {pid}',
  },
  'share.no.notes': {
    en: "The speaker's view cannot connect: {folder} cannot be used ({why}). The demo goes on without it.",
    zh: '讲者备注连不上：{folder} 不能用（{why}）。演示照常进行。',
  },
  'share.no.share': {
    en: 'Nobody can follow: {folder} cannot be used ({why}). The demo goes on.',
    zh: '无法跟看：{folder} 不能用（{why}）。演示照常进行。',
  },
  'share.why.symlink': {en: 'it is a link', zh: '它是一个链接'},
  'share.why.owner': {en: 'others own it or can write there', zh: '它属于别人，或者别人能写'},
  'share.why.long': {en: 'its path is too long for a socket', zh: '路径太长，放不下套接字'},
  'lab.unknown': {
    en: "there is no lab '{query}'{nearest}. 'glassbox labs' lists them.",
    zh: "没有实验 '{query}'{nearest}。'glassbox labs' 列出所有实验。",
  },
  'lab.nearest': {en: " (did you mean '{id}'?)", zh: "（是不是 '{id}'？）"},
  'lab.gone': {
    en: 'lab.md is no longer in {dir}. Once it is there again, it is read.',
    zh: '{dir} 里已经没有 lab.md 了。它一回来就会重新读取。',
  },
  'lab.none': {
    en: 'no labs in {dir}: expected folders like 01-uts with a lab.md in each.',
    zh: '{dir} 里没有实验：应当有 01-uts 这样的目录，每个里面有 lab.md。',
  },
  'lab.broken': {
    en: "lab {number} cannot be opened: its file has {count} error(s). 'glassbox lint {number}' lists all; the first:",
    zh: "实验 {number} 打不开：文件里有 {count} 处错误。'glassbox lint {number}' 列出全部，第一处是：",
  },
  'lab.not-run': {en: 'lab {number} is not run here: {why}', zh: '实验 {number} 在本机不运行：{why}'},
  'not-linux': {
    en: 'Glassbox needs Linux; this is {platform}.',
    zh: 'Glassbox 只能在 Linux 上运行；这里是 {platform}。',
  },
  ...recordWords,
  plain: {en: '{text}', zh: '{text}'},
  unwritten: {en: 'cannot write{what}: {why}.', zh: '无法写入{what}：{why}。'},
  crash: {en: 'an error that should not happen: {message}', zh: '出现了不该出现的错误：{message}'},
  'lint.clean': {en: '{count} lab(s), no findings.', zh: '{count} 个实验，没有问题。'},
  'lint.summary': {
    en: '{errors} error(s), {warnings} warning(s) in {count} lab(s).',
    zh: '{count} 个实验里有 {errors} 处错误、{warnings} 处警告。',
  },
  'labs.minutes': {en: '{minutes} min', zh: '{minutes} 分钟'},
  'new.done': {
    en: "made {dir}; next: 'glassbox lint {dir}', then 'glassbox verify {dir}'.",
    zh: "已创建 {dir}；接下来运行 'glassbox lint {dir}'，再运行 'glassbox verify {dir}'。",
  },
  'config.made': {
    en: 'wrote {file}: every key is in it, commented out. Remove the # before a line and change it.',
    zh: '已写出 {file}：每个键都在里面，前面带 #。去掉某行的 # 再改。',
  },
  'config.exists': {
    en: '{file} is there already and stays as it is. `glassbox config --check` checks it.',
    zh: '{file} 已经存在，不去动它。用 `glassbox config --check` 检查。',
  },
  'config.unwritable': {en: 'cannot write {file}: {why}.', zh: '写不了 {file}：{why}。'},
  'config.file': {en: 'settings file: {file}', zh: '设置文件：{file}'},
  'config.absent': {
    en: '(not there; `glassbox config --init` writes one)',
    zh: '（还没有，用 `glassbox config --init` 写一个）',
  },
  'config.clean': {en: '{file}: no findings.', zh: '{file}：没有问题。'},
  'config.nothing': {en: '{file}: not there, the usual settings hold.', zh: '{file}：还没有这个文件，用默认设置。'},
  'config.from.option': {en: 'command line', zh: '命令行'},
  'config.from.environment': {en: 'environment', zh: '环境变量'},
  'config.from.file': {en: 'settings file', zh: '设置文件'},
  'config.from.locale': {en: 'locale', zh: '区域设置'},
  'config.from.terminal': {en: 'terminal', zh: '终端'},
  'config.from.usual': {en: 'usual', zh: '默认'},
  'sweep.nothing': {en: 'nothing was left behind.', zh: '没有遗留的东西。'},
  'sweep.done': {en: 'swept what {count} killed session(s) had left.', zh: '已清理 {count} 个被终止的会话留下的东西。'},
};
