import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {
  BOX_DAYS,
  betterScore,
  type Card,
  dayOf,
  daysAfter,
  dueItems,
  nextCard,
  nextDue,
  openDue,
} from '../../../src/course/quiz/due.ts';

describe('the boxes', () => {
  it('bring a question back after 1, 2, 4, 8 and 16 days, then let it go', () => {
    let today = '2026-02-20';
    let card = nextCard(undefined, 'wrong', today);
    const days: string[] = [];
    while (card) {
      days.push(card.due);
      today = card.due;
      card = nextCard(card, 'right', today);
    }
    expect(days).toEqual(['2026-02-21', '2026-02-23', '2026-02-27', '2026-03-07', '2026-03-23']);
  });

  it.each<[Parameters<typeof nextCard>[1], Card | undefined, Card | undefined]>([
    ['right', undefined, undefined],
    ['unjudged', undefined, undefined],
    ['partly', undefined, {box: 1, due: '2026-01-02', wrong: 0}],
    ['wrong', {box: 4, due: '2026-01-01', wrong: 1}, {box: 1, due: '2026-01-02', wrong: 2}],
    ['wrong', {box: 4, due: '2026-01-05', wrong: 1}, {box: 1, due: '2026-01-02', wrong: 2}],
    ['partly', {box: 3, due: '2026-01-01', wrong: 1}, {box: 3, due: '2026-01-05', wrong: 1}],
    ['unjudged', {box: 3, due: '2026-01-01', wrong: 1}, {box: 3, due: '2026-01-01', wrong: 1}],
    ['right', {box: 3, due: '2026-01-03', wrong: 1}, {box: 3, due: '2026-01-03', wrong: 1}],
    ['right', {box: 3, due: '2025-11-11', wrong: 1}, {box: 4, due: '2026-01-09', wrong: 1}],
    ['right', {box: 3, due: '2126-01-01', wrong: 1}, {box: 4, due: '2026-01-09', wrong: 1}],
  ])('%s with %j: %j', (verdict, card, next) => expect(nextCard(card, verdict, '2026-01-01')).toEqual(next));

  it('never ask twice on one day for the same right answer, and never lose what was wrong', () => {
    const verdict = fc.constantFrom('right', 'partly', 'wrong', 'unjudged');
    fc.assert(
      fc.property(fc.array(fc.tuple(verdict, fc.nat(20))), answers => {
        let today = '2026-01-01';
        let card: Card | undefined;
        for (const [given, later] of answers) {
          today = daysAfter(today, later);
          card = nextCard(card, given, today);
          if (given === 'wrong') expect(card).toMatchObject({box: 1, due: daysAfter(today, 1)});
          if (given === 'right' && card) expect(card.due > today).toBe(true);
          if (card) expect(BOX_DAYS.length).toBeGreaterThanOrEqual(card.box);
        }
      }),
    );
  });

  it('list what is due, the longest overdue first, and say what comes next', () => {
    const card = (due: string): Card => ({box: 1, due, wrong: 1});
    const cards = {b: card('2026-01-02'), a: card('2026-01-02'), c: card('2026-01-01'), d: card('2026-01-09')};
    const due = {version: 1 as const, cards, labs: {}};
    expect(dueItems(due, '2026-01-02')).toEqual(['c', 'a', 'b']);
    expect(dueItems(due, '2025-12-31')).toEqual([]);
    expect(nextDue({...due, cards: {d: cards.d}})).toEqual({day: '2026-01-09', count: 1});
    expect(nextDue({...due, cards: {}})).toBeUndefined();
  });

  it('count by the calendar', () => {
    expect(dayOf(new Date(2026, 2, 29, 23, 59))).toBe('2026-03-29');
    expect(daysAfter('2024-02-28', 1)).toBe('2024-02-29');
    expect(daysAfter('2026-12-31', 1)).toBe('2027-01-01');
  });
});

describe('the file', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'quiz-due-'));
  });
  afterEach(() => rmSync(dir, {recursive: true}));
  const at = new Date(2026, 0, 1, 12);

  it('keeps cards and the best practice of each lab', async () => {
    const store = openDue({dir});
    expect(await store.read()).toEqual({due: {version: 1, cards: {}, labs: {}}, notices: []});
    expect(await store.answered('pid/q', 'wrong', at)).toEqual([]);
    await store.answered('uts/q', 'right', at);
    await store.practised('pid', {points: 3, of: 5}, at);
    await store.practised('pid', {points: 2, of: 5}, at);
    const {due} = await store.read();
    expect(due.cards).toEqual({'pid/q': {box: 1, due: '2026-01-02', wrong: 1}});
    expect(due.labs.pid).toMatchObject({points: 3, of: 5});
    await store.practised('pid', {points: 5, of: 5}, at);
    expect((await store.read()).due.labs.pid).toMatchObject({points: 5, of: 5});
    expect(statSync(store.file).mode & 0o777).toBe(0o600);
  });

  it('forgets a card that is learned', async () => {
    const store = openDue({dir});
    const last = {version: 1, cards: {q: {box: 5, due: '2026-01-01', wrong: 1}}, labs: {}};
    writeFileSync(store.file, JSON.stringify(last));
    await store.answered('q', 'right', at);
    expect((await store.read()).due.cards).toEqual({});
  });

  it('loses nothing that several write at once', async () => {
    const store = openDue({dir});
    await Promise.all(Array.from({length: 12}, (_, i) => openDue({dir}).answered(`lab/q${i}`, 'wrong', at)));
    expect(Object.keys((await store.read()).due.cards).length).toBe(12);
    expect(readdirSync(dir)).toEqual(['quiz.json']);
  });

  it.each(['{"version":1,"cards":{"q":{"box":9}}}', '{', ''])('sets a damaged one aside: %s', async text => {
    const store = openDue({dir});
    writeFileSync(store.file, text);
    const {notices} = await store.read();
    expect(notices).toMatchObject([{code: 'progress.damaged'}]);
    expect(readFileSync(String(notices[0]!.params.kept), 'utf8')).toBe(text);
  });

  it('leaves the file of a newer version as it is', async () => {
    const store = openDue({dir});
    writeFileSync(store.file, '{"version":2}');
    expect(await store.answered('q', 'wrong', at)).toMatchObject([{code: 'progress.newer'}]);
    expect(readFileSync(store.file, 'utf8')).toBe('{"version":2}');
  });
});

it('the better of two scores', () => {
  const of = (points: number, all: number, time = 'a') => ({points, of: all, at: time});
  expect(betterScore(undefined, of(0, 5))).toEqual(of(0, 5));
  expect(betterScore(of(3, 5), of(5, 10))).toEqual(of(3, 5));
  expect(betterScore(of(3, 5), of(6, 10))).toEqual(of(6, 10));
  expect(betterScore(of(0, 0), of(0, 5, 'b'))).toEqual(of(0, 5, 'b'));
});
