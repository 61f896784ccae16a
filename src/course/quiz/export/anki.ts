/** Notes for Anki, as its importer of text files reads them (docs.ankiweb.net, "Text Files"): one line each, fields parted by tabs. */
import {quizExportWords} from '../../words/quiz-export.ts';
import {render} from '../../words/say.ts';
import {richBlock, richInline} from './markdown.ts';
import type {Card} from './types.ts';
import {shuffled, tagsOf, withWarning} from './wording.ts';
import {xml} from './xml.ts';

/** One field. Quoted always, so that nothing in it is a separator, a comment or a quote. */
function field(markup: string): string {
  return `"${markup
    .replace(/\s*\n\s*/g, '<br>')
    .replace(/[\t\0]/g, ' ')
    .replaceAll('"', '""')}"`;
}

/** Line breaks matter in code only; elsewhere HTML makes blanks of them. */
const flat = (markup: string) =>
  markup
    .split(/(<pre>[\s\S]*?<\/pre>)/)
    .map(part => (part.startsWith('<pre>') ? part.replaceAll('\n', '<br>') : part.replaceAll('\n', ' ')))
    .join('');

const list = (tag: 'ul' | 'ol', items: string[]) =>
  `<${tag}>${items.map(item => `<li>${item}</li>`).join('')}</${tag}>`;

function sides(card: Card): {front: string; back: string} {
  const {answer, lang, because} = card;
  const say = (code: string) => xml(render(quizExportWords, lang, code));
  const ask = richBlock(withWarning(card));
  const why = because === '' ? '' : richBlock(because);
  switch (answer.type) {
    case 'single':
    case 'multiple': {
      const hint = say(answer.type === 'single' ? 'export.choose-one' : 'export.choose-many');
      const reasons = answer.choices.map(({text, right, because: reason}) => {
        const head = `<b>${say(right ? 'export.right' : 'export.wrong')}: ${richInline(text)}</b>`;
        return reason === '' ? head : `${head}<br>${richBlock(reason)}`;
      });
      const choices = list(
        'ul',
        answer.choices.map(({text}) => richInline(text)),
      );
      return {front: `${ask}<p>${hint}</p>${choices}`, back: `${list('ul', reasons)}${why}`};
    }
    case 'order':
      return {
        front: `${ask}${list('ul', shuffled(answer.items).map(richInline))}`,
        back: `${list('ol', answer.items.map(richInline))}${why}`,
      };
    case 'essay':
      return {front: ask, back: `${answer.solution === '' ? '' : richBlock(answer.solution)}${why}`};
    default:
      return {front: ask, back: `<p>${say('export.answer')}: <b>${xml(String(answer.value))}</b></p>${why}`};
  }
}

/** The first column is the note's own id: importing a newer file mends the notes that are there. */
export function toAnki(cards: readonly Card[]): string {
  const head = [
    '#separator:tab',
    '#html:true',
    '#guid column:1',
    '#tags column:4',
    '#notetype:Basic',
    '#deck:Glassbox',
  ];
  const lines = cards.map(card => {
    const {front, back} = sides(card);
    return [`glassbox:${card.id}:${card.lang}`, flat(front), flat(back), tagsOf(card).join(' ')].map(field).join('\t');
  });
  return `${[...head, ...lines].join('\n')}\n`;
}
