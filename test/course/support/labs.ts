/** Labs made for one test: the sample lab with something changed. */
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {FactRow} from '../../../src/engine/types.ts';

const sample = (name: string) =>
  readFileSync(new URL(`../../fixtures/labs/01-sample/${name}`, import.meta.url), 'utf8');
export const SAMPLE = {'lab.md': sample('lab.md'), 'lab.zh.md': sample('lab.zh.md')};

const questions = (name: string) => readFileSync(new URL(`../../fixtures/quiz/${name}`, import.meta.url), 'utf8');
/** The questions that stand beside it in the tests that ask for them. */
export const QUESTIONS = {'quiz.md': questions('quiz.md'), 'quiz.zh.md': questions('quiz.zh.md')};

/** Its own table, so that these tests don't move with the engine's. */
export const FACTS: FactRow[] = [
  ...(['hostname', 'domainname'] as const).map(path => ({path, type: 'string' as const, source: 'uname(2)'})),
  ...(['pid', 'nspid', 'uid', 'ns.uts', 'ns.ipc'] as const).map(path => ({
    path,
    type: 'int' as const,
    source: 'proc(5)',
  })),
  {path: 'nspids', type: 'list<int>', source: 'proc(5)'},
  {path: 'env', type: 'map<string>', source: 'proc(5)'},
];

/** Marks the place where a finding is expected. */
export const HERE = '‸';

/** Runs `use` with a folder that holds `files`; the folder is removed afterwards. */
export async function inFolder<T>(
  files: Record<string, string | Uint8Array>,
  use: (root: string) => Promise<T>,
): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'glassbox-lab-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(root, name, '..'), {recursive: true});
      writeFileSync(join(root, name), text);
    }
    return await use(root);
  } finally {
    rmSync(root, {recursive: true, force: true});
  }
}

/** `text` with the one place that holds `from` changed; fails when there is none or more than one. */
export function change(text: string, from: string, to: string): string {
  const parts = text.split(from);
  if (parts.length !== 2)
    throw new Error(`expected ${JSON.stringify(from)} once in the text, found it ${parts.length - 1} times`);
  return parts.join(to);
}

/** Takes the mark out of `text`: the text without it, and its place as line:col. */
export function unmark(text: string): {text: string; at: string} {
  const [before, after, more] = text.split(HERE);
  if (after === undefined || more !== undefined) throw new Error(`expected one ${HERE} in the text`);
  const lines = before!.split('\n');
  return {text: before! + after, at: `${lines.length}:${lines.at(-1)!.length + 1}`};
}
