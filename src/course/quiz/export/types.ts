/** A question as a file for another program holds it: in one language, with one answer, nothing left to ask the kernel. */
import type {Lang} from '../../lab.ts';
import type {Params} from '../../words/say.ts';
import type {Evidence, Item, Kind} from '../types.ts';

export interface CardChoice {
  /** Markdown, one line. */
  text: string;
  right: boolean;
  /** Markdown; empty: none. */
  because: string;
}

export type CardAnswer =
  | {type: 'single' | 'multiple'; choices: CardChoice[]}
  | {type: 'number'; value: bigint}
  | {type: 'text'; value: string}
  /** Markdown, as they follow one another. */
  | {type: 'order'; items: string[]}
  /** Nothing grades it: what a person would compare with. Markdown. */
  | {type: 'essay'; solution: string};

export interface Card {
  /** 'pid/q-levels'. */
  id: string;
  number: string;
  labId: string;
  /** Of the lab. */
  lab: string;
  kind: Kind;
  lang: Lang;
  /** Markdown, values filled in. */
  ask: string;
  answer: CardAnswer;
  /** Markdown; empty: none. */
  because: string;
  /** Stands in the question for all to see: what is not as it is in Glassbox. */
  warning?: string;
}

/** A question that is not in the file, and why: `code` of quizExportWords. */
export interface LeftOut {
  item: string;
  code: string;
  params: Params;
}

/** What one machine's kernel said, where a question has been set up and asked before the export. */
export type Frozen = Pick<Evidence, 'at' | 'vars' | 'values' | 'key'>;

export interface CardOptions {
  lang: Lang;
  seed: string;
  /** By item. */
  frozen?: ReadonlyMap<string, Frozen>;
}

export type ToCard = (item: Item, options: CardOptions) => {card: Card} | {left: LeftOut};
