/** Finds and reads the settings file. YAML is loaded only where there is a file: most starts need none. */
import {readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {configPlace, type Place} from '../../course/progress/place.ts';
import type {Problem, SettingsFile} from './types.ts';

/** Hundreds of times what a file with every key needs. */
const LIMIT = 256 * 1024;

export const settingsPath = (place: Place): string => join(place.dir, 'config.yaml');

/** Never rejects: what cannot be read counts as empty, and a problem says why. */
export async function readSettings(place: Place = configPlace()): Promise<SettingsFile> {
  const file = settingsPath(place);
  const {text, problem} = readText(place);
  if (problem) return {file, exists: true, settings: {keys: {}}, problems: [problem]};
  if (text === undefined) return {file, exists: false, settings: {keys: {}}, problems: []};
  const {parseSettings} = await import('./parse.ts');
  return {file, exists: true, ...parseSettings(text)};
}

/** The file's text; undefined: there is none. As root for a student, only what is the student's own is read. */
export function readText(place: Place): {text?: string; problem?: Problem} {
  const file = settingsPath(place);
  const wrong = (code: string, params: Problem['params']): {problem: Problem} => ({
    problem: {line: 1, col: 1, code, params},
  });
  try {
    const stat = statSync(file, {throwIfNoEntry: false});
    if (!stat) return {};
    // Reading a pipe would wait for ever, and a device has no end.
    if (!stat.isFile()) return wrong('unreadable', {why: stat.isDirectory() ? 'EISDIR' : 'not a regular file'});
    if (place.owner && stat.uid !== place.owner.uid) return wrong('foreign', {uid: stat.uid});
    if (stat.size > LIMIT) return wrong('too-large', {bytes: stat.size, limit: LIMIT});
    return {text: readFileSync(file, 'utf8').replace(/^\uFEFF/, '')};
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException;
    return code === 'ENOTDIR' ? {} : wrong('unreadable', {why: code ?? message});
  }
}
