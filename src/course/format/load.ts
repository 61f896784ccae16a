/** Reads a lab from its folder: `lab.md`, and `lab.LANG.md` for each further language. */
import {readdir} from 'node:fs/promises';
import {basename, join} from 'node:path';
import type {Finding, Lab, Lang} from '../lab.ts';
import {type Built, buildLab} from './blocks.ts';
import {checkSpecs} from './container.ts';
import {type RawDoc, readDocument} from './document.ts';
import {Findings, sortFindings} from './findings.ts';
import {FOLDER} from './folder.ts';
import type {Places, TextRole} from './places.ts';
import * as schema from './schema.ts';
import {readSource} from './source.ts';
import {translate} from './translate.ts';
import {validate} from './validate.ts';

export interface LoadedLab {
  /** Absent when the English file has an error. Errors of a translation leave its words out and the lab usable. */
  lab?: Lab;
  findings: Finding[];
  /** For lintLab(). */
  places: Places;
}

export const TRANSLATIONS: Lang[] = ['zh'];

/** The file of `findings`, cut into steps; undefined, with the reason in `findings`, when it cannot be read. */
export async function readDoc(findings: Findings, places: Places): Promise<RawDoc | undefined> {
  const source = await readSource(findings.file, findings);
  if (source) places.sources.set(source.file, source.lines);
  return source && readDocument(source, findings);
}

function titles(doc: RawDoc, data: {title: string; question: string}, lang: Lang, places: Places): void {
  for (const role of ['title', 'question'] satisfies TextRole[])
    places.texts.push({
      role,
      text: data[role],
      lang,
      file: doc.source.file,
      at: doc.front!.placeOf([role]),
      containers: [],
      step: '',
    });
}

function assemble(dir: string, doc: RawDoc, built: Built, findings: Findings, places: Places): Lab | undefined {
  const data = doc.front && validate(doc.front, schema.frontMatter, findings);
  if (!data) return undefined;
  titles(doc, data, 'en', places);
  for (const name of Object.keys(data.vars))
    places.vars.push({name, file: doc.source.file, at: doc.front!.keyPlace(['vars', name])});
  const folder = FOLDER.exec(basename(dir));
  if (!folder) findings.error('folder.name', {line: 1, col: 1}, {came: basename(dir), id: data.id});
  else if (folder[2] !== data.id)
    findings.error('folder.id', doc.front!.placeOf(['id']), {came: data.id, expected: folder[2]!});
  return {
    format: data.format,
    id: data.id,
    number: folder?.[1] ?? '',
    dir,
    title: {en: data.title},
    question: {en: data.question},
    minutes: data.minutes,
    sources: data.sources,
    requires: data.requires,
    vars: data.vars,
    langs: ['en'],
    ...(built.intro && {intro: built.intro}),
    steps: built.steps.map(({step}) => step),
    cleanup: built.cleanup,
  };
}

async function addLanguage(lab: Lab, built: Built, sound: boolean, lang: Lang, places: Places): Promise<Finding[]> {
  const findings = new Findings(join(lab.dir, `lab.${lang}.md`));
  const doc = await readDoc(findings, places);
  if (!doc) {
    // A lab in one language works; say so where it is felt, but don't stop anybody.
    if (findings.list[0]!.code === 'file.missing')
      return [{...findings.list[0]!, severity: 'warning', code: 'translation.none', params: {lang}}];
    return findings.list;
  }
  const data = doc.front && validate(doc.front, schema.translatedFrontMatter, findings);
  if (data) {
    lab.title.zh = data.title;
    lab.question.zh = data.question;
    titles(doc, data, lang, places);
    if (data.id !== undefined && data.id !== lab.id)
      findings.error('folder.id', doc.front!.placeOf(['id']), {came: data.id, expected: lab.id});
  }
  // Compared with a broken lab, a sound translation would look broken too.
  if (data && sound) translate(built, doc, findings, places);
  lab.langs.push(lang);
  return findings.list;
}

/** Files that look like translations into languages that no screen speaks. */
async function strayLanguages(dir: string): Promise<Finding[]> {
  const names = await readdir(dir);
  return names
    .filter(name => /^lab\.[^.]+\.md$/.test(name) && !TRANSLATIONS.some(lang => name === `lab.${lang}.md`))
    .map(name => ({
      file: join(dir, name),
      line: 1,
      col: 1,
      severity: 'warning',
      code: 'translation.unknown',
      params: {known: TRANSLATIONS.join(', ')},
    }));
}

/**
 * Loads the lab in folder `dir` ('labs/01-uts'). Never throws for what an author can get wrong: each fault is a finding
 * with file, line and column (1-based), in reading order. `lab` is there exactly when the English file has no error.
 */
export async function loadLab(dir: string): Promise<LoadedLab> {
  const places: Places = {conditions: [], texts: [], sources: new Map(), vars: [], shown: []};
  const findings = new Findings(join(dir, 'lab.md'));
  const doc = await readDoc(findings, places);
  if (!doc || findings.list.some(({code}) => code === 'front.missing')) return {findings: findings.list, places};
  const built = buildLab(doc, findings, places);
  await checkSpecs(built.specs, findings);
  const lab = assemble(dir, doc, built, findings, places);
  const all = [...findings.list];
  const sound = !findings.list.some(finding => finding.severity === 'error');
  if (lab) for (const lang of TRANSLATIONS) all.push(...(await addLanguage(lab, built, sound, lang, places)));
  all.push(...(await strayLanguages(dir)));
  return {...(sound && lab && {lab}), findings: sortFindings(all), places};
}
