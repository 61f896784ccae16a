/** After the last answer: what came of it, by lab and by kind, where it is written, and what to do next. */
import {type Done, KINDS, type Take, tally} from '../../course/index.ts';
import type {Look} from '../app/look.ts';
import {cells, fitTo} from '../text/width.ts';
import {wrap} from '../text/wrap.ts';
import {said} from './said.ts';

export function overLines(take: Take, look: Look, width: number): string[] {
  const {say, style, glyphs, lang} = look;
  const results = take.done;
  const {points, of, unjudged} = tally(results);
  const lines: string[] = [];
  const add = (text: string, paint = (line: string) => line) => lines.push(...wrap(text, width).map(paint));
  if (results.length === 0) add(say('quiz.noScore'));
  else add(say('quiz.score', {points, of, percent: of > 0 ? Math.round((100 * points) / of) : 0}), style.bold);
  if (results.length > 0) {
    const byLab = grouped(results, ({asked}) => asked.number).sort(([a], [b]) => (a < b ? -1 : 1));
    const byKind = KINDS.flatMap(kind => {
      const some = results.filter(({asked}) => asked.kind === kind);
      return some.length > 0 ? [[say(`quiz.kind.${kind}`), some] as [string, Done[]]] : [];
    });
    lines.push(
      '',
      ...table(byLab, say('quiz.column.part'), look),
      '',
      ...table(byKind, say('quiz.column.kind'), look),
      '',
    );
  }
  if (unjudged > 0) add(`${glyphs.unsure} ${say('quiz.unjudgedCount', {count: unjudged})}`);
  if (take.trouble !== undefined) add(`${glyphs.error} ${said(take.trouble, lang)}`, style.bold);
  else if (take.file !== undefined) add(say('quiz.file', {file: take.file}), style.bold);
  if (take.graded && take.file !== undefined) add(say('quiz.handIn'));
  if (!take.graded && take.options.practised && results.length > 0) {
    const all = results.every(({judged, hints}) => judged.verdict === 'right' && hints === 0);
    add(say(all ? 'quiz.allRight' : 'quiz.comesBack'));
  }
  return lines;
}

function grouped(results: readonly Done[], by: (one: Done) => string): [string, Done[]][] {
  return [...Map.groupBy(results, by)];
}

function table(rows: [string, Done[]][], head: string, {say, style}: Look): string[] {
  const body = rows.map(([name, some]) => {
    const {right, points, of} = tally(some);
    return [name, String(some.length), String(right), `${points}/${of}`];
  });
  const all = [[head, say('quiz.column.questions'), say('quiz.column.right'), say('quiz.column.points')], ...body];
  const sizes = [0, 1, 2, 3].map(i => Math.max(...all.map(row => cells(row[i]!))) + 3);
  const draw = (row: string[]) =>
    row
      .map((text, i) => fitTo(text, sizes[i]!))
      .join('')
      .trimEnd();
  return all.map((row, i) => (i === 0 ? style.dim(draw(row)) : draw(row)));
}
