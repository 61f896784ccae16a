/** A walk through every screen in one app, the way a learner comes across them. */
import type {Lang} from '../../../src/course/index.ts';
import {factsOfProcess, inner, isolated, row} from '../lab/facts-data.ts';
import type {RunningApp} from './app.ts';
import {begin, containerUp, entry, factsOf} from './fake-session.ts';

export interface Scene {
  name: string;
  /** What a person reads there, in English and Chinese; blanks and line ends do not matter. */
  reads: Record<Lang, string[]>;
  /** Keys and their words on the last line, in this order. */
  keys: Record<Lang, string[]>;
}

const ENTER = '\r';
const ESCAPE = '\x1b';

/** Yields each screen once it is drawn. `say` chooses the words to wait for. */
export async function* tour({term, session}: RunningApp, lang: Lang): AsyncGenerator<Scene> {
  const say = (en: string, zh: string) => term.shows(lang === 'zh' ? zh : en);
  const scene = (name: string, en: string[], zh: string[], keysEn: string[], keysZh: string[]): Scene => ({
    name,
    reads: {en, zh},
    keys: {en: keysEn, zh: keysZh},
  });

  await say('IPC namespace', 'IPC 命名空间');
  await say('Linux 6.1.0', 'Linux 6.1.0');
  yield scene(
    'home',
    ['glassbox', 'UTS namespace', 'what you will find out', 'Can one process rename the machine alone?', 'step 2'],
    ['glassbox', 'UTS 命名空间', '要弄清的问题', '一个进程能不能只给自己改名？', '第 2 步'],
    ['learn', 'doctor', '? help', 'q quit'],
    ['开始学习', '体检', '? 帮助', 'q 退出'],
  );
  term.press('?');
  await say('suspend', '挂起');
  yield scene(
    'help',
    ['help', 'choose a lab', 'switch between English and Chinese'],
    ['帮助', '选择实验', '切换中文和英文'],
    ['Esc back'],
    ['Esc 返回'],
  );
  term.press(ESCAPE);
  await say('IPC namespace', 'IPC 命名空间');
  term.press('x');
  await say('Cure:', '办法：');
  yield scene(
    'doctor',
    ['doctor: what this machine can do', 'tool.pstree', 'The kernel has every call'],
    ['体检：这台机器能做什么', 'tool.pstree', '办法：'],
    ['scroll', 'Esc labs'],
    ['滚动', 'Esc 实验列表'],
  );
  term.press(ESCAPE);
  await say('IPC namespace', 'IPC 命名空间');
  term.press(ENTER);
  await session.whenAsked('start');
  await say('Building the stage', '正在搭建舞台');
  await say('01 UTS namespace', '01 UTS 命名空间');
  yield scene('waiting', ['01 UTS namespace'], ['01 UTS 命名空间'], ['? help', 'Esc labs'], ['? 帮助', 'Esc 实验列表']);

  begin(session);
  await term.shows('host#');
  yield scene(
    'lab',
    [
      'UTS namespace',
      'step 1 of 2',
      '1 to go',
      'Before the container is called',
      'start container box',
      'no container yet',
    ],
    ['UTS 命名空间', '第 1/2 步', '还差 1 项', '先给容器取名', '启动容器 box', '容器还没有启动'],
    ['start', 'step', 'hint', '? help', 'Esc labs'],
    ['启动', '步骤', '提示', '? 帮助', 'Esc 实验列表'],
  );
  containerUp(session);
  session.print('box', '你好，世界 你好，世界 你好，世界 你好，世界 你好，世界 你好，世界\r\nbox# ');
  await say('just show me', '直接看结果');
  await term.shows(/box# [\s\S]*box#/);
  yield scene(
    'prediction',
    ['Who is renamed?', '1 the host', '2 the container', 'just show me', 'Only the container is called tiger'],
    ['谁会被改名？', '1 宿主机', '2 容器', '直接看结果', '只有容器叫 tiger'],
    ['lock in', 'choose', '? help', 'Esc labs'],
    ['确定', '选择', '? 帮助', 'Esc 实验列表'],
  );
  session.emit(
    {type: 'prediction-answered', id: 'who', choice: 'host'},
    {type: 'pending', block: {kind: 'run', on: 'box', commands: ['hostname tiger'], run: 'rename', at: 3}},
  );
  await say('locked', '已确定');
  let finish = () => {};
  session.advance = () => new Promise(resolve => (finish = resolve));
  term.press(ENTER);
  await say('working', '正在执行');
  yield scene(
    'running',
    ['box # hostname tiger'],
    ['box # hostname tiger'],
    ['working', '? help', 'Esc labs'],
    ['正在执行', '? 帮助', 'Esc 实验列表'],
  );
  finish();
  session.emit(
    {type: 'command-typed', side: 'host', command: 'hostname tiger', by: 'learner'},
    {type: 'check', id: 'renamed', verdict: 'fail', mistake: 'wrong-side', values: {}},
    {type: 'wrong-side', command: 'hostname tiger', typedOn: 'host', expectedOn: 'box', check: 'renamed'},
  );
  await say('That was the host', '那是宿主机');
  yield scene(
    'mistake',
    ['ran on the host; it belongs to the container box.', 'That was the host: it is called tiger now.'],
    ['是在宿主机上执行的，应该在容器 box上执行。', '那是宿主机，它现在叫 tiger 了。'],
    ['run', 'hint', '? help'],
    ['执行', '提示', '? 帮助'],
  );
  session.emit(
    {type: 'check', id: 'renamed', verdict: 'fail', values: {}},
    {type: 'hint-shown', check: 'renamed', index: 0, of: 2},
    {type: 'hint-shown', check: 'renamed', index: 1, of: 2},
    {type: 'solution-shown', check: 'renamed', runs: [0]},
  );
  await say('types it for you', '代你输入');
  yield scene(
    'hint and solution',
    ['hint 2/2', 'Type it in the container.', 'solution', 'types it for you'],
    ['提示 2/2', '在容器里输入。', '答案', '代你输入'],
    ['run', '? help'],
    ['执行', '? 帮助'],
  );
  session.emit({
    type: 'error',
    error: {
      code: 'session.no-shell',
      params: {side: 'box', command: 'hostname'},
      call: entry('sethostname', ['"tiger"', '5'], {result: -1n, errno: 'EPERM'}),
    },
    where: 'box',
    fatal: false,
  });
  await term.shows('EPERM');
  yield scene(
    'error',
    ['sethostname("tiger", 5) = -1 EPERM', 'Start the container again'],
    ['sethostname("tiger", 5) = -1 EPERM', '请重新启动容器'],
    ['run', '? help'],
    ['执行', '? 帮助'],
  );
  // The next deed takes an error away.
  term.press(ENTER);
  await term.shows('EPERM', true);
  finish();
  term.press('j');
  await say('Esc back', 'Esc 返回');
  yield scene(
    'journal',
    ['what the engine did', 'clone3', 'execve'],
    ['引擎做了什么', 'clone3', 'execve'],
    ['Esc back'],
    ['Esc 返回'],
  );
  term.press('j');
  await term.shows('box#');
  session.emit(
    {type: 'ablation-started', container: 'box', without: 'uts'},
    {
      type: 'ablation-result',
      container: 'box',
      without: 'uts',
      rows: [{path: 'host.hostname', withFlag: 'vm', withoutFlag: 'tiger'}],
      checks: [{id: 'renamed', withFlag: 'pass', withoutFlag: 'fail'}],
      journal: [],
    },
  );
  await say('without it', '去掉以后');
  await say('Esc back', 'Esc 返回');
  yield scene(
    'ablation',
    ['the same without CLONE_NEWUTS', 'host name', 'Only the container is called tiger'],
    ['去掉 CLONE_NEWUTS 再来一次', '主机名', '只有容器叫 tiger'],
    ['Esc back'],
    ['Esc 返回'],
  );
  term.press(ESCAPE);
  await term.shows('box#');
  term.press('?');
  await say('hint; again: the next one', '提示；再按看下一条');
  yield scene(
    'help in a lab',
    ['do what the lesson proposes', 'hint; again: the next one'],
    ['执行课文提议的事', '提示；再按看下一条'],
    ['Esc back'],
    ['Esc 返回'],
  );
  term.press(ESCAPE);
  await term.shows('box#');
  term.press('\t');
  await say('keyboard here', '键盘在这里');
  yield scene('a terminal', ['Ctrl-]'], ['Ctrl-]'], ['keyboard here', 'Ctrl-]'], ['键盘在这里', 'Ctrl-]']);
  term.press('\x1d');
  await say('Esc labs', 'Esc 实验列表');

  term.press('l');
  await say('the steps of this lab', '这个实验的步骤');
  yield scene(
    'steps',
    ['the steps of this lab', 'The name', 'you are here', 'The end', 'ahead'],
    ['这个实验的步骤', '名字', '你在这里', '最后一步', '还没做'],
    ['Esc back'],
    ['Esc 返回'],
  );
  term.press(ESCAPE);
  await say('Esc labs', 'Esc 实验列表');
  session.onCall = (name, pid) => {
    if (name === 'xray' && typeof pid === 'number') session.emit({type: 'xray', pid, facts: isolated(pid)});
  };
  session.emit(
    {
      type: 'processes',
      list: [
        row(100, 1, 'gb-keeper', 'keeper'),
        row(200, 100, 'bash', 'host'),
        inner(300, 100, 'sh', 'box', 1, 77n),
        inner(310, 300, 'sleep', 'box', 5, 77n, {state: 'T'}),
      ],
    },
    {type: 'facts', sides: {host: factsOfProcess(100), box: isolated(300)}, changed: []},
  );
  term.press('x');
  await say('THE PROCESS SEES', '从进程自己看');
  yield scene(
    'X-ray',
    ['X-ray', 'gb-keeper', '310', 'THE PROCESS SEES', 'from the machine inwards'],
    ['透视', 'gb-keeper', '310', '从进程自己看'],
    ['Esc back'],
    ['Esc 返回'],
  );
  term.press(ESCAPE);
  await say('Esc labs', 'Esc 实验列表');
  // On a small screen the pictures are on a tab of their own.
  if (term.term.cols < 100) term.press('2');
  await say('host name', '主机名');
  term.press('p');
  await term.shows(/310 +sleep/);
  yield scene(
    'the picture of processes',
    ['HOST: the whole stage', 'box: its own pid ns', 'gb-keeper'],
    ['宿主机：整个舞台', '自己的 pid 命名空间', 'gb-keeper'],
    ['? help', 'Esc labs'],
    ['? 帮助', 'Esc 实验列表'],
  );
  term.press('1');

  session.emit(
    {
      type: 'facts',
      sides: {host: factsOf('vm', 1001n, 200n), box: factsOf('tiger', 1002n, 300n)},
      changed: ['box.hostname'],
    },
    {type: 'check', id: 'renamed', verdict: 'pass', values: {}},
    {type: 'prediction-judged', id: 'who', choice: 'host', answer: 'box', verdict: 'fail'},
    {type: 'step-done', step: 'name', skipped: false},
    {type: 'pending', block: {kind: 'next-step'}},
  );
  await say('all checks passed', '检查全部通过');
  yield scene(
    'step done',
    ['all checks passed', 'Only the container is called tiger'],
    ['检查全部通过', '只有容器叫 tiger'],
    ['next step', '? help'],
    ['下一步', '? 帮助'],
  );
  session.emit(
    {type: 'step-entered', step: 'end', index: 1, of: 2},
    {type: 'pending', block: null},
    {type: 'lab-done', checksPassed: 1, checks: 1, predictionsRight: 0, predictions: 1},
  );
  await say('1 of 1 checks passed', '通过 1/1 项检查');
  yield scene(
    'finished',
    ['step 2 of 2', 'Lab finished', '0 of 1 predictions right'],
    ['第 2/2 步', '实验完成', '预测对 0/1 次'],
    ['? help', 'Esc labs'],
    ['? 帮助', 'Esc 实验列表'],
  );
}
