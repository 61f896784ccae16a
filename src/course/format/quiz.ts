/** Reads the questions beside a lab: `quiz.md`, and `quiz.LANG.md`. Every section is one question that stands alone. */
import {basename, join} from 'node:path';
import type {Finding, Lab, Lang, QuizBlock, Requires} from '../lab.ts';
import {isLive} from '../quiz/pool.ts';
import {type Built, buildLab} from './blocks.ts';
import {checkSpecs} from './container.ts';
import type {Item, RawDoc, RawStep} from './document.ts';
import {Findings, sortFindings} from './findings.ts';
import {FOLDER} from './folder.ts';
import {type LabHeader, loadHeader} from './header.ts';
import {readDoc, TRANSLATIONS} from './load.ts';
import type {Places} from './places.ts';
import * as schema from './schema.ts';
import {translate} from './translate.ts';
import {validate} from './validate.ts';

export interface LoadedQuiz {
  /**
   * The questions as a lab: each step is one of them, with the blocks that set it up and one quiz block. Absent where
   * there is no quiz.md, or it has an error.
   */
  quiz?: Lab;
  findings: Finding[];
  /** For lintQuiz(). */
  places: Places;
}

const ALLOWED = ['container', 'run', 'quiz', 'solve', 'mistake'];

function checkItem(item: Item, findings: Findings): void {
  if (item.kind === 'prose') findings.error('question.text', item.at);
  else if (item.kind === 'alert' && item.type !== 'HINT' && item.type !== 'SAY')
    findings.error('question.block', item.at, {verb: `[!${item.type}]`});
  else if (item.kind === 'fence' && !ALLOWED.includes(item.fence.verb))
    findings.error('question.block', item.at, {verb: item.fence.verb});
}

/** One question, and what sets it up above it. */
function checkSection(step: RawStep, findings: Findings): void {
  for (const item of step.items) checkItem(item, findings);
  const fences = step.items.flatMap(item => (item.kind === 'fence' ? [item.fence] : []));
  const quizzes = fences.filter(fence => fence.verb === 'quiz');
  if (quizzes.length !== 1) findings.error('question.one', step.at, {id: step.id, came: quizzes.length});
  const below = fences.slice(fences.findIndex(fence => fence.verb === 'quiz') + 1);
  for (const fence of below) if (fence.verb === 'container') findings.error('question.late', fence.at);
}

/** A run below a question shows its answer, so that the answer must be the kernel's. */
function checkReveals({steps}: Built, findings: Findings): void {
  for (const {step} of steps) {
    const at = step.blocks.findIndex(block => block.kind === 'quiz');
    const quiz = step.blocks[at] as QuizBlock | undefined;
    for (const block of at < 0 ? [] : step.blocks.slice(at + 1))
      if (block.kind === 'run' && !(quiz && quiz.check === undefined && isLive(quiz)))
        findings.error('question.late', block.pos);
  }
}

/** What either needs: lists together, nothing twice. */
function both(lab: Requires, own: Requires): Requires {
  const roots = [lab.root, own.root];
  const root = roots.includes(true) || (roots.includes('mapped') && 'mapped');
  const all: Requires = {...lab, ...own, ...(root && {root})};
  for (const key of ['namespaces', 'tools', 'filesystems', 'controllers'] as const)
    if (lab[key] || own[key]) all[key] = [...new Set([...(lab[key] ?? []), ...(own[key] ?? [])])];
  return all;
}

function assemble(doc: RawDoc, built: Built, header: LabHeader, findings: Findings, places: Places): Lab | undefined {
  const data = doc.front && validate(doc.front, schema.quizFrontMatter, findings);
  if (!data) return undefined;
  for (const name of Object.keys(data.vars))
    places.vars.push({name, file: doc.source.file, at: doc.front!.keyPlace(['vars', name])});
  const {id, number, dir, title, question, minutes} = header;
  return {
    format: data.format,
    id,
    number: FOLDER.exec(basename(dir))?.[1] ?? number,
    dir,
    title,
    question,
    minutes,
    sources: [],
    requires: both(header.requires, data.requires),
    vars: data.vars,
    langs: ['en'],
    steps: built.steps.map(({step}) => step),
    cleanup: [],
  };
}

async function addLanguage(quiz: Lab, built: Built, sound: boolean, lang: Lang, places: Places): Promise<Finding[]> {
  const findings = new Findings(join(quiz.dir, `quiz.${lang}.md`));
  const doc = await readDoc(findings, places);
  if (!doc) {
    if (findings.list[0]!.code === 'file.missing')
      return [{...findings.list[0]!, severity: 'warning', code: 'translation.none', params: {lang}}];
    return findings.list;
  }
  const data = doc.front && validate(doc.front, schema.translatedQuizFrontMatter, findings);
  if (data && sound) translate(built, doc, findings, places);
  quiz.langs.push(lang);
  return findings.list;
}

/**
 * Loads the questions beside the lab in folder `dir`. No quiz.md is no fault. Never throws for what an author can get
 * wrong; a lab whose front matter is broken has no questions, and that is for loadLab() to tell.
 */
export async function loadQuiz(dir: string): Promise<LoadedQuiz> {
  const places: Places = {conditions: [], texts: [], sources: new Map(), vars: [], shown: []};
  const findings = new Findings(join(dir, 'quiz.md'));
  const doc = await readDoc(findings, places);
  if (!doc) return {findings: findings.list.filter(({code}) => code !== 'file.missing'), places};
  if (findings.list.some(({code}) => code === 'front.missing')) return {findings: findings.list, places};
  for (const item of doc.intro) if (item.kind === 'prose') findings.error('question.text', item.at);
  for (const step of doc.steps) checkSection(step, findings);
  const built = buildLab({...doc, intro: doc.intro.filter(item => item.kind !== 'prose')}, findings, places, {
    apart: true,
  });
  checkReveals(built, findings);
  await checkSpecs(built.specs, findings);
  const {header} = await loadHeader(dir);
  const quiz = header && assemble(doc, built, header, findings, places);
  const all = [...findings.list];
  const sound = !findings.list.some(finding => finding.severity === 'error');
  if (quiz) for (const lang of TRANSLATIONS) all.push(...(await addLanguage(quiz, built, sound, lang, places)));
  return {...(sound && quiz && {quiz}), findings: sortFindings(all), places};
}
