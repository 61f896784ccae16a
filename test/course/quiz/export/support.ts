/** Questions of every kind, awkward ones too, and validators that others wrote. */

import fc from 'fast-check';
import {validateXML} from 'xmllint-wasm';
import type {QuizBlock} from '../../../../src/course/lab.ts';
import type {Card, CardAnswer} from '../../../../src/course/quiz/export/types.ts';
import {itemsOf} from '../../../../src/course/quiz/pool.ts';
import type {Item} from '../../../../src/course/quiz/types.ts';
import {madeUpLab, quizBlock} from '../support.ts';

const {choices: _, ...bare} = quizBlock();
const rest = {pos: bare.pos, because: {en: 'Because.', zh: '因为。'}};
const only = (block: Partial<QuizBlock>): QuizBlock => ({...bare, ...rest, ...block});
const three = ['a', 'b', 'c'].map(id => ({id, text: {en: `item ${id}`}, right: false, because: {en: ''}}));

/** One question of each kind; what only a kernel knows is to be left out. */
export const everyKind: Item[] = itemsOf(
  madeUpLab([
    quizBlock({id: 'single', because: {en: 'General.'}}),
    quizBlock({
      id: 'multiple',
      type: 'multiple',
      choices: ['a', 'b', 'c', 'd'].map(id => ({id, text: {en: id}, right: id < 'c', because: {en: `why ${id}`}})),
    }),
    only({id: 'number', type: 'number', ask: {en: 'How many?'}, answer: '4026532437'}),
    only({id: 'text', type: 'text', ask: {en: 'Say `a*b`'}, answer: 'a*b = {c}'}),
    only({id: 'drawn', type: 'text', ask: {en: 'Who is it?'}, answer: '${vars.name}'}),
    only({id: 'order', type: 'order', ask: {en: 'In order.'}, choices: three, answer: 'c a b'}),
    only({
      id: 'prediction',
      ask: {en: 'What will it say?'},
      asks: 'prediction',
      choices: three.map(({id, text}, i) => ({
        id,
        text,
        right: false,
        because: {en: 'So.'},
        when: `host.hostname ${i === 0 ? '==' : '!='} vars.name${i === 2 ? ' && false' : ''}`,
      })),
    }),
    only({
      id: 'diagnosis',
      ask: {en: 'What is missing?'},
      asks: 'diagnosis',
      choices: three.map((one, i) => ({...one, when: `vars.name == "${i}"`})),
    }),
    only({id: 'reading', type: 'number', ask: {en: 'Which inode?'}, answer: '${host.ns.uts}'}),
    only({
      id: 'repair',
      type: 'hands-on',
      ask: {en: 'Call it ${name}.'},
      check: 'host.hostname == vars.name',
      solve: [{kind: 'run', pos: bare.pos, on: 'host', commands: ['hostname ${name}'], expect: 0}],
    }),
  ]),
);

/** Text with what formats trip over: their own marks, quotes, ends of lines, controls, both languages. */
export const anyText = (constraints: {lines?: boolean} = {}): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '~',
          '=',
          '#',
          '{',
          '}',
          ':',
          '\\',
          '"',
          "'",
          '&',
          '<',
          '>',
          ']]>',
          '%',
          '%50%',
          '[html]',
          '//',
          '::',
        ),
        fc.constantFrom(
          '`',
          '*',
          '_',
          '[',
          '](javascript:x)',
          '![',
          '<b>',
          '</p>',
          '&lt;',
          '&nbsp;',
          '-',
          ';',
          ',',
          '\t',
          '=1+1',
        ),
        fc.constantFrom(
          '命名空间',
          '，',
          'word',
          ' ',
          'ns',
          '1',
          '\u0001',
          '\u001b',
          '\ufffe',
          '\ud800',
          '\u202e',
          '😀',
        ),
        ...(constraints.lines ? [fc.constantFrom('\n', '\n\n', '\r\n', '\n- ', '\n```\n')] : []),
      ),
      {minLength: 1, maxLength: 12},
    )
    .map(parts => `x${parts.join('')}x`);

const choice = fc.record({text: anyText(), right: fc.boolean(), because: anyText({lines: true})});

const answer: fc.Arbitrary<CardAnswer> = fc.oneof(
  fc
    .array(choice, {minLength: 2, maxLength: 6})
    .map((choices): CardAnswer => ({type: 'single', choices: choices.map((one, i) => ({...one, right: i === 1}))})),
  fc.array(choice, {minLength: 2, maxLength: 6}).map(
    (choices): CardAnswer => ({
      type: 'multiple',
      choices: choices.map((one, i) => ({...one, right: one.right || i === 0})),
    }),
  ),
  fc.maxSafeInteger().map((n): CardAnswer => ({type: 'number', value: BigInt(n)})),
  anyText().map((value): CardAnswer => ({type: 'text', value: value.replaceAll('->', '')})),
  fc
    .array(anyText(), {minLength: 2, maxLength: 5})
    .map((items): CardAnswer => ({type: 'order', items: items.map((text, i) => `${i} ${text.replaceAll('->', '')}`)})),
  anyText({lines: true}).map((solution): CardAnswer => ({type: 'essay', solution})),
);

export const anyCard: fc.Arbitrary<Card> = fc.record({
  id: fc.constantFrom('pid/q-levels', 'uts/q'),
  number: fc.constant('03'),
  labId: fc.constant('pid'),
  lab: anyText(),
  kind: fc.constantFrom('single' as const, 'number' as const),
  lang: fc.constantFrom('en' as const, 'zh' as const),
  ask: anyText({lines: true}),
  answer,
  because: fc.oneof(fc.constant(''), anyText({lines: true})),
});

/** Errors of libxml2 for all of these files; none: well-formed, and valid where there is a schema. */
export async function xmlErrors(contents: string | readonly string[], schema?: string): Promise<string[]> {
  const all = typeof contents === 'string' ? [contents] : contents;
  const xml = all.map((text, i) => ({fileName: `${i}.xml`, contents: text}));
  const done = await validateXML(schema === undefined ? {xml, normalization: 'format'} : {xml, schema});
  return done.errors.map(error => error.message);
}
