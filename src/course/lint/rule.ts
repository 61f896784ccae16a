/** What a rule of lint is given, and how it reports. */
import type {FactRow} from '../../engine/index.ts';
import type {Place} from '../format/findings.ts';
import type {Places} from '../format/places.ts';
import type {Finding, Lab} from '../lab.ts';

export interface RuleInput {
  lab: Lab;
  places: Places;
  facts: readonly FactRow[];
  /** Every container of the lab. */
  containers: string[];
  /** Variables that something uses; the rules fill it. */
  used: Set<string>;
  report(code: string, file: string, at: Place, params?: Finding['params'], severity?: Finding['severity']): void;
}

export type Rule = (input: RuleInput) => void;
