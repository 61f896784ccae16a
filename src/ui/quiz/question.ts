/** The question: what is asked, its choices or its field, and after the answer why which choice is right. */
import {type Current, fillOf, type Words} from '../../course/index.ts';
import {sayReason} from '../course-words.ts';
import type {Segment} from '../lab/segments.ts';
import {cells, fitTo} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';
import type {Answer} from './answer.ts';
import {said} from './said.ts';
import type {QuizScreen} from './screen.ts';

/** Pieces of the question at hand; the one to be kept in sight is called by attentionOf(). */
export function questionSegments(quiz: QuizScreen, current: Current, width: number): Segment[] {
  const segments: Segment[] = [{key: 'ask', lines: prose(quiz, current, current.asked.ask, width)}];
  if (quiz.take?.phase === 'told') segments.push(...toldSegments(quiz, current, width));
  else segments.push(...askingSegments(quiz, current, width));
  for (const segment of segments.slice(0, -1))
    if (!segment.key.startsWith('choice:') || segment.key === lastChoice(segments)) segment.lines.push('');
  return segments;
}

/** Lines of text longer than this are hard to read. */
const LINE = 100;

/** Where the question's text stands: in a frame, where there is room for one. */
export function areaOf({columns, rows}: {columns: number; rows: number}) {
  const framed = columns >= 100 && rows >= 30;
  const margin = framed ? 2 : 1;
  return {framed, margin, width: Math.min(LINE, columns - 2 * margin - (framed ? 2 : 0))};
}

/** Lines that the question would fill, its title too. */
export function wantedLines(quiz: QuizScreen): number {
  const {current, app} = quiz;
  if (!current) return 0;
  const {framed, width} = areaOf(app.size);
  const lines = questionSegments(quiz, current, width).reduce((sum, one) => sum + one.lines.length, 0);
  return framed ? lines : lines + 1;
}

export function attentionOf(quiz: QuizScreen): string {
  const {answer, take} = quiz;
  if (take?.phase === 'told') return 'told';
  if (answer && answer.order.length > 0) return `choice:${answer.cursor}`;
  return answer?.form === 'field' ? 'field' : 'end';
}

const lastChoice = (segments: Segment[]) => segments.findLast(one => one.key.startsWith('choice:'))?.key;

function prose(quiz: QuizScreen, current: Current, words: Words, width: number): string[] {
  const {lang} = quiz.app.look;
  const filled = fillOf(current, words);
  const source = filled[lang] ?? filled.en;
  return [...(quiz.lines(source, width) ?? wrap(source, width))];
}

/** Beside a mark: the mark before the first line, blanks before the others. */
function hung(mark: string, lines: string[]): string[] {
  const blanks = ' '.repeat(cells(mark));
  return lines.map((line, i) => (i === 0 ? mark : blanks) + line);
}

function askingSegments(quiz: QuizScreen, current: Current, width: number): Segment[] {
  const {answer, take, app} = quiz;
  const {look} = app;
  const {style, glyphs, say} = look;
  const segments: Segment[] = [];
  const told = statusLines(quiz, current, width);
  if (told.length > 0) segments.push({key: 'status', lines: told});
  const hints = current.item.block.hints ?? [];
  hints.slice(0, current.hints).forEach((hint, i) => {
    const mark = `${glyphs.hint} `;
    const lines = [
      style.dim(say('quiz.hint', {index: i + 1, of: hints.length})),
      ...prose(quiz, current, hint, width - cells(mark)),
    ];
    segments.push({key: `hint:${i}`, lines: hung(mark, lines)});
  });
  if (take?.trouble !== undefined) {
    const why = said(take.trouble, look.lang);
    segments.push({
      key: 'trouble',
      lines: wrap(`${glyphs.error} ${why}`, width).map(style.bold),
    });
  }
  if (!answer) return segments;
  for (const [at, id] of answer.order.entries())
    segments.push({key: `choice:${at}`, lines: choiceLines(quiz, current, answer, id, at, width)});
  if (answer.form === 'field') segments.push({key: 'field', lines: [fieldLine(quiz, answer, width)]});
  return segments;
}

/** How the stage is, and what to do on it. */
function statusLines(quiz: QuizScreen, current: Current, width: number): string[] {
  const {app, answer, take} = quiz;
  const {look} = app;
  const {say, style, keys, glyphs} = look;
  if (take?.phase === 'judging') return [style.bold(say('quiz.judging'))];
  if (!current.asked.live) return [];
  const key = (action: 'again' | 'terminal' | 'answer') => keys.label('quiz', action, glyphs);
  if (current.failed !== undefined) {
    const params = {why: said(current.failed, look.lang), again: key('again')};
    return wrap(`${glyphs.error} ${say('quiz.noStage', params)}`, width).map(style.bold);
  }
  if (!current.live) return [style.bold(say('quiz.building'))];
  const code = answer?.form === 'deed' ? 'quiz.do' : 'quiz.look';
  return wrap(say(code, {terminal: key('terminal'), answer: key('answer')}), width).map(style.dim);
}

function choiceLines(
  quiz: QuizScreen,
  current: Current,
  answer: Answer,
  id: string,
  at: number,
  width: number,
): string[] {
  const {glyphs, style, say} = quiz.app.look;
  const here = at === answer.cursor;
  const box = answer.form === 'multiple' ? (answer.ticked.has(id) ? '[x] ' : '[ ] ') : '';
  const mark = `${here ? glyphs.here : ' '.repeat(cells(glyphs.here))} ${at + 1} ${box}`;
  const text = textOf(quiz, current, id, width - cells(mark));
  if (here && answer.lifted) text[text.length - 1] += ` ${say('quiz.lifted')}`;
  const lines = hung(mark, text);
  return here ? lines.map(line => (answer.lifted ? style.inverse(style.bold(line)) : style.bold(line))) : lines;
}

function textOf(quiz: QuizScreen, current: Current, id: string, width: number): string[] {
  const words = current.asked.choices?.find(one => one.id === id)?.text ?? {en: id};
  return prose(quiz, current, words, width);
}

/** The end of what was typed, as much as there is room for; a box of its own look says where it goes. */
function fieldLine(quiz: QuizScreen, answer: Answer, width: number): string {
  const {say, style, glyphs} = quiz.app.look;
  const label = `${glyphs.here} ${say('quiz.answer')}`;
  const room = Math.max(8, width - cells(label));
  const text = shownText(answer, room);
  const box = style.underline(fitTo(text, room));
  return `${quiz.field ? style.bold(label) : label}${box}`;
}

function shownText({text}: Answer, room: number): string {
  let shown = text;
  while (cells(shown) > room - 1) shown = shown.slice((shown.codePointAt(0) ?? 0) > 0xffff ? 2 : 1);
  return shown;
}

/** Cells before the cursor in the field's line. */
export function fieldColumn(quiz: QuizScreen, width: number): number {
  const {say, glyphs} = quiz.app.look;
  const label = `${glyphs.here} ${say('quiz.answer')}`;
  return cells(label) + cells(quiz.answer ? shownText(quiz.answer, Math.max(8, width - cells(label))) : '');
}

function toldSegments(quiz: QuizScreen, current: Current, width: number): Segment[] {
  const {look} = quiz.app;
  const {style, glyphs, say, lang} = look;
  const {judged, explanation, response} = current;
  if (!judged || !explanation) return [];
  const segments: Segment[] = [];
  const part = (key: string, lines: string[]) => lines.length > 0 && segments.push({key, lines});
  part('told', verdictLines(quiz, current, width));
  const text = (words: Words, room: number) => prose(quiz, current, words, room);
  if (explanation.mistake) part('mistake', hung(`${style.bad(glyphs.error)} `, text(explanation.mistake, width - 2)));
  const taken = response && 'choices' in response ? response.choices : [];
  explanation.choices?.forEach(({id, right, because}, i) => {
    const verdict = right ? style.good(glyphs.pass) : style.bad(glyphs.fail);
    const mark = `${taken.includes(id) ? glyphs.here : ' '.repeat(cells(glyphs.here))} ${verdict} `;
    const room = width - cells(mark);
    part(`choice:${i}`, hung(mark, [...textOf(quiz, current, id, room).map(style.bold), ...text(because, room)]));
  });
  if (!explanation.choices && judged.verdict !== 'unjudged') part('right', rightLines(quiz, current, width));
  if (explanation.because) part('because', text(explanation.because, width));
  if (judged.verdict === 'unjudged' && judged.reason) {
    const why = sayReason(judged.reason, lang);
    part('why', wrap(say('quiz.unjudged', {why}), width));
  }
  if (current.tries > 1) part('first', wrap(say('quiz.firstCounts'), width).map(style.dim));
  return segments;
}

function verdictLines(quiz: QuizScreen, {judged, response, asked}: Current, width: number): string[] {
  const {style, glyphs, say} = quiz.app.look;
  const {verdict, points} = judged!;
  const mark = {right: glyphs.pass, partly: glyphs.changed, wrong: glyphs.fail, unjudged: glyphs.unsure}[verdict];
  const paint = {right: style.good, partly: style.warn, wrong: style.bad, unjudged: style.warn}[verdict];
  if (verdict === 'unjudged') return [];
  const code = response === null ? 'quiz.skipped' : (`quiz.${verdict}` as const);
  const line = `${mark} ${say(code, {points, of: asked.points})}`;
  const typed = response && 'text' in response && verdict !== 'right' ? [say('quiz.yours', {text: response.text})] : [];
  return [style.bold(paint(line)), ...typed.flatMap(one => wrap(one, width))];
}

function rightLines(quiz: QuizScreen, current: Current, width: number): string[] {
  const {lang, say, style} = quiz.app.look;
  const {judged, explanation} = current;
  const key = judged!.evidence.key;
  const {right} = explanation!;
  if (key && 'order' in key)
    return [
      say('quiz.rightOrder'),
      ...key.order.flatMap((id, i) => {
        const mark = `${i + 1} `;
        return hung(mark, textOf(quiz, current, id, width - cells(mark)));
      }),
    ];
  const text = right[lang] ?? right.en;
  if (text === '') return [];
  if (current.item.block.type === 'hands-on')
    return judged!.verdict === 'right'
      ? []
      : [
          say('quiz.oneWay'),
          ...text
            .split('\n')
            .flatMap(line => wrap(`  ${line}`, width))
            .map(style.accent),
        ];
  return wrap(say('quiz.rightIs', {text}), width);
}
