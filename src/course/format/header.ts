/** The front matter alone, for lists of labs: a tenth of the time of reading the whole. */
import {basename, join} from 'node:path';
import type {Finding, Lang, Requires, Words} from '../lab.ts';
import {Findings} from './findings.ts';
import {FOLDER} from './folder.ts';
import * as schema from './schema.ts';
import {readSource} from './source.ts';
import {validate} from './validate.ts';
import {parseYaml, type YamlText} from './yaml.ts';

export interface LabHeader {
  id: string;
  number: string;
  dir: string;
  title: Words;
  question: Words;
  minutes: number;
  requires: Requires;
}

async function front(file: string, findings: Findings): Promise<YamlText | undefined> {
  const source = await readSource(file, findings);
  if (!source) return undefined;
  const end = source.lines.indexOf('---', 1);
  if (source.lines[0] === '---' && end > 0)
    return parseYaml(source.lines.slice(1, end).join('\n'), {line: 2, col: 1}, findings);
  findings.error('front.missing', {line: 1, col: 1});
  return undefined;
}

/**
 * Title, question, minutes and needs of the lab in `dir`, without reading its steps. `header` is absent, with errors in
 * `findings`, when the front matter of lab.md is broken; a translation that is missing or broken only lacks its words.
 */
export async function loadHeader(dir: string): Promise<{header?: LabHeader; findings: Finding[]}> {
  const findings = new Findings(join(dir, 'lab.md'));
  const english = await front(findings.file, findings);
  const data = english && validate(english, schema.frontMatter, findings);
  if (!data) return {findings: findings.list};
  const {id, minutes, requires} = data;
  const header: LabHeader = {
    id,
    number: FOLDER.exec(basename(dir))?.[1] ?? '',
    dir,
    title: {en: data.title},
    question: {en: data.question},
    minutes,
    requires,
  };
  for (const lang of ['zh'] satisfies Lang[]) {
    const own = new Findings(join(dir, `lab.${lang}.md`));
    const yaml = await front(own.file, own);
    const words = yaml && validate(yaml, schema.translatedFrontMatter, own);
    if (!words) continue;
    header.title[lang] = words.title;
    header.question[lang] = words.question;
  }
  return {header, findings: findings.list};
}
