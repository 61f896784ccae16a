/**
 * How wide this terminal draws the characters whose width Unicode leaves open (box drawing, arrows: UAX #11 "ambiguous").
 * One is drawn at the top left and the terminal is asked where its cursor stands (DSR 6, ECMA-48).
 */
import type {Router} from './router.ts';

/** One per kind of symbol the screens use; drawn together. */
const SAMPLE = '─▸≠';

/**
 * Asks; `then` gets true where every symbol takes one cell. Nothing waits for the answer: the first frame is drawn in
 * Unicode, and a terminal that answers otherwise, however late, gets the ASCII drawing. Silence changes nothing.
 */
export function probeWidths(write: (data: string) => void, router: Router, then: (narrow: boolean) => void): void {
  router.expectReport(column => then(column === 1 + [...SAMPLE].length));
  write(`\x1b[H${SAMPLE}\x1b[6n\x1b[H\x1b[K`);
}
