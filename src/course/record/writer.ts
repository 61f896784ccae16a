/** Writes a recording while it happens. Each event is in the kernel's hands before the next one: a kill loses nothing. */
import {closeSync, openSync, writeSync} from 'node:fs';
import {release} from 'node:os';
import type {Event} from '../events.ts';
import type {Lab} from '../lab.ts';
import {version} from '../session/version.ts';
import {lineOf, type RecordingLine} from './format.ts';

export interface Recorder {
  readonly file: string;
  /** The events from here on are of this lab's session. */
  lab(lab: Lab): void;
  event(event: Event): void;
  /** Safe to call twice. */
  close(): void;
}

/**
 * Opens a file for a recording, readable by its owner only (terminals show secrets); one that exists is not overwritten.
 * A write that fails (ENOSPC, EIO) ends the recording and is told once: the lab goes on.
 * @param failed told with the error of write(2)
 * @throws the errno error of open(2)
 */
export function openRecorder(file: string, failed: (error: NodeJS.ErrnoException) => void): Recorder {
  const fd = openSync(file, 'wx', 0o600);
  let open = true;
  const close = () => {
    if (open) closeSync(fd);
    open = false;
  };
  const write = (line: RecordingLine) => {
    if (!open) return;
    const bytes = Buffer.from(`${lineOf(line)}\n`);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
    } catch (error) {
      close();
      failed(error as NodeJS.ErrnoException);
    }
  };
  write({
    kind: 'recording',
    format: 'glassbox',
    version: 1,
    app: version,
    at: new Date().toISOString(),
    kernel: release(),
  });
  return {file, lab: lab => write({kind: 'lab', lab}), event: event => write({kind: 'event', event}), close};
}
