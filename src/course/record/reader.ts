/** Reads a recording: of a killed session, what was written up to its last whole line. */
import {createReadStream} from 'node:fs';
import {createInterface} from 'node:readline';
import type {Event} from '../events.ts';
import type {Lab} from '../lab.ts';
import {parseLine, type RecordingHead} from './format.ts';

export interface RecordedLab {
  lab: Lab;
  events: Event[];
}

export interface Recording {
  head: RecordingHead;
  labs: RecordedLab[];
  /** Number of the line that could not be read, 1-based: the recording was cut off there. */
  torn?: number;
}

/** A file that is no recording, or one of a later version. `code`: 'recording.none', 'recording.newer', 'recording.empty'. */
export class RecordingError extends Error {
  readonly code: string;
  readonly params: Record<string, string | number>;

  constructor(code: string, params: Record<string, string | number>) {
    super(`${code} ${JSON.stringify(params)}`);
    this.code = code;
    this.params = params;
  }
}

/**
 * Reads a whole recording into memory.
 * @throws RecordingError; the errno error of open(2) or read(2)
 */
export async function readRecording(file: string): Promise<Recording> {
  const input = createReadStream(file);
  const lines = createInterface({input, crlfDelay: Number.POSITIVE_INFINITY});
  let head: RecordingHead | undefined;
  const labs: RecordedLab[] = [];
  let number = 0;
  let torn: number | undefined;
  try {
    for await (const text of lines) {
      number++;
      const line = parseLine(text);
      if (!head) {
        if (line?.kind !== 'recording') throw new RecordingError('recording.none', {file});
        if (line.version > 1) throw new RecordingError('recording.newer', {file, version: line.version});
        head = line;
        continue;
      }
      const last = labs.at(-1);
      if (line?.kind === 'lab') labs.push({lab: line.lab, events: []});
      else if (line?.kind === 'event' && last) last.events.push(line.event);
      else {
        torn = number;
        break;
      }
    }
  } finally {
    lines.close();
    input.destroy();
  }
  if (!head) throw new RecordingError('recording.none', {file});
  if (labs.every(one => one.events.length === 0)) throw new RecordingError('recording.empty', {file});
  return {head, labs, ...(torn !== undefined && {torn})};
}
