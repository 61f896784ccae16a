/** Words of `glassbox verify`. */
import type {WordTable} from './say.ts';

export const verifyWords: WordTable = {
  'verify.passed': {en: 'passed', zh: '通过'},
  'verify.failed': {en: 'FAILED', zh: '失败'},
  'verify.not-run': {en: 'not run', zh: '未运行'},
  'verify.lab': {
    en: '{lab}  {outcome}  {ok} of {rungs} rungs  {ms} ms',
    zh: '{lab}  {outcome}  {ok}/{rungs} 项  {ms} 毫秒',
  },
  'verify.mapped': {
    en: 'proved without root, on stages in a user namespace',
    zh: '没有用 root，是在用户命名空间里的舞台上验证的',
  },
  'verify.why': {en: 'not run here: {why}', zh: '本机无法运行：{why}'},
  'verify.column.check': {en: 'check', zh: '检查'},
  'verify.column.fresh': {en: 'fresh', zh: '未做'},
  'verify.column.solved': {en: 'solved', zh: '做对'},
  'verify.column.again': {en: 'again', zh: '重做'},
  'verify.column.extra': {en: 'extra', zh: '杂物'},
  'verify.column.mistakes': {en: 'mistakes', zh: '错误'},
  'verify.column.questions': {en: 'answers', zh: '答案'},
  'verify.legend': {
    en: 'fresh: not passed where nothing was done; solved, again, extra: passed after the solution, a second time, with harmless state around; mistakes: each recognised as itself; answers: one for each value that a question can draw.',
    zh: '未做：什么都没做时不通过；做对、重做、杂物：按答案做、再做一次、周围有无害的杂物时都通过；错误：每个常见错误都认得出；答案：题目抽到的每个值都有答案。',
  },
  'verify.bad.fresh': {
    en: '{of} passes although nothing was done. A check must be false on a fresh system: compare with before., or ask for more.',
    zh: '什么都没做，{of} 就通过了。检查在全新环境里必须为假：请与 before. 比较，或者增加条件。',
  },
  'verify.bad.solved': {
    en: '{of} does not pass after the step and its solution ({verdict}{reason}). Mend the solution or the condition.',
    zh: '做完这一步并按答案操作后，{of} 仍不通过（{verdict}{reason}）。请修改答案或条件。',
  },
  'verify.bad.again': {
    en: '{of} passes once, but not on a second run with other variables (seed {seed}: {verdict}{reason}). Does it depend on a value that is drawn?',
    zh: '{of} 第一次通过，换一组变量再做却不通过（种子 {seed}：{verdict}{reason}）。它是否依赖抽取的值？',
  },
  'verify.bad.extra': {
    en: '{of} minds harmless state around it (another container, other processes, files, variables): {verdict}{reason}.',
    zh: '{of} 受到无害杂物的影响（别的容器、进程、文件、环境变量）：{verdict}{reason}。',
  },
  'verify.bad.mistake': {
    en: 'The mistake {mistake} of {of} is not recognised as itself: {verdict}, recognised: {came}.',
    zh: '{of} 的错误 {mistake} 没有被认出来：{verdict}，认成了：{came}。',
  },
  'verify.bad.run': {
    en: 'A command came out otherwise than the lab says ({of}: {came}). Mend the command, or its expect=.',
    zh: '有命令的结果与实验所写不同（{of}：{came}）。请修改命令或它的 expect=。',
  },
  'verify.bad.prediction': {
    en: 'Not exactly one answer of the prediction {of} fits what the kernel says (fitting: {came}{reason}).',
    zh: '预测 {of} 的选项里，符合内核回答的不是恰好一个（符合的：{came}{reason}）。',
  },
  'verify.bad.question': {
    en: 'The question {of} has no answer here with {seed} (holding: {came}{reason}). Of single choices exactly one must hold.',
    zh: '题目 {of} 在 {seed} 时没有答案（成立的：{came}{reason}）。单选题必须恰好有一个选项成立。',
  },
  'verify.bad.varies': {
    en: 'The question {of} has the same answer whatever is drawn ({came}), so it is known after the first time. Draw what decides it.',
    zh: '题目 {of} 不管抽到什么，答案都一样（{came}），做过一次就记住了。请让起决定作用的东西由抽取而来。',
  },
  'verify.bad.left': {en: 'Something is left on the host: {came}.', zh: '宿主机上有残留：{came}。'},
  'verify.bad.error': {en: 'It could not be tried: {came}', zh: '无法尝试：{came}'},
  'verify.elsewhere': {
    en: 'The mistake {mistake} of {of} was not tried: it is about machines of another kind (only=, when=).',
    zh: '{of} 的错误 {mistake} 没有试：它只适用于另一类机器（only=、when=）。',
  },
  'verify.already-true': {
    en: '{of} holds already when its step begins (an earlier step made it true), so it proves only that nothing broke it.',
    zh: '{of} 在步骤开始时就已成立（前面的步骤使它成立），所以它只证明之后没有被破坏。',
  },
  'verify.aborted': {en: 'Interrupted before the end.', zh: '未完成就被中断。'},
  'verify.mutants': {en: 'mutants: {noticed} of {all} noticed', zh: '变异：{all} 个中察觉了 {noticed} 个'},
  'verify.survivor': {
    en: 'SURVIVED: {container} without {what}: no check, command or error noticed. Add a check that does.',
    zh: '漏网：{container} 去掉 {what} 后，没有任何检查、命令或错误察觉。请增加能察觉它的检查。',
  },
  'verify.untried-elsewhere': {
    en: 'Not tried: {container} without {what}: the lab starts it on machines of another kind only (when=).',
    zh: '未尝试：{container} 去掉 {what}：实验只在另一类机器上启动它（when=）。',
  },
  'verify.untried': {
    en: "Not tried: {container} without {what} would let the lab's commands write into the machine's own root.",
    zh: '未尝试：{container} 去掉 {what} 之后，实验的命令会写进机器自己的根目录。',
  },
  'verify.plumbing': {
    en: 'Not noticed, and every container makes it: {container} without {what}. Tests of the engine cover it.',
    zh: '没有察觉，但每个容器都有这个调用：{container} 去掉 {what}。由引擎自身的测试负责。',
  },
  'verify.sum': {
    en: '{passed} passed, {failed} failed, {notRun} not run',
    zh: '{passed} 个通过，{failed} 个失败，{notRun} 个未运行',
  },
  'verdict.pass': {en: 'pass', zh: '通过'},
  'verdict.fail': {en: 'fail', zh: '不通过'},
  'verdict.cannot-judge': {en: 'cannot judge', zh: '无法判断'},
};
