/** What the engine says: its errors, what an errno means and what to do about it, and what each system call is for. */
import {errnoWords} from './engine-errno.ts';
import {networkErrors} from './engine-network.ts';
import {purposeWords} from './engine-purpose.ts';
import {rootWords} from './engine-rootfs.ts';
import {specFieldWords} from './engine-spec.ts';
import type {WordTable} from './say.ts';

const errorWords: WordTable = {
  'call.failed': {
    en: 'The kernel refused {call}: {errno}. Everything that had been set up for it has been undone.',
    zh: '内核拒绝了 {call}：{errno}。此前为它做的一切都已撤销。',
  },
  'cgroup.busy': {
    en: 'The control group {path} did not settle in time. Processes in it: {pids}. End them, or move them elsewhere.',
    zh: '控制组 {path} 没有及时安定下来。里面的进程：{pids}。请结束它们，或者移到别处。',
  },
  'cgroup.no-controller': {
    en: 'This machine has no usable cgroup controller "{controller}"; usable are: {known}. See /proc/cgroups.',
    zh: '这台机器没有可用的 cgroup 控制器“{controller}”，可用的有：{known}。请看 /proc/cgroups。',
  },
  'cgroup.no-freezer': {
    en: 'Processes cannot be frozen here: there is neither cgroup v2 nor the freezer of v1. Mount one of them.',
    zh: '这里无法冻结进程：既没有 cgroup v2，也没有 v1 的 freezer。请挂载其中之一。',
  },
  'cgroup.no-weight': {
    en: '{path}: this kernel has no weights for block devices; expected one of the files {expected}. Load the scheduler BFQ (modprobe bfq), or leave it out.',
    zh: '{path}：这个内核没有块设备的权重，应有以下文件之一：{expected}。请加载 BFQ 调度器（modprobe bfq），或去掉它。',
  },
  'cgroup.no-scope': {
    en: 'systemd gave no control group for this session: {reason}. See `systemctl status` (as an ordinary user: `systemctl --user status`).',
    zh: 'systemd 没有为本次会话提供控制组：{reason}。请看 `systemctl status`（普通用户用 `systemctl --user status`）。',
  },
  'cgroup.not-delegated': {
    en: 'You may not use the cgroup controller "{controller}": no control group with it has been handed to you. `glassbox doctor` gives the command for an administrator.',
    zh: '你不能使用 cgroup 控制器“{controller}”：没有把带有它的控制组交给你。`glassbox doctor` 会给出管理员要执行的命令。',
  },
  'cgroup.not-on-stage': {
    en: '{path} needs a stage with control groups for "{controller}": name it in requires.controllers of the lab.',
    zh: '{path} 需要舞台带有“{controller}”的控制组：请在实验的 requires.controllers 里写上它。',
  },
  'cgroup.other-version': {
    en: '{path} is of cgroup v{expected}, and here the controller "{controller}" is not. Leave it out, or use a machine with cgroup v{expected}.',
    zh: '{path} 属于 cgroup v{expected}，而这里的控制器“{controller}”不是。请去掉它，或者换一台使用 cgroup v{expected} 的机器。',
  },
  'child.died': {
    en: 'The new process died before it could run its program (status {status} {signal}): something outside killed it, or its own memory limit is too low for that.',
    zh: '新进程还没来得及运行程序就被外部终止了，或是内存上限太低（状态 {status} {signal}）。',
  },
  'container.absent': {
    en: 'There is no container "{id}" on this stage. Make it first, or mend the name.',
    zh: '这个舞台上没有容器“{id}”。请先创建它，或检查名字。',
  },
  'process.not-on-stage': {
    en: 'Process {pid} does not run on this stage, so nothing may enter its namespaces. Take a PID that the stage lists.',
    zh: '进程 {pid} 不在这个舞台上运行，不能进入它的命名空间。请选舞台列出的 PID。',
  },
  'container.no-cgroup': {
    en: 'The container "{id}" has no control group of its own: give it linux.cgroupsPath or linux.resources.',
    zh: '容器“{id}”没有自己的控制组：请给它写 linux.cgroupsPath 或 linux.resources。',
  },
  'container.bad-id': {
    en: '"{id}" cannot name a container: use 1 to 64 letters, digits, "_", "." or "-", beginning with a letter or digit.',
    zh: '“{id}”不能用作容器名：须为 1 至 64 个字母、数字、“_”、“.”或“-”，并以字母或数字开头。',
  },
  'container.exists': {
    en: 'There is already something called "{id}" on this stage: remove it first, or choose another name.',
    zh: '这个舞台上已经有“{id}”了：请先移除它，或换一个名字。',
  },
  'container.not-created': {
    en: 'Container "{id}" has no process yet: wait until it has been created.',
    zh: '容器“{id}”还没有进程：请等它创建完成。',
  },
  'container.state': {
    en: 'Container "{id}" is {state}, and this needs a container that is {expected}.',
    zh: '容器“{id}”目前的状态是 {state}，而这一步要求它处于 {expected}。',
  },
  internal: {
    en: 'Glassbox made a mistake of its own: {message} ({where}). Please report it.',
    zh: 'Glassbox 自身出错：{message}（{where}）。请报告这个问题。',
  },
  'keeper.descriptors': {
    en: 'What was started has been ended again: this process has as many files open as it may (EMFILE), and there was no room for its pipes or its terminal. End other containers, or raise the limit (ulimit -n).',
    zh: '刚启动的进程已被结束：本进程打开的文件数已达上限（EMFILE），容不下它的管道或终端。请先结束其他容器，或提高上限（ulimit -n）。',
  },
  'keeper.lost': {
    en: 'The keeper (process {pid}) was killed, and with it everything on the stage. Start the stage again.',
    zh: 'keeper（进程 {pid}）被杀死了，舞台上的一切随之结束。请重新建立舞台。',
  },
  'keeper.send': {
    en: 'A request of {bytes} bytes could not be sent to the keeper: {errno}. Make the specification smaller.',
    zh: '无法把 {bytes} 字节的请求发给 keeper：{errno}。请缩小容器描述。',
  },
  'keeper.start': {
    en: 'The keeper {file} could not be started: {errno}. Build it again with: npm run build',
    zh: '无法启动 keeper {file}：{errno}。请重新编译：npm run build',
  },
  'native.missing': {
    en: 'The native part ({what}) is missing or does not load: {detail}. Build it with: npm run build',
    zh: '缺少原生部分（{what}），或无法加载：{detail}。请编译：npm run build',
  },
  'plan.refused': {
    en: 'The keeper refused a plan before running any of it: {why} (byte {offset}, {errno}).',
    zh: 'keeper 在执行之前就拒绝了计划：{why}（第 {offset} 字节，{errno}）。',
  },
  'plan.too-many': {
    en: 'The specification needs more than {max} descriptors at once: use fewer bind mounts, devices and joined namespaces.',
    zh: '这个容器描述同时需要的描述符超过 {max} 个：请减少绑定挂载、设备和要加入的命名空间。',
  },
  'process.gone': {
    en: 'Process {pid} ("{id}") has ended already.',
    zh: '进程 {pid}（“{id}”）已经结束了。',
  },
  'program.missing': {
    en: 'There is no program "{program}" where the process would look: {searched}. Check the name, or install it.',
    zh: '在进程会查找的位置 {searched} 没有程序“{program}”。请检查名字，或安装它。',
  },
  'signal.unknown': {
    en: 'There is no signal "{signal}": use a name such as SIGTERM, or a number from 0 to 64.',
    zh: '没有“{signal}”这个信号：请用 SIGTERM 这样的名字，或 0 到 64 的数字。',
  },
  ...rootWords,
  'spec.place': {
    en: '{path} must be an absolute path, or one inside of the stage’s folder without "..": it is {got}.',
    zh: '{path} 必须是绝对路径，或者是舞台目录里不含“..”的相对路径，而这里是 {got}。',
  },
  'spec.absolute': {
    en: '{path} must be an absolute path that begins with "/"; it is {got}.',
    zh: '{path} 必须是以“/”开头的绝对路径，而这里是 {got}。',
  },
  'spec.cpu-list': {
    en: '{path} must be a list of numbers and ranges such as "0-1,3"; it is {got}.',
    zh: '{path} 必须是数字和区间的列表，例如“0-1,3”，而这里是 {got}。',
  },
  'spec.cgroup-file': {
    en: '{path} must be named after a file of the control group, such as "memory.high"; it is {got}.',
    zh: '{path} 必须是控制组里的文件名，例如“memory.high”，而这里是 {got}。',
  },
  'spec.cgroups-path': {
    en: '{path} must be a path below the stage’s own group, such as "box" or "a/b", without "..": it is {got}.',
    zh: '{path} 必须是舞台自己的控制组之下的路径，例如“box”或“a/b”，不含“..”，而这里是 {got}。',
  },
  'spec.duplicate': {
    en: '{path}: "{got}" is in the list twice; a process has one namespace of each type. Remove one.',
    zh: '{path}：列表中有两个“{got}”；一个进程每种命名空间只有一个。请去掉一个。',
  },
  'spec.empty': {
    en: '{path} is empty; the name of a program belongs there.',
    zh: '{path} 是空的，那里应写程序名。',
  },
  'spec.env': {
    en: '{path} must look like NAME=value; it is {got}.',
    zh: '{path} 的写法应为 NAME=value，而这里是 {got}。',
  },
  'spec.missing': {
    en: '{path} is missing; a value of type {expected} belongs there.',
    zh: '缺少 {path}，那里应有类型为 {expected} 的值。',
  },
  'spec.needs-namespace': {
    en: '{path} needs a new {namespace} namespace: add {type: {namespace}} to linux.namespaces.',
    zh: '{path} 需要新的 {namespace} 命名空间：请在 linux.namespaces 中加入 {type: {namespace}}。',
  },
  'spec.needs-namespace-here': {
    en: 'With --real-host, {path} without a {namespace} namespace of its own would change this machine. Add the namespace, or use the private stage.',
    zh: '在 --real-host 下，没有自己的 {namespace} 命名空间而设置 {path} 会改动这台机器。请加上该命名空间，或改用私有舞台。',
  },
  'spec.nul': {
    en: '{path} holds a NUL character, where the kernel would stop reading. Remove it.',
    zh: '{path} 含有 NUL 字符，内核读到那里就会停止。请去掉它。',
  },
  'spec.range': {
    en: '{path} must be {expected}; it is {got}.',
    zh: '{path} 必须 {expected}，而这里是 {got}。',
  },
  'spec.root-is-root': {
    en: '{path} is "/", which is the root already. Name the folder that is to become the root, or leave it out.',
    zh: '{path} 是“/”，它本来就是根目录。请写要作为根的目录，或去掉这一项。',
  },
  'spec.too-long': {
    en: "{path} may have at most {max} bytes (the kernel's limit for host names); it is {got}.",
    zh: '{path} 最多 {max} 字节（内核对主机名的限制），而这里是 {got}。',
  },
  'spec.surrogate': {
    en: '{path} holds half of a surrogate pair (\\ud800 to \\udfff), which is no character: {got}. Write the whole pair, or the character itself.',
    zh: '{path} 含有半个代理对（\\ud800 到 \\udfff），它不是字符：{got}。请写完整的一对，或直接写该字符。',
  },
  'spec.type': {
    en: '{path} must be of type {expected}; it is {got}.',
    zh: '{path} 的类型必须是 {expected}，而这里是 {got}。',
  },
  'spec.unknown-key': {
    en: 'There is no "{key}" at {path} in a container specification, so it would have no effect. Remove it, or mend its spelling.',
    zh: '容器描述中没有 {path} 处的“{key}”，写了也不起作用。请去掉它，或检查拼写。',
  },
  'spec.value': {
    en: '{path} must be {expected}; it is {got}.',
    zh: '{path} 应为 {expected}，而这里是 {got}。',
  },
  'stage.closed': {
    en: 'This stage ({id}) is closed, so nothing can run on it any more. Open another one.',
    zh: '这个舞台（{id}）已经关闭，不能再在上面运行任何东西。请另开一个。',
  },
  'stage.folder': {
    en: 'The folder {folder} cannot be used for sessions: {reason}. It has to belong to you, and nobody else may write there.',
    zh: '目录 {folder} 不能用来存放会话：{reason}。它必须属于你，且别人不可写。',
  },
  'step.failed': {
    en: 'A step between the keeper and the new process failed: {step} ({purpose}), {errno}.',
    zh: 'keeper 与新进程之间的一步失败了：{step}（{purpose}），{errno}。',
  },
  'sweep.stuck': {
    en: 'Processes of the dead session {id} do not go away: {pids}. Look at them with ps; the next start tries again.',
    zh: '已结束的会话 {id} 的进程无法清除：{pids}。可用 ps 查看；下次启动会再试。',
  },
};

/** Codes of EngineErrorInfo; "errno.EPERM"; "purpose." and a purpose of the journal. */
export const engineWords: WordTable = {
  ...errorWords,
  ...networkErrors,
  ...specFieldWords,
  ...errnoWords,
  ...purposeWords,
};
