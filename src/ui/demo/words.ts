/** What a demo says besides the lab's own words. */
import type {Lang} from '../../course/index.ts';

export const demoWords = {
  'demo.demo': {en: 'DEMO', zh: '演示'},
  'demo.labOf': {en: 'lab {index}/{of}', zh: '实验 {index}/{of}'},
  'demo.auto': {en: 'auto {seconds} s', zh: '自动 {seconds} 秒'},
  'demo.taken': {en: 'QUESTION', zh: '提问'},
  'demo.unjudged': {en: 'The kernel’s answer could not be read.', zh: '没能读到内核的答案。'},
  'demo.hands': {en: '{right} of {all} hands were right.', zh: '{all} 人举手，{right} 人答对。'},
  'demo.counting': {
    en: 'Hands for choice {choice}: type the number, {upDown} the next choice, {next} asks the kernel.',
    zh: '选项 {choice} 的举手人数：直接输入数字，{upDown} 换选项，{next} 问内核。',
  },
  'demo.noQuestion': {en: 'No question is waiting for an answer now.', zh: '现在没有等待回答的问题。'},
  'demo.pace': {en: 'Typing at {words} words a minute.', zh: '输入速度：每分钟 {words} 词。'},
  'demo.atOnce': {en: 'Lines are typed at once.', zh: '整行一次输完。'},
  'demo.autoOn': {
    en: 'Goes on by itself, {seconds} s after each deed. {key}: by hand again.',
    zh: '自动继续，每一步之后停 {seconds} 秒。按 {key} 回到手动。',
  },
  'demo.autoOff': {en: 'By hand again.', zh: '已回到手动。'},
  'demo.leave': {
    en: 'Leave the demo? {key} again: yes. Any other key: stay.',
    zh: '要退出演示吗？再按一次 {key} 退出，按其他键留下。',
  },
  'demo.running': {
    en: '`{command}` is still running. {take} takes its terminal, Ctrl-C there ends it.',
    zh: '`{command}` 还在运行。按 {take} 接过终端，在那里按 Ctrl-C 结束它。',
  },
  'demo.working': {en: 'Still at work …', zh: '还在进行……'},
  'demo.resume': {
    en: 'The terminals are yours. {take} or {next} goes on with the demo, {other} types in the other terminal.',
    zh: '终端现在归你用。按 {take} 或 {next} 继续演示，按 {other} 换到另一个终端输入。',
  },
  'demo.back': {en: 'Ctrl-] or F12, then {take}: resume', zh: '按 Ctrl-] 或 F12，再按 {take}：继续演示'},
  'demo.unchanged': {en: 'Back to the demo. Nothing has changed meanwhile.', zh: '回到演示。刚才没有改变任何东西。'},
  'demo.nowIs': {en: '{side}: the {fact} is now {value}.', zh: '{side}的{fact}现在是 {value}。'},
  'demo.nowGone': {en: '{side}: there is no {fact} any more.', zh: '{side}的{fact}现在没有了。'},
  'demo.sideGone': {en: 'The container {id} has ended.', zh: '容器 {id} 已经结束。'},
  'demo.moreChanges': {en: 'And {count} more.', zh: '另外还有 {count} 处。'},
  'demo.broken': {
    en: 'No longer true: {what}. {rebuild} builds this step anew, {next} goes on as it is.',
    zh: '不再成立：{what}。按 {rebuild} 重建这一步，按 {next} 照现在的样子继续。',
  },
  'demo.goneNeeds': {
    en: '{rebuild} builds this step anew, {next} goes on as it is.',
    zh: '按 {rebuild} 重建这一步，按 {next} 照现在的样子继续。',
  },
  'demo.unexpected': {
    en: '`{command}` ended with status {status}, and {expected} was expected. The demo goes on; {rebuild} builds this step anew.',
    zh: '`{command}` 以状态 {status} 结束，预期的是 {expected}。演示照常继续；按 {rebuild} 重建这一步。',
  },
  'demo.slept': {
    en: 'This machine was asleep for {time}. The stage is still here; the demo goes on.',
    zh: '这台机器休眠了 {time}。舞台还在，演示照常继续。',
  },
  'demo.seconds': {en: '{count} s', zh: '{count} 秒'},
  'demo.minutes': {en: '{count} min', zh: '{count} 分钟'},
  'demo.terminalClosed': {
    en: 'The terminal of {side} has closed. {next} goes on; where the lab needs it, it is opened again.',
    zh: '{side}的终端关闭了。按 {next} 继续；实验需要时会重新打开。',
  },
  'demo.notDone': {
    en: 'This step could not be finished here. {next} goes on with the next one, {rebuild} builds this one anew.',
    zh: '这一步在这里没能完成。按 {next} 进入下一步，按 {rebuild} 重建这一步。',
  },
  'demo.labOver': {
    en: 'This lab cannot go on here. {next} goes on with the next one.',
    zh: '这个实验在这里不能继续了。按 {next} 进入下一个。',
  },
  'demo.nextLab': {en: '{next}: lab {number} {title}', zh: '{next}：实验 {number} {title}'},
  'demo.end': {en: 'That was the last one. {leave} leaves.', zh: '到此全部结束。按 {leave} 退出。'},
  'demo.onlyLab': {en: 'There is no other lab in this playlist.', zh: '这个播放列表里没有别的实验。'},
  'demo.leftOut': {
    en: 'Left out, since this machine cannot run it: lab {number}. {why}',
    zh: '跳过了本机运行不了的实验 {number}。{why}',
  },
  'key.next': {en: 'next', zh: '继续'},
  'key.ask': {en: 'ask', zh: '提问'},
  'key.reveal': {en: 'ask the kernel', zh: '问内核'},
  'key.type': {en: 'type', zh: '输入'},
  'key.solve': {en: 'type the solution', zh: '输入答案'},
  'key.hurryUp': {en: 'all at once', zh: '立即输完'},
  'key.resume': {en: 'resume', zh: '继续演示'},
  'key.blank': {en: 'dark', zh: '黑屏'},
  'key.take': {en: 'take over', zh: '接过终端'},
  'key.otherTerminal': {en: 'other terminal', zh: '另一个终端'},
  'key.poll': {en: 'poll', zh: '举手统计'},
  'key.auto': {en: 'auto', zh: '自动'},
  'key.pace': {en: 'pace', zh: '速度'},
  'key.leave': {en: 'leave', zh: '退出'},
  'key.rebuild': {en: 'rebuild', zh: '重建'},
} satisfies Record<string, Record<Lang, string>>;
