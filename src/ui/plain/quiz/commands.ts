/** What a line means in a quiz: a command, something to be typed into a terminal, or an answer. Pure. */
import type {Asked, Response} from '../../../course/index.ts';
import type {AnswerForm} from '../../quiz/answer.ts';

export type QuizLine =
  | {kind: 'empty'}
  | {kind: Word}
  | {kind: 'type'; side: string; command: string}
  | {kind: 'answer'; response: NonNullable<Response>}
  /** Not an answer to such a question. */
  | {kind: 'unclear'};

/** Whole words only: a letter may be an answer. */
const WORDS = {
  hint: ['hint', '提示'],
  skip: ['skip', '跳过'],
  again: ['again', 'retry', '再答'],
  fresh: ['fresh', 'reset', '重搭'],
  next: ['next', '下一题'],
  question: ['question', '题目'],
  show: ['show', '演示'],
  language: ['lang', 'language', '中文', 'english'],
  help: ['?', '？', 'help', '帮助'],
  quit: ['quit', 'exit', '退出'],
} as const;

type Word = keyof typeof WORDS;

const BY_NAME = new Map<string, Word>(
  Object.entries(WORDS).flatMap(([word, names]) => names.map(name => [name, word as Word] as const)),
);
const DONE = ['done', '完成', '做好了', '好了'];

/**
 * @param sides terminals that are open: 'box: ls' is typed into one of them, and is an answer where there is none of that name
 */
export function parseQuizLine(
  line: string,
  {form, asked, sides}: {form: AnswerForm; asked: Asked; sides: readonly string[]},
): QuizLine {
  const text = line.trim();
  if (text === '') return {kind: 'empty'};
  if (/^(\{.*\}|null)$/.test(text)) return fromJson(text);
  const word = BY_NAME.get(text.toLowerCase());
  if (word) return {kind: word};
  const typed = /^([\p{L}\p{N}_-]+)\s*[:：](.*)$/su.exec(text);
  const side = typed && sides.find(one => one.toLowerCase() === typed[1]!.toLowerCase());
  if (side) return {kind: 'type', side, command: typed[2]!.trim()};
  if (form === 'deed')
    return DONE.includes(text.toLowerCase()) ? {kind: 'answer', response: {done: true}} : {kind: 'unclear'};
  if (form === 'field') return {kind: 'answer', response: {text}};
  const ids = idsOf(text, asked);
  if (!ids || ids.length === 0) return {kind: 'unclear'};
  if (form === 'order') {
    const whole = new Set(ids).size === asked.choices?.length && ids.length === asked.choices.length;
    return whole ? {kind: 'answer', response: {order: ids}} : {kind: 'unclear'};
  }
  if (form === 'single' && ids.length !== 1) return {kind: 'unclear'};
  return {kind: 'answer', response: {choices: [...new Set(ids)]}};
}

/** '2', '1 3', '１，３', or the ids themselves. */
function idsOf(text: string, {choices = []}: Asked): string[] | undefined {
  const words = text
    .normalize('NFKC')
    .split(/[\s,、;]+/)
    .filter(word => word !== '');
  const ids = words.map(word => {
    const byNumber = /^\d{1,2}$/.test(word) ? choices[Number(word) - 1]?.id : undefined;
    return byNumber ?? choices.find(({id}) => id === word)?.id;
  });
  return ids.every(id => id !== undefined) ? (ids as string[]) : undefined;
}

/** A response as a grader's program writes it: {"choices":["a"]}, {"order":[…]}, {"text":"5"}, {"done":true}, null. */
function fromJson(text: string): QuizLine {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return {kind: 'unclear'};
  }
  if (data === null) return {kind: 'skip'};
  const {choices, order, text: said, done} = data as Record<string, unknown>;
  const list = (value: unknown): value is string[] =>
    Array.isArray(value) && value.every(one => typeof one === 'string');
  if (list(choices)) return {kind: 'answer', response: {choices}};
  if (list(order)) return {kind: 'answer', response: {order}};
  if (typeof said === 'string') return {kind: 'answer', response: {text: said}};
  return done === true ? {kind: 'answer', response: {done: true}} : {kind: 'unclear'};
}
