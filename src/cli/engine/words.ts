/** What `glassbox engine` says, in both languages. */
import type {WordTable} from '../../course/index.ts';
import {engineEventWords} from './words-events.ts';
import {engineJsonWords} from './words-json.ts';
import {engineOptionWords} from './words-options.ts';

export const engineCliWords: WordTable = {
  ...engineOptionWords,
  ...engineEventWords,
  ...engineJsonWords,
  'engine.order': {
    en: 'options of the engine come after its command: glassbox engine run --real-host …; only --lang may come before.',
    zh: '引擎的选项写在命令之后：glassbox engine run --real-host …；前面只能写 --lang。',
  },
  'engine.no-command': {
    en: 'expected a command to run, got none: glassbox engine run [options] COMMAND [ARGUMENT…].',
    zh: '缺少要运行的命令：glassbox engine run [选项] 命令 [参数…]。',
  },
  'engine.exec.no-command': {
    en: "expected a command to run in '{name}', got none: glassbox engine exec [options] {name} COMMAND [ARGUMENT…].",
    zh: "缺少要在 '{name}' 里运行的命令：glassbox engine exec [选项] {name} 命令 [参数…]。",
  },
  'engine.no-images': {
    en: 'There are no images here: the first word after the options is the program. A root of its own: --rootfs FOLDER, --programs sh,ls, or --bundle FOLDER; without one the container sees the files of its stage.',
    zh: '这里没有镜像：选项之后的第一个词就是程序。要有自己的根，请用 --rootfs 目录、--programs sh,ls 或 --bundle 目录；不写则容器看到宿主环境的文件。',
  },
  'engine.bundle.command': {
    en: "expected no command with --bundle, got '{got}': process.args of its config.json is run.",
    zh: "用 --bundle 时不应再写命令，得到的是 '{got}'：运行的是 config.json 的 process.args。",
  },
  'engine.not-together': {
    en: '{one} and {other} do not go together: leave one of them out.',
    zh: '{one} 和 {other} 不能一起用：请去掉一个。',
  },
  'engine.needs': {en: '{option} needs {needs}: add it.', zh: '{option} 需要 {needs}：请加上。'},
  'engine.unreadable': {
    en: 'cannot read {file}: {why}. Expected a file of JSON that may be read.',
    zh: '无法读取 {file}：{why}。应为可以读取的 JSON 文件。',
  },
  'engine.absent': {
    en: "{option}: expected a file or folder that exists, got '{got}'.",
    zh: "{option}：应为存在的文件或目录，得到的是 '{got}'。",
  },
  'engine.no-mount-point': {
    en: '{folder} has no {point} to mount upon: make it there, or use --rootfs {folder}:O, which leaves the folder as it is.',
    zh: '{folder} 里没有挂载点 {point}：请在里面建一个，或用 --rootfs {folder}:O，那样不会改动这个目录。',
  },
  'engine.expected.bytes': {
    en: "{option}: expected a size such as 64m, 1g or 1048576, or -1 for no limit, got '{got}'.",
    zh: "{option}：应为大小，如 64m、1g、1048576，或 -1 表示不限，得到的是 '{got}'。",
  },
  'engine.expected.cpus': {
    en: "{option}: expected a number of CPUs of at least 0.01, such as 0.5, got '{got}'.",
    zh: "{option}：应为 CPU 个数，至少 0.01，如 0.5，得到的是 '{got}'。",
  },
  'engine.expected.integer': {
    en: "{option}: expected a whole number of at least {least}, got '{got}'.",
    zh: "{option}：应为不小于 {least} 的整数，得到的是 '{got}'。",
  },
  'engine.expected.user': {
    en: "{option}: expected UID or UID:GID in numbers, such as 1000:1000, got '{got}'.",
    zh: "{option}：应为数字的 UID 或 UID:GID，如 1000:1000，得到的是 '{got}'。",
  },
  'engine.expected.env': {
    en: "{option}: expected NAME=VALUE, or NAME for the value it has here, got '{got}'.",
    zh: "{option}：应为 NAME=VALUE，或只写 NAME 以沿用这里的值，得到的是 '{got}'。",
  },
  'engine.expected.pair': {
    en: "{option}: expected KEY=VALUE, got '{got}'.",
    zh: "{option}：应为 KEY=VALUE，得到的是 '{got}'。",
  },
  'engine.expected.tmpfs': {
    en: "{option}: expected /FOLDER or /FOLDER:size=1m,mode=700, got '{got}'.",
    zh: "{option}：应为 /目录 或 /目录:size=1m,mode=700，得到的是 '{got}'。",
  },
  'engine.expected.volume': {
    en: "{option}: expected SOURCE:/DESTINATION or SOURCE:/DESTINATION:ro, got '{got}'.",
    zh: "{option}：应为 来源:/目标 或 来源:/目标:ro，得到的是 '{got}'。",
  },
  'engine.expected.device': {
    en: "{option}: expected the path of a device, such as /dev/fuse or /dev/fuse:/dev/other, got '{got}'. What may be done with it is not limited.",
    zh: "{option}：应为设备的路径，如 /dev/fuse 或 /dev/fuse:/dev/other，得到的是 '{got}'。对它的操作不作限制。",
  },
  'engine.expected.programs': {
    en: "{option}: expected names of programs with commas between them, such as sh,ls,ps, got '{got}'.",
    zh: "{option}：应为用逗号分隔的程序名，如 sh,ls,ps，得到的是 '{got}'。",
  },
  'engine.expected.folder': {
    en: "{option}: expected a folder that exists, got '{got}'.",
    zh: "{option}：应为存在的目录，得到的是 '{got}'。",
  },
  'engine.expected.ulimit': {
    en: "{option}: expected NAME=SOFT or NAME=SOFT:HARD, such as nofile=1024:2048 or core=unlimited, got '{got}'.",
    zh: "{option}：应为 名称=软限制 或 名称=软限制:硬限制，如 nofile=1024:2048、core=unlimited，得到的是 '{got}'。",
  },
  'engine.expected.map': {
    en: "{option}: expected INSIDE:OUTSIDE:COUNT, such as 0:100000:65536, got '{got}'.",
    zh: "{option}：应为 容器内:容器外:数量，如 0:100000:65536，得到的是 '{got}'。",
  },
  'engine.expected.name': {
    en: "--name: expected letters, digits, '_', '.' and '-', 64 at most, the first one a letter or a digit, got '{got}'.",
    zh: "--name：应为字母、数字、'_'、'.'、'-'，至多 64 个，以字母或数字开头，得到的是 '{got}'。",
  },
  'engine.expected.capability': {
    en: "{option}: expected a capability such as NET_ADMIN, or ALL, got '{got}'; capabilities(7) lists them.",
    zh: "{option}：应为权能名，如 NET_ADMIN，或 ALL，得到的是 '{got}'；见 capabilities(7)。",
  },
  'engine.expected.signal': {
    en: "{option}: expected a signal such as TERM, SIGTERM or 15, got '{got}'; signal(7) lists them.",
    zh: "{option}：应为信号，如 TERM、SIGTERM、15，得到的是 '{got}'；见 signal(7)。",
  },
  'engine.expected.one-of': {
    en: "{option}: expected one of {known}, got '{got}'.",
    zh: "{option}：应为 {known} 之一，得到的是 '{got}'。",
  },
  'engine.nothing-to-update': {
    en: 'expected at least one of --memory, --cpus, --cpu-shares, --pids-limit, got none.',
    zh: '至少要有 --memory、--cpus、--cpu-shares、--pids-limit 之一。',
  },
  'engine.no-tty': {
    en: 'expected a terminal as standard input with --interactive and --tty, got none: leave out --tty for a pipe.',
    zh: '同时用 --interactive 和 --tty 时，标准输入应是终端：用管道时请去掉 --tty。',
  },
  'engine.bundle.no-tty': {
    en: 'expected a terminal as standard input with --interactive, since process.terminal of this bundle is true, got none: leave out --interactive, or set process.terminal to false for a pipe.',
    zh: '这个 bundle 的 process.terminal 为 true，用 --interactive 时标准输入应是终端：请去掉 --interactive；要用管道，请把 process.terminal 设为 false。',
  },
  'engine.place': {
    en: 'the folder for containers, {folder}, cannot be used: {why}. It must belong to this user alone, without rights for others.',
    zh: '存放容器信息的目录 {folder} 不能用：{why}。它必须只属于当前用户，别人没有任何权限。',
  },
  'engine.unkept': {
    en: "container '{name}' has ended, but nothing could be kept of it in {folder}: {why}. With --rm nothing is kept anyway.",
    zh: "容器 '{name}' 已结束，但无法在 {folder} 里保留它的记录：{why}。用 --rm 时本来就不保留。",
  },
  'engine.unwritten': {
    en: 'what the program printed could not be written: {why}. It was ended as by a reader that leaves.',
    zh: '程序的输出无法写出：{why}。它因此被结束，就像读者离开时一样。',
  },
  'engine.join-root': {
    en: "joining '{name}' takes root: each container of an ordinary user has a user namespace of its own, and no way leads from one into another. A further process gets in: glassbox engine exec {name}.",
    zh: "加入 '{name}' 需要 root：普通用户的每个容器都有自己的用户命名空间，彼此不能进入。可以在里面另起一个进程：glassbox engine exec {name}。",
  },
  'engine.none': {
    en: "no container has the name or id '{name}'; glassbox engine ps -a lists them.",
    zh: "没有名称或 ID 为 '{name}' 的容器；用 glassbox engine ps -a 列出。",
  },
  'engine.several': {
    en: "'{name}' is the beginning of several ids: {ids}. Write more of it.",
    zh: "有几个 ID 都以 '{name}' 开头：{ids}。请多写几位。",
  },
  'engine.name-taken': {
    en: "the name '{name}' is in use by container {id}: choose another one, or remove that one: glassbox engine rm -f {id}.",
    zh: "名称 '{name}' 已被容器 {id} 占用：请换一个，或先删除它：glassbox engine rm -f {id}。",
  },
  'engine.state': {
    en: "container '{name}' is {state}; expected: {expected}.",
    zh: "容器 '{name}' {state}，需要的状态是：{expected}。",
  },
  'engine.runs': {
    en: "container '{name}' still runs: kill it first, or remove it with rm --force.",
    zh: "容器 '{name}' 还在运行：请先用 kill 结束它，或用 rm --force 删除。",
  },
  'engine.no-group': {
    en: "container '{name}' has no control group of its own: it was started where none could be made; glassbox doctor says why.",
    zh: "容器 '{name}' 没有自己的控制组：启动它时无法创建；glassbox doctor 会说明原因。",
  },
  'engine.bundle.no-group': {
    en: "container '{name}' has no control group of its own: its bundle asks for none. Set linux.cgroupsPath in its config.json.",
    zh: "容器 '{name}' 没有自己的控制组：它的 bundle 没有要求。请在 config.json 里写上 linux.cgroupsPath。",
  },
  'engine.no-log': {
    en: "container '{name}' was not started with --detach: what it printed went to its terminal.",
    zh: "容器 '{name}' 不是用 --detach 启动的：它的输出已经写到终端。",
  },
  'engine.gone': {en: "container '{name}' has just ended.", zh: "容器 '{name}' 刚刚结束。"},
  'engine.no-answer': {
    en: "the supervisor of container '{name}' (PID {pid}) does not answer: if it is stopped, continue it with kill -CONT {pid}.",
    zh: "容器 '{name}' 的监管进程（PID {pid}）没有回应：如果它被暂停了，用 kill -CONT {pid} 继续。",
  },
  'engine.lost': {
    en: "the keeper of container '{name}' was killed, and everything in it with it; nothing is left.",
    zh: "容器 '{name}' 的看护进程被杀死，容器里的一切也随之结束，没有遗留。",
  },
  'engine.supervisor-died': {
    en: 'the supervisor died before the container ran; nothing is left.',
    zh: '监管进程在容器启动之前就结束了，没有遗留。',
  },
  'engine.protocol': {
    en: 'the supervisor does not know this request: it is of another version of Glassbox.',
    zh: '监管进程不认识这个请求：它来自另一个版本的 Glassbox。',
  },
  'engine.state.creating': {en: 'being created', zh: '创建中'},
  'engine.state.created': {en: 'created', zh: '已创建'},
  'engine.state.running': {en: 'running', zh: '运行中'},
  'engine.state.paused': {en: 'paused', zh: '已暂停'},
  'engine.state.stopped': {en: 'stopped', zh: '已停止'},
  'engine.state.ended': {en: 'ended', zh: '已结束'},
  'engine.state.unknown': {en: 'no answer', zh: '没有回应'},
  'engine.column.id': {en: 'ID', zh: 'ID'},
  'engine.column.name': {en: 'NAME', zh: '名称'},
  'engine.column.state': {en: 'STATE', zh: '状态'},
  'engine.column.pid': {en: 'PID', zh: 'PID'},
  'engine.column.created': {en: 'CREATED (UTC)', zh: '创建时间（UTC）'},
  'engine.column.command': {en: 'COMMAND', zh: '命令'},
  'engine.column.cpu': {en: 'CPU TIME', zh: 'CPU 时间'},
  'engine.column.throttled': {en: 'THROTTLED', zh: '受限次数'},
  'engine.column.memory': {en: 'MEMORY', zh: '内存'},
  'engine.column.limit': {en: 'LIMIT', zh: '上限'},
  'engine.column.pids': {en: 'PIDS', zh: '进程数'},
};
