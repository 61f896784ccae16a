/**
 * What went wrong comes back: boxes after Leitner. A wrong answer puts a question into box 1, due the next day; a right one
 * on a day when it is due moves it on, to be asked again after 2, 4, 8 and 16 days; right once more there, it is learned
 * and leaves. Practising ahead of the day moves nothing on; partly right stays in its box.
 */
import {z} from 'zod';
import {keepFile, type Notice} from '../progress/kept.ts';
import {type Place, statePlace} from '../progress/place.ts';
import type {QuizVerdict, ResultFile} from './types.ts';

/** Days until a question of each box is due again. */
export const BOX_DAYS = [1, 2, 4, 8, 16] as const;

const day = z.iso.date();
const cardSchema = z.object({
  /** 1 to 5. */
  box: z.int().min(1).max(BOX_DAYS.length),
  /** YYYY-MM-DD of the learner's calendar. */
  due: day,
  /** How often it went wrong. */
  wrong: z.int().nonnegative(),
});
const scoreSchema = z.object({
  points: z.number().nonnegative(),
  of: z.number().nonnegative(),
  /** ISO time. */
  at: z.string(),
});
const dueSchema = z.object({
  version: z.literal(1),
  /** By the item's id; what was never wrong, or is learned, is not here. */
  cards: z.record(z.string(), cardSchema),
  /** By the lab's id: its best full practice. */
  labs: z.record(z.string(), scoreSchema),
});

export type Card = z.infer<typeof cardSchema>;
export type LabScore = z.infer<typeof scoreSchema>;
export type Due = z.infer<typeof dueSchema>;

const EMPTY: Due = {version: 1, cards: {}, labs: {}};

/** The learner's calendar day, YYYY-MM-DD. */
export function dayOf(time: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

/** So many days later by the calendar, whatever the clocks did in between. */
export function daysAfter(from: string, days: number): string {
  const [year = 0, month = 1, date = 1] = from.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10);
}

/** A question's card after an answer; undefined: none is needed. @param today YYYY-MM-DD */
export function nextCard(card: Card | undefined, verdict: QuizVerdict, today: string): Card | undefined {
  const into = (box: number, wrong: number): Card => ({box, due: daysAfter(today, BOX_DAYS[box - 1]!), wrong});
  if (verdict === 'unjudged') return card;
  if (verdict === 'wrong') return into(1, (card?.wrong ?? 0) + 1);
  if (!card) return verdict === 'partly' ? into(1, 0) : undefined;
  // A clock that went back does not lock a question away for good.
  const last = BOX_DAYS.length;
  const asked = card.due <= today || card.due > daysAfter(today, BOX_DAYS[last - 1]!);
  if (!asked) return card;
  if (verdict === 'partly') return into(card.box, card.wrong);
  return card.box === last ? undefined : into(card.box + 1, card.wrong);
}

/** Ids of the items that are due, the longest overdue first. */
export function dueItems({cards}: Due, today: string): string[] {
  return Object.entries(cards)
    .filter(([, card]) => card.due <= today)
    .sort(([a, left], [b, right]) => (left.due === right.due ? (a < b ? -1 : 1) : left.due < right.due ? -1 : 1))
    .map(([id]) => id);
}

/** The next day on which something is due, and how many; undefined: nothing ever is. */
export function nextDue({cards}: Due): {day: string; count: number} | undefined {
  const days = Object.values(cards).map(card => card.due);
  const first = days.sort()[0];
  return first === undefined ? undefined : {day: first, count: days.filter(one => one === first).length};
}

const share = ({points, of}: LabScore) => (of > 0 ? points / of : 0);

/** The better of two, by share, then by how much was asked, then the later. */
export function betterScore(old: LabScore | undefined, fresh: LabScore): LabScore {
  if (!old || share(fresh) > share(old)) return fresh;
  return share(fresh) === share(old) && fresh.of >= old.of ? fresh : old;
}

export interface DueStore {
  readonly file: string;
  /** Never rejects: what cannot be read counts as empty, and a notice says why. */
  read(): Promise<{due: Due; notices: Notice[]}>;
  /** After the first answer to a question. Never rejects. @param at when */
  answered(item: string, verdict: QuizVerdict, at?: Date): Promise<Notice[]>;
  /** After a practice in which all questions of a lab were asked. Never rejects. */
  practised(labId: string, sum: Pick<ResultFile, 'points' | 'of'>, at?: Date): Promise<Notice[]>;
}

/** The learner's due list, quiz.json beside the progress. */
export function openDue(place: Place = statePlace()): DueStore {
  const kept = keepFile(place, 'quiz.json', dueSchema, EMPTY);
  return {
    file: kept.file,
    async read() {
      const {value: due, notices} = await kept.read();
      return {due, notices};
    },
    answered: (item, verdict, at = new Date()) =>
      kept.update(due => {
        const {[item]: old, ...cards} = due.cards;
        const card = nextCard(old, verdict, dayOf(at));
        return {...due, cards: card ? {...cards, [item]: card} : cards};
      }),
    practised: (labId, {points, of}, at = new Date()) =>
      kept.update(due => {
        const score = betterScore(due.labs[labId], {points, of, at: at.toISOString()});
        return {...due, labs: {...due.labs, [labId]: score}};
      }),
  };
}
