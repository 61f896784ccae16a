/** The event stream as NDJSON: one event a line. */
import type {Event} from '../events.ts';
import type {Session} from '../session.types.ts';
import {type DriveOptions, drive} from './drive.ts';
import {Out, type Writable} from './out.ts';

/**
 * One event as a line of JSON, without the newline: bigint as a number where it is a safe integer (a string otherwise),
 * bytes as base64.
 */
export function eventToJson(event: Event): string {
  return JSON.stringify(event, (_, value: unknown) => {
    if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
    // Buffer's own toJSON has run before this function sees it.
    if (isBufferJson(value)) return Buffer.from(value.data).toString('base64');
    return value;
  });
}

function isBufferJson(value: unknown): value is {type: 'Buffer'; data: number[]} {
  const one = value as {type?: unknown; data?: unknown} | null;
  return typeof one === 'object' && one?.type === 'Buffer' && Array.isArray(one.data);
}

/**
 * Runs a lab to its end and writes its events.
 * @returns the exit status: 0 only when every check passed, every command came out as the lab expects, and nothing is left
 */
export async function runJson(session: Session, out: Writable, options: DriveOptions = {}): Promise<number> {
  const sink = new Out(out);
  session.onEvent(event => sink.line(eventToJson(event)));
  return drive(session, sink, options);
}
