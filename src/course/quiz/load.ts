/** All questions of some labs, read from their folders. */
import {loadLab} from '../format/load.ts';
import {loadQuiz} from '../format/quiz.ts';
import type {Finding} from '../lab.ts';
import {itemsOf, sameIds} from './pool.ts';
import type {Item} from './types.ts';

export interface Pool {
  /** In the order of the folders, and in each of the files. */
  items: Item[];
  /** Faults of the files. A lab whose lab.md is broken has no questions; a broken quiz.md only lacks its own. */
  findings: Finding[];
}

/** @param dirs folders of labs ('labs/01-uts') */
export async function loadPool(dirs: readonly string[]): Promise<Pool> {
  const loaded = await Promise.all(dirs.map(async dir => ({lab: await loadLab(dir), quiz: await loadQuiz(dir)})));
  const items = loaded.flatMap(({lab, quiz}) => (lab.lab ? itemsOf(lab.lab, quiz.quiz) : []));
  const findings = loaded.flatMap(({lab, quiz}) => [...lab.findings, ...quiz.findings]);
  return {items, findings: [...findings, ...sameIds(items)]};
}
