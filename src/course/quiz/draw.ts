/**
 * Which questions, in which order, with which values: drawn from a seed by hashing, so that the same seed gives the same
 * quiz on every machine, whatever order the files have on disk, and adding a question elsewhere moves little.
 */
import {createHash} from 'node:crypto';
import type {Words} from '../lab.ts';
import {drawVars} from '../session/seed.ts';
import {fillText} from '../session/substitute.ts';
import {POINTS} from './score.ts';
import type {Asked, Item, Kind} from './types.ts';

export interface DrawOptions {
  /** Any text; blanks around it and the way its accents are encoded make no difference. */
  seed: string;
  /** How many; all where it is absent or larger than what there is. More than that only to hold all of `include`. */
  count?: number;
  /** Numbers, ids or folder names of labs; all where empty. */
  labs?: readonly string[];
  kinds?: readonly Kind[];
  /** Ids of items: always in, also those of other labs and kinds; never in. */
  include?: readonly string[];
  exclude?: readonly string[];
  points?: Partial<Record<Kind, number>>;
}

/** A seed as it is hashed. */
export const seedText = (seed: string): string => seed.normalize('NFC').trim();

const hash = (seed: string, ...what: string[]): string =>
  createHash('sha256')
    .update([seed, ...what].join('\0'))
    .digest('hex');

/** In the seed's order; ids are unique. */
function shuffled<T extends {id: string}>(list: readonly T[], seed: string, what: string): T[] {
  const keyed = list.map(one => ({one, key: hash(seed, what, one.id)}));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({one}) => one);
}

/** Whether an item belongs to a lab that somebody named: '3', '03', 'pid', '03-pid'. */
export function ofLab(item: Pick<Item, 'number' | 'labId'>, name: string): boolean {
  const wanted = name.trim().toLowerCase();
  if (/^\d+$/.test(wanted)) return Number(wanted) === Number(item.number);
  return wanted === item.labId || wanted === `${item.number}-${item.labId}`;
}

/** The items that a quiz may draw from, without those that are always in. */
export function eligible(
  items: readonly Item[],
  {labs = [], kinds = [], exclude = []}: Omit<DrawOptions, 'seed'>,
): Item[] {
  return items
    .filter(item => labs.length === 0 || labs.some(lab => ofLab(item, lab)))
    .filter(item => kinds.length === 0 || kinds.includes(item.kind))
    .filter(item => !exclude.includes(item.id));
}

/**
 * The items of a quiz, in the order in which they are asked: spread over labs first and kinds second, none twice.
 * @param items the pool, in any order
 */
export function drawItems(items: readonly Item[], options: DrawOptions): Item[] {
  const seed = seedText(options.seed);
  const {include = [], exclude = []} = options;
  // What is always in is not drawn a second time.
  const always = items.filter(item => include.includes(item.id) && !exclude.includes(item.id));
  const pool = eligible(items, {...options, exclude: [...exclude, ...include]});
  const rest = shuffled(pool, seed, 'item');
  const drawn = [...always];
  const labs = countBy(drawn, 'labId');
  const kinds = countBy(drawn, 'kind');
  const count = options.count ?? items.length;
  while (drawn.length < count && rest.length > 0) {
    const used = (item: Item) => [labs.get(item.labId) ?? 0, kinds.get(item.kind) ?? 0] as const;
    // The first of those that are asked for least; `rest` is in the seed's order.
    let best = 0;
    rest.forEach((item, i) => {
      const [lab, kind] = used(item);
      const [bestLab, bestKind] = used(rest[best]!);
      if (lab < bestLab || (lab === bestLab && kind < bestKind)) best = i;
    });
    const [item] = rest.splice(best, 1) as [Item];
    drawn.push(item);
    labs.set(item.labId, (labs.get(item.labId) ?? 0) + 1);
    kinds.set(item.kind, (kinds.get(item.kind) ?? 0) + 1);
  }
  return shuffled(drawn, seed, 'place');
}

function countBy(items: readonly Item[], key: 'labId' | 'kind'): Map<string, number> {
  return new Map([...Map.groupBy(items, item => item[key])].map(([name, some]) => [name, some.length]));
}

/** The seed of one question: of its values, its stage and the order of its choices. */
export const seedOf = (seed: string, itemId: string): string => hash(seedText(seed), 'question', itemId).slice(0, 16);

/**
 * An item as it is asked: its values drawn, its choices in the seed's order (of an order question never the right one,
 * where there are three or more).
 * @param n place in the quiz, 1-based
 */
export function ask(item: Item, n: number, seed: string, points: Partial<Record<Kind, number>> = {}): Asked {
  const {block, doc} = item;
  const own = seedOf(seed, item.id);
  const vars = drawVars(doc.vars, own);
  const fill = (words: Words): Words => ({
    en: fillText(words.en, {vars, now: {vars}, before: {}}),
    ...(words.zh !== undefined && {zh: fillText(words.zh, {vars, now: {vars}, before: {}})}),
  });
  let choices = block.choices && shuffled(block.choices, own, 'choice');
  if (choices && block.type === 'order' && choices.length > 2 && choices.map(one => one.id).join(' ') === block.answer)
    choices = [...choices.slice(1), choices[0]!];
  return {
    n,
    item: item.id,
    kind: item.kind,
    number: item.number,
    labId: item.labId,
    ask: fill(block.ask),
    ...(choices && {choices: choices.map(({id, text}) => ({id, text: fill(text)}))}),
    points: points[item.kind] ?? POINTS[item.kind],
    live: item.stage !== 'none',
    vars,
  };
}

/** A whole quiz, drawn. */
export function drawQuiz(items: readonly Item[], options: DrawOptions): {asked: Asked[]; items: Item[]} {
  const drawn = drawItems(items, options);
  return {items: drawn, asked: drawn.map((item, i) => ask(item, i + 1, options.seed, options.points))};
}
