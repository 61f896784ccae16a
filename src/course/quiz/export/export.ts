/** Questions as a file for another program. */

import type {Item} from '../types.ts';
import {toAnki} from './anki.ts';
import {toCards} from './cards.ts';
import {toGift} from './gift.ts';
import {toMoodle} from './moodle.ts';
import {toQti} from './qti-package.ts';
import type {CardOptions, LeftOut} from './types.ts';

export const QUESTION_FORMATS = ['gift', 'moodle', 'qti', 'anki'] as const;
export type QuestionFormat = (typeof QUESTION_FORMATS)[number];

/** Name endings, by format. */
export const ENDINGS: Record<QuestionFormat, string> = {gift: 'gift', moodle: 'xml', qti: 'zip', anki: 'txt'};

export interface Exported {
  data: string | Uint8Array;
  /** Questions in the file. */
  count: number;
  /** Those with a warning in them: frozen, or to be graded by hand. */
  warned: {item: string; warning: string}[];
  /** Every other one, with its reason. */
  left: LeftOut[];
}

/** The same items, language, seed and values give the same bytes. */
export function exportQuestions(items: readonly Item[], to: QuestionFormat, options: CardOptions): Exported {
  const {cards, left} = toCards(items, options);
  const made = write[to](cards);
  const gone = new Set(made.left.map(({item}) => item));
  const kept = cards.filter(({id}) => !gone.has(id));
  return {
    data: made.text,
    count: kept.length,
    warned: kept.flatMap(({id, warning}) => (warning === undefined ? [] : [{item: id, warning}])),
    left: [...left, ...made.left],
  };
}

type Write = (cards: Parameters<typeof toGift>[0]) => {text: string | Uint8Array; left: LeftOut[]};
const write: Record<QuestionFormat, Write> = {
  gift: toGift,
  moodle: toMoodle,
  qti: cards => ({text: toQti(cards), left: []}),
  anki: cards => ({text: toAnki(cards), left: []}),
};
