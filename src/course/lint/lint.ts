/** Everything that can be said about a lab and its questions without running them. */
import type {FactRow} from '../../engine/index.ts';
import {sortFindings} from '../format/findings.ts';
import {type LoadedLab, loadLab} from '../format/load.ts';
import type {Places} from '../format/places.ts';
import {type LoadedQuiz, loadQuiz} from '../format/quiz.ts';
import type {Finding, Lab} from '../lab.ts';
import {conditions} from './conditions.ts';
import {holes, unusedVars} from './holes.ts';
import {lacks, questions, sameIds} from './questions.ts';
import type {Rule, RuleInput} from './rule.ts';
import {structure} from './structure.ts';
import {texts} from './texts.ts';

function apply(rules: Rule[], lab: Lab, places: Places, facts: readonly FactRow[]): Finding[] {
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
  for (const rule of rules) rule(input);
  return found;
}

/**
 * All findings about a loaded lab, in reading order: those of loading, and, once the English file has no error of form,
 * those of its meaning. `facts` is the engine's table. An empty list: the lab is clean.
 */
export function lintLab({lab, places, findings}: LoadedLab, facts: readonly FactRow[]): Finding[] {
  if (!lab) return findings;
  const found = apply([structure, lacks, conditions, holes, texts, unusedVars], lab, places, facts);
  return sortFindings([...findings, ...found]);
}

/** The same about the questions beside a lab. `lab`: the lab itself, whose questions must have other ids. */
export function lintQuiz({quiz, places, findings}: LoadedQuiz, facts: readonly FactRow[], lab?: Lab): Finding[] {
  if (!quiz) return findings;
  const found = apply([questions, lacks, conditions, holes, texts, unusedVars], quiz, places, facts);
  const same = (lab ? sameIds(lab, quiz) : []).map(({id, at}): Finding => {
    const {file, line, col} = at;
    return {file, line, col, severity: 'error', code: 'question.same-id', params: {id}};
  });
  return sortFindings([...findings, ...found, ...same]);
}

/** Loads and lints the lab in `dir`, and the questions beside it. */
export async function lintFolder(dir: string, facts: readonly FactRow[]): Promise<Finding[]> {
  const [lab, quiz] = await Promise.all([loadLab(dir), loadQuiz(dir)]);
  return [...lintLab(lab, facts), ...lintQuiz(quiz, facts, lab.lab)];
}
