/** GIFT, read back by a parser of others and by our own: every text as it was, whatever it holds. */
import fc from 'fast-check';
import {type GIFTQuestion, parse} from 'gift-pegjs';
import {describe, expect, it} from 'vitest';
import {toCards} from '../../../../src/course/quiz/export/cards.ts';
import {toGift} from '../../../../src/course/quiz/export/gift.ts';
import {safeMarkdown} from '../../../../src/course/quiz/export/markdown.ts';
import type {Card} from '../../../../src/course/quiz/export/types.ts';
import {withWarning} from '../../../../src/course/quiz/export/wording.ts';
import {parseGift} from '../../../../src/course/quiz/import/gift.ts';
import {realItems} from '../support.ts';
import {anyCard, everyKind} from './support.ts';

const questions = (text: string) => parse(text).filter(one => one.type !== 'Category');

type Choices = {
  choices: {text: {text: string}; isCorrect: boolean; weight: number | null; feedback: {text: string} | null}[];
};

/** What is common to both parsers. */
function byOthers(question: GIFTQuestion) {
  const {choices} = question as unknown as Choices;
  return {
    stem: (question as {stem: {text: string}}).stem.text,
    choices: Array.isArray(choices)
      ? choices.map(one => [one.text.text, one.isCorrect || (one.weight ?? 0) > 0, one.feedback?.text ?? ''])
      : undefined,
  };
}

function wanted({ask: _, answer, ...rest}: Card, stem: string) {
  const choices =
    'choices' in answer
      ? answer.choices.map(one => [safeMarkdown(one.text), one.right, safeMarkdown(one.because)])
      : undefined;
  return {...rest, stem, choices};
}

describe('GIFT', () => {
  it('has every question of the labs, or names it', async () => {
    const items = [...(await realItems()), ...everyKind];
    for (const lang of ['en', 'zh'] as const) {
      const {cards, left} = toCards(items, {lang, seed: 's'});
      const made = toGift(cards);
      expect(cards.length + left.length).toBe(items.length);
      const titles = questions(made.text).map(one => one.title);
      expect(titles).toEqual(cards.filter(card => !made.left.some(({item}) => item === card.id)).map(card => card.id));
      expect(made.left).toEqual([]);
    }
  });

  it('is read by others as it was written', () => {
    fc.assert(
      fc.property(anyCard, card => {
        const {text, left} = toGift([card]);
        fc.pre(left.length === 0);
        const [question, ...more] = questions(text);
        expect(more).toEqual([]);
        const {stem, choices} = wanted(card, safeMarkdown(withWarning(card, true)));
        const read = byOthers(question!);
        expect(read.stem).toBe(stem);
        if (choices && question!.type === 'MC') expect(read.choices).toEqual(choices);
      }),
    );
  });

  it('is read by us as others read it', () => {
    fc.assert(
      fc.property(fc.array(anyCard, {minLength: 1, maxLength: 3}), cards => {
        const {text} = toGift(cards);
        const ours = parseGift(text).questions;
        const theirs = questions(text);
        expect(ours.length).toBe(theirs.length);
        ours.forEach((one, i) => {
          const {stem, choices} = byOthers(theirs[i]!);
          expect(one.title).toBe(theirs[i]!.title);
          expect(one.ask).toBe(stem);
          if (one.answers.type === 'choices' && theirs[i]!.type === 'MC')
            expect(one.answers.choices.map(({text: said, weight, feedback}) => [said, weight > 0, feedback])).toEqual(
              choices,
            );
        });
      }),
    );
  });

  it('names what its readers would take for something else', () => {
    const card = (answer: Card['answer']): Card => ({
      id: 'x/q',
      number: '01',
      labId: 'x',
      lab: 'X',
      kind: 'text',
      lang: 'en',
      ask: 'Which?',
      answer,
      because: '',
    });
    expect(toGift([card({type: 'text', value: 'a->b'})]).left).toMatchObject([{item: 'x/q', code: 'left.gift-arrow'}]);
    expect(toGift([card({type: 'text', value: '&&035;'})]).left).toMatchObject([{code: 'left.gift-mark'}]);
    const choices = Array.from({length: 11}, (_, i) => ({text: String(i), right: true, because: ''}));
    expect(toGift([card({type: 'multiple', choices})]).left).toMatchObject([
      {code: 'left.too-many-right', params: {count: 11}},
    ]);
  });
});
