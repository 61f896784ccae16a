/** `glassbox verify`: the ladder, on this kernel. */
import {
  formatFinding,
  type LabReport,
  lintLab,
  lintQuiz,
  loadLab,
  loadQuiz,
  reportLines,
  sumLine,
  verifyLab,
  verifyStatus,
} from '../../course/index.ts';
import {factTable, hostReport, openEngine} from '../../engine/index.ts';
import {type Context, EXIT} from '../failure.ts';
import {allLabs} from '../labs-home.ts';
import {print} from '../print.ts';
import {onSignals} from '../signals.ts';
import {folderOf} from './lint.ts';

/** Status 0: all passed; 1: one failed; 3: none failed, but some could not be run here. */
export async function verify(context: Context, args: string[], options: Record<string, unknown>): Promise<number> {
  const dirs =
    args.length > 0
      ? await Promise.all(args.map(arg => folderOf(context, arg)))
      : (await allLabs(context)).map(lab => lab.dir);
  const host = await hostReport();
  const engine = await openEngine();
  const signals = onSignals();
  const reports: LabReport[] = [];
  const json = options.json === true;
  let broken = 0;
  try {
    for (const dir of dirs) {
      if (signals.signal.aborted) break;
      const loaded = await loadLab(dir);
      const asked = await loadQuiz(dir);
      const found = [...lintLab(loaded, factTable), ...lintQuiz(asked, factTable, loaded.lab)];
      const errors = found.filter(finding => finding.severity === 'error');
      if (!loaded.lab || errors.length > 0) {
        broken++;
        for (const finding of errors) await print({stdout: context.stderr}, formatFinding(finding, context.lang));
        continue;
      }
      const report = await verifyLab(engine, loaded.lab, host, {
        quiz: asked.quiz,
        mutants: options.mutants === true,
        solved: options.solved === true,
        signal: signals.signal,
      });
      reports.push(report);
      // One report per line, as each comes: what was proved is known also where the rest never ends.
      if (json) await print(context, `${reports.length > 1 ? ',' : '['}${JSON.stringify(report)}`);
      else for (const line of reportLines(report, context.lang)) await print(context, line);
    }
    if (json) await print(context, reports.length > 0 ? ']' : '[]');
    else await print(context, sumLine(reports, context.lang));
  } finally {
    await engine.close();
    signals.off();
  }
  return signals.status() ?? (broken > 0 ? EXIT.failed : verifyStatus(reports));
}
