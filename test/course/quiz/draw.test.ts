import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {RunBlock} from '../../../src/course/lab.ts';
import {ask, drawItems, drawQuiz, seedOf} from '../../../src/course/quiz/draw.ts';
import {isLive, itemsOf, sameIds, staticKey} from '../../../src/course/quiz/pool.ts';
import {KINDS} from '../../../src/course/quiz/types.ts';
import {madeUpLab, quizBlock, realItems} from './support.ts';

describe('the pool', () => {
  it('has every question of the labs once, each with what it needs', async () => {
    const items = await realItems();
    expect(items.length).toBeGreaterThan(40);
    expect(new Set(items.map(({id}) => id)).size).toBe(items.length);
    expect(sameIds(items)).toEqual([]);
    for (const item of items) {
      expect(KINDS).toContain(item.kind);
      expect(item.stage).toBe(isLive(item.block) ? 'lab' : 'none');
      expect(item.doc.steps.map(step => step.id)).toContain(item.step);
      expect(item.show).toBe(item.step);
      expect(staticKey(item.block) === undefined).toBe(item.stage === 'lab');
    }
    expect(items.find(({id}) => id === 'pid/q-hands')).toMatchObject({kind: 'repair', number: '03', stage: 'lab'});
    expect(items.find(({block}) => block.answer === '${box.ns.net}')).toMatchObject({kind: 'reading', labId: 'net'});
    const order = items.find(({id}) => id === 'pid/q-order')!;
    expect(staticKey(order.block)).toEqual({order: ['closed', 'zap', 'reap', 'parent']});
  });

  it('knows what a section of quiz.md needs, and which step of the lab it is about', () => {
    const lab = madeUpLab([quizBlock()]);
    const live = quizBlock({
      id: 'live',
      choices: [{id: 'x', text: {en: 'x'}, right: false, when: 'true', because: {en: ''}}],
    });
    const quiz = madeUpLab([quizBlock({id: 'plain'}), live, quizBlock({id: 'cause', asks: 'diagnosis'})]);
    const run: RunBlock = {kind: 'run', pos: quiz.steps[2]!.pos, on: 'host', commands: ['true'], expect: 0};
    quiz.steps[2]!.blocks.unshift(run);
    quiz.steps[1]!.id = 's-q';
    expect(itemsOf(lab, quiz).map(({id, kind, stage, show}) => ({id, kind, stage, show}))).toEqual([
      {id: 'made/q', kind: 'single', stage: 'none', show: 's-q'},
      {id: 'made/plain', kind: 'single', stage: 'none', show: 's-q'},
      {id: 'made/live', kind: 'prediction', stage: 'own', show: 's-q'},
      {id: 'made/cause', kind: 'diagnosis', stage: 'own', show: 's-q'},
    ]);
  });

  it('says where two questions have one id', () => {
    const lab = madeUpLab([quizBlock(), quizBlock({pos: {file: 'quiz.md', line: 7, col: 1}})]);
    expect(sameIds(itemsOf(lab))).toEqual([
      {
        file: 'quiz.md',
        line: 7,
        col: 1,
        severity: 'error',
        code: 'quiz.same-id',
        params: {id: 'q', file: 'lab.md', line: 1},
      },
    ]);
  });
});

describe('drawing', () => {
  it('is the same for a seed, whatever order the files have', async () => {
    const items = await realItems();
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({min: 1, max: 30}),
        fc.shuffledSubarray(items, {minLength: items.length}),
        (seed, count, mixed) => {
          const quiz = drawQuiz(items, {seed, count});
          expect(drawQuiz(mixed, {seed: ` ${seed.normalize('NFC')} `, count})).toEqual(quiz);
          expect(quiz.asked.length).toBe(Math.min(count, items.length));
          expect(new Set(quiz.asked.map(one => one.item)).size).toBe(quiz.asked.length);
          expect(quiz.asked.map(one => one.n)).toEqual(quiz.asked.map((_, i) => i + 1));
        },
      ),
      {numRuns: 30},
    );
  });

  it('is this one for this seed: on every machine, in every version', () => {
    const lab = madeUpLab(['one', 'two', 'three', 'four'].map(id => quizBlock({id})));
    const {asked} = drawQuiz(itemsOf(lab), {seed: 'class of 2026', count: 3});
    expect(
      asked.map(({item, ask: {en}, choices}) => [item, en, choices!.map(({id}) => id).join('')].join(' ')),
    ).toMatchInlineSnapshot(`
      [
        "made/three Which of lion? bac",
        "made/four Which of puma? cba",
        "made/two Which of tiger? cba",
      ]
    `);
  });

  it('spreads over labs, then kinds', async () => {
    const items = await realItems();
    const labs = new Set(items.map(({labId}) => labId)).size;
    fc.assert(
      fc.property(fc.string(), seed => {
        const some = drawItems(items, {seed, count: labs});
        expect(new Set(some.map(({labId}) => labId)).size).toBe(labs);
        expect(new Set(some.map(({kind}) => kind)).size).toBeGreaterThan(3);
      }),
      {numRuns: 30},
    );
  });

  it('draws another quiz for another seed, and every question for some', async () => {
    const items = await realItems();
    const drawn = Array.from({length: 40}, (_, i) => drawItems(items, {seed: String(i), count: 20}).map(({id}) => id));
    expect(new Set(drawn.map(ids => ids.join())).size).toBe(40);
    expect(new Set(drawn.flat()).size).toBe(items.length);
  });

  it('keeps to labs and kinds, with what is always in and never in', async () => {
    const items = await realItems();
    const of = (options: Partial<Parameters<typeof drawItems>[1]>) =>
      drawItems(items, {seed: 's', ...options}).map(({id}) => id);
    expect(new Set(of({labs: ['3', 'uts']}).map(id => id.split('/')[0]))).toEqual(new Set(['pid', 'uts']));
    expect(of({labs: ['03-pid']}).sort()).toEqual(of({labs: ['03']}).sort());
    expect(of({kinds: ['repair']}).length).toBeGreaterThan(3);
    expect(of({labs: ['uts'], count: 2, include: ['pid/q-hands']})).toContain('pid/q-hands');
    expect(of({labs: ['uts'], count: 2, include: ['pid/q-hands']}).length).toBe(2);
    expect(of({exclude: ['pid/q-hands']})).not.toContain('pid/q-hands');
    expect(of({count: 1, include: ['pid/q-hands', 'pid/q-order']}).sort()).toEqual(['pid/q-hands', 'pid/q-order']);
    expect(of({labs: ['nonsense']})).toEqual([]);
  });
});

describe('asking', () => {
  const item = (rest: Parameters<typeof quizBlock>[0]) => itemsOf(madeUpLab([quizBlock(rest)]))[0]!;

  it('fills in what was drawn, in both languages, and holds no answer', () => {
    const asked = ask(item({because: {en: 'SECRET'}}), 4, 'seed', {single: 3});
    expect(asked).toMatchObject({n: 4, item: 'made/q', points: 3, live: false});
    const {name} = asked.vars;
    expect(['lion', 'tiger', 'puma']).toContain(name);
    expect(asked.ask).toEqual({en: `Which of ${name}?`, zh: `${name} 的哪个？`});
    expect(asked.choices!.map(({id}) => id).sort()).toEqual(['a', 'b', 'c']);
    expect(asked.choices!.find(({id}) => id === 'a')).toEqual({id: 'a', text: {en: `a ${name}`}});
    expect(JSON.stringify(asked)).not.toMatch(/right|because|SECRET|answer/);
  });

  it('every order of choices comes, the right one of an order question never', () => {
    const orders = (rest: Parameters<typeof quizBlock>[0]) =>
      new Set(
        Array.from({length: 200}, (_, i) =>
          ask(item(rest), 1, String(i))
            .choices!.map(({id}) => id)
            .join(' '),
        ),
      );
    expect(orders({}).size).toBe(6);
    const rest = orders({type: 'order', answer: 'b a c'});
    expect(rest.size).toBe(5);
    expect(rest).not.toContain('b a c');
  });

  it('gives each question a seed of its own', () => {
    expect(seedOf('s', 'a/q')).not.toBe(seedOf('s', 'b/q'));
    expect(seedOf('s', 'a/q')).not.toBe(seedOf('t', 'a/q'));
    expect(seedOf(' s ', 'a/q')).toMatch(/^[\da-f]{16}$/);
    expect(seedOf(' s ', 'a/q')).toBe(seedOf('s', 'a/q'));
  });
});
