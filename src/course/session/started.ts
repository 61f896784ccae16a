/** The first event of every session: what runs where. */
import {release} from 'node:os';
import type {EventBody} from '../events.ts';
import type {Lab} from '../lab.ts';
import {version} from './version.ts';

export function started(
  {id, dir}: Lab,
  stage: 'private' | 'real-host',
  seed: string,
  vars: Record<string, string>,
): EventBody {
  const root = process.getuid?.() === 0;
  return {type: 'session-started', lab: id, labDir: dir, version, kernel: release(), stage, seed, vars, root};
}
