/** What a question of GIFT becomes here: one question, several (a matching one), or none with its reason. */
import type {Lang} from '../../lab.ts';
import {quizExportWords} from '../../words/quiz-export.ts';
import {render} from '../../words/say.ts';
import type {GiftAnswers, GiftChoice, GiftNote, GiftQuestion} from './gift.ts';
import {quoted} from './quoting.ts';

export interface Draft {
  type: 'single' | 'multiple' | 'order' | 'number' | 'text';
  /** Markdown. */
  ask: string;
  choices?: {text: string; right: boolean; because: string}[];
  /** As YAML. */
  answer?: string;
  /** Undefined: the question has none and needs none. */
  because?: string;
}

type Note = Omit<GiftNote, 'line'>;
interface Drafts {
  drafts: Draft[];
  notes: Note[];
}

const none = (code: string, params: Note['params'] = {}): Drafts => ({drafts: [], notes: [{code, params}]});

export function draftsOf(question: GiftQuestion, lang: Lang): Drafts {
  const {ask, answers, because} = question;
  if (ask === '') return none('gift.empty-ask');
  const general = because === '' ? {} : {because};
  switch (answers.type) {
    case 'essay':
      return none('gift.essay');
    case 'broken':
      return none('gift.broken', {came: answers.came});
    case 'boolean': {
      const choice = (code: string, right: boolean) => ({
        text: render(quizExportWords, lang, code),
        right,
        because: right ? answers.rightBecause : answers.wrongBecause,
      });
      const choices = [choice('import.true', answers.right), choice('import.false', !answers.right)];
      return {drafts: [{type: 'single', ask, choices, ...general}], notes: []};
    }
    case 'choices':
      return choicesDraft(ask, answers.choices, general);
    case 'number':
      return numberDraft(ask, answers.choices, because);
    case 'short':
      return textDraft(ask, answers.choices, because);
    case 'match':
      return matchDrafts(ask, answers, because, lang);
  }
}

function choicesDraft(ask: string, given: GiftChoice[], general: {because?: string}): Drafts {
  const single =
    given.filter(one => one.mark === '=').length === 1 && !given.some(one => one.mark === '~' && one.weight > 0);
  const right = (one: GiftChoice) => (single ? one.mark === '=' : one.weight > 0);
  if (!given.some(right)) return none('gift.no-right');
  if (given.length < 2) return none('gift.few-choices');
  const shares = new Set(given.filter(right).map(one => one.weight));
  const uneven = single ? given.some(one => one.mark === '~' && one.weight !== 0) : shares.size > 1;
  return {
    drafts: [
      {
        type: single ? 'single' : 'multiple',
        ask,
        choices: given.map(one => ({text: one.text, right: right(one), because: one.feedback})),
        ...general,
      },
    ],
    notes: uneven ? [{code: 'gift.weights', params: {}}] : [],
  };
}

/** Of several answers one is kept: the first with the most points. */
function best(given: GiftChoice[]): {kept: GiftChoice; lost: GiftChoice[]} | undefined {
  const most = Math.max(...given.map(one => one.weight));
  const kept = given.find(one => one.weight === most);
  return kept && most > 0 ? {kept, lost: given.filter(one => one !== kept)} : undefined;
}

const lostNote = (kept: GiftChoice, lost: GiftChoice[]): Note[] =>
  lost.length === 0
    ? []
    : [{code: 'gift.more-answers', params: {kept: kept.text, lost: lost.map(({text}) => text).join(', ')}}];

function numberDraft(ask: string, given: GiftChoice[], general: string): Drafts {
  const found = best(given);
  if (!found) return none('gift.no-right');
  const {kept, lost} = found;
  const text = kept.text.replace(/\\/g, '');
  const exact = /^\s*([+-]?\d{1,40})(?:\.0*)?\s*(?::\s*\+?0*(?:\.0*)?)?\s*$/.exec(text);
  const same = /^\s*([+-]?\d{1,40})\s*\.\.\s*([+-]?\d{1,40})\s*$/.exec(text);
  const value = exact?.[1] ?? (same && BigInt(same[1]!) === BigInt(same[2]!) ? same[1] : undefined);
  if (value === undefined) return none('gift.tolerance', {came: text});
  // YAML reads numbers with 53 bits: what is larger would come out as another one.
  const number = BigInt(value.replace(/^\+/, ''));
  if (!Number.isSafeInteger(Number(number))) return none('gift.tolerance', {came: text});
  const because = [kept.feedback, general].filter(part => part !== '').join('\n\n');
  return {drafts: [{type: 'number', ask, answer: String(number), because}], notes: lostNote(kept, lost)};
}

function textDraft(ask: string, given: GiftChoice[], general: string): Drafts {
  const found = best(given);
  if (!found) return none('gift.no-right');
  const {kept, lost} = found;
  const text = kept.text.replace(/\\\*/g, '*');
  if (text === '') return none('gift.no-right');
  if (/^\$\{[\s\S]*\}$/.test(text)) return none('gift.expression', {came: text});
  const because = [kept.feedback, general].filter(part => part !== '').join('\n\n');
  return {drafts: [{type: 'text', ask, answer: quoted(text), because}], notes: lostNote(kept, lost)};
}

/** Places in a row are an order; anything else is asked one by one, with all the others as choices. */
function matchDrafts(ask: string, {pairs}: Extract<GiftAnswers, {type: 'match'}>, because: string, lang: Lang): Drafts {
  const asked = pairs.filter(({left}) => left !== '');
  const places = asked.map(({right}) => Number(right));
  const inOrder =
    asked.length === pairs.length && asked.length >= 2 && places.toSorted((a, b) => a - b).every((n, i) => n === i + 1);
  if (inOrder) {
    const hint = [
      render(quizExportWords, 'en', 'export.put-in-order'),
      render(quizExportWords, 'zh', 'export.put-in-order'),
    ];
    const bare = hint.reduce((text, one) => text.replace(`\n\n${one}`, ''), ask);
    // In the file's order they would be the answer.
    const shown = [...asked.entries()].toSorted(([, a], [, b]) => (a.left < b.left ? -1 : 1));
    const ids = asked.map((_, i) => `c${shown.findIndex(([at]) => at === i) + 1}`);
    const order = places.map((place, i) => ({place, id: ids[i]!})).toSorted((a, b) => a.place - b.place);
    const choices = shown.map(([, {left}]) => ({text: left, right: false, because: ''}));
    return {
      drafts: [{type: 'order', ask: bare, choices, answer: `[${order.map(({id}) => id).join(', ')}]`, because}],
      notes: [],
    };
  }
  const all = [...new Set(pairs.map(({right}) => right))];
  if (all.length < 2 || asked.length === 0) return none('gift.few-choices');
  const drafts = asked.map(({left, right}): Draft => {
    const choices = all.map(text => ({text, right: text === right, because: ''}));
    const words = render(quizExportWords, lang, 'import.match', {ask, left});
    return {type: 'single', ask: words, choices, ...(because !== '' && {because})};
  });
  return {drafts, notes: []};
}
