/** Which labs there are, and which one a person means. */
import {readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import type {Finding} from '../lab.ts';
import {FOLDER} from './folder.ts';
import {nearest} from './nearest.ts';

export interface LabRef {
  /** '01' */
  number: string;
  /** The rest of the folder's name, which is the lab's id: 'uts'. */
  id: string;
  /** '01-uts' */
  name: string;
  dir: string;
}

function fault(
  file: string,
  code: string,
  params: Finding['params'] = {},
  severity: Finding['severity'] = 'error',
): Finding {
  return {file, line: 1, col: 1, severity, code, params};
}

function duplicates(labs: LabRef[]): Finding[] {
  return labs.flatMap((lab, i) => {
    const same = (key: 'number' | 'id') => labs.slice(0, i).find(other => other[key] === lab[key]);
    const number = same('number');
    const id = same('id');
    return [
      ...(number ? [fault(lab.dir, 'folder.same-number', {number: lab.number, other: number.name})] : []),
      ...(id ? [fault(lab.dir, 'folder.same-id', {id: lab.id, other: id.name})] : []),
    ];
  });
}

/**
 * The folders NN-name in `root` ('labs'), in order of their numbers; a link to a folder counts as one. Findings: a root
 * that is missing or unreadable, a broken link, a folder with another kind of name (warning), a number or id given twice.
 */
export async function findLabs(root: string): Promise<{labs: LabRef[]; findings: Finding[]}> {
  let names: string[];
  try {
    names = await readdir(root);
  } catch (error) {
    const errno = (error as NodeJS.ErrnoException).code ?? String(error);
    return {labs: [], findings: [fault(root, errno === 'ENOENT' ? 'labs.missing' : 'file.unreadable', {errno})]};
  }
  const labs: LabRef[] = [];
  const findings: Finding[] = [];
  for (const name of names.sort()) {
    if (name.startsWith('.')) continue;
    const dir = join(root, name);
    const folder = FOLDER.exec(name);
    const kind = await stat(dir).catch((error: NodeJS.ErrnoException) => error);
    if (kind instanceof Error) findings.push(fault(dir, 'file.unreadable', {errno: kind.code ?? kind.message}));
    else if (!kind.isDirectory()) continue;
    else if (folder) labs.push({number: folder[1]!, id: folder[2]!, name, dir});
    else findings.push(fault(dir, 'folder.ignored', {came: name}, 'warning'));
  }
  labs.sort((a, b) => Number(a.number) - Number(b.number) || (a.name < b.name ? -1 : 1));
  return {labs, findings: [...findings, ...duplicates(labs)]};
}

/**
 * The lab that `query` names: its number with or without leading zeros ('01', '1'), its id ('uts') or the folder's name
 * ('01-uts'), in any case. Without one, `suggestion` is the nearest name, where one is near.
 */
export function resolveLab(query: string, labs: readonly LabRef[]): {lab?: LabRef; suggestion?: string} {
  const wanted = query.trim().toLowerCase().replace(/\/+$/, '');
  const number = /^\d+$/.test(wanted) ? Number(wanted) : undefined;
  const lab = labs.find(
    l => l.name === wanted || l.id === wanted || (number !== undefined && Number(l.number) === number),
  );
  if (lab) return {lab};
  const names = new Map(labs.flatMap(l => [[l.id, l.name] as const, [l.name, l.name] as const]));
  const near = number === undefined ? nearest(wanted, names.keys()) : undefined;
  return near ? {suggestion: names.get(near)!} : {};
}
