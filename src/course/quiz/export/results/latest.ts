/** Of each person and exam the result that counts for a grade book, which has one place for it. */
import type {ResultFile} from '../../types.ts';

export interface Row {
  student: ResultFile['student'];
  /** By exam, in the order of the exams. */
  files: (ResultFile | undefined)[];
}

const who = ({student: {id, user, name}}: ResultFile) =>
  id !== '' ? `id ${id}` : user !== '' ? `user ${user}` : `name ${name}`;
const exam = ({exam: {title, seed, labs, count}}: ResultFile) => JSON.stringify([title.en, seed, labs, count]);
const when = ({finished, started}: ResultFile) => Date.parse(finished ?? started) || 0;

/** Finished before unfinished, then the later one; of two at the same time the better. */
function counts(a: ResultFile, b: ResultFile): ResultFile {
  if ((a.finished === null) !== (b.finished === null)) return a.finished === null ? b : a;
  if (when(a) !== when(b)) return when(a) > when(b) ? a : b;
  return a.points >= b.points ? a : b;
}

/** People as they first appear, exams too; `exams` holds one file of each. */
export function gradeRows(files: readonly ResultFile[]): {exams: ResultFile[]; rows: Row[]} {
  const exams = [...Map.groupBy(files, exam).values()].map(([first]) => first as ResultFile);
  const rows = [...Map.groupBy(files, who).values()].map(own => ({
    student: own[0]!.student,
    files: exams.map(one => {
      const these = own.filter(file => exam(file) === exam(one));
      return these.length === 0 ? undefined : these.reduce(counts);
    }),
  }));
  return {exams, rows};
}

/** Columns need names of their own: exams with the same title are told apart by their seed. */
export function examTitles(exams: readonly ResultFile[], lang: 'en' | 'zh'): string[] {
  const title = (file: ResultFile) => file.exam.title[lang] ?? file.exam.title.en;
  return exams.map((one, i) => {
    const twice = exams.some((other, j) => j !== i && title(other) === title(one));
    return twice ? `${title(one)} (${one.exam.seed}, ${i + 1})` : title(one);
  });
}
