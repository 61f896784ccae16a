/** Which questions a practice or a graded quiz draws from, as the command line says it. */
import {randomBytes} from 'node:crypto';
import {type Finding, formatFinding, type Item, KINDS, type Kind, quizzes} from '../../course/index.ts';
import {hostReport} from '../../engine/index.ts';
import {CliFailure, type Context, EXIT} from '../failure.ts';
import {allLabs, sayUnmet, unmetOf} from '../labs-home.ts';
import {playlist} from '../playlist.ts';

/** Questions of several labs, where nobody says how many. */
const COUNT = 20;
const MOST = 200;
const MINUTES_MOST = 600;

export interface Wanted {
  /** '03-pid', in the order in which they were said; each once. */
  labs: string[];
  count: number | undefined;
  seed: string;
  kinds: Kind[];
}

export function whole(value: unknown, code: string, most = MOST): number | undefined {
  if (value === undefined) return undefined;
  const text = String(value).normalize('NFKC');
  const number = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > most) throw new CliFailure(EXIT.usage, code, {got: text});
  return number;
}

export const minutesOf = (value: unknown): number | undefined => whole(value, 'usage.quiz.minutes', MINUTES_MOST);

export function kindsOf(value: unknown): Kind[] {
  if (typeof value !== 'string') return [];
  const words = value.split(/[,，\s]+/).filter(word => word !== '');
  return words.map(word => {
    const kind = KINDS.find(one => one === word.toLowerCase());
    if (!kind) throw new CliFailure(EXIT.usage, 'usage.quiz.kinds', {got: word, known: KINDS.join(', ')});
    return kind;
  });
}

/** A seed that nobody chose. */
export const freshSeed = (): string => randomBytes(4).toString('hex');

/** @throws CliFailure (usage) for a lab, a number or a kind that there is none of */
export async function wantedOf(context: Context, args: string[], options: Record<string, unknown>): Promise<Wanted> {
  const refs = await playlist(context, args);
  const labs = [...new Set(refs.map(({name}) => name))];
  const count = whole(options.count, 'usage.quiz.count') ?? (labs.length > 1 ? COUNT : undefined);
  const seed = typeof options.seed === 'string' && options.seed.trim() !== '' ? options.seed : freshSeed();
  return {labs, count, seed, kinds: kindsOf(options.kinds)};
}

/**
 * Every question of the course; those of broken files are missing, and that is said on stderr.
 * @param only numbers of the labs to read; all by default
 */
export async function wholePool(context: Context, only?: ReadonlySet<string>): Promise<Item[]> {
  const {loadPool} = await quizzes();
  const refs = (await allLabs(context)).filter(({number}) => only?.has(number) ?? true);
  const {items, findings} = await loadPool(refs.map(({dir}) => dir));
  const errors = findings.filter(({severity}) => severity === 'error');
  if (errors.length > 0) warn(context, 'quiz.faulty', {}, errors);
  return items;
}

/** A sentence on stderr, and below it the first finding. */
export async function warn(
  context: Context,
  code: string,
  params: Record<string, string | number> = {},
  findings: readonly Finding[] = [],
): Promise<void> {
  const {cliWords} = await import('../words.ts');
  const {render} = await import('../../course/index.ts');
  context.stderr.write(`${render(cliWords, context.lang, code, params)}\n`);
  for (const finding of findings.slice(0, 1)) context.stderr.write(`${formatFinding(finding, context.lang)}\n`);
}

/** Items whose stage this machine cannot give, and why. */
export async function cannotRun(
  context: Context,
  items: readonly Item[],
): Promise<{items: Item[]; why: string} | undefined> {
  const staged = items.filter(({stage}) => stage !== 'none');
  if (staged.length === 0) return undefined;
  const report = await hostReport();
  const {requiresOf} = await quizzes();
  const needs = staged.map(item => ({item, unmet: unmetOf({requires: requiresOf(item)}, report)}));
  const barred = needs.filter(({unmet}) => unmet.length > 0);
  if (barred.length === 0) return undefined;
  const why = [...new Set(barred.flatMap(({unmet}) => unmet.map(one => sayUnmet(one, context.lang))))].join(' ');
  return {items: barred.map(({item}) => item), why};
}
