/** What the X-ray is made of. */
import type {Facts} from '../../../engine/index.ts';
import type {Look} from '../../app/look.ts';
import {textAt} from '../pictures/lines.ts';

/**
 * One object seen from both sides. 'same': both see the same; 'linked': the same object under two names; 'other': each side
 * has one of its own; undefined: only one side can tell.
 */
export interface Item {
  host: string;
  object: string;
  inside: string;
  relation?: 'same' | 'linked' | 'other';
}

export interface Group {
  title: string;
  /** What it means for this process, in one sentence. */
  meaning: string;
  /** A string is a line for itself. */
  items: (Item | string)[];
}

export interface Subject {
  host: Facts;
  facts: Facts;
  look: Look;
}

/** True where the process is in the same namespace as the host's side. */
export function shares({host, facts}: Subject, namespace: string): boolean {
  return textAt(host, `ns.${namespace}`) === textAt(facts, `ns.${namespace}`);
}
