/** Writes a recording while it happens. Each event is in the kernel's hands before the next one: a kill loses nothing. */
import {closeSync, ftruncateSync, openSync, writeSync} from 'node:fs';
import {release} from 'node:os';
import type {Event} from '../events.ts';
import type {Lab} from '../lab.ts';
import {version} from '../session/version.ts';
import {lineOf, type RecordingLine} from './format.ts';

/** Of the file, in bytes. */
export const RECORDING_LIMIT = 64 << 20;
/** Room for what happens after terminals are no longer recorded. */
const RESERVE = 16 << 20;

export interface Recorder {
  readonly file: string;
  /** The events from here on are of this lab's session. */
  lab(lab: Lab): void;
  event(event: Event): void;
  /** Safe to call twice. */
  close(): void;
}

export interface RecorderTold {
  /** Told once, with the error of write(2): the recording ends with the last whole event, the lab goes on. */
  failed(error: NodeJS.ErrnoException): void;
  /** Told once: from here on terminals' bytes are left out, or, where `ended`, everything. */
  full(limitBytes: number, ended: boolean): void;
}

/**
 * Opens a file for a recording, readable by its owner only (terminals show secrets); one that exists is not overwritten.
 * @throws the errno error of open(2)
 */
export function openRecorder(file: string, told: RecorderTold, limitBytes = RECORDING_LIMIT): Recorder {
  const fd = openSync(file, 'wx', 0o600);
  let open = true;
  let size = 0;
  let full = false;
  const close = () => {
    if (open) closeSync(fd);
    open = false;
  };
  const write = (line: RecordingLine) => {
    if (!open) return;
    try {
      size = append(fd, `${lineOf(line)}\n`, size);
    } catch (error) {
      close();
      told.failed(error as NodeJS.ErrnoException);
    }
  };
  const event = (one: Event) => {
    if (size > limitBytes + RESERVE && open) {
      close();
      told.full(limitBytes, true);
    }
    if (one.type !== 'bytes' || size < limitBytes) return write({kind: 'event', event: one});
    if (full) return;
    full = true;
    const {seq, ms} = one;
    write({kind: 'event', event: {type: 'spool-full', limitBytes, seq, ms}});
    told.full(limitBytes, false);
  };
  const at = new Date().toISOString();
  write({kind: 'recording', format: 'glassbox', version: 1, app: version, at, kernel: release()});
  return {file, lab: lab => write({kind: 'lab', lab}), event, close};
}

/**
 * Appends all of it, in as many calls of write(2) as it takes, or nothing.
 * @param size of the file so far, in bytes
 * @returns its size now
 * @throws the errno error of write(2)
 */
export function append(fd: number, text: string, size: number): number {
  const bytes = Buffer.from(text);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
  } catch (error) {
    // Half a line is of no use to anybody.
    ftruncateSync(fd, size);
    throw error;
  }
  return size + bytes.length;
}
