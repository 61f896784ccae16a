/** An instructor's exam: a small YAML file, every fault with its place. */
import {readFile} from 'node:fs/promises';
import {z} from 'zod';
import {Findings, type Place} from '../format/findings.ts';
import {nearest} from '../format/nearest.ts';
import {validate} from '../format/validate.ts';
import {parseYaml, type YamlText} from '../format/yaml.ts';
import type {Finding} from '../lab.ts';
import {eligible, ofLab} from './draw.ts';
import {type Exam, type Item, KINDS, type Kind} from './types.ts';

const text = z.string().min(1);
const texts = z.array(text).default([]);
const kind = z.enum(KINDS);
const worth = z.number().min(0.5).max(100).optional();
/** 03 is the number 3 in YAML, and a seed of digits is a number too. */
const name = z.preprocess(value => (typeof value === 'number' ? String(value) : value), text);

const examSchema = z.strictObject({
  title: z.preprocess(
    value => (typeof value === 'string' ? {en: value} : value),
    z.strictObject({en: text, zh: text.optional()}),
  ),
  labs: z.array(name).default([]),
  kinds: z.array(kind).default([]),
  count: z.int().min(1).max(200),
  seed: name,
  minutes: z.int().min(1).max(600).optional(),
  include: texts,
  exclude: texts,
  points: z.strictObject(Object.fromEntries(KINDS.map(one => [one, worth])) as Record<Kind, typeof worth>).default({}),
});

export interface LoadedExam {
  /** Absent where the file has an error. */
  exam?: Exam;
  findings: Finding[];
}

/**
 * Reads an exam. Never throws for what an author can get wrong.
 * @param content of the file
 * @param items the pool that it draws from: then labs, ids and the count are looked at too
 */
export function parseExam(content: string, file: string, items?: readonly Item[]): LoadedExam {
  const findings = new Findings(file);
  const yaml = parseYaml(content.replace(/^\ufeff/, ''), {line: 1, col: 1}, findings);
  const data = yaml && validate(yaml, examSchema, findings);
  if (!yaml || !data) return {findings: findings.list};
  const {minutes, ...rest} = data;
  const exam: Exam = {...rest, ...(minutes !== undefined && {minutes})};
  twice(exam, yaml, findings);
  if (items) lint(exam, yaml, items, findings);
  const sound = !findings.list.some(({severity}) => severity === 'error');
  return {...(sound && {exam}), findings: findings.list.sort((a, b) => a.line - b.line || a.col - b.col)};
}

/** As parseExam(); a file that cannot be read is a finding. */
export async function loadExam(file: string, items?: readonly Item[]): Promise<LoadedExam> {
  try {
    return parseExam(await readFile(file, 'utf8'), file, items);
  } catch (error) {
    const findings = new Findings(file);
    const errno = (error as NodeJS.ErrnoException).code ?? String(error);
    findings.error(errno === 'ENOENT' ? 'exam.missing' : 'file.unreadable', {line: 1, col: 1}, {errno});
    return {findings: findings.list};
  }
}

const LISTS = ['labs', 'kinds', 'include', 'exclude'] as const;

function twice(exam: Exam, yaml: YamlText, findings: Findings): void {
  for (const key of LISTS) {
    const list: readonly string[] = exam[key];
    list.forEach((name, i) => {
      if (list.indexOf(name) < i) findings.warning('exam.twice', yaml.placeOf([key, i]), {key, name});
    });
  }
  exam.include.forEach((id, i) => {
    if (exam.exclude.includes(id)) findings.error('exam.in-and-out', yaml.placeOf(['include', i]), {id});
  });
}

function lint(exam: Exam, yaml: YamlText, items: readonly Item[], findings: Findings): void {
  const labs = [...new Set(items.map(({number, labId}) => `${number}-${labId}`))].sort();
  exam.labs.forEach((name, i) => {
    if (items.some(item => ofLab(item, name))) return;
    const near = nearest(name, [...labs, ...items.map(({labId}) => labId)]) ?? '';
    findings.error('exam.unknown-lab', yaml.placeOf(['labs', i]), {came: name, known: labs.join(', '), nearest: near});
  });
  const ids = items.map(({id}) => id);
  for (const key of ['include', 'exclude'] as const)
    exam[key].forEach((id, i) => {
      if (!ids.includes(id)) unknownItem(id, ids, yaml.placeOf([key, i]), findings);
    });
  const chosen = eligible(items, exam);
  const always = items.filter(({id}) => exam.include.includes(id));
  const all = new Set([...chosen, ...always]).size;
  const at = yaml.placeOf(['count']);
  if (exam.count > all) findings.error('exam.count', at, {count: exam.count, all});
  if (exam.count < always.length) findings.error('exam.include', at, {count: exam.count, include: always.length});
  exam.kinds.forEach((one, i) => {
    if (!chosen.some(item => item.kind === one))
      findings.warning('exam.no-kind', yaml.placeOf(['kinds', i]), {kind: one});
  });
}

function unknownItem(id: string, ids: readonly string[], at: Place, findings: Findings): void {
  findings.error('exam.unknown-item', at, {came: id, nearest: nearest(id, ids) ?? ''});
}
