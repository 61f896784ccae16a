/** What stands in an exported question besides its own words. */
import {quizExportWords} from '../../words/quiz-export.ts';
import {render} from '../../words/say.ts';
import type {Card} from './types.ts';

/**
 * The question with what is not as in Glassbox. Markdown.
 * @param places things are put in order by numbers, and nothing else says which end is 1
 */
export function withWarning({ask, warning, answer, lang}: Card, places = false): string {
  const order = places && answer.type === 'order' ? `\n\n${render(quizExportWords, lang, 'export.put-in-order')}` : '';
  return `${ask}${order}${warning === undefined ? '' : `\n\n*(${warning.replace(/[\\*_`[\]<]/g, '\\$&')})*`}`;
}

/** Words without blanks, colons or brackets: 'glassbox', 'lab-03-pid', 'reading'. */
export function tagsOf({number, labId, kind, warning, answer}: Card): string[] {
  const frozen = warning !== undefined && answer.type !== 'essay';
  return ['glassbox', `lab-${number}-${labId}`, kind, ...(frozen ? ['frozen'] : [])];
}

/** Repeatable on every machine, and never the order that is right. */
export function shuffled<T>(items: readonly T[]): T[] {
  return items.length < 3
    ? [...items].reverse()
    : [...items.slice(1).filter((_, i) => i % 2 === 0), items[0] as T, ...items.slice(1).filter((_, i) => i % 2 === 1)];
}
