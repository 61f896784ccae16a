/** What was written down of a container that has ended. */
import {readFileSync} from 'node:fs';
import {cannot} from '../failure.ts';
import type {Records} from '../records.ts';
import type {BoxStatus, Entry} from '../types.ts';

interface Ended {
  state: {
    started: string | null;
    finished: string | null;
    exitCode: number | null;
    signal: string | null;
    lost: boolean;
    userUs: number;
    systemUs: number;
    maxRssBytes: number;
  };
}

/** As inspect() gives it. Throws 'engine.none' where it was removed meanwhile. */
export function readEnd(records: Records, entry: Entry): Ended & Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(records.file(entry.id, 'end'), 'utf8')) as Ended & Record<string, unknown>;
  } catch {
    throw cannot('none', {name: entry.name});
  }
}

export function endOf(records: Records, entry: Entry): BoxStatus {
  const {started, finished, exitCode, signal, lost, userUs, systemUs, maxRssBytes} = readEnd(records, entry).state;
  return {
    state: 'ended',
    pid: 0,
    lost,
    ...(started === null ? {} : {started}),
    ...(finished === null ? {} : {finished}),
    exit: {
      ...(exitCode === null ? {} : {code: exitCode}),
      ...(signal === null ? {} : {signal}),
      userUs,
      systemUs,
      maxRssBytes,
    },
  };
}
