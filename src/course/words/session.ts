/** Words for what a session says: its own errors, notices about progress, and why a prediction was not judged. */
import type {WordTable} from './say.ts';

export const sessionWords: WordTable = {
  'session.busy': {
    en: 'The terminal of {side} is busy, so "{command}" was not typed. End what runs there (Ctrl-C, or the key that quits it), then go on.',
    zh: '{side} 的终端正忙，所以没有输入“{command}”。请先结束那里正在运行的程序（Ctrl-C，或它自己的退出键），再继续。',
  },
  'session.no-shell': {
    en: 'There is no shell on the side {side} to type "{command}" into. Start the container again, or reset the step.',
    zh: '{side} 这一侧没有可以输入“{command}”的 shell。请重新启动容器，或重置这一步。',
  },
  'session.timeout': {
    en: '"{command}" on {side} did not end within {seconds} s, and nobody is waiting for it any more.',
    zh: '{side} 上的“{command}”在 {seconds} 秒内没有结束，不再等它了。',
  },
  'session.no-value': {
    en: 'The command names {name}, which has no value now: that container is not running, or this kernel does not have that fact. Start the container, or reset the step.',
    zh: '命令里用到的 {name} 现在没有值：容器没有运行，或者本机内核没有这项事实。请启动容器，或重置这一步。',
  },
  'session.unsafe-value': {
    en: '{name} holds control characters, so it was not typed into a shell. Give it an ordinary value, or reset the step.',
    zh: '{name} 的值里有控制字符，不能输入到 shell 里。请把它改成普通的值，或重置这一步。',
  },
  'session.not-caught-up': {
    en: 'The lab did the rest of the step {step} by itself, and yet it is not done (checks: {checks}). Look at both terminals, or reset the step.',
    zh: '实验自动做完了步骤 {step} 剩下的部分，可是它仍未完成（检查：{checks}）。请看看两边的终端，或重置这一步。',
  },
  'session.no-step': {
    en: 'This lab has no step "{step}". Its steps are: {known}.',
    zh: '这个实验没有步骤“{step}”。它的步骤是：{known}。',
  },
  'session.internal': {
    en: 'A fault in glassbox itself: {message}. Please report it; resetting the step usually helps.',
    zh: 'glassbox 自身出错：{message}。请报告这个问题；通常重置这一步就能继续。',
  },
  'progress.damaged': {
    en: 'The file with your progress could not be understood ({why}). It was set aside as {kept}, and a new one begun.',
    zh: '学习进度文件无法识别（{why}）。它已改名保存为 {kept}，并新建了一份。',
  },
  'progress.newer': {
    en: '{file} was written by a newer glassbox (version {version} of the file), so it is left as it is and this session is not remembered.',
    zh: '{file} 是更新版本的 glassbox 写的（文件版本 {version}），因此保持原样，这次的进度不会记录。',
  },
  'progress.unreadable': {
    en: 'Your progress in {file} cannot be read: {why}. Check who owns the file.',
    zh: '无法读取学习进度 {file}：{why}。请检查文件属于谁。',
  },
  'progress.unwritable': {
    en: 'Your progress cannot be written to {file}: {why}. The lab goes on, but it will not be remembered.',
    zh: '无法把学习进度写入 {file}：{why}。实验可以继续，但进度不会保存。',
  },
  'prediction.none': {en: 'No prediction was given.', zh: '没有作出预测。'},
  'prediction.ambiguous': {
    en: 'Not exactly one answer fits what the kernel says (fitting: {holding}).',
    zh: '符合内核回答的选项不是恰好一个（符合的有：{holding}）。',
  },
};
