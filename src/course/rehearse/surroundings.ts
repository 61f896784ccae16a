/** What is around the labs: the screen, the locale, room in memory and on the disks. */
import {accessSync, constants, existsSync, statfsSync} from 'node:fs';
import path from 'node:path';
import type {HostReport} from '../../engine/index.ts';
import type {LabRehearsal, Remark, ScreenSize} from './types.ts';

/** What slides are laid out for: on less they are crowded. */
const COMFORTABLE: ScreenSize = {cols: 80, rows: 24};
/** A demo of some hours with its two terminals, and a browser beside it. */
const LEAST_MEMORY = 512 * 2 ** 20;
/** Events and asciicast, and a class that takes its time. */
const RECORDING_FACTOR = 4;

/** Findings of the host report that concern a demo. */
const HOST = ['node', 'locale', 'ptmx', 'disk.run', 'disk.state'];

export interface Surroundings {
  host: HostReport;
  size: ScreenSize;
  /** Below this no screen opens. */
  least: ScreenSize;
  /** Bytes that the kernel could give to a program now: process.availableMemory(). */
  memory: number;
}

/** What of this machine would disturb a demo, whichever lab it shows. */
export function surroundings({host, size, least, memory}: Surroundings): Remark[] {
  const remarks: Remark[] = [];
  const below = (one: ScreenSize) => size.cols < one.cols || size.rows < one.rows;
  const params = (one: ScreenSize) => ({cols: size.cols, rows: size.rows, needCols: one.cols, needRows: one.rows});
  if (below(least)) remarks.push({severity: 'fails', code: 'rehearse.size', params: params(least)});
  else if (below(COMFORTABLE)) remarks.push({severity: 'warns', code: 'rehearse.narrow', params: params(COMFORTABLE)});
  for (const {id, ok, meaning, params: found = {}, cure} of host.findings) {
    const dumb = id === 'terminal' && meaning === 'host.terminal.dumb';
    if (ok === 'yes' || !(HOST.includes(id) || dumb)) continue;
    const severity = ok === 'no' ? 'fails' : 'warns';
    remarks.push({severity, code: 'rehearse.host', params: found, host: {meaning, ...(cure !== undefined && {cure})}});
  }
  if (memory < LEAST_MEMORY) {
    const free = {freeMiB: Math.floor(memory / 2 ** 20), needMiB: LEAST_MEMORY / 2 ** 20};
    remarks.push({severity: 'warns', code: 'rehearse.memory', params: free});
  }
  return remarks;
}

/**
 * Whether a recording of these labs can be written: nothing is there yet, its folder is, with room enough.
 * @param files that the recording makes, all in one folder
 */
export function recordingRemarks(
  files: readonly string[],
  labs: readonly Pick<LabRehearsal, 'recordBytes'>[],
): Remark[] {
  const fails = (code: string, file: string): Remark[] => [
    {severity: 'fails', code, params: {file, directory: path.dirname(path.resolve(file))}},
  ];
  const there = files.filter(file => existsSync(file));
  if (there.length > 0) return there.flatMap(file => fails('rehearse.record.exists', file));
  const [file] = files;
  if (file === undefined) return [];
  const directory = path.dirname(path.resolve(file));
  if (!existsSync(directory)) return fails('rehearse.record.no-folder', file);
  try {
    accessSync(directory, constants.W_OK);
  } catch {
    return fails('rehearse.record.read-only', file);
  }
  const stat = statfsSync(directory);
  const free = stat.bavail * stat.bsize;
  const need = labs.reduce((sum, lab) => sum + lab.recordBytes, 0) * RECORDING_FACTOR;
  if (free >= need) return [];
  const params = {directory, freeMiB: mebi(free), needMiB: mebi(need)};
  return [{severity: 'warns', code: 'rehearse.record.room', params}];
}

function mebi(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
