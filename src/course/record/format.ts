/**
 * A recording, version 1: NDJSON. The first line says what it is; a line of kind "lab" brings the lab as it was, whose
 * events follow, one a line. Whoever was killed while writing left a file that is good up to its last whole line.
 */
import type {Event} from '../events.ts';
import type {Lab} from '../lab.ts';
import {eventOf} from './event-shape.ts';
import {labOf} from './lab-shape.ts';
import {toPlain} from './values.ts';

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

/** One line without its newline. Bytes are base64; a 64-bit number that JSON cannot hold exactly is {"$int": "…"}. */
export function lineOf(line: RecordingLine): string {
  if (line.kind !== 'event' || line.event.type !== 'bytes') return JSON.stringify(line, toPlain);
  const {event} = line;
  return JSON.stringify({kind: 'event', event: {...event, data: Buffer.from(event.data).toString('base64')}});
}

/**
 * A line as lineOf wrote it, with bytes and 64-bit numbers as the live stream has them. A head of a later version comes
 * back as it is.
 * @returns undefined: it is no line of a recording, or not a whole one
 */
export function parseLine(text: string): RecordingLine | undefined {
  let line: {kind?: unknown; lab?: unknown; event?: unknown} | null;
  try {
    line = JSON.parse(text);
  } catch {
    return undefined;
  }
  switch (line?.kind) {
    case 'recording':
      return headOf(line as Partial<RecordingHead>);
    case 'lab': {
      const lab = labOf(line.lab);
      return lab && {kind: 'lab', lab};
    }
    case 'event': {
      const event = eventOf(line.event);
      return event && {kind: 'event', event};
    }
    default:
      return undefined;
  }
}

function headOf({format, version, app, at, kernel}: Partial<RecordingHead>): RecordingHead | undefined {
  if (format !== 'glassbox' || !Number.isInteger(version)) return undefined;
  return {kind: 'recording', format, version: version as 1, app: String(app), at: String(at), kernel: String(kernel)};
}
