/** Words of `glassbox rehearse`. */
import type {WordTable} from './say.ts';

export const rehearseWords: WordTable = {
  'rehearse.ready': {en: 'ready', zh: '就绪'},
  'rehearse.remarks': {en: 'ready, with remarks', zh: '就绪，有提醒'},
  'rehearse.fails': {en: 'WOULD FAIL', zh: '上台会失败'},
  'rehearse.not-run': {en: 'not run here', zh: '本机不运行'},
  'rehearse.column.lab': {en: 'lab', zh: '实验'},
  'rehearse.column.steps': {en: 'steps', zh: '步骤'},
  'rehearse.column.commands': {en: 'commands', zh: '命令'},
  'rehearse.column.checks': {en: 'checks', zh: '检查'},
  'rehearse.column.here': {en: 'here', zh: '本机'},
  'rehearse.column.stage': {en: 'on stage', zh: '台上'},
  'rehearse.column.verdict': {en: 'verdict', zh: '结论'},
  'rehearse.sum': {en: 'all', zh: '合计'},
  'rehearse.seconds': {en: '{s} s', zh: '{s} 秒'},
  'rehearse.minutes': {en: '{m} min {s} s', zh: '{m} 分 {s} 秒'},
  'rehearse.parts': {
    en: 'On stage, in English: reading {reading}, typing {typing}, running {running}{pausing}.',
    zh: '台上（中文）：阅读 {reading}，打字 {typing}，运行 {running}{pausing}。',
  },
  'rehearse.parts.pausing': {
    en: ', pauses {pausing} (reading goes on meanwhile)',
    zh: '，停顿 {pausing}（阅读在停顿中进行）',
  },
  'rehearse.here': {en: 'this machine', zh: '本机'},
  'rehearse.why': {en: 'not run here: {why}', zh: '本机不运行：{why}'},
  'rehearse.interrupted': {en: 'Interrupted: what comes after was not rehearsed.', zh: '已中断：后面的没有彩排。'},
  'rehearse.step': {en: 'step {step}', zh: '步骤 {step}'},

  'rehearse.status': {
    en: '{side}# {command} ended with status {status}; the lab expects {expected}. Run it by hand, then mend the command or its expect=.',
    zh: '{side}# {command} 的退出状态是 {status}，实验期望 {expected}。请手工运行一遍，再修改命令或它的 expect=。',
  },
  'rehearse.no-status': {
    en: '{side}# {command} has no status that anybody could tell (its shell has ended, or was replaced); the lab expects {expected}. Say enters= where a command opens another shell.',
    zh: '{side}# {command} 的退出状态无从得知（shell 已结束或被替换），实验期望 {expected}。如果命令会打开另一个 shell，请写上 enters=。',
  },
  'rehearse.hangs': {
    en: '{side}# {command} was still running after {seconds} s and was interrupted. Give it an end (a count, timeout(1)), or put it in the background with &.',
    zh: '{side}# {command} 运行 {seconds} 秒后仍未结束，已被中断。请让它能结束（次数、timeout(1)），或用 & 放到后台。',
  },
  'rehearse.slow': {
    en: '{side}# {command} takes {seconds} s: the class waits. Have something to say meanwhile, or make it shorter.',
    zh: '{side}# {command} 要 {seconds} 秒，全班都在等。准备好这段时间说什么，或者让它短一些。',
  },
  'rehearse.check': {
    en: 'the check {id} does not pass after its solution ({reason}). Mend the solution or the condition.',
    zh: '按答案操作后，检查 {id} 仍不通过（{reason}）。请修改答案或条件。',
  },
  'rehearse.check.false': {en: 'its condition is false', zh: '条件为假'},
  'rehearse.ambiguous': {
    en: 'not exactly one answer of the prediction {id} fits what the kernel says (fitting: {holding}). Make its conditions exclude each other and cover all.',
    zh: '预测 {id} 的选项里，符合内核回答的不是恰好一个（符合的：{holding}）。请让各选项的条件互斥，并且覆盖所有情况。',
  },
  'rehearse.prediction': {
    en: 'the prediction {id} cannot be judged: {reason}. The class would get no answer; mend its conditions.',
    zh: '预测 {id} 无法判断：{reason}。全班会得不到答案，请修改它的条件。',
  },
  'rehearse.error': {en: '{error}', zh: '{error}'},
  'rehearse.unreached': {
    en: 'from the step {step} on nothing could be rehearsed: it cannot be reached without what failed before. Mend that first.',
    zh: '从步骤 {step} 起都无法彩排：前面失败的地方挡住了路。请先修好前面。',
  },
  'rehearse.left': {
    en: 'something is left on the machine: {what}. Undo it in a cleanup block; `glassbox sweep` removes what is ours.',
    zh: '机器上有残留：{what}。请在 cleanup 块里撤销；属于本程序的可以用 `glassbox sweep` 清除。',
  },
  'rehearse.overflow': {
    en: 'this page takes {lines} lines, the slide has {room} ({lang}): it has to be turned before what comes next. Shorten it, or use a larger terminal.',
    zh: '这一页要 {lines} 行，幻灯片只有 {room} 行（{lang}），得翻页才能往下走。请改短，或用更大的终端。',
  },
  'rehearse.translation': {
    en: '{finding} On stage these words would be in English.',
    zh: '{finding}上台时这些文字会显示成英文。',
  },
  'rehearse.file': {en: '{finding}', zh: '{finding}'},
  'rehearse.long': {
    en: 'it takes some {minutes} min on stage ({lang}), its header plans {planned}. Plan for it, leave something out, or mend minutes:.',
    zh: '台上约需 {minutes} 分钟（{lang}），而文件头写的是 {planned} 分钟。请预留时间、删减内容，或修改 minutes:。',
  },
  'rehearse.pause': {
    en: 'with --auto {auto}, {count} of {slides} slides are gone before they are read ({lang}); the longest takes {seconds} s.',
    zh: '--auto {auto} 时，{slides} 张幻灯片里有 {count} 张来不及读完（{lang}）；最长的要 {seconds} 秒。',
  },
  'rehearse.size': {
    en: 'the screen would have {cols}×{rows} cells; a demo needs {needCols}×{needRows}. Use a larger window or a smaller font.',
    zh: '屏幕只有 {cols}×{rows}，演示至少要 {needCols}×{needRows}。请放大窗口或缩小字体。',
  },
  'rehearse.narrow': {
    en: 'the screen would have {cols}×{rows} cells; slides are made for {needCols}×{needRows} and more. Use a larger window or a smaller font.',
    zh: '屏幕只有 {cols}×{rows}，幻灯片是按不小于 {needCols}×{needRows} 排的。请放大窗口或缩小字体。',
  },
  'rehearse.host': {en: '{meaning}', zh: '{meaning}'},
  'rehearse.memory': {
    en: '{freeMiB} MiB of memory are free; a demo beside other programs wants {needMiB}. Close what is not needed.',
    zh: '可用内存只有 {freeMiB} MiB，演示时最好有 {needMiB} MiB。请关掉不需要的程序。',
  },
  'rehearse.record.exists': {
    en: '--record {file}: it is there already, and a recording overwrites nothing. Choose another name.',
    zh: '--record {file}：文件已存在，录制不会覆盖它。请换个名字。',
  },
  'rehearse.record.no-folder': {
    en: '--record {file}: there is no folder {directory}. Make it first.',
    zh: '--record {file}：没有目录 {directory}。请先建好。',
  },
  'rehearse.record.read-only': {
    en: '--record {file}: {directory} cannot be written. Choose another folder.',
    zh: '--record {file}：{directory} 不可写。请换个目录。',
  },
  'rehearse.record.room': {
    en: '{freeMiB} MiB are free in {directory}; a recording of these labs may take {needMiB}. Make room: where there is none left, the demo goes on without its recording.',
    zh: '{directory} 只剩 {freeMiB} MiB，录制这些实验可能需要 {needMiB} MiB。请腾出空间：写满之后演示继续，但不再录制。',
  },
};
