import {rmSync} from 'node:fs';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {
  type CheckBlock,
  type Lab,
  type LabReport,
  type RunBlock,
  type Rung,
  reportLines,
  sumLine,
  type VerifyOptions,
  verifyLab,
  verifyStatus,
} from '../../../src/course/index.ts';
import {drawVars} from '../../../src/course/session/seed.ts';
import {type Engine, type HostReport, hostReport, openEngine} from '../../../src/engine/index.ts';
import {probeLab, readLab} from '../session/helper.ts';

let engine: Engine;
let host: HostReport;
beforeAll(async () => {
  engine = await openEngine();
  host = await hostReport();
});
afterAll(() => engine.close());

async function verify(change: (lab: Lab) => unknown = () => {}, options?: VerifyOptions): Promise<LabReport> {
  const lab = await probeLab();
  change(lab);
  return verifyLab(engine, lab, host, options);
}

const check = (lab: Lab, id: string) =>
  lab.steps.flatMap(step => step.blocks).find(block => block.kind === 'check' && block.id === id) as CheckBlock;
const run = (lab: Lab, id: string) =>
  lab.steps.flatMap(step => step.blocks).find(block => block.kind === 'run' && block.id === id) as RunBlock;
const bad = (report: LabReport): Rung[] => report.rungs.filter(rung => !rung.ok);
const brief = ({name, of, mistake}: Rung) => [name, of, mistake].filter(Boolean).join(' ');

describe('the ladder', () => {
  it('passes a good lab, with every rung climbed', async () => {
    const report = await verify(undefined, {mutants: true});
    expect(bad(report)).toEqual([]);
    expect(report).toMatchObject({outcome: 'passed', lab: 'probe', number: '90', unmet: []});
    const climbed = report.rungs.map(brief);
    for (const id of ['own', 'renamed', 'again']) {
      expect(climbed).toEqual(expect.arrayContaining([`fresh ${id}`, `solved ${id}`, `again ${id}`, `extra ${id}`]));
    }
    expect(climbed).toEqual(
      expect.arrayContaining(['mistake own gone', 'mistake renamed wrong-side', 'mistake again same', 'left']),
    );
    expect(climbed.filter(name => name === 'prediction output')).toHaveLength(3);
    expect(report.mutants?.filter(mutant => mutant.kind !== 'operation')).toEqual([
      {container: 'box', kind: 'namespace', what: 'uts', plumbing: false, noticed: ['own', 'renamed', 'again']},
    ]);
  });

  it('asks with `solved` only whether the lab can be done: nothing holds before, everything after', async () => {
    const good = await verify(undefined, {solved: true});
    expect(good.outcome).toBe('passed');
    expect(new Set(good.rungs.map(rung => rung.name))).toEqual(new Set(['fresh', 'solved', 'prediction', 'left']));

    const unsolved = await verify(lab => Object.assign(check(lab, 'again'), {solve: []}), {solved: true});
    expect(unsolved.outcome).toBe('failed');
    expect(bad(unsolved).map(brief)).toContain('solved again');
  });

  it('proves lab 01, mutants included', async () => {
    const report = await verifyLab(engine, await readLab('labs/01-uts'), host, {mutants: true});
    expect(bad(report)).toEqual([]);
    expect(report.outcome).toBe('passed');
    expect(report.mutants?.every(mutant => mutant.noticed.length > 0 || mutant.plumbing)).toBe(true);
  });

  const faults: [string, (lab: Lab) => unknown, string][] = [
    [
      'a check that is true where nothing was done',
      lab => Object.assign(check(lab, 'again'), {expr: 'host.uid == 0'}),
      'fresh again',
    ],
    ['a solution that does not solve', lab => Object.assign(check(lab, 'again'), {solve: []}), 'solved again'],
    [
      'a check that knows one run of the variables only',
      lab => Object.assign(check(lab, 'renamed'), {expr: `box.hostname == "${drawVars(lab.vars, 'one').name}"`}),
      'again renamed',
    ],
    [
      'a command that minds harmless files',
      lab => Object.assign(run(lab, 'look'), {commands: ['test -z "$(ls)"']}),
      'run look',
    ],
    [
      'a mistake that is never recognised',
      lab => Object.assign(check(lab, 'renamed').mistakes[0]!, {when: 'host.uid == 12345'}),
      'mistake renamed wrong-side',
    ],
    [
      'a mistake that passes',
      lab => Object.assign(check(lab, 'renamed'), {expr: 'host.hostname == vars.name || box.hostname == vars.name'}),
      'mistake renamed wrong-side',
    ],
    [
      'a mistake taken for another',
      lab =>
        void check(lab, 'again').mistakes.unshift({
          ...check(lab, 'again').mistakes[0]!,
          id: 'first',
          when: 'has(box.pid)',
        }),
      'mistake again same',
    ],
    ['a status that does not come', lab => Object.assign(run(lab, 'refused'), {expect: 0}), 'run refused'],
    [
      'a prediction that several answers fit',
      lab => {
        const block = lab.steps[1]?.blocks.find(one => one.kind === 'predict');
        if (block?.kind === 'predict') for (const choice of block.choices) choice.when = 'true';
      },
      'prediction who',
    ],
    [
      'an expression that does not compile',
      lab => Object.assign(check(lab, 'again'), {expr: 'box.hostnam == "x"'}),
      'solved again',
    ],
    [
      'a container that cannot start',
      lab => {
        for (const block of lab.steps[0]!.blocks)
          if (block.kind === 'container') block.spec = {...block.spec, process: {args: ['no-such-program']}};
      },
      'solved own',
    ],
  ];
  it.each(faults)('finds %s', async (_, change, found) => {
    const report = await verify(change, {seed: 'one'});
    const names = bad(report).map(brief);
    if (found === 'solved own') expect(names.some(name => name.startsWith('error '))).toBe(true);
    else expect(names).toContain(found);
    expect(report.outcome).toBe('failed');
    expect(names).not.toContain('left');
    for (const lang of ['en', 'zh'] as const) {
      const lines = reportLines(report, lang).filter(line => line.includes('✗ '));
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) expect(line).not.toMatch(/\{\w+\}|undefined|^ *✗ [a-z]+\.[a-z-]+ \{/);
    }
  });

  it('sees a container gone whose terminal went first', async () => {
    const report = await verify(lab => {
      const slow = `exec sh -c 'trap "" HUP; exec </dev/null >/dev/null 2>&1; sleep 0.3'`;
      check(lab, 'own').mistakes[0]!.commands[0]!.commands = [slow];
    });
    expect(bad(report)).toEqual([]);
  });

  it('does not take a hanging command for ever', async () => {
    const report = await verify(
      lab => {
        lab.steps.splice(1);
        run(lab, 'hello').commands = ['cat'];
        check(lab, 'own').mistakes = [];
      },
      {commandMs: 300},
    );
    expect(bad(report).map(brief)).toContain('error session.timeout');
    expect(bad(report).map(brief)).not.toContain('solved own');
  });

  it('finds what is left on the host', async () => {
    const report = await verify(lab => {
      run(lab, 'look').commands = ['mkdir -p /run/glassbox; touch "/run/glassbox/left-$(basename "$HOME")"'];
    });
    const left = bad(report).filter(rung => rung.name === 'left');
    for (const {came} of left) if (came?.startsWith('/run/glassbox/left-')) rmSync(came);
    expect(left.length).toBeGreaterThan(0);
    expect(left.every(rung => /^\/run\/glassbox\/left-\w+$/.test(rung.came ?? ''))).toBe(true);
  });

  it('says that a check held when its step began', async () => {
    const report = await verify(lab => Object.assign(check(lab, 'again'), {expr: 'box.ns.uts != host.ns.uts'}));
    expect(report.rungs.find(rung => rung.name === 'solved' && rung.of === 'again')).toMatchObject({
      note: 'already-true',
    });
    expect(reportLines(report, 'en').join('\n')).toContain('again holds already when its step begins');
  });

  it('does not run a lab that this host cannot run, and does not call it passed', async () => {
    const report = await verify(lab => {
      lab.requires.tools = ['no-such-tool'];
    });
    expect(report).toMatchObject({outcome: 'not-run', rungs: [], unmet: [{code: 'host.unmet.tool'}]});
    expect(verifyStatus([report])).toBe(3);
    expect(reportLines(report, 'en').join('\n')).toContain('no-such-tool');
    expect(sumLine([report], 'en')).toBe('0 passed, 0 failed, 1 not run');
  });
});

describe('mutants', () => {
  it('lists what no check notices', async () => {
    const report = await verify(
      lab => {
        for (const block of lab.steps[0]!.blocks) {
          if (block.kind !== 'container') continue;
          block.spec = {...block.spec, domainname: 'zoo', linux: {namespaces: [{type: 'uts'}, {type: 'ipc'}]}};
        }
      },
      {mutants: true},
    );
    const calls = report.mutants?.filter(mutant => mutant.kind === 'operation') ?? [];
    const call = (what: string) => calls.find(mutant => mutant.what === what);
    expect(call('setdomainname (uts.setdomainname)')).toMatchObject({plumbing: false, noticed: []});
    expect(call('execve (process.exec)')?.noticed.length).toBeGreaterThan(0);
    expect(call('close_range (process.close-others)')).toMatchObject({plumbing: true});
    const survivors = report.mutants
      ?.filter(mutant => mutant.noticed.length === 0 && mutant.kind !== 'operation')
      .map(mutant => mutant.what);
    expect(survivors).toEqual(['ipc', 'domainname']);
    expect(bad(report)).toEqual([]);
    expect(report.outcome).toBe('failed');
    expect(reportLines(report, 'en').join('\n')).toContain('SURVIVED: box without ipc');
  });
});

describe('the status', () => {
  const of = (outcome: LabReport['outcome']): LabReport => ({
    lab: 'x',
    number: '1',
    outcome,
    unmet: [],
    rungs: [],
    ms: 0,
  });
  it.each([
    [['passed', 'passed'], 0],
    [['passed', 'failed', 'not-run'], 1],
    [['passed', 'not-run'], 3],
    [[], 1],
  ] as [LabReport['outcome'][], number][])('%j: %i', (outcomes, status) => {
    expect(verifyStatus(outcomes.map(of))).toBe(status);
  });
});
