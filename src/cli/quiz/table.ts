/** The table of a class as a terminal shows it. */
import textWidth from 'string-width';
import {type ClassRow, type Lang, render} from '../../course/index.ts';
import {cliWords} from '../words.ts';

/** Without what a terminal would obey: names and files come from others. */
const harmless = (text: string) => text.replace(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, '');

export function classLines(rows: readonly ClassRow[], lang: Lang): string[] {
  const say = (code: string) => render(cliWords, lang, code);
  const labs = [...new Set(rows.flatMap(row => Object.keys(row.labs)))].sort();
  const column = (name: string) => say(`grade.column.${name}`);
  const head = ['', column('student'), column('name'), column('points'), column('percent'), ...labs];
  const unjudged = rows.some(row => row.unjudged > 0);
  if (unjudged) head.push(column('unjudged'));
  head.push(column('file'));
  const body = rows.map(row => [
    row.ok ? '' : say('grade.mark'),
    row.student.id || row.student.user,
    row.student.name,
    `${row.points}/${row.of}`,
    row.percent === null ? '–' : String(row.percent),
    ...labs.map(lab => (row.labs[lab] ? `${row.labs[lab].points}/${row.labs[lab].of}` : '')),
    ...(unjudged ? [String(row.unjudged)] : []),
    row.file,
  ]);
  const all = [head, ...body].map(row => row.map(harmless));
  const sizes = head.map((_, i) => Math.max(...all.map(row => textWidth(row[i]!))));
  return all.map(row =>
    row
      .map((text, i) => text + ' '.repeat(sizes[i]! - textWidth(text)))
      .join('  ')
      .trimEnd(),
  );
}
