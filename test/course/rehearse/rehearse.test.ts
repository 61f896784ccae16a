/** Labs that would fail on stage, each in one way; and two that would not. On the real engine. */
import {rmSync} from 'node:fs';
import {afterAll, beforeAll, expect, test} from 'vitest';
import type {Typist} from '../../../src/course/demo/typist.ts';
import {
  type CheckBlock,
  type Lab,
  type LabRehearsal,
  lintLab,
  loadLab,
  type RehearseOptions,
  type RunBlock,
  rehearsalStatus,
  rehearseLab,
  remarkLine,
} from '../../../src/course/index.ts';
import {type Engine, factTable, type HostReport, hostReport, openEngine} from '../../../src/engine/index.ts';
import {probeLab} from '../session/helper.ts';

let engine: Engine;
let host: HostReport;
beforeAll(async () => {
  engine = await openEngine();
  host = await hostReport();
});
afterAll(() => engine.close());

const ref = {number: '90', id: 'probe'};
const stage: RehearseOptions = {keyMs: 100, auto: null, seed: 'test', commandMs: 20_000};

async function rehearse(change: (lab: Lab) => unknown = () => {}, options: Partial<RehearseOptions> = {}) {
  const lab = await probeLab();
  lab.minutes = 60;
  change(lab);
  return rehearseLab(engine, ref, {lab, findings: []}, host, {...stage, ...options});
}

const block = (lab: Lab, kind: string, id: string) =>
  lab.steps.flatMap(step => step.blocks).find(one => one.kind === kind && 'id' in one && one.id === id);
const check = (lab: Lab, id: string) => block(lab, 'check', id) as CheckBlock;
const run = (lab: Lab, id: string) => block(lab, 'run', id) as RunBlock;
const codes = ({remarks}: LabRehearsal) => remarks.map(({code, step}) => (step ? `${step}: ${code}` : code));

test('a good lab is ready: everything was typed, every check passed, and its time is told', async () => {
  const lab = await rehearse();
  expect(lab).toMatchObject({verdict: 'ready', remarks: [], steps: 3, checks: {passed: 3, all: 3}, commands: 6});
  expect(lab.stage.en!.typing).toBeGreaterThan(1000);
  expect(lab.stage.en!.total).toBe(lab.stage.en!.reading + lab.stage.en!.typing + lab.stage.en!.running);
  expect(lab.recordBytes).toBeGreaterThan(1000);
  expect(rehearsalStatus([lab])).toBe(0);
});

test('labs 01 and 03, one after the other in one process', async () => {
  for (const name of ['01-uts', '03-pid']) {
    const loaded = await loadLab(`labs/${name}`);
    const lab = await rehearseLab(engine, ref, {...loaded, findings: lintLab(loaded, factTable)}, host, stage);
    expect(lab).toMatchObject({verdict: 'ready', remarks: []});
    expect(lab.checks.passed).toBe(lab.checks.all);
    expect(Object.keys(lab.stage)).toEqual(['en', 'zh']);
  }
});

const who = (lab: Lab, whens: [string, string]) => {
  const found = block(lab, 'predict', 'who');
  if (found?.kind === 'predict') for (const [i, choice] of found.choices.entries()) choice.when = whens[i]!;
};

const faults: [string, (lab: Lab) => unknown, string[]][] = [
  [
    'a command with another status',
    lab => Object.assign(run(lab, 'look'), {commands: ['false']}),
    ['name: rehearse.status'],
  ],
  [
    'a check that its solution does not make true; what follows is rehearsed all the same',
    lab => {
      Object.assign(check(lab, 'renamed'), {expr: 'box.hostname == "nobody"'});
      Object.assign(check(lab, 'again'), {expr: 'box.hostname == "nobody else"'});
    },
    ['name: rehearse.check', 'hand: rehearse.check'],
  ],
  ['a check without a way to it', lab => Object.assign(check(lab, 'again'), {solve: []}), ['hand: rehearse.check']],
  ['a prediction with two answers', lab => who(lab, ['true', 'true']), ['name: rehearse.ambiguous']],
  ['a prediction with none', lab => who(lab, ['false', 'false']), ['name: rehearse.ambiguous']],
  [
    'a prediction that cannot be judged',
    lab => who(lab, ['run.nowhere.status == 0', 'false']),
    ['name: rehearse.prediction'],
  ],
  [
    'a container that cannot start, and all that needs it',
    lab => {
      const box = block(lab, 'container', 'box');
      if (box?.kind === 'container') box.spec = {...box.spec, process: {args: ['no-such-program']}};
    },
    ['begin: rehearse.error', 'name: rehearse.unreached'],
  ],
  [
    'a container whose shell ends under the hands of the lab',
    lab => Object.assign(run(lab, 'rename'), {commands: ['exec true']}),
    ['name: rehearse.prediction', 'name: rehearse.no-status'],
  ],
];
test.each(faults)('%s', async (_, change, expected) => {
  const lab = await rehearse(change);
  expect(codes(lab)).toEqual(expected);
  expect(lab.verdict).toBe('fails');
  expect(rehearsalStatus([lab])).toBe(1);
  for (const remark of lab.remarks) {
    expect(remark.pos).toMatchObject({file: expect.stringMatching(/90-probe\/lab\.md$/)});
    for (const lang of ['en', 'zh'] as const) {
      const line = remarkLine(remark, lang);
      expect(line).toMatch(/lab\.md:\d+:\d+: /);
      expect(line).not.toMatch(/\{\w+\}|undefined|rehearse\./);
    }
  }
});

test('the place is that of the block: the command that fails, the check that does not pass', async () => {
  const lab = await rehearse(one => {
    Object.assign(run(one, 'look'), {commands: ['false']});
    Object.assign(check(one, 'again'), {solve: []});
  });
  const {pos: look} = run(await probeLab(), 'look');
  const {pos: again} = check(await probeLab(), 'again');
  expect(lab.remarks.map(remark => remark.pos)).toEqual([look, again]);
});

test('a command that hangs is interrupted, said once, and the lab goes on', async () => {
  const lab = await rehearse(one => Object.assign(run(one, 'look'), {commands: ['cat']}), {commandMs: 400});
  expect(codes(lab)).toEqual(['name: rehearse.hangs']);
  expect(lab.checks).toEqual({passed: 3, all: 3});
});

test('a slow command is named, and fails nothing', async () => {
  const lab = await rehearse(one => Object.assign(run(one, 'look'), {commands: ['sleep 3.1']}));
  expect(codes(lab)).toEqual(['name: rehearse.slow']);
  expect(lab.remarks[0]!.params).toMatchObject({command: 'sleep 3.1', side: 'host'});
  expect(lab.verdict).toBe('remarks');
  expect(rehearsalStatus([lab])).toBe(0);
});

test('what stays on the machine is said', async () => {
  const lab = await rehearse(one =>
    Object.assign(run(one, 'look'), {
      commands: ['mkdir -p /run/glassbox; touch "/run/glassbox/left-$(basename "$HOME")"'],
    }),
  );
  for (const {params} of lab.remarks)
    if (/^\/run\/glassbox\/left-\w+$/.test(String(params.what))) rmSync(String(params.what));
  expect(codes(lab)).toEqual(['rehearse.left']);
  expect(lab.verdict).toBe('fails');
});

test('a lab that this machine cannot run: why, and nothing was tried', async () => {
  const lab = await rehearse(one => Object.assign(one.requires, {tools: ['no-such-tool']}));
  expect(lab).toMatchObject({verdict: 'not-run', commands: 0, unmet: [{code: 'host.unmet.tool'}]});
  expect(rehearsalStatus([lab])).toBe(3);
});

test('a lab that cannot be read, and one that is not translated', async () => {
  const broken = await rehearseLab(
    engine,
    ref,
    {findings: [{file: 'lab.md', line: 3, col: 1, severity: 'error', code: 'front.missing', params: {}}]},
    host,
    stage,
  );
  expect(broken).toMatchObject({verdict: 'fails', number: '90', lab: 'probe', steps: 0});
  const loaded = await loadLab('test/course/fixtures/labs/90-probe');
  const english = await rehearseLab(engine, ref, loaded, host, {...stage, overflows: () => []});
  expect(codes(english)).toContain('rehearse.translation');
  expect(english.verdict).toBe('remarks');
});

test('texts that are larger than the slide, a lab longer than planned, pauses too short to read', async () => {
  const pos = {file: 'lab.md', line: 12, col: 1};
  const overflows = () => [{step: 'begin', pos, langs: ['zh' as const], lines: 20, room: 9}];
  const lab = await rehearse(one => Object.assign(one, {minutes: 0.01}), {overflows, auto: 0.5});
  expect(codes(lab)).toEqual(['begin: rehearse.overflow', 'rehearse.long', 'rehearse.pause']);
  expect(remarkLine(lab.remarks[0]!, 'en')).toContain('lab.md:12:1: step begin: this page takes 20 lines');
});

test('interrupted in the middle of a command: it ends, and nothing stays', async () => {
  const controller = new AbortController();
  const typist: Typist = async (text, write) => {
    write(text);
    if (text.startsWith('sleep')) controller.abort();
  };
  const {signal} = controller;
  const lab = await rehearse(one => Object.assign(run(one, 'look'), {commands: ['sleep 1000']}), {signal, typist});
  expect(codes(lab).filter(code => code.includes('left') || code.includes('hangs'))).toEqual([]);
  expect(lab.checks.passed).toBe(2); // what came after was not tried
});
