/** Asking doctor inside a guest: as root within this process (Node takes seconds to start there), else through the program. */
import {execFileSync, spawnSync} from 'node:child_process';
import path from 'node:path';
import {checkup, doctorFiles, findLabs} from '../../../../src/course/index.ts';

const project = path.resolve(import.meta.dirname, '../../../..');
export const glassbox: string = path.join(project, 'bin/glassbox');
export const learner = 'learner';
export const uid = 4711;

type Files = Awaited<ReturnType<typeof doctorFiles>>;
export type Told = ReturnType<Files['doctorJson']> & {status?: number | null};

const screen = {isTTY: true, columns: 80, rows: 24, getColorDepth: () => 8};

export const sh = (command: string): string =>
  execFileSync('/bin/sh', ['-c', command], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']});

/** What doctor says to root. */
export async function ask(): Promise<Told> {
  const {labs} = await findLabs(path.join(project, 'labs'));
  const {doctorJson} = await doctorFiles();
  return doctorJson(await checkup(labs, {screen}), '0');
}

/** What `glassbox doctor --json` prints when it is started through other words: setpriv …, unshare … */
export function askThrough(...words: string[]): Told {
  const [program, ...args] = [...words, glassbox, 'doctor', '--json'];
  const {stdout, stderr, status} = spawnSync(program!, args, {encoding: 'utf8', maxBuffer: 2 ** 24});
  try {
    return {...(JSON.parse(stdout) as Told), status};
  } catch {
    throw new Error(`doctor said no JSON (status ${status}): ${stdout.slice(0, 300)} ${stderr.slice(0, 600)}`);
  }
}

/** What it says to an ordinary user. */
export function askUser(): Told {
  const home = `HOME=/home/${learner}`;
  return askThrough(
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${uid}`,
    '--clear-groups',
    '--bounding-set=-all',
    'env',
    home,
  );
}

export type Wanted = Partial<Record<'yes' | 'no' | 'mapped', readonly string[]>>;

/**
 * Throws with every difference between what is wanted and what came.
 * @param want by id of a finding: "no host.cgroup.none"
 */
export function wanted(told: Told, want: Record<string, string>, labs: Wanted = {}): void {
  const wrong: string[] = [];
  for (const [id, meaning] of Object.entries(want)) {
    const finding = told.findings.find(one => one.id === id);
    const came = `${finding?.ok} ${finding?.meaning}`;
    if (came !== meaning) wrong.push(`${id}: expected ${meaning}, came ${came}`);
  }
  for (const [runs, numbers] of Object.entries(labs)) {
    for (const number of numbers) {
      const came = told.labs.find(one => one.number === number);
      if (came?.runs === runs) continue;
      wrong.push(`lab ${number}: expected ${runs}, came ${came?.runs} ${came?.unmet.map(one => one.code).join(' ')}`);
    }
  }
  if (wrong.length > 0) throw new Error(wrong.join('; '));
}

/** Runs the command that doctor prints to mend `id`, as a person would who reads it. */
export function mend(told: Told, id: string): void {
  const {command} = told.findings.find(one => one.id === id) ?? {};
  if (!command) throw new Error(`${id}: no command that mends it`);
  sh(command);
}
