/** Bounded lists of the state: memory stays flat however long a session lasts. */
import type {JournalEntry} from '../../engine/index.ts';
import type {JournalLine, LabState} from './state.ts';

const JOURNAL_KEPT = 2000;

/** The last `limit` elements; the same list when it is short enough. */
export function keep<T>(list: T[], limit: number): T[] {
  return list.length > limit ? list.slice(list.length - limit) : list;
}

/** The state with further calls of `who` at the end of its journal. */
export function addJournal(state: LabState, who: string, entries: JournalEntry[]): LabState {
  if (entries.length === 0) return state;
  const first = (state.journal.at(-1)?.n ?? -1) + 1;
  const lines: JournalLine[] = entries.map((entry, i) => ({n: first + i, who, entry}));
  return {...state, journal: keep([...state.journal, ...lines], JOURNAL_KEPT)};
}
