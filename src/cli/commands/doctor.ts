/** `glassbox doctor`: what this machine can run, what each finding means, and the command that mends it. */
import {hostWords, render} from '../../course/index.ts';
import {hostReport} from '../../engine/index.ts';
import {type Context, EXIT} from '../failure.ts';
import {print} from '../print.ts';

const MARKS = {yes: '✓', partly: '~', no: '✗'} as const;

/** Status 0 where nothing is wanting, 1 otherwise. */
export async function doctor(context: Context, _args: string[], options: Record<string, unknown>): Promise<number> {
  const report = await hostReport();
  if (options.json) {
    await print(context, JSON.stringify(report, null, 2));
  } else {
    for (const finding of report.findings) {
      const params = {...finding.params, found: finding.found};
      await print(context, `${MARKS[finding.ok]} ${finding.id.padEnd(20)} ${finding.found}`);
      await print(context, `    ${render(hostWords, context.lang, finding.meaning, params)}`);
      if (finding.cure) await print(context, `    → ${render(hostWords, context.lang, finding.cure, params)}`);
    }
  }
  return report.findings.some(finding => finding.ok === 'no') ? EXIT.failed : EXIT.ok;
}
