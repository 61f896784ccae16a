import {readdirSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {type Lab, loadLab} from '../../../src/course/index.ts';
import {publicLab, putBack} from '../../../src/course/share/public.ts';
import {isPublicLab} from '../../../src/course/share/sound.ts';
import {smallLab} from '../../ui/support/lab.ts';
import {demo, numbered, Reader} from './support.ts';

const pos = {file: '/home/teacher/labs/01-uts/lab.md', line: 1, col: 1};

/** The small lab with a word of its own in everything that is nobody's business. */
function told(): Lab {
  const lab = smallLab();
  lab.dir = '/home/teacher/labs/01-uts';
  lab.sources = ['SECRET-source'];
  lab.vars = {name: {pick: ['tiger', 'SECRET-var']}};
  const [step] = lab.steps;
  step!.blocks.push(
    {kind: 'note', text: {en: 'SECRET-note', zh: 'SECRET-note'}, pos},
    {
      kind: 'quiz',
      id: 'q',
      type: 'single',
      ask: {en: 'SECRET-question'},
      choices: [{id: 'a', text: {en: 'SECRET-choice'}, right: true, because: {en: 'SECRET-because'}}],
      answer: 'SECRET-answer',
      pos,
    },
  );
  for (const block of step!.blocks) {
    if (block.kind === 'check') {
      block.expr = 'SECRET-expression';
      block.hints = [{en: 'first hint'}, {en: 'SECRET-hint'}];
      block.solve[0]!.commands = ['the solution'];
      block.mistakes[0]!.say = {en: 'said when made'};
      block.mistakes.push({id: 'other', pos, commands: [], when: 'SECRET-when', say: {en: 'SECRET-mistake'}});
    }
    if (block.kind === 'predict') {
      block.because = {en: 'the reason'};
      for (const choice of block.choices) choice.when = 'SECRET-condition';
    }
  }
  lab.cleanup = [{kind: 'run', on: 'host', commands: ['SECRET-cleanup'], expect: 0, pos}];
  return lab;
}

test('what everyone gets holds no note and no answer, in any byte', async () => {
  const hub = await demo();
  const event = numbered();
  const lab = told();
  hub.lab(lab);
  const early = new Reader(hub.sockets.share!);
  await early.until(one => one.lines.length > 1);
  for (const text of ['first hint', 'the solution', 'said when made', 'the reason'])
    expect(early.text).not.toContain(text);
  const start = {version: '0', kernel: '6', stage: 'private', root: true} as const;
  const verdict = {type: 'check', id: 'renamed', verdict: 'fail', values: {}} as const;
  for (const one of event(
    {type: 'session-started', lab: 'uts', labDir: lab.dir, seed: 'SECRET-seed', vars: {name: 'tiger'}, ...start},
    {type: 'hint-shown', check: 'renamed', index: 0, of: 2},
    {type: 'solution-shown', check: 'renamed', runs: [0]},
    {...verdict, mistake: 'wrong-side'},
    {...verdict, mistake: 'wrong-side'},
    {type: 'prediction-judged', id: 'who', choice: null, answer: 'box', verdict: 'pass'},
    {type: 'session-ended', reason: 'left', left: ['/home/teacher']},
  ))
    hub.event(one);
  const late = new Reader(hub.sockets.share!);
  for (const reader of [early, late]) {
    await reader.until(({events}) => events.at(-1)?.type === 'session-ended');
    expect(reader.text).not.toMatch(/SECRET|teacher/);
    // What was shown is there, once, before the event that shows it.
    expect(reader.lines.map(line => (line.kind === 'event' ? line.event.type : line.kind))).toEqual([
      'recording',
      'lab',
      'session-started',
      'reveal',
      'hint-shown',
      'reveal',
      'solution-shown',
      'reveal',
      'check',
      'check',
      'reveal',
      'prediction-judged',
      'session-ended',
    ]);
  }
  const speaker = new Reader(hub.sockets.notes!);
  await speaker.until(({events}) => events.at(-1)?.type === 'session-ended');
  expect(speaker.text).toContain('SECRET-note');
});

test('a follower has the lab with its blocks in their places, and what was revealed in its own', async () => {
  const hub = await demo();
  const lab = told();
  hub.lab(lab);
  for (const one of numbered()({type: 'hint-shown', check: 'renamed', index: 0, of: 2})) hub.event(one);
  const reader = new Reader(hub.sockets.share!);
  await reader.until(({events}) => events.length > 0);
  const got = reader.lines.flatMap(line => (line.kind === 'lab' ? [line.lab] : []))[0]!;
  for (const line of reader.lines) if (line.kind === 'reveal') putBack(got, line.reveal);
  expect(got.steps.map(step => step.blocks.length)).toEqual(lab.steps.map(step => step.blocks.length));
  const check = got.steps[0]!.blocks.find(block => block.kind === 'check')!;
  expect(check.hints).toEqual([{en: 'first hint'}, {en: ''}]);
});

test('every lab that comes along is one for followers, too', async () => {
  const labs = path.resolve(import.meta.dirname, '../../../labs');
  const loaded = await Promise.all(readdirSync(labs).map(name => loadLab(path.join(labs, name))));
  const whole = loaded.flatMap(({lab}) => (lab ? [lab] : []));
  expect(whole.length).toBeGreaterThan(9);
  for (const lab of whole) {
    expect(isPublicLab(JSON.parse(JSON.stringify(publicLab(lab)))), lab.id).toBe(true);
    for (const block of lab.steps.flatMap(step => step.blocks)) {
      const text = JSON.stringify(publicLab(lab));
      if (block.kind === 'note') expect(text).not.toContain(JSON.stringify(block.text.en).slice(1, 40));
    }
  }
  expect(isPublicLab({...publicLab(whole[0]!), title: {en: 5}})).toBe(false);
});
