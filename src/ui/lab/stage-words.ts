/** Words for going to another step, and for a stage that is or was built anew. */
import type {Lang} from '../../course/index.ts';

export const stageWords = {
  'lab.rebuilding.reset-step': {en: 'Building a fresh stage for this step …', zh: '正在为这一步搭建新的舞台……'},
  'lab.rebuilding.reset-lab': {en: 'Building a fresh stage from the beginning …', zh: '正在从头搭建新的舞台……'},
  'lab.rebuilding.back': {
    en: 'Going back: building a fresh stage up to that step …',
    zh: '正在返回：把新的舞台搭到那一步……',
  },
  'lab.rebuilding.go': {
    en: 'Going there: building a fresh stage up to that step …',
    zh: '正在前往：把新的舞台搭到那一步……',
  },
  'lab.rebuilding.resume': {
    en: 'Resuming: building the stage up to where you left …',
    zh: '正在继续：把舞台搭到上次离开的地方……',
  },
  'lab.rebuilding.lost': {
    en: 'The stage was lost: building it again up to this step …',
    zh: '舞台丢失了，正在重新搭到这一步……',
  },
  'lab.rebuilt.resume': {
    en: 'Welcome back. The stage was built anew, up to this step.',
    zh: '欢迎回来。舞台是新的，已经重新搭到这一步。',
  },
  'lab.rebuilt.back': {
    en: 'You went back. This is a fresh stage, built up to this step.',
    zh: '已返回这一步。这是新的舞台，从头搭到了这里。',
  },
  'lab.rebuilt.go': {
    en: 'You went to this step. This is a fresh stage, built up to it.',
    zh: '已来到这一步。这是新的舞台，从头搭到了这里。',
  },
  'lab.mapped': {
    en: 'You are not root on this machine: this stage lies in a user namespace, and you are its root. What that changes is said where it does.',
    zh: '你不是这台机器的 root：舞台在一个用户命名空间里，你是那里的 root。由此而不同的地方，到时会说明。',
  },
  'lab.rebuilt.reset-step': {
    en: 'This step begins again, on a fresh stage.',
    zh: '这一步重新开始，舞台是新的。',
  },
  'lab.rebuilt.reset-lab': {
    en: 'The lab begins again, on a fresh stage.',
    zh: '实验从头开始，舞台是新的。',
  },
  'lab.rebuilt.lost': {
    en: 'The old stage was lost. This one was built anew, up to this step.',
    zh: '原来的舞台丢失了。这是新的舞台，已经重新搭到这一步。',
  },
  'lab.reloaded': {
    en: "The lab's file has changed: this is its new text, on a fresh stage.",
    zh: '实验文件有改动：这是新的内容，舞台也是新的。',
  },
  'lab.reloadedStepGone': {
    en: "The lab's file has changed, and your step is no longer in it: this is its beginning.",
    zh: '实验文件有改动，原来的那一步已经不在了：现在从头开始。',
  },
  'lab.fileBroken': {
    en: "The lab's file has changed and has errors; this lab goes on as it was:",
    zh: '实验文件有改动，但里面有错误；当前实验照旧进行：',
  },
  'steps.title': {en: 'the steps of this lab', zh: '这个实验的步骤'},
  'steps.done': {en: 'done', zh: '已完成'},
  'steps.skipped': {en: 'skipped', zh: '已跳过'},
  'steps.here': {en: 'you are here', zh: '你在这里'},
  'steps.ahead': {en: 'ahead', zh: '还没做'},
  'steps.stay': {
    en: 'You are at this step. {key} goes back to it; {reset} there begins it again on a fresh stage.',
    zh: '你就在这一步。按 {key} 回到课文；在那里按 {reset} 可以在新的舞台上重做。',
  },
  'steps.goBack': {
    en: '{key} goes back to step {index}: a fresh stage is built up to it, and what was done after it begins again.',
    zh: '按 {key} 回到第 {index} 步：会搭一个新的舞台到那里，之后做过的从头再来。',
  },
  'steps.goAhead': {
    en: '{key} goes ahead to step {index}: the lab does the steps up to it by itself and marks them as skipped.',
    zh: '按 {key} 前往第 {index} 步：中间的步骤由实验代做，并标记为已跳过。',
  },
  'steps.ended': {
    en: 'The session has ended, so no step can be gone to. Open the lab again from the list of labs.',
    zh: '会话已经结束，不能再前往任何一步。请从实验列表重新打开这个实验。',
  },
} satisfies Record<string, Record<Lang, string>>;
