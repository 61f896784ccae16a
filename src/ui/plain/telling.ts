/** How words reach the learner: in their language, with the lab's values, in lines of their width. */
import type {CheckBlock, LabState, Lang, Words} from '../../course/index.ts';
import type {PlainCode, Say} from './words.ts';

/** What pieces of a lab are told with: teller.ts. */
export interface Telling {
  readonly state: LabState;
  readonly lang: Lang;
  readonly say: Say;
  readonly width: number;
  readonly changed: ReadonlySet<string>;
  tell(code: PlainCode, params?: Record<string, string | number>): void;
  lines(lines: readonly string[]): void;
  plain(words: Words): string;
  prose(words: Words): string[];
  side(side: string): string;
  open(): CheckBlock[];
}
