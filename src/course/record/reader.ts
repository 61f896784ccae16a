/** Reads a recording: of a killed session, what was written up to its last whole line. */
import {createReadStream} from 'node:fs';
import type {Event} from '../events.ts';
import type {Lab} from '../lab.ts';
import {clean} from '../share/clean.ts';
import {Splitter} from '../share/splitter.ts';
import {parseLine, type RecordingHead, type RecordingLine} from './format.ts';

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

/** What is no recording for us. `code`: 'recording.none', 'recording.newer', 'recording.empty', 'recording.screen' (asciicast). */
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
  const reading = new Reading(file);
  const lines = new Splitter(text => reading.line(text));
  const input = createReadStream(file);
  try {
    for await (const chunk of input) {
      lines.push(chunk as Buffer);
      if (reading.torn !== undefined) break;
    }
    // Of a killed session, the last line may be half there.
    lines.push(Buffer.from('\n'));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    reading.tear();
  } finally {
    input.destroy();
  }
  return reading.done();
}

class Reading {
  torn: number | undefined;
  #file: string;
  #head: RecordingHead | undefined;
  #labs: RecordedLab[] = [];
  #number = 0;

  constructor(file: string) {
    this.#file = file;
  }

  line(text: string): void {
    if (this.torn !== undefined) return;
    this.#number++;
    if (!this.#head) this.#head = this.#headOf(text);
    else if (text !== '' && !this.#add(parseLine(text))) this.torn = this.#number;
  }

  /** What follows is no line at all. */
  tear(): void {
    this.torn ??= this.#number + 1;
  }

  done(): Recording {
    const file = this.#file;
    if (!this.#head) throw new RecordingError('recording.none', {file});
    const labs = this.#labs.filter(one => one.events.length > 0);
    if (labs.length === 0) throw new RecordingError('recording.empty', {file});
    return {head: this.#head, labs, ...(this.torn !== undefined && {torn: this.torn})};
  }

  #headOf(text: string): RecordingHead {
    const file = this.#file;
    const line = parseLine(text);
    if (line?.kind !== 'recording')
      throw new RecordingError(isCast(text) ? 'recording.screen' : 'recording.none', {file});
    if (line.version !== 1) throw new RecordingError('recording.newer', {file, version: line.version});
    return clean(line);
  }

  #add(line: RecordingLine | undefined): boolean {
    const last = this.#labs.at(-1);
    if (line?.kind === 'lab') this.#labs.push({lab: clean(line.lab), events: []});
    else if (line?.kind === 'event' && last && fits(line.event, last.lab)) last.events.push(harmless(line.event));
    else return false;
    return true;
  }
}

/** Bytes go to an emulator; all else goes to the screen as it is. */
function harmless(event: Event): Event {
  return event.type === 'bytes' ? event : clean(event);
}

/** Steps are looked up by their index. */
function fits(event: Event, lab: Lab): boolean {
  return event.type !== 'step-entered' || lab.steps[event.index]?.id === event.step;
}

/** The header of an asciicast (asciinema). */
function isCast(text: string): boolean {
  return /^\{.*"version":\s*[23]\b/.test(text);
}
