/** Words for a session that is only watched: a replay, or somebody else's demo. */
import type {Lang} from '../../course/index.ts';

export const watchWords = {
  'watch.replay': {en: 'REPLAY of {date}, Linux {kernel}', zh: '回放：{date} 录制，Linux {kernel}'},
  'watch.follow': {en: 'FOLLOWING a demo', zh: '正在跟看演示'},
  'watch.notes': {en: "SPEAKER'S NOTES", zh: '讲者备注'},
  'watch.waiting': {
    en: 'Waiting for a demo on this machine. It appears here as soon as it begins.',
    zh: '正在等待本机上的演示。演示一开始，这里就会显示。',
  },
  'watch.reading': {en: 'Reading the recording …', zh: '正在读取录制……'},
  'watch.noKernel': {
    en: 'This is a replay: there is no kernel behind it that {key} could ask. {advance} plays on.',
    zh: '这是回放，背后没有内核，{key} 在这里不起作用。按 {advance} 继续播放。',
  },
  'watch.onlyLook': {
    en: 'You are looking on: what happens here is up to whoever gives the demo.',
    zh: '你正在跟看，这里的操作由演示者来做。',
  },
  'watch.noAblation': {
    en: 'Up to here nobody has left a flag out in this recording.',
    zh: '到这里为止，录制里没有去掉标志的对比。',
  },
  'watch.stepUnrecorded': {
    en: 'Step {index} is not in this recording.',
    zh: '这份录制里没有第 {index} 步。',
  },
  'watch.goStep': {en: '{key} plays from step {index}.', zh: '按 {key} 从第 {index} 步开始播放。'},
  'watch.ended': {
    en: 'The recorded session ended here. {key} leaves.',
    zh: '录制的会话到这里结束。按 {key} 离开。',
  },
  'watch.demoEnded': {en: 'The demo has ended. {key} leaves.', zh: '演示已经结束。按 {key} 离开。'},
  'watch.atEnd': {
    en: 'This is the end of the recording. {back} goes back a step, {leave} leaves.',
    zh: '录制到此为止。按 {back} 返回一步，按 {leave} 离开。',
  },
  'key.play': {en: 'play on', zh: '继续播放'},
  'key.hurry': {en: 'hurry', zh: '快进'},
  'key.nextLab': {en: 'next lab', zh: '下一个实验'},
} satisfies Record<string, Record<Lang, string>>;
