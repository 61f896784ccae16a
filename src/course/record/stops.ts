/** Where a replay waits for its viewer: wherever the recorded session waited for a person. */
import type {Event} from '../events.ts';

/** What still belongs to the deed before, however long it took to be noticed. */
const AFTERMATH = new Set<Event['type']>([
  'pending',
  'left-out',
  'facts',
  'processes',
  'xray',
  'check',
  'wrong-side',
  'prediction-asked',
  'prediction-judged',
  'terminal-idle',
  'terminal-resized',
  'container-gone',
  'step-done',
  'lab-done',
]);
/** And these only where they come with it: a prompt is printed at once, a person types later. */
const AT_ONCE = new Set<Event['type']>(['bytes', 'show', 'step-entered']);
const AT_ONCE_MS = 50;

/**
 * Position behind the next event at which a person was waited for, and behind all that came of what was done before it.
 * @returns the recording's end where nobody is waited for any more
 */
export function nextStop(recorded: readonly Event[], from: number): number {
  let end = recorded.findIndex((event, i) => i >= from && isWaiting(event, recorded, i)) + 1;
  if (end === 0) return recorded.length;
  while (end < recorded.length && isAftermath(recorded[end]!, recorded[end - 1]!)) end++;
  return end;
}

function isWaiting(event: Event, recorded: readonly Event[], at: number): boolean {
  if (event.type !== 'pending' && event.type !== 'show') return false;
  const shown = last(recorded, at, ['show']);
  const asking = last(recorded, at, ['prediction-answered', 'prediction-judged', 'step-entered', 'rebuilding']);
  // With one key, a demo locks the answers and asks the kernel.
  if (shown && asking?.type === 'prediction-answered') return false;
  if (event.type === 'pending') return event.block !== null;
  // A slide that goes on waits for the next key, whether or not the lab does something meanwhile.
  return shown?.type === 'show' && event.show.block !== shown.show.block;
}

/** The last event of these types before a position. */
function last(recorded: readonly Event[], before: number, types: readonly Event['type'][]): Event | undefined {
  return recorded[recorded.findLastIndex((event, i) => i < before && types.includes(event.type))];
}

function isAftermath(event: Event, before: Event): boolean {
  if (AFTERMATH.has(event.type)) return true;
  return AT_ONCE.has(event.type) && event.ms - before.ms < AT_ONCE_MS;
}
