/** Where the conditions and the words of a lab stand, for lint: the model itself keeps only the beginning of each block. */
import type {Lang} from '../lab.ts';
import type {Place} from './findings.ts';

export type ConditionRole = 'check' | 'when' | 'choice' | 'mistake' | 'quiz-check' | 'quiz-choice' | 'answer';

export interface PlacedCondition {
  role: ConditionRole;
  expr: string;
  file: string;
  /** Type of the result; 'bool' where absent. */
  want?: 'int' | 'string';
  /** Place of a character of `expr`. */
  at: (offset: number) => Place;
  /** Containers that are begun above. */
  containers: string[];
}

export type TextRole =
  | 'prose'
  | 'title'
  | 'question'
  | 'step-title'
  | 'check-title'
  | 'ask'
  | 'choice'
  | 'because'
  | 'alert'
  | 'command'
  | 'spec'
  | 'answer';

export interface PlacedText {
  role: TextRole;
  text: string;
  lang: Lang;
  file: string;
  at: Place;
  containers: string[];
  /** Id of the step, '' for front matter and introduction. */
  step: string;
}

export interface Places {
  conditions: PlacedCondition[];
  texts: PlacedText[];
  /** Lines of each file that was read. */
  sources: Map<string, string[]>;
  /** Where each variable is declared. */
  vars: {name: string; file: string; at: Place}[];
  /** Fact paths of show blocks. */
  shown: {path: string; file: string; at: Place}[];
}
