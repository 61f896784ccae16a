/**
 * GIFT, as Moodle's importer reads it (docs.moodle.org, "GIFT format"): Markdown texts, one question per paragraph. What it
 * cannot say is refused, never bent.
 */
import {safeMarkdown} from './markdown.ts';
import type {Card, CardChoice, LeftOut} from './types.ts';
import {tagsOf, withWarning} from './wording.ts';

/** Text within a question: seven characters have a meaning, a line's end is written as \n. */
export function giftText(text: string): string {
  return text.replace(/[\\~=#{}:]/g, '\\$&').replace(/\n/g, '\\n');
}

const markdown = (text: string) => giftText(safeMarkdown(text));

/** An answer: behind a weight where its own first character would be read as one, or as a format. */
function answerText(text: string, weight?: string): string {
  const written = markdown(text);
  const format = written.startsWith('[') ? '[markdown]' : '';
  return `${weight === undefined ? '' : `%${weight}%`}${format}${written}`;
}

/** Percent, from the list of fractions that Moodle accepts; above ten there is none. */
export function share(count: number): string {
  return String(Number((100 / Math.min(count, 10)).toFixed(5)));
}

function choiceLine(mark: '=' | '~', choice: CardChoice, weight?: string): string {
  const needed = weight ?? (/^\s*%/.test(choice.text) ? (mark === '=' ? '100' : '0') : undefined);
  const reason = choice.because === '' ? '' : ` # ${markdown(choice.because)}`;
  return `\t${mark}${answerText(choice.text, needed)}${reason}`;
}

function answerLines({answer}: Card): string[] {
  switch (answer.type) {
    case 'single':
      return answer.choices.map(choice => choiceLine(choice.right ? '=' : '~', choice));
    case 'multiple': {
      const right = answer.choices.filter(choice => choice.right).length;
      const wrong = answer.choices.length - right;
      return answer.choices.map(one => choiceLine('~', one, one.right ? share(right) : `-${share(wrong)}`));
    }
    case 'number':
      return [`#=${answer.value}:0`];
    case 'text':
      // Moodle takes * for anything at all; a backslash makes it one.
      return [`\t=%100%${giftText(answer.value.replace(/\*/g, '\\*'))}`];
    case 'order':
      return answer.items.map((item, i) => `\t=${answerText(item)} -> ${i + 1}`);
    case 'essay':
      return [];
  }
}

function refusal({id, ask, because, answer}: Card, lines: string[]): LeftOut | undefined {
  if (/&&\d{3};/.test([ask, because, ...lines].join('\n'))) return {item: id, code: 'left.gift-mark', params: {}};
  const right = 'choices' in answer ? answer.choices.filter(choice => choice.right).length : 0;
  if (right > 10) return {item: id, code: 'left.too-many-right', params: {count: right}};
  const said = answer.type === 'order' ? answer.items : answer.type === 'text' ? [answer.value] : [];
  return said.some(text => text.includes('->')) ? {item: id, code: 'left.gift-arrow', params: {}} : undefined;
}

/** @param cards of one or more labs, each under its category */
export function toGift(cards: readonly Card[]): {text: string; left: LeftOut[]} {
  const left: LeftOut[] = [];
  const parts: string[] = [];
  let category = '';
  for (const card of cards) {
    const lines = answerLines(card);
    const refused = refusal(card, lines);
    if (refused) {
      left.push(refused);
      continue;
    }
    const here = `$CATEGORY: $course$/Glassbox/${`${card.number} ${card.lab}`.replace(/\s+/g, ' ').replaceAll('/', '//')}`;
    if (here !== category) parts.push(here);
    category = here;
    const {because, answer} = card;
    const solution = answer.type === 'essay' ? answer.solution : '';
    const all = [solution, because].filter(text => text !== '').join('\n\n');
    const general = all === '' ? '' : `\n\t####${markdown(all)}`;
    const inside =
      lines.length === 0
        ? `{${general}\n}`
        : `{${answer.type === 'number' ? '' : '\n'}${lines.join('\n')}${general}\n}`;
    const tags = tagsOf(card)
      .map(tag => `[tag:${tag}]`)
      .join(' ');
    parts.push(
      `// [id:${card.id}] ${tags}\n::${giftText(card.id)}::[markdown]${markdown(withWarning(card, true))}${inside}`,
    );
  }
  return {text: `${parts.join('\n\n')}\n`, left};
}
