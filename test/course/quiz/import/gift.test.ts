/** GIFT of others as a quiz.md that loads, and our own there and back. */
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {loadQuiz} from '../../../../src/course/format/quiz.ts';
import type {QuizBlock} from '../../../../src/course/lab.ts';
import {toGift} from '../../../../src/course/quiz/export/gift.ts';
import {safeMarkdown} from '../../../../src/course/quiz/export/markdown.ts';
import type {Card} from '../../../../src/course/quiz/export/types.ts';
import {importGift} from '../../../../src/course/quiz/import/quiz-md.ts';
import {anyCard} from '../export/support.ts';

let dir: string;
beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'glassbox-import-')), '03-pid');
  await mkdir(dir);
  await writeFile(
    join(dir, 'lab.md'),
    '---\nformat: 1\nid: pid\ntitle: T\nquestion: Q?\nminutes: 1\n---\n\n## S\n\n<a id="s"></a>\n\nText.\n',
  );
});
afterEach(() => rm(join(dir, '..'), {recursive: true, force: true}));

async function blocks(text: string): Promise<QuizBlock[]> {
  await writeFile(join(dir, 'quiz.md'), text);
  const {quiz, findings} = await loadQuiz(dir);
  const errors = findings.filter(({severity}) => severity === 'error').map(({code, line}) => `${line}: ${code}`);
  expect(errors).toEqual([]);
  return quiz!.steps.flatMap(step => step.blocks.filter(block => block.kind === 'quiz'));
}

const gift = async (source: string) => {
  const {text, notes} = importGift(source);
  return {blocks: text === '' ? [] : await blocks(text), notes: notes.map(({line, code}) => `${line} ${code}`)};
};

describe('import of GIFT', () => {
  it('takes what others write', async () => {
    const {blocks: made, notes} = await gift(
      [
        '// a comment {',
        "::Grant:: Who is buried in <b>Grant\\'s</b> tomb? {",
        '~Grant # no',
        '~%0%Jefferson',
        '=nobody # right \\: nobody',
        '}',
        '',
        'The sun rises in the east. {T # it does # yes}',
        '',
        'Two plus {=two =2} is four.',
        '',
        '[markdown]Which `ones`? {~%50%a ~%50%b ~%-100%c ####all of them}',
        '',
        'How many? {#4}',
        '',
        'And now? {#=7:0 #yes =%50%7:1}',
        '',
        'Put in order {=b -> 2 =a -> 1}',
        '',
        'Capitals {=France -> Paris =Italy -> Rome}',
      ].join('\r\n'),
    );
    expect(made.map(({type, ask}) => [type, ask.en])).toEqual([
      ['single', "Who is buried in **Grant\\\\'s** tomb?"],
      ['single', 'The sun rises in the east.'],
      ['text', 'Two plus \\_\\_\\_\\_\\_ is four.'],
      ['multiple', 'Which `ones`?'],
      ['number', 'How many?'],
      ['number', 'And now?'],
      ['order', 'Put in order'],
      ['single', 'Capitals Which one belongs to “France”?'],
      ['single', 'Capitals Which one belongs to “Italy”?'],
    ]);
    expect(made[0]!.choices!.map(({text, right, because}) => [text.en, right, because.en])).toEqual([
      ['Grant', false, 'no'],
      ['Jefferson', false, 'Say here why this is right or wrong.'],
      ['nobody', true, 'right : nobody'],
    ]);
    expect(made[1]!.choices!.map(({right, because}) => [right, because.en])).toEqual([
      [true, 'yes'],
      [false, 'it does'],
    ]);
    expect(made[2]!.answer).toBe('two');
    expect(made[3]!.because!.en).toBe('all of them');
    expect(made[5]).toMatchObject({answer: '7', because: {en: 'yes'}});
    const {answer, choices} = made[6]!;
    expect(answer!.split(' ').map(id => choices!.find(one => one.id === id)!.text.en)).toEqual(['a', 'b']);
    expect(notes).toEqual([
      '2 gift.reasons',
      '10 gift.more-answers',
      '10 gift.reasons',
      '12 gift.reasons',
      '14 gift.reasons',
      '16 gift.more-answers',
      '18 gift.reasons',
      '20 gift.reasons',
      '20 gift.reasons',
    ]);
  });

  it.each([
    ['Write. {}', 'gift.essay'],
    ['Only text.', 'gift.description'],
    ['$CATEGORY: a/b', 'gift.category'],
    ['Open {=a ~b', 'gift.unclosed'],
    ['{=a ~b}', 'gift.empty-ask'],
    ['What? {a b}', 'gift.broken'],
    ['How? {#3.14:0.01}', 'gift.tolerance'],
    ['How? {#1..5}', 'gift.tolerance'],
    ['How? {#12345678901234567890}', 'gift.tolerance'],
    ['Which? {~a ~b}', 'gift.no-right'],
    ['Say {=${box.pid\\}}', 'gift.expression'],
  ])('%s: %s, at its line', async (source, code) => {
    const {blocks: made, notes} = await gift(`\n\n${source}`);
    expect(made).toEqual([]);
    expect(notes).toEqual([`3 ${code}`]);
  });

  it('gives ids and headings to what has none, and to what has the same', async () => {
    const {blocks: made} = await gift('::q-a:: X {#1}\n\n::q-a:: Y {#2}\n\n::问题:: Z {#3}\n\n# Q *x* {#4}');
    expect(made.map(({id}) => id)).toEqual(['q-a', 'q-a-2', 'q-5', 'q-7']);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '{',
            '}',
            '=',
            '~',
            '#',
            '####',
            '::',
            '->',
            '%50%',
            '\\',
            '\n\n',
            'a',
            '中',
            '[html]',
            '<p>',
            '```',
            '${x}',
            '//',
            '1..2',
            'T',
          ),
          {maxLength: 30},
        ),
        parts => {
          importGift(parts.join(''));
        },
      ),
    );
  });

  it('gives back what was exported', async () => {
    const same = (card: Card, block: QuizBlock) => {
      const {answer, because} = card;
      expect(block.ask.en).toBe(safeMarkdown(card.ask));
      if (because !== '') expect(block.because!.en).toBe(safeMarkdown(because));
      if ('choices' in answer) {
        expect(block.type).toBe(answer.type);
        const said = block.choices!.map(one => [one.text.en, one.right, one.because.en]);
        expect(said).toEqual(answer.choices.map(one => [safeMarkdown(one.text), one.right, safeMarkdown(one.because)]));
      } else if (answer.type === 'number') expect(block.answer).toBe(String(answer.value));
      else if (answer.type === 'text') expect(block.answer).toBe(answer.value);
      else if (answer.type === 'order')
        expect(block.answer!.split(' ').map(id => block.choices!.find(one => one.id === id)!.text.en)).toEqual(
          answer.items.map(safeMarkdown),
        );
    };
    await fc.assert(
      fc.asyncProperty(fc.array(anyCard, {minLength: 1, maxLength: 4}), async cards => {
        const asked = cards.filter(
          ({answer}) =>
            answer.type !== 'essay' &&
            !(answer.type === 'text' && /[\x00-\x1f\ud800\ufffe]|^\s|\s$/.test(answer.value)),
        );
        const {text, left} = toGift(asked);
        fc.pre(left.length === 0 && asked.length > 0);
        const made = await blocks(importGift(text).text);
        expect(made.length).toBe(asked.length);
        for (const [i, card] of asked.entries()) same(card, made[i]!);
      }),
      {numRuns: 60},
    );
  });
});
