/** `glassbox labs`: a line each. */
import {hostWords, loadLab, render} from '../../course/index.ts';
import {hostReport} from '../../engine/index.ts';
import {type Context, EXIT} from '../failure.ts';
import {allLabs, sayUnmet, unmetOf} from '../labs-home.ts';
import {print} from '../print.ts';

/** Lists number, name, question and minutes; with --json as one array. A lab that is broken is listed as such. */
export async function labs(context: Context, _args: string[], options: Record<string, unknown>): Promise<number> {
  const {lang} = context;
  const report = await hostReport();
  const rows = await Promise.all(
    (await allLabs(context)).map(async ref => {
      const {lab, findings} = await loadLab(ref.dir);
      const errors = findings.filter(finding => finding.severity === 'error').length;
      if (!lab) return {number: ref.number, id: ref.id, errors};
      const mapped = lab.requires.root === 'mapped' && !report.root;
      const notRun = unmetOf(lab, report).map(unmet => sayUnmet(unmet, lang));
      const {number, id, minutes} = lab;
      return {
        number,
        id,
        title: lab.title[lang] ?? lab.title.en,
        question: lab.question[lang] ?? lab.question.en,
        minutes,
        notRun,
        mapped: mapped && notRun.length === 0,
        errors,
      };
    }),
  );
  if (options.json) {
    await print(context, JSON.stringify(rows, null, 2));
    return EXIT.ok;
  }
  for (const row of rows) {
    const text = row.title ? `${row.title}: ${row.question}` : `lab.md: ${row.errors} ✗ (glassbox lint ${row.number})`;
    await print(context, `${row.number}  ${row.id.padEnd(10)}  ${text}`);
    if (row.mapped) await print(context, `      ${render(hostWords, lang, 'host.runs.mapped')}`);
    for (const why of row.notRun ?? []) await print(context, `      ${why}`);
  }
  return EXIT.ok;
}
