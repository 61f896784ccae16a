/** What pictures are drawn with: lines, in Unicode or ASCII, and text that a terminal may be given. */
import type {Facts, FactValue} from '../../../engine/index.ts';
import type {Look} from '../../app/look.ts';

export interface Strokes {
  /** A line across, whole and broken, and where it goes through a box's side. */
  across: string;
  broken: string;
  through: string;
  /** Of a tree: a child with others after it, the last one, and what runs past. */
  tee: string;
  last: string;
  past: string;
  /** The same thing, seen from both sides. */
  linked: string;
}

const UNICODE: Strokes = {
  across: '─',
  broken: '╌',
  through: '┼',
  tee: '├─ ',
  last: '└─ ',
  past: '│  ',
  linked: '⇄',
};
const ASCII: Strokes = {across: '-', broken: '.', through: '+', tee: '|- ', last: '`- ', past: '|  ', linked: '<->'};

export function isAscii({glyphs}: Look): boolean {
  return glyphs.cut.charCodeAt(0) < 128;
}

export function strokesOf(look: Look): Strokes {
  return isAscii(look) ? ASCII : UNICODE;
}

/** Names are the learner's to choose: what a terminal would obey must not reach it. */
export function safe(text: string): string {
  return text.replace(/[\x00-\x1f\x7f-\x9f]/g, '?');
}

/** Value at a dotted path; undefined: there is none. */
export function factAt(facts: Facts | null | undefined, path: string): FactValue | undefined {
  let at: FactValue | undefined = facts ?? undefined;
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || Array.isArray(at)) return undefined;
    at = at[key];
  }
  return at;
}

export function stringsAt(facts: Facts | null | undefined, path: string): string[] {
  const value = factAt(facts, path);
  return Array.isArray(value) ? value.map(String) : [];
}

/** A number, however wide it came; undefined: there is none. */
export function numberAt(facts: Facts | null | undefined, path: string): number | undefined {
  const value = factAt(facts, path);
  return typeof value === 'bigint' || typeof value === 'number' ? Number(value) : undefined;
}

/** One line of text; empty: there is none. */
export function textAt(facts: Facts | null | undefined, path: string): string {
  const value = factAt(facts, path);
  return value === undefined || typeof value === 'object' ? '' : safe(String(value));
}
