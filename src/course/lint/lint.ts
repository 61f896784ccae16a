/** Everything that can be said about a lab without running it. */
import type {FactRow} from '../../engine/index.ts';
import {sortFindings} from '../format/findings.ts';
import {type LoadedLab, loadLab} from '../format/load.ts';
import type {Finding} from '../lab.ts';
import {conditions} from './conditions.ts';
import {holes, unusedVars} from './holes.ts';
import type {RuleInput} from './rule.ts';
import {structure} from './structure.ts';
import {texts} from './texts.ts';

/**
 * All findings about a loaded lab, in reading order: those of loading, and, once the English file has no error of form,
 * those of its meaning. `facts` is the engine's table. An empty list: the lab is clean.
 */
export function lintLab(loaded: LoadedLab, facts: readonly FactRow[]): Finding[] {
  const {lab, places} = loaded;
  if (!lab) return loaded.findings;
  const found: Finding[] = [];
  const input: RuleInput = {
    lab,
    places,
    facts,
    containers: lab.steps.flatMap(step => step.blocks.flatMap(block => (block.kind === 'container' ? [block.id] : []))),
    used: new Set(),
    report: (code, file, at, params = {}, severity = 'error') => {
      found.push({file, line: at.line, col: at.col, severity, code, params});
    },
  };
  for (const rule of [structure, conditions, holes, texts, unusedVars]) rule(input);
  return sortFindings([...loaded.findings, ...found]);
}

/** Loads and lints the lab in `dir`. */
export async function lintFolder(dir: string, facts: readonly FactRow[]): Promise<Finding[]> {
  return lintLab(await loadLab(dir), facts);
}
