/** Words of the plain reporter. */
import type {WordTable} from './say.ts';

export const runWords: WordTable = {
  'run.host': {en: 'kernel {kernel}, {stage}, seed {seed}', zh: '内核 {kernel}，{stage}，种子 {seed}'},
  'run.mapped': {
    en: 'not root on this machine: the stage lies in a user namespace, with you as its root; what that changes is said where it does',
    zh: '不是这台机器的 root：舞台在一个用户命名空间里，你是那里的 root；由此而不同的地方，到时会说明',
  },
  'run.stage.private': {en: 'on a private stage', zh: '私有舞台'},
  'run.stage.real-host': {en: 'on the machine itself', zh: '直接在本机上'},
  'run.step': {en: 'Step {index} of {of}: {title}', zh: '第 {index} 步（共 {of} 步）：{title}'},
  'run.started': {en: 'container {id} started, pid {pid}', zh: '容器 {id} 已启动，进程号 {pid}'},
  'run.gone': {en: 'container {id} has ended ({how})', zh: '容器 {id} 已结束（{how}）'},
  'run.gone.status': {en: 'status {code}', zh: '退出状态 {code}'},
  'run.gone.signal': {en: 'signal {signal}', zh: '信号 {signal}'},
  'run.gone.unknown': {en: 'status unknown', zh: '状态未知'},
  'run.status': {en: 'status {status}', zh: '退出状态 {status}'},
  'run.unexpected': {
    en: 'UNEXPECTED: the lab expects {expected} here, and {status} came.',
    zh: '出乎意料：实验预期这里是 {expected}，结果是 {status}。',
  },
  'run.no-status': {en: 'no status', zh: '没有状态'},
  'run.predict': {en: 'Predict: {ask}', zh: '先预测：{ask}'},
  'run.answer': {en: 'The kernel says: {answer}', zh: '内核的回答：{answer}'},
  'run.unanswered': {en: 'no prediction given', zh: '没有作出预测'},
  'run.right': {en: 'predicted: {choice} – right', zh: '预测：{choice}——对了'},
  'run.wrong': {en: 'predicted: {choice} – not so', zh: '预测：{choice}——不是这样'},
  'run.not-judged': {en: 'predicted: {choice} – cannot be judged: {reason}', zh: '预测：{choice}——无法判断：{reason}'},
  'run.unjudged': {en: 'The kernel gave no clear answer: {reason}', zh: '内核没有给出明确的回答：{reason}'},
  'run.passed': {en: 'passed: {title}', zh: '通过：{title}'},
  'run.failed': {en: 'NOT passed: {title}', zh: '未通过：{title}'},
  'run.cannot-judge': {en: 'NOT judged: {title}', zh: '无法判断：{title}'},
  'run.hand': {
    en: 'This one is for your hand: {title}. Without a learner, its solution is typed.',
    zh: '这一项要亲手做：{title}。现在没有学习者，由实验输入答案。',
  },
  'run.facts': {en: 'both sides', zh: '两边对照'},
  'run.drift': {en: 'Notes versus kernel', zh: '笔记与内核'},
  'run.absent': {en: '(absent)', zh: '（没有）'},
  'run.error': {en: 'ERROR: {text}', zh: '错误：{text}'},
  'run.done': {
    en: '{passed} of {checks} checks passed; predictions: {right} of {predictions} right.',
    zh: '检查：{passed}/{checks} 通过；预测：{right}/{predictions} 正确。',
  },
  'run.left': {en: 'LEFT BEHIND: {left}', zh: '有残留：{left}'},
  'run.clean': {en: 'Nothing is left behind.', zh: '没有留下任何东西。'},
  'run.no-prediction': {
    en: 'There is no prediction {id} with a choice {choice}. This lab asks: {known}.',
    zh: '没有选项为 {choice} 的预测 {id}。这个实验有：{known}。',
  },
};
