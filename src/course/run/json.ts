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
  const plain = event.type === 'bytes' ? {...event, data: Buffer.from(event.data).toString('base64')} : event;
  return JSON.stringify(plain, (_, value: unknown) => {
    if (typeof value !== 'bigint') return value;
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  });
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
