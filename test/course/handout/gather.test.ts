/** A stream of events as a handout: order, values of that moment, what is whose, and what a rebuilding does again. */
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {terminalText, visible} from '../../../src/course/handout/text.ts';
import {type Event, type EventBody, gather, type Lab} from '../../../src/course/index.ts';
import {readLab} from '../session/helper.ts';

const lab: Lab = await readLab(fileURLToPath(new URL('../../fixtures/labs/01-sample', import.meta.url)));
const [step] = lab.steps;
const run = (id: string) => step!.blocks.findIndex(block => block.kind === 'run' && block.id === id);

const numbered = (bodies: EventBody[]): Event[] => bodies.map((body, seq) => ({...body, seq, ms: seq}));
const facts = (host: string, box?: string): EventBody => ({
  type: 'facts',
  sides: {host: {hostname: host, pid: 5n, uid: 0n}, box: box === undefined ? null : {hostname: box, pid: 7n}},
  changed: [],
});
const command = (text: string, by: 'lab' | 'learner', side = 'box'): EventBody[] => [
  {type: 'command-typed', side, command: text, by},
  {type: 'command-finished', side, command: text, by, status: 0, output: `of ${text}\n`},
];
const start: EventBody[] = [
  {
    type: 'session-started',
    lab: 'sample',
    labDir: '',
    version: '1',
    kernel: '6.1',
    stage: 'private',
    seed: 's',
    vars: {name: 'tiger'},
    root: true,
  },
  facts('old'),
  {type: 'step-entered', step: step!.id, index: 0, of: lab.steps.length},
];
const middle: EventBody[] = [
  {type: 'container-started', id: 'box', pid: 7},
  {
    type: 'journal',
    who: 'box',
    entries: [{who: 'keeper', call: 'clone3', args: [], startNs: 0n, durationNs: 0n, purpose: ''}],
  },
  facts('old', 'old'),
  {type: 'pending', block: {kind: 'run', on: 'host', commands: ['hostname'], run: 'first', at: run('first')}},
  {type: 'prediction-asked', id: 'p1'},
  {type: 'poll', prediction: 'p1', votes: {old: 9, new: 2}},
  ...command('hostname tiger', 'lab'),
  facts('old', 'tiger'),
  {type: 'prediction-judged', id: 'p1', choice: null, answer: 'old', verdict: 'cannot-judge'},
];
const end: EventBody[] = [
  {type: 'check', id: 'renamed', verdict: 'pass', values: {}},
  {type: 'step-done', step: step!.id, skipped: false},
  {type: 'lab-done', checksPassed: 1, checks: 1, predictionsRight: 0, predictions: 1},
  {type: 'session-ended', reason: 'finished', left: []},
];
const made = (...bodies: EventBody[]) => gather(lab, numbered(bodies), 'live');

describe('gathering', () => {
  test('texts carry the values of their moment, in both languages, and come in the order of the run', () => {
    const handout = made(...start, ...middle, ...end)!;
    const kinds = handout.pages[0]!.items.map(item => item.kind);
    expect(kinds.indexOf('container')).toBeLessThan(kinds.indexOf('question'));
    expect(kinds.indexOf('question')).toBeLessThan(kinds.indexOf('command'));
    expect(kinds.indexOf('command')).toBeLessThan(kinds.indexOf('answer'));
    const question = handout.pages[0]!.items.find(item => item.kind === 'question')!;
    expect(question).toMatchObject({
      ask: {en: expect.stringContaining('tiger'), zh: expect.stringContaining('tiger')},
      votes: {old: 9, new: 2},
    });
    expect(handout.pages[0]!.items.find(item => item.kind === 'container')).toMatchObject({calls: [{call: 'clone3'}]});
    expect(handout.run).toMatchObject({sound: true, passed: 1, checks: 1, how: 'live'});
  });

  test('a table below the last deed shows the end of the step, and what was when it began', () => {
    const handout = made(...start, ...middle, {type: 'pending', block: null}, facts('old', 'renamed'), ...end)!;
    const table = handout.pages[0]!.items.find(item => item.kind === 'facts');
    expect(table).toMatchObject({sides: ['host', 'box']});
  });

  test('what the lab types that no run block holds is a solution; what a hand types is not', () => {
    const handout = made(
      ...start,
      ...middle,
      ...command('anything else', 'lab'),
      ...command('by hand', 'learner'),
      ...end,
    )!;
    const typed = handout.pages[0]!.items.filter(item => item.kind === 'command');
    expect(typed.map(({command: text, solution}) => [text, solution])).toEqual([
      ['hostname tiger', false],
      ['anything else', true],
      ['by hand', false],
    ]);
  });

  test('a step that is done again is told once, as it went the last time', () => {
    const again: EventBody[] = [
      {type: 'rebuilding', step: step!.id, why: 'reset-step'},
      {type: 'step-entered', step: step!.id, index: 0, of: 1},
      ...command('while rebuilding', 'lab'),
      {type: 'rebuilt', step: step!.id},
    ];
    const handout = made(
      ...start,
      ...command('first time', 'learner'),
      ...again,
      ...command('second time', 'learner'),
      ...end,
    )!;
    const typed = handout.pages
      .flatMap(page => page.items)
      .flatMap(item => (item.kind === 'command' ? [item.command] : []));
    expect(typed).toEqual(['second time']);
  });

  test('a command that came out otherwise makes the run unsound', () => {
    const surprise: EventBody = {
      type: 'command-unexpected',
      side: 'box',
      command: 'hostname tiger',
      expected: 1,
      status: 0,
    };
    const handout = made(...start, ...middle, surprise, ...end)!;
    expect(handout.run.sound).toBe(false);
    expect(handout.pages[0]!.items.find(item => item.kind === 'command')).toMatchObject({expected: 1});
  });

  test('a stream that was cut off gives what there is; one without a step gives nothing', () => {
    expect(made(...start, ...middle)!.run.sound).toBe(false);
    expect(made(start[0]!)).toBeUndefined();
    expect(made()).toBeUndefined();
  });
});

describe('what a terminal showed', () => {
  const cut = (count: number) => `[${count}]`;

  test.each([
    ['a\r\nb\r\n', 'a\nb'],
    ['\x1b[1;31mred\x1b[0m \x1b]0;title\x07x', 'red x'],
    ['10%\r50%\r100%\n', '100%'],
    ['abc\b\bX\n', 'aX'],
    ['\n\nx\n\n', 'x'],
    ['col\tumn', 'col\tumn'],
  ])('%j', (output, text) => expect(terminalText(output, cut)).toBe(text));

  test('a flood is cut in its middle, and says by how much', () => {
    const text = terminalText(Array.from({length: 1000}, (_, i) => `${i}`).join('\n'), cut).split('\n');
    expect([text[0], text.at(-1), text.length]).toEqual(['0', '999', 121]);
    expect(text[60]).toBe('[880]');
  });

  test('nothing invisible is left', () => {
    expect(visible('a\x00b\x1bc\x7f\u202ed\ud800')).toBe('a␀b␛c\ufffd\\u202ed\ufffd');
  });
});
