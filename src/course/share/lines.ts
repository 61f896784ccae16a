/** What goes over a demo's sockets: the lines of a recording, and a few that only mean something live. */
import type {CheckBlock, PredictBlock} from '../lab.ts';
import {lineOf, parseLine, type RecordingLine} from '../record/format.ts';

/** Something of the lab that followers did not have until it was shown. */
export type Reveal =
  | {what: 'hint'; check: string; index: number; text: CheckBlock['hints'][number]}
  | {what: 'solution'; check: string; solve: CheckBlock['solve']}
  | {what: 'mistake'; check: string; mistake: CheckBlock['mistakes'][number]}
  | {what: 'because'; prediction: string; because: NonNullable<PredictBlock['because']>};

export type LiveLine =
  | {kind: 'reveal'; reveal: Reveal}
  /** How many look on: with the notes, and without. */
  | {kind: 'followers'; notes: number; share: number}
  /** The demo has ended as it should: nobody need look for it. */
  | {kind: 'end'};

export type ShareLine = RecordingLine | LiveLine;

export function shareLine(line: ShareLine): Buffer {
  const live = line.kind === 'reveal' || line.kind === 'followers' || line.kind === 'end';
  return Buffer.from(`${live ? JSON.stringify(line) : lineOf(line)}\n`);
}

/** @returns undefined: it means nothing to this version */
export function parseShareLine(text: string): ShareLine | undefined {
  const recorded = parseLine(text);
  if (recorded) return recorded;
  try {
    const line = JSON.parse(text) as LiveLine | null;
    return line?.kind === 'reveal' || line?.kind === 'followers' || line?.kind === 'end' ? line : undefined;
  } catch {
    return undefined;
  }
}
