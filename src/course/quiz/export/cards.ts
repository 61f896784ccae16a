/** Questions of the pool as cards: words in one language, values frozen, and what cannot be a card named with its reason. */
import type {Lang, QuizBlock, Words} from '../../lab.ts';
import {quizExportWords} from '../../words/quiz-export.ts';
import {type Params, render} from '../../words/say.ts';
import type {Item} from '../types.ts';
import {Freezer} from './freeze.ts';
import type {Card, CardAnswer, CardOptions, LeftOut} from './types.ts';

/** In the order of `items`; every item is a card or left out, never neither. */
export function toCards(items: readonly Item[], options: CardOptions): {cards: Card[]; left: LeftOut[]} {
  const cards: Card[] = [];
  const left: LeftOut[] = [];
  for (const item of items) {
    const made = toCard(item, options);
    if ('card' in made) cards.push(made.card);
    else left.push(made.left);
  }
  return {cards, left};
}

export function toCard(item: Item, options: CardOptions): {card: Card} | {left: LeftOut} {
  const leave = (code: string, params: Params = {}) => ({left: {item: item.id, code, params}});
  // What was to be found out by hand cannot be known from a sheet of paper, whatever its answer was.
  if (item.stage !== 'none' && (item.kind === 'diagnosis' || item.kind === 'reading')) return leave('left.needs-stage');
  const freezer = new Freezer(item, options);
  const {lang} = options;
  const say = (words: Words | undefined) => (words ? freezer.fill(words[lang] ?? words.en) : '');
  const ask = say(item.block.ask);
  const answer = answerOf(item.block, freezer, say, lang);
  if (!answer) return leave('left.live-answer');
  const because = say(item.block.because);
  const [missing] = freezer.missing;
  if (missing !== undefined) return leave('left.live-words', {name: `\${${missing}}`});
  const warning = warningOf(item, answer, freezer, lang);
  const {id, number, labId, kind, doc} = item;
  return {
    card: {
      id,
      number,
      labId,
      lab: doc.title[lang] ?? doc.title.en,
      kind,
      lang,
      ask,
      answer,
      because,
      ...(warning !== undefined && {warning}),
    },
  };
}

function warningOf(item: Item, answer: CardAnswer, freezer: Freezer, lang: Lang): string | undefined {
  const said: string[] = [];
  if (answer.type === 'essay') said.push(render(quizExportWords, lang, 'export.by-hand'));
  if (freezer.day !== undefined && item.stage !== 'none')
    said.push(render(quizExportWords, lang, 'export.frozen-machine', {day: freezer.day}));
  const values = [...freezer.used].map(name => `${name} = ${freezer.vars[name]}`).join(', ');
  if (values !== '') said.push(render(quizExportWords, lang, 'export.frozen', {values}));
  return said.length > 0 ? said.join(lang === 'zh' ? '' : ' ') : undefined;
}

type Say = (words: Words | undefined) => string;

function answerOf(block: QuizBlock, freezer: Freezer, say: Say, lang: Lang): CardAnswer | undefined {
  const {type, choices = []} = block;
  switch (type) {
    case 'single':
    case 'multiple': {
      const right = freezer.rightChoices(choices);
      if (!right) return undefined;
      const one = choices.map(({id, text, because}) => ({
        text: say(text),
        right: right.includes(id),
        because: say(because),
      }));
      return {type, choices: one};
    }
    case 'order': {
      const order = freezer.answer(block.answer ?? '')?.split(' ');
      const items = order?.flatMap(id => choices.filter(choice => choice.id === id)) ?? [];
      return items.length === choices.length ? {type, items: items.map(({text}) => say(text))} : undefined;
    }
    case 'number': {
      const value = freezer.answer(block.answer ?? '');
      return value !== undefined && /^-?\d+$/.test(value) ? {type, value: BigInt(value)} : undefined;
    }
    case 'text': {
      const value = freezer.answer(block.answer ?? '');
      return value === undefined ? undefined : {type, value};
    }
    case 'hands-on':
      return {type: 'essay', solution: solutionOf(block, freezer, lang)};
  }
}

function solutionOf({solve = []}: QuizBlock, freezer: Freezer, lang: Lang): string {
  const parts = solve.map(({on, commands}) => {
    const where =
      on === 'host'
        ? render(quizExportWords, lang, 'export.on-host')
        : render(quizExportWords, lang, 'export.on', {side: on});
    // A fact in a command is no riddle: it stands for what the reader would see.
    const filled = commands.map(command => command.replace(/\$\{(\w+)\}/g, whole => freezer.fill(whole)));
    return `${where}:\n\n\`\`\`\n${filled.join('\n')}\n\`\`\``;
  });
  return parts.length > 0 ? `${render(quizExportWords, lang, 'export.one-way')}, ${parts.join('\n\n')}` : '';
}
