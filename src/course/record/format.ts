/**
 * A recording, version 1: NDJSON. The first line says what it is; a line of kind "lab" brings the lab as it was, whose
 * events follow, one a line. Whoever was killed while writing left a file that is good up to its last whole line.
 */
import type {Facts, FactValue, JournalEntry} from '../../engine/index.ts';
import type {Event} from '../events.ts';
import type {Lab} from '../lab.ts';

export interface RecordingHead {
  kind: 'recording';
  format: 'glassbox';
  version: 1;
  /** Of Glassbox. */
  app: string;
  /** ISO time of the beginning. */
  at: string;
  kernel: string;
}

export type RecordingLine = RecordingHead | {kind: 'lab'; lab: Lab} | {kind: 'event'; event: Event};

/** bigint as a number where that is exact, else as a string. */
function plainer(_: string, value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

/** One line without its newline. */
export function lineOf(line: RecordingLine): string {
  if (line.kind !== 'event' || line.event.type !== 'bytes') return JSON.stringify(line, plainer);
  const {event} = line;
  return JSON.stringify({kind: 'event', event: {...event, data: Buffer.from(event.data).toString('base64')}});
}

/**
 * A line as lineOf wrote it, with bytes and 64-bit numbers as the live stream has them.
 * @returns undefined: it is no line of a recording
 */
export function parseLine(text: string): RecordingLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const line = value as RecordingLine | null;
  switch (line?.kind) {
    case 'recording':
      return line.format === 'glassbox' && typeof line.version === 'number' ? line : undefined;
    case 'lab':
      return Array.isArray(line.lab?.steps) ? line : undefined;
    case 'event':
      return typeof line.event?.type === 'string' ? {kind: 'event', event: revive(line.event)} : undefined;
    default:
      return undefined;
  }
}

/** Numbers of facts and journals are 64 bit in the stream. */
function revive(event: Event): Event {
  switch (event.type) {
    case 'bytes':
      return {...event, data: Buffer.from(event.data as unknown as string, 'base64')};
    case 'facts':
      return {...event, sides: each(event.sides, facts)};
    case 'xray':
      return {...event, facts: facts(event.facts)};
    case 'check':
      return {...event, values: each(event.values, one => (one === null ? null : fact(one)))};
    case 'processes':
      return {...event, list: event.list.map(row => ({...row, pidns: BigInt(row.pidns)}))};
    case 'stage-ready':
      return {...event, journal: event.journal.map(call)};
    case 'journal':
      return {...event, entries: event.entries.map(call)};
    case 'ablation-result': {
      const rows = event.rows.map(row => ({
        ...row,
        withFlag: row.withFlag === null ? null : fact(row.withFlag),
        withoutFlag: row.withoutFlag === null ? null : fact(row.withoutFlag),
      }));
      return {...event, rows, journal: event.journal.map(call)};
    }
    case 'error': {
      const {error} = event;
      const {call: failed, journal} = error;
      return {
        ...event,
        error: {...error, ...(failed && {call: call(failed)}), ...(journal && {journal: journal.map(call)})},
      };
    }
    default:
      return event;
  }
}

function each<T, R>(record: Record<string, T>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function facts(value: Facts | null): Facts | null {
  return value === null ? null : each(value, fact);
}

function fact(value: FactValue): FactValue {
  if (typeof value === 'number') return BigInt(value);
  if (Array.isArray(value)) return value.map(fact);
  return typeof value === 'object' ? each(value, fact) : value;
}

function call(entry: JournalEntry): JournalEntry {
  const {result, startNs, durationNs} = entry;
  return {
    ...entry,
    startNs: BigInt(startNs),
    durationNs: BigInt(durationNs),
    ...(result !== undefined && {result: BigInt(result)}),
  };
}
