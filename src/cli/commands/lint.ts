/** `glassbox lint`: what is wrong in lab files, and how to mend it. */
import {stat} from 'node:fs/promises';
import path from 'node:path';
import {type Finding, findLabs, formatFinding, lintFolder, render} from '../../course/index.ts';
import {factTable} from '../../engine/index.ts';
import {type Context, EXIT} from '../failure.ts';
import {allLabs, findLab} from '../labs-home.ts';
import {print} from '../print.ts';
import {cliWords} from '../words.ts';

/** Lints the named labs (numbers, names or folders), or all. Status 1 where there is an error; warnings alone pass. */
export async function lint(context: Context, args: string[], options: Record<string, unknown>): Promise<number> {
  const {lang} = context;
  const dirs =
    args.length > 0
      ? await Promise.all(args.map(arg => folderOf(context, arg)))
      : (await allLabs(context)).map(lab => lab.dir);
  const findings: Finding[] = args.length > 0 ? [] : (await findLabs(context.labsDir)).findings;
  for (const dir of dirs) findings.push(...(await lintFolder(dir, factTable)));
  const shown = findings.map(finding => ({
    ...finding,
    file: path.relative(process.cwd(), finding.file) || finding.file,
  }));
  if (options.json) {
    await print(context, JSON.stringify(shown, null, 2));
  } else {
    for (const finding of shown) await print(context, formatFinding(finding, lang));
    const errors = shown.filter(finding => finding.severity === 'error').length;
    const code = shown.length === 0 ? 'lint.clean' : 'lint.summary';
    await print(context, render(cliWords, lang, code, {count: dirs.length, errors, warnings: shown.length - errors}));
  }
  return shown.some(finding => finding.severity === 'error') ? EXIT.failed : EXIT.ok;
}

/** A folder as given, or the lab of that number or name. */
export async function folderOf(context: Context, arg: string): Promise<string> {
  const isFolder =
    arg.includes('/') &&
    (await stat(arg)
      .then(found => found.isDirectory())
      .catch(() => false));
  return isFolder ? path.resolve(arg) : (await findLab(context, arg)).dir;
}
