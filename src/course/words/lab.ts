/** Words for what lint and the parser find: what is wrong, and how to mend it. */
import type {Finding, Lang} from '../lab.ts';
import {EXAM_WORDS} from './exam.ts';
import {FORMAT_WORDS} from './lab-format.ts';
import {MEANING_WORDS} from './lab-meaning.ts';
import {SPEC_WORDS} from './lab-spec.ts';
import {TRANSLATION_WORDS} from './lab-translation.ts';
import {render, type WordTable} from './say.ts';

export const LAB_WORDS: WordTable = {
  ...FORMAT_WORDS,
  ...SPEC_WORDS,
  ...TRANSLATION_WORDS,
  ...MEANING_WORDS,
  ...EXAM_WORDS,
};

const KINDS: WordTable = {
  map: {en: 'keys with values (a map)', zh: '一组“键: 值”'},
  list: {en: 'a list', zh: '一个列表'},
  string: {en: 'text', zh: '文字'},
  int: {en: 'a whole number', zh: '整数'},
  number: {en: 'a number', zh: '数字'},
  array: {en: 'a list', zh: '一个列表'},
  object: {en: 'keys with values (a map)', zh: '一组“键: 值”'},
  boolean: {en: 'true or false', zh: 'true 或 false'},
  bool: {en: 'true or false', zh: 'true 或 false'},
  nothing: {en: 'nothing', zh: '空'},
};

const ROLES: WordTable = {
  title: {en: 'the title', zh: '标题'},
  question: {en: 'the question', zh: '问题（question）'},
  'step-title': {en: "the step's title", zh: '步骤标题'},
  'check-title': {en: "the check's title", zh: '检查的标题'},
  choice: {en: 'the choice', zh: '选项'},
  ask: {en: 'the question', zh: '提问'},
  because: {en: 'the reason', zh: '理由（because）'},
  alert: {en: 'the quote', zh: '引用块'},
};

const SUFFIX: WordTable = {
  near: {en: ' Did you mean {nearest}?', zh: '你想写的是不是 {nearest}？'},
  warning: {en: 'warning: ', zh: '提醒：'},
};

/** One sentence or two: what is wrong, and how to mend it; without the place. */
export function sayFinding(finding: Finding, lang: Lang): string {
  const params = {...finding.params};
  for (const key of ['expected', 'came']) {
    const kind =
      finding.code === 'yaml.type' || finding.code === 'spec.type' ? KINDS[params[key] as string] : undefined;
    if (kind) params[key] = kind[lang];
  }
  const role = ROLES[params.role as string];
  if (role) params.role = role[lang];
  const near = params.nearest ? render(SUFFIX, lang, 'near', params) : '';
  return render(LAB_WORDS, lang, finding.code, params) + near;
}

/** `file:line:col: what, and how to mend it`, as editors and terminals make it clickable; warnings say that they are. */
export function formatFinding(finding: Finding, lang: Lang): string {
  const mark = finding.severity === 'warning' ? render(SUFFIX, lang, 'warning') : '';
  return `${finding.file}:${finding.line}:${finding.col}: ${mark}${sayFinding(finding, lang)}`;
}
