/** Tables for the grade books of Moodle (Grades, Import, CSV file) and Canvas (Gradebook, Import). */
import type {Lang} from '../../../lab.ts';
import type {ResultFile} from '../../types.ts';
import {csv, numberCell, quoted, textCell} from './csv.ts';
import {examTitles, gradeRows} from './latest.ts';

export interface TableOptions {
  lang?: Lang;
  /** A mark at the beginning that Excel wants and Moodle and Canvas skip; off by default. */
  bom?: boolean;
}

/**
 * Moodle asks which column is which: map "ID number" or "Username" to the person, each exam to its grade item. Points are
 * as Glassbox counts them: give the grade item the maximum that stands in the column's name.
 */
export function toMoodleCsv(files: readonly ResultFile[], {lang = 'en', bom = false}: TableOptions = {}): string {
  const {exams, rows} = gradeRows(files);
  const titles = examTitles(exams, lang).map((title, i) =>
    textCell(`${title} (/${numberCell(maximum(files, exams[i]!))})`),
  );
  const head = ['ID number', 'Username', 'Full name', ...titles];
  const body = rows.map(({student: {id, user, name}, files: own}) => [
    textCell(id),
    textCell(user),
    textCell(name),
    // Moodle leaves a grade alone where the cell is empty: nobody gets a zero for a file that isn't there.
    ...own.map((file, i) => (file ? scaled(file, maximum(files, exams[i]!)) : '')),
  ]);
  return csv([head, ...body], {bom});
}

/** Canvas wants these five columns by name, and the row of maxima right below. */
export function toCanvasCsv(files: readonly ResultFile[], {lang = 'en', bom = false}: TableOptions = {}): string {
  const {exams, rows} = gradeRows(files);
  const most = exams.map(one => maximum(files, one));
  const head = ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', ...examTitles(exams, lang).map(textCell)];
  const points = [quoted('    Points Possible'), '', '', '', '', ...most.map(numberCell)];
  const body = rows.map(({student: {id, user, name}, files: own}) => [
    textCell(name === '' ? user : name),
    '',
    textCell(id),
    textCell(user),
    '',
    ...own.map((file, i) => (file ? scaled(file, most[i]!) : '')),
  ]);
  return csv([head, points, ...body], {bom});
}

/** What a full score of an exam is: files with questions that could not be judged count fewer points. */
function maximum(files: readonly ResultFile[], one: ResultFile): number {
  const same = files.filter(file => file.exam.seed === one.exam.seed && file.exam.title.en === one.exam.title.en);
  return Math.max(...same.map(file => file.of));
}

/** A machine's failure is nobody's fault: the share of what was judged, out of the whole. */
function scaled({points, of}: ResultFile, most: number): string {
  return of === 0 ? '' : numberCell((points / of) * most);
}
