// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the holes of labs look like that
import {describe, expect, it} from 'vitest';
import {
  type Event,
  type EventBody,
  fold,
  initialState,
  type Lab,
  type LabState,
  wordsOf,
} from '../../../src/course/index.ts';
import type {JournalEntry} from '../../../src/engine/index.ts';

const pos = {file: 'lab.md', line: 1, col: 1};
const check = (id: string) =>
  ({kind: 'check', id, title: {en: id}, expr: 'true', hints: [], solve: [], mistakes: [], pos}) as const;
const lab = {
  format: 1,
  id: 'x',
  number: '01',
  dir: '/x',
  title: {en: 'X'},
  question: {en: '?'},
  minutes: 1,
  sources: [],
  requires: {},
  vars: {},
  langs: ['en'],
  cleanup: [],
  steps: [
    {
      id: 'a',
      title: {en: 'A'},
      pos,
      blocks: [check('ca'), {kind: 'predict', id: 'pa', ask: {en: '?'}, choices: [], pos}],
    },
    {id: 'b', title: {en: 'B'}, pos, blocks: [check('cb')]},
    {id: 'c', title: {en: 'C'}, pos, blocks: []},
  ],
} as unknown as Lab;

let seq = 0;
const run = (bodies: EventBody[], from: LabState = initialState(lab)): LabState =>
  bodies.reduce((state, body) => fold(state, {...body, seq: seq++, ms: seq} as Event), from);
const enter = (step: string, index: number): EventBody => ({type: 'step-entered', step, index, of: 3});
const passes = (id: string): EventBody => ({type: 'check', id, verdict: 'pass', values: {}});
const fails = (id: string, mistake?: string): EventBody => ({type: 'check', id, verdict: 'fail', mistake, values: {}});
const call = (name: string): JournalEntry => ({
  who: 'child',
  call: name,
  args: [],
  startNs: 0n,
  durationNs: 0n,
  purpose: 'x',
});

describe('the fold', () => {
  it('never changes a state, and gives the same one for bytes', () => {
    const freeze = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
      Object.freeze(value);
      Object.values(value).forEach(freeze);
    };
    let state = initialState(lab);
    const bodies: EventBody[] = [
      {type: 'terminal-opened', side: 'host', cols: 80, rows: 24},
      enter('a', 0),
      {type: 'command-typed', side: 'host', command: 'id', by: 'lab'},
      fails('ca', 'm'),
      {type: 'prediction-asked', id: 'pa'},
      {type: 'journal', who: 'box', entries: [call('clone3')]},
      {type: 'facts', sides: {host: {hostname: 'vm'}}, changed: ['host']},
      {type: 'rebuilding', step: 'a', why: 'reset-lab'},
    ];
    for (const body of bodies) {
      freeze(state);
      state = run([body], state);
    }
    expect(fold(state, {type: 'bytes', side: 'host', data: new Uint8Array(9), seq: 99, ms: 99})).toBe(state);
  });

  it('follows the steps', () => {
    let state = run([enter('a', 0)]);
    expect(state).toMatchObject({phase: 'running', current: 0});
    state = run(
      [{type: 'step-done', step: 'a', skipped: false}, enter('b', 1), {type: 'step-done', step: 'b', skipped: true}],
      state,
    );
    expect(state.steps.map(step => step.status)).toEqual(['done', 'skipped', 'ahead']);
  });

  it('keeps that a check has passed when it fails later', () => {
    const state = run([enter('a', 0), fails('ca', 'm'), passes('ca'), fails('ca')]);
    expect(state.checks.ca).toMatchObject({verdict: 'fail', passed: true, mistake: null});
  });

  it('takes the facts at the beginning of a step as its before', () => {
    const at = (hostname: string): EventBody => ({
      type: 'facts',
      sides: {host: {hostname}},
      changed: ['host.hostname'],
    });
    const state = run([at('one'), enter('a', 0), at('two')]);
    expect(state.facts).toMatchObject({now: {host: {hostname: 'two'}}, before: {host: {hostname: 'one'}}});
    expect(wordsOf({en: '${before.host.hostname} → ${host.hostname} ${x}', zh: ''}, 'en', state)).toBe(
      'one → two ${x}',
    );
    expect(wordsOf({en: 'only English'}, 'zh', state)).toBe('only English');
  });

  it('says which command runs, and how it ended', () => {
    const typed: EventBody = {type: 'command-typed', side: 'host', command: 'false', by: 'lab', run: 'r'};
    let state = run([
      {type: 'terminal-opened', side: 'host', cols: 80, rows: 24},
      {type: 'terminal-idle', side: 'host', sure: true},
      typed,
    ]);
    expect(state.terminals.host).toMatchObject({idle: false, command: 'false', by: 'lab'});
    expect(state.commands.at(-1)?.status).toBeUndefined();
    state = run(
      [
        {...typed, type: 'command-finished', status: 1, output: ''},
        {type: 'command-unexpected', side: 'host', command: 'false', expected: 0, status: 1},
      ],
      state,
    );
    expect(state.terminals.host).toMatchObject({idle: true, command: null});
    expect(state.commands.at(-1)).toMatchObject({status: 1, expected: 0});
  });

  it('forgets nothing of the steps before, and all of the others, when a stage is rebuilt', () => {
    const before = run([
      enter('a', 0),
      passes('ca'),
      {type: 'hint-shown', check: 'ca', index: 0, of: 1},
      {type: 'prediction-judged', id: 'pa', choice: 'x', answer: 'x', verdict: 'pass'},
      {type: 'step-done', step: 'a', skipped: false},
      enter('b', 1),
      fails('cb', 'm'),
      {type: 'container-started', id: 'box', pid: 1},
      {type: 'terminal-opened', side: 'box', cols: 80, rows: 24},
      {type: 'wrong-side', command: 'x', typedOn: 'host', expectedOn: 'box', check: 'cb'},
      {type: 'command-typed', side: 'host', command: 'pstree -pl 4711', by: 'lab', run: 'tree'},
    ]);
    expect(before.commands).toHaveLength(1);
    const state = run([{type: 'rebuilding', step: 'b', why: 'reset-step'}], before);
    expect(state).toMatchObject({phase: 'rebuilding', containers: {}, terminals: {}, wrongSide: null, pending: null});
    expect(state.commands).toEqual([]); // what they were typed with, such as ${box.pid}, is another value now
    expect(state.steps.map(step => step.status)).toEqual(['done', 'ahead', 'ahead']);
    expect(state.checks).toMatchObject({ca: {passed: true, hints: 1}, cb: {verdict: null, mistake: null}});
    expect(state.predictions.pa?.verdict).toBe('pass');
    const done = run([enter('b', 1), {type: 'rebuilt', step: 'b'}], state);
    expect(done).toMatchObject({phase: 'running', rebuilding: null, current: 1});
    const lost = run([{type: 'rebuilding', step: 'a', why: 'reset-lab'}], before);
    expect(lost.predictions.pa?.status).toBe('ahead');
    expect(lost.checks.ca?.passed).toBe(false);
  });

  it('takes the steps before a resumed one as done', () => {
    const state = run([{type: 'rebuilding', step: 'c', why: 'resume'}, enter('c', 2)]);
    expect(state.steps.map(step => step.status)).toEqual(['done', 'done', 'current']);
  });

  it('clears the wrong side when its check passes, and not when another does', () => {
    const wrong: EventBody = {type: 'wrong-side', command: 'x', typedOn: 'host', expectedOn: 'box', check: 'ca'};
    const state = run([enter('a', 0), wrong, passes('cb')]);
    expect(state.wrongSide).not.toBeNull();
    expect(run([passes('ca')], state).wrongSide).toBeNull();
  });

  it('stays small: journal, commands and errors keep their newest, with their numbers', () => {
    const many: EventBody[] = Array.from({length: 500}, (_, i) => ({
      type: 'journal',
      who: 'box',
      entries: Array.from({length: 5}, () => call(`call${i}`)),
    }));
    const errors: EventBody[] = Array.from({length: 30}, (_, i) => ({
      type: 'error',
      error: {code: `e${i}`, params: {}},
      where: 'x',
      fatal: false,
    }));
    const state = run([...many, ...errors]);
    expect(state.journal).toHaveLength(2000);
    expect(state.journal[0]?.n).toBe(500);
    expect(state.journal.at(-1)).toMatchObject({n: 2499, entry: {call: 'call499'}});
    expect(state.errors).toHaveLength(20);
    expect(state.errors.at(-1)?.error.code).toBe('e29');
  });

  it('keeps why the stage was rebuilt until the learner goes on', () => {
    const rebuilt = run([
      {type: 'rebuilding', step: 'b', why: 'lost'},
      {type: 'container-started', id: 'box', pid: 1},
      {type: 'command-typed', side: 'host', command: 'id', by: 'lab'},
      enter('b', 1),
      {type: 'rebuilt', step: 'b'},
    ]);
    expect(rebuilt.rebuilt).toEqual({step: 'b', why: 'lost'});
    const deeds: EventBody[] = [
      {type: 'command-typed', side: 'host', command: 'id', by: 'learner'},
      {type: 'container-started', id: 'box', pid: 2},
      {type: 'prediction-answered', id: 'pa', choice: null},
      {type: 'rebuilding', step: 'b', why: 'reset-step'},
      enter('c', 2),
    ];
    for (const deed of deeds) expect(run([deed], rebuilt).rebuilt, deed.type).toBeNull();
    const other: EventBody[] = [fails('cb'), {type: 'terminal-idle', side: 'host', sure: true}, enter('b', 1)];
    expect(run(other, rebuilt).rebuilt).toEqual({step: 'b', why: 'lost'});
  });

  it('knows the processes of the stage, and none of one that goes', () => {
    const keeper = {pid: 9, ppid: 1, nspids: [9], pidns: 7n, comm: 'k', command: 'k', state: 'S', side: 'keeper'};
    const state = run([
      {type: 'processes', list: [keeper]},
      {type: 'xray', pid: 9, facts: {comm: 'k'}},
    ]);
    expect(state).toMatchObject({processes: [keeper], xray: {pid: 9, facts: {comm: 'k'}}});
    const gone = run([{type: 'rebuilding', step: 'a', why: 'go'}], state);
    expect(gone).toMatchObject({processes: [], xray: {pid: 9, facts: null}});
  });
});
