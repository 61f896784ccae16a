/** Freezing: one value for what is drawn, a warning for all to see, and a reason for what is left out. */
import {describe, expect, it} from 'vitest';
import {toCards} from '../../../../src/course/quiz/export/cards.ts';
import {exportQuestions, QUESTION_FORMATS} from '../../../../src/course/quiz/export/export.ts';
import type {Frozen} from '../../../../src/course/quiz/export/types.ts';
import {realItems} from '../support.ts';
import {everyKind} from './support.ts';

const frozenOf = (frozen?: ReadonlyMap<string, Frozen>) =>
  toCards(everyKind, {lang: 'en', seed: 's', ...(frozen && {frozen})});

describe('cards', () => {
  it('leave out what only a kernel knows, with the reason', () => {
    const {cards, left} = frozenOf();
    expect(left.map(({item, code}) => [item, code])).toEqual([
      ['made/drawn', 'left.needs-stage'],
      ['made/prediction', 'left.live-answer'],
      ['made/diagnosis', 'left.needs-stage'],
      ['made/reading', 'left.needs-stage'],
    ]);
    expect(cards.length).toBe(everyKind.length - 4);
  });

  it('freeze a variable in the text and the choices alike, and say so', () => {
    const {cards} = frozenOf();
    const single = cards.find(({id}) => id === 'made/single')!;
    const [, name] = /^Which of (lion|tiger|puma)\?$/.exec(single.ask)!;
    expect(single.answer).toMatchObject({choices: [{text: `a ${name}`}, {text: `b ${name}`, right: true}, {}]});
    expect(single.warning).toContain(`name = ${name}`);
    expect(cards.find(({id}) => id === 'made/number')).not.toHaveProperty('warning');
  });

  it('take what a kernel has said, with the day', () => {
    const at = '2026-01-02T10:00:00.000Z';
    const said: Frozen = {at, vars: {name: 'lion'}, values: {}, key: {choices: ['b']}};
    const {cards} = frozenOf(new Map([['made/prediction', said]]));
    const card = cards.find(({id}) => id === 'made/prediction')!;
    expect((card.answer as {choices: {right: boolean}[]}).choices.map(({right}) => right)).toEqual([
      false,
      true,
      false,
    ]);
    expect(card.warning).toContain('2026-01-02');
  });

  it('have an order, a solution and a hand to grade it', () => {
    const {cards} = frozenOf();
    expect(cards.find(({id}) => id === 'made/order')!.answer).toEqual({
      type: 'order',
      items: ['item c', 'item a', 'item b'],
    });
    const repair = cards.find(({id}) => id === 'made/repair')!;
    expect((repair.answer as {solution: string}).solution).toMatch(/hostname (lion|tiger|puma)/);
    expect(repair.warning).toContain('Nothing grades them');
  });

  it.each(QUESTION_FORMATS)(
    '%s: every question of the labs is in it or named, and the same seed gives the same bytes',
    async to => {
      const items = [...(await realItems()), ...everyKind];
      const made = exportQuestions(items, to, {lang: 'zh', seed: 'x'});
      expect(made.count + made.left.length).toBe(items.length);
      expect(made.count).toBeGreaterThan(40);
      expect(exportQuestions(items, to, {lang: 'zh', seed: 'x'}).data).toEqual(made.data);
      // Each warning is one that a reader sees.
      const text = typeof made.data === 'string' ? made.data : undefined;
      for (const {item} of made.warned) if (text !== undefined) expect(text).toContain(item.split('/')[1]);
      expect(made.warned.map(({item}) => item)).toContain('made/repair');
    },
  );
});
