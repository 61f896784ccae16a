/** Moodle XML (docs.moodle.org, "Moodle XML format"): what qformat_xml of Moodle 3.6 and later reads. */

import {share} from './gift.ts';
import {richBlock, richInline} from './markdown.ts';
import type {Card, CardAnswer, LeftOut} from './types.ts';
import {tagsOf, withWarning} from './wording.ts';
import {element, XML_HEAD, xml} from './xml.ts';

const text = (content: string) => element('text', {}, xml(content));
const html = (name: string, markup: string) => element(name, {format: 'html'}, text(markup));
const plain = (name: string, value: string | number) => element(name, {}, xml(String(value)));

function answer(fraction: string, content: string, because: string, format: string | undefined): string {
  return element(
    'answer',
    {fraction, format},
    text(content) + html('feedback', because === '' ? '' : richBlock(because)),
  );
}

const TYPES: Record<CardAnswer['type'], string> = {
  single: 'multichoice',
  multiple: 'multichoice',
  number: 'numerical',
  text: 'shortanswer',
  // An ordering type came with Moodle 4.4; matching places to items is in all of them.
  order: 'matching',
  essay: 'essay',
};

function answers(given: CardAnswer): string {
  switch (given.type) {
    case 'single':
    case 'multiple': {
      const right = given.choices.filter(choice => choice.right).length;
      const worth = (isRight: boolean) => {
        if (given.type === 'single') return isRight ? '100' : '0';
        return isRight ? share(right) : `-${share(given.choices.length - right)}`;
      };
      return (
        plain('single', String(given.type === 'single')) +
        plain('shuffleanswers', 'true') +
        plain('answernumbering', 'abc') +
        given.choices.map(one => answer(worth(one.right), richInline(one.text), one.because, 'html')).join('')
      );
    }
    case 'number':
      return element(
        'answer',
        {fraction: 100, format: 'moodle_auto_format'},
        text(String(given.value)) + html('feedback', '') + plain('tolerance', 0),
      );
    case 'text':
      return plain('usecase', 0) + answer('100', given.value.replace(/\*/g, '\\*'), '', 'moodle_auto_format');
    case 'order':
      return (
        plain('shuffleanswers', 'true') +
        given.items
          .map((item, i) =>
            element(
              'subquestion',
              {format: 'html'},
              text(richInline(item)) + element('answer', {}, text(String(i + 1))),
            ),
          )
          .join('')
      );
    case 'essay':
      return (
        plain('responseformat', 'monospaced') +
        plain('responserequired', 1) +
        plain('responsefieldlines', 10) +
        plain('attachments', 0) +
        html('graderinfo', given.solution === '' ? '' : richBlock(given.solution))
      );
  }
}

function question(card: Card): string {
  const {id, because} = card;
  return element(
    'question',
    {type: TYPES[card.answer.type]},
    element('name', {}, text(id)) +
      html('questiontext', richBlock(withWarning(card, true))) +
      html('generalfeedback', because === '' ? '' : richBlock(because)) +
      plain('defaultgrade', 1) +
      plain('penalty', '0.3333333') +
      plain('hidden', 0) +
      plain('idnumber', `glassbox:${id}:${card.lang}`) +
      answers(card.answer) +
      element(
        'tags',
        {},
        tagsOf(card)
          .map(tag => element('tag', {}, text(tag)))
          .join(''),
      ),
  );
}

export function toMoodle(cards: readonly Card[]): {text: string; left: LeftOut[]} {
  const left: LeftOut[] = [];
  const parts: string[] = [];
  let category = '';
  for (const card of cards) {
    const right = 'choices' in card.answer ? card.answer.choices.filter(choice => choice.right).length : 0;
    if (right > 10) {
      left.push({item: card.id, code: 'left.too-many-right', params: {count: right}});
      continue;
    }
    const here = `$course$/top/Glassbox/${`${card.number} ${card.lab}`.replaceAll('/', '//')}`;
    if (here !== category) parts.push(element('question', {type: 'category'}, element('category', {}, text(here))));
    category = here;
    parts.push(question(card));
  }
  return {text: `${XML_HEAD}<quiz>\n${parts.join('\n')}\n</quiz>\n`, left};
}
