/** Options about time and room on stage, as a person says them. */
import {CliFailure, EXIT} from './failure.ts';

/** The longest that anybody waits between two keys, in milliseconds. */
const SLOWEST = 2000;
/** Of a pause, in seconds. */
const LONGEST = 3600;

/**
 * `--pace 90` (milliseconds between two keys) or `--pace 60wpm` (words a minute, of five keys each); 0: at once.
 * @returns mean milliseconds between two keys
 * @throws CliFailure (usage)
 */
export function parsePace(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|wpm)?$/.exec(text.trim().toLowerCase()) ?? [];
  const value = Number(number);
  const keyMs = unit === 'wpm' ? 60_000 / (value * 5) : value;
  if (number === undefined || !(keyMs <= SLOWEST))
    throw new CliFailure(EXIT.usage, 'usage.pace', {got: text, most: SLOWEST});
  return keyMs;
}

/**
 * `--auto 8`: seconds between two deeds.
 * @throws CliFailure (usage)
 */
export function parseAuto(text: string): number {
  const seconds = /^\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(seconds > 0 && seconds <= LONGEST)) throw new CliFailure(EXIT.usage, 'usage.auto', {got: text, most: LONGEST});
  return seconds;
}

/**
 * `--size 120x36`: columns and rows of a terminal.
 * @throws CliFailure (usage)
 */
export function parseSize(text: string): {cols: number; rows: number} {
  const [, cols, rows] = /^(\d{1,4})[x×*](\d{1,4})$/i.exec(text.trim()) ?? [];
  if (!Number(cols) || !Number(rows)) throw new CliFailure(EXIT.usage, 'usage.size', {got: text});
  return {cols: Number(cols), rows: Number(rows)};
}
