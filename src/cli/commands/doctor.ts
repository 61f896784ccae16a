/** `glassbox doctor`: what this machine can run, what each finding means, and the command that mends it. */
import {
  allRun,
  type Checkup,
  checkup,
  findLabs,
  sayCure,
  sayHostFinding,
  sayRunsTitle,
  sayVerdict,
  shownFindings,
} from '../../course/index.ts';
import {type Context, EXIT} from '../failure.ts';
import {print} from '../print.ts';
import {cellsOf} from '../terminal-cells.ts';

const MARKS = {yes: '✓', partly: '~', no: '✗', mapped: '✓', broken: '✗'} as const;

/** Status 0 where all labs run and nothing that is needed is missing, 1 otherwise. */
export async function doctor(context: Context, _args: string[], options: Record<string, unknown>): Promise<number> {
  const {stdin, stdout, env, labsDir} = context;
  const cells = options.json ? undefined : await cellsOf(stdin, stdout, env);
  const {isTTY, columns, rows} = stdout;
  const getColorDepth = () => stdout.getColorDepth(env);
  const screen = {isTTY, columns, rows, getColorDepth, ...(cells && {cells})};
  const {labs} = await findLabs(labsDir);
  const all = await checkup(labs, {env, screen});
  if (options.json) {
    const {doctorJson} = await (await import('../../course/index.ts')).doctorFiles();
    await print(context, JSON.stringify(doctorJson(all, context.version), null, 2));
  } else {
    for (const line of lines(all, context)) await print(context, line);
  }
  return allRun(all) ? EXIT.ok : EXIT.failed;
}

function lines({findings, labs}: Checkup, {lang}: Context): string[] {
  const found = shownFindings(findings).flatMap(one => {
    const cure = sayCure(one, lang);
    return [
      `${MARKS[one.ok]} ${one.id.padEnd(24)} ${one.found}`.trimEnd(),
      `    ${sayHostFinding(one, lang)}`,
      ...(cure ? [`    → ${cure}`] : []),
    ];
  });
  const verdicts = labs.map(
    one =>
      `${MARKS[one.runs]} ${one.number} ${one.title[lang] ?? one.title.en}${lang === 'zh' ? '：' : ': '}${sayVerdict(one, lang)}`,
  );
  return [...found, ...(labs.length > 0 ? ['', sayRunsTitle(lang), ...verdicts] : [])];
}
