/** An instructor's exam that is sound; what is wrong in it is said with file:line:col otherwise. */
import {type Exam, formatFinding, type Item, quizzes} from '../../course/index.ts';
import {CliFailure, type Context, EXIT} from '../failure.ts';

export async function soundExam(context: Context, file: string, pool: readonly Item[]): Promise<Exam> {
  const {loadExam} = await quizzes();
  const {exam, findings} = await loadExam(file, pool);
  if (exam) return exam;
  const errors = findings.filter(({severity}) => severity === 'error');
  const details = errors.map(finding => formatFinding(finding, context.lang));
  throw new CliFailure(EXIT.failed, 'exam.broken', {count: errors.length}, details);
}
