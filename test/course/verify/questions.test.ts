// biome-ignore-all lint/suspicious/noTemplateCurlyInString: in a lab, ${…} is text.
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Lab, type LabReport, loadQuiz, type QuizBlock, reportLines, verifyLab} from '../../../src/course/index.ts';
import {draws} from '../../../src/course/verify/questions.ts';
import {type Engine, type HostReport, hostReport, openEngine} from '../../../src/engine/index.ts';
import {readLab} from '../session/helper.ts';

let engine: Engine;
let host: HostReport;
beforeAll(async () => {
  engine = await openEngine();
  host = await hostReport();
});
afterAll(() => engine.close());

/** The questions of lab 03 alone, one of them changed. */
async function verify(id: string, change: (block: QuizBlock, quiz: Lab) => unknown = () => {}): Promise<LabReport> {
  const lab = await readLab('labs/03-pid');
  const quiz = (await loadQuiz('labs/03-pid')).quiz as Lab;
  quiz.steps = quiz.steps.filter(step => step.blocks.some(block => block.kind === 'quiz' && block.id === id));
  change(quiz.steps[0]!.blocks.find(block => block.kind === 'quiz') as QuizBlock, quiz);
  return verifyLab(engine, {...lab, steps: []}, host, {quiz});
}
const brief = (report: LabReport) =>
  report.rungs.filter(rung => !rung.ok).map(({name, of, mistake}) => [name, of, mistake].filter(Boolean).join(' '));

describe('questions', () => {
  it.each(['term', 'missing', 'number', 'guests'])('of lab 03 hold: %s', async id => {
    const report = await verify(id);
    expect(brief(report)).toEqual([]);
    expect(report.outcome).toBe('passed');
    if (id === 'missing') {
      const came = report.rungs.filter(rung => rung.name === 'question').map(rung => rung.came);
      expect(came).toEqual(['uts', 'ipc', 'pid']);
    }
  });

  const faults: [string, string, (block: QuizBlock, quiz: Lab) => unknown, string][] = [
    [
      'two choices that hold',
      'missing',
      block => Object.assign(block.choices![0]!, {when: 'host.uid == 0'}),
      'question missing',
    ],
    ['no choice that holds', 'missing', block => block.choices!.shift(), 'question missing'],
    ['a container that is not there', 'missing', (_, quiz) => quiz.steps[0]!.blocks.shift(), 'question missing'],
    [
      'an answer that is always the same',
      'missing',
      (_, quiz) => Object.assign(quiz.vars.missing!, {pick: ['ipc', 'ipc']}),
      'varies missing',
    ],
    [
      'a value that is not there',
      'number',
      block => Object.assign(block, {answer: '${box.children[7]}'}),
      'question number',
    ],
    [
      'a repair that is there from the beginning',
      'guests',
      block => Object.assign(block, {check: 'has(box.pid)'}),
      'fresh guests',
    ],
    ['a solution that does not repair', 'guests', block => block.solve!.pop(), 'solved guests'],
    [
      'a solution for one value only',
      'guests',
      block =>
        Object.assign(block.solve![0]!, {
          commands: ['for i in 1 2; do nsenter -t ${box.pid} -p sleep 60 & done; sleep 0.3'],
        }),
      'again guests',
    ],
    [
      'a mistake that is not recognised',
      'guests',
      block => Object.assign(block.mistakes![1]!, {when: 'host.uid == 12345'}),
      'mistake guests stayed-out',
    ],
    [
      'a check that minds harmless state',
      'guests',
      block => Object.assign(block, {check: `${block.check} && !("extra" in host.folder.mode)`}),
      'extra guests',
    ],
    [
      'a command of the setting up that fails',
      'number',
      (_, quiz) =>
        Object.assign(quiz.steps[0]!.blocks.find(one => one.kind === 'run')!, {commands: ['sleep 50 & false']}),
      'run box',
    ],
  ];
  it.each(faults)('finds %s', async (_, id, change, found) => {
    const report = await verify(id, change);
    expect(brief(report)).toContain(found);
    expect(report.outcome).toBe('failed');
    for (const lang of ['en', 'zh'] as const) {
      const lines = reportLines(report, lang).filter(line => line.includes('✗ '));
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) expect(line).not.toMatch(/\{\w+\}|undefined|^ *✗ [a-z]+\.[a-z-]+ /);
    }
  });

  it('are not passed where this host lacks what they need', async () => {
    const report = await verify('missing', (_, quiz) => {
      quiz.requires = {...quiz.requires, tools: ['no-such-tool']};
    });
    expect(report).toMatchObject({outcome: 'not-run', unmet: [{code: 'host.unmet.tool'}]});
    expect(report.rungs.map(rung => rung.name)).toEqual(['left']);
  });

  it('are drawn so that every value comes up', async () => {
    const {quiz} = await loadQuiz('labs/03-pid');
    const step = quiz!.steps.find(one => one.id === 'visitor')!;
    const drawn = draws(quiz!, step);
    expect(drawn.map(vars => vars.guests)).toEqual(['2', '3', '4']);
    expect(draws(quiz!, {...step, blocks: []})).toHaveLength(1);
  });
});
