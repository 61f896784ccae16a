/** Questions from elsewhere as a quiz.md to go on with: every section is one question, reasons that are missing are marked. */
import {ID} from '../../format/fence.ts';
import type {Lang} from '../../lab.ts';
import {quizExportWords} from '../../words/quiz-export.ts';
import {render} from '../../words/say.ts';
import {type Draft, draftsOf} from './drafts.ts';
import {type GiftNote, type GiftQuestion, parseGift} from './gift.ts';
import {quoted} from './quoting.ts';

export interface Imported {
  /** Of a file that loads; empty where no question could be kept. */
  text: string;
  count: number;
  /** In the order of the file. */
  notes: GiftNote[];
}

/** Room of a section's title, in characters: half of what lint allows, for Chinese. */
const TITLE = 28;

/**
 * @param source GIFT, UTF-8
 * @param lang of the words that stand in for missing ones
 */
export function importGift(source: string, lang: Lang = 'en'): Imported {
  const {questions, notes} = parseGift(source);
  const filler = render(quizExportWords, lang, 'import.reason');
  const ids = new Set<string>();
  const sections: string[] = [];
  for (const question of questions) {
    const {drafts, notes: said} = draftsOf(question, lang);
    notes.push(...said.map(note => ({line: question.line, ...note})));
    for (const draft of drafts) {
      const missing = missingReasons(draft);
      if (missing > 0) notes.push({line: question.line, code: 'gift.reasons', params: {count: missing, text: filler}});
      for (const [hole] of JSON.stringify(draft).matchAll(/\$\{[^}"]*\}/g))
        notes.push({line: question.line, code: 'gift.hole', params: {came: hole}});
      sections.push(section(question, draft, newId(question, ids), filler));
    }
  }
  notes.sort((a, b) => a.line - b.line);
  const text = sections.length === 0 ? '' : `---\nformat: 1\n---\n\n${sections.join('\n')}`;
  return {text, count: sections.length, notes};
}

function missingReasons({type, choices, because = ''}: Draft): number {
  if (type === 'single' || type === 'multiple') return (choices ?? []).filter(choice => choice.because === '').length;
  return because === '' ? 1 : 0;
}

/** The last part of 'pid/q-levels' where it is an id; else made of the title's Latin letters. */
function newId({title, line}: GiftQuestion, taken: Set<string>): string {
  const own = title.split('/').at(-1) ?? '';
  const latin = own
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  const base = ID.test(own) ? own : latin === '' ? `q-${line}` : latin;
  let id = base;
  for (let i = 2; taken.has(id) || taken.has(`s-${id}`); i++) id = `${base}-${i}`;
  taken.add(id).add(`s-${id}`);
  return id;
}

function heading(question: GiftQuestion, ask: string): string {
  const plain = (/[^\x00-\x7f ]|\s/.test(question.title) ? question.title : ask).replace(/\s+/g, ' ').trim();
  const short = [...plain].slice(0, TITLE).join('').trim() + ([...plain].length > TITLE ? '…' : '');
  return short.replace(/[\\`*_[\]<>#!&|~]/g, '\\$&');
}

function section(question: GiftQuestion, draft: Draft, id: string, filler: string): string {
  const {type, ask, choices, answer, because} = draft;
  const lines = [`type: ${type}`, `ask: ${quoted(ask)}`];
  if (choices) {
    lines.push('choices:');
    choices.forEach((choice, i) => {
      const reason = type === 'order' ? '' : `, because: ${quoted(choice.because || filler)}`;
      const right = choice.right ? ', right: true' : '';
      lines.push(`  - {id: ${choiceId(i)}, text: ${quoted(choice.text)}${right}${reason}}`);
    });
  }
  if (answer !== undefined) lines.push(`answer: ${answer}`);
  const needed = type === 'order' || type === 'number' || type === 'text';
  if (because || needed) lines.push(`because: ${quoted(because || filler)}`);
  const body = lines.join('\n');
  const ticks = '`'.repeat(Math.max(3, ...[...body.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const head = `## ${heading(question, ask)}\n\n<a id="s-${id}"></a>\n`;
  return `${head}\n${ticks}yaml quiz #${id}\n${body}\n${ticks}\n`;
}

const choiceId = (i: number): string => `c${i + 1}`;
