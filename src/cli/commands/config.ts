/** `glassbox config`: where the settings file is, what is in effect and who said so. */
import {chownSync, writeFileSync} from 'node:fs';
import {render} from '../../course/index.ts';
import {configPlace, makePlace} from '../../course/progress/place.ts';
import {ACTIONS, Keymap, type Settings, type Theme} from '../../ui/index.tsx';
import {CliFailure, type Context, EXIT} from '../failure.ts';
import {print} from '../print.ts';
import {PLACES} from '../settings/conflicts.ts';
import {type Chosen, type Effective, effective, type From} from '../settings/effective.ts';
import {keyInFile} from '../settings/names.ts';
import {sampleSettings} from '../settings/sample.ts';
import {sayProblem} from '../settings/words.ts';
import {cliWords} from '../words.ts';

type Options = Record<string, unknown>;

/** Status 0; 1 where --check finds something, or --init finds a file. */
export async function config(context: Context, _args: string[], options: Options): Promise<number> {
  if (options.init) return init(context);
  if (options.check) return check(context, options);
  const {lang, theme, ascii} = options as {lang?: 'en' | 'zh'; theme?: Theme; ascii?: Settings['ascii']};
  const chosen = effective({lang, theme, ascii}, context.env, context.settings.settings);
  if (options.json) {
    await print(context, JSON.stringify({...asJson(context, chosen), problems: problemsOf(context)}, null, 2));
    return EXIT.ok;
  }
  for (const line of table(context, chosen)) await print(context, line);
  for (const {text} of problemsOf(context)) context.stderr.write(`${text}\n`);
  return EXIT.ok;
}

async function init(context: Context): Promise<number> {
  const place = configPlace(context.env);
  const {file} = context.settings;
  try {
    makePlace(place);
    // wx: also a link that leads nowhere counts as a file that is there.
    writeFileSync(file, sampleSettings(context.lang), {flag: 'wx', mode: 0o600});
    if (place.owner) chownSync(file, place.owner.uid, place.owner.gid);
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new CliFailure(EXIT.failed, 'config.exists', {file});
    throw new CliFailure(EXIT.failed, 'config.unwritable', {file, why: code ?? message});
  }
  await print(context, render(cliWords, context.lang, 'config.made', {file}));
  return EXIT.ok;
}

async function check(context: Context, options: Options): Promise<number> {
  const {file, exists} = context.settings;
  const problems = problemsOf(context);
  if (options.json) await print(context, JSON.stringify({file, exists, problems}, null, 2));
  else if (problems.length === 0) {
    await print(context, render(cliWords, context.lang, exists ? 'config.clean' : 'config.nothing', {file}));
  } else for (const {text} of problems) await print(context, text);
  return problems.length === 0 ? EXIT.ok : EXIT.failed;
}

function problemsOf({settings: {file, problems}, lang}: Context) {
  return problems.map(one => ({
    file,
    line: one.line,
    col: one.col,
    code: one.code,
    text: sayProblem(file, one, lang),
  }));
}

function asJson({settings: {file, exists}}: Context, chosen: Effective) {
  const keymap = new Keymap(chosen.settings.keys);
  const keysOf = (place: keyof typeof ACTIONS) =>
    Object.fromEntries(
      Object.keys(ACTIONS[place]).map(action => [
        action,
        {value: keymap.keysOf(place, action).map(keyInFile), from: chosen.keyFrom(place, action)},
      ]),
    );
  const {lang, theme, ascii} = chosen;
  return {file, exists, lang, theme, ascii, keys: Object.fromEntries(PLACES.map(place => [place, keysOf(place)]))};
}

function table({settings: {file, exists}, lang}: Context, chosen: Effective): string[] {
  const say = (code: string, params = {}) => render(cliWords, lang, code, params);
  const from = (who: From, name?: string) => say(`config.from.${who}`) + (name ? ` (${name})` : '');
  const keymap = new Keymap(chosen.settings.keys);
  const looks = Object.entries({lang: chosen.lang, theme: chosen.theme, ascii: chosen.ascii} as Record<
    string,
    Chosen<string>
  >).map(([name, one]) => [name, one.value, from(one.from, one.name)]);
  const keys = PLACES.flatMap(place =>
    Object.keys(ACTIONS[place]).map(action => [
      `keys.${place}.${action}`,
      keymap.keysOf(place, action).map(keyInFile).join(', '),
      from(chosen.keyFrom(place, action)),
    ]),
  );
  const rows = [...looks, ...keys];
  const widths = [0, 1].map(i => Math.max(...rows.map(row => row[i]!.length)) + 2);
  return [
    say('config.file', {file}) + (exists ? '' : ` ${say('config.absent')}`),
    ...rows.map(([name, value, who]) => `${name!.padEnd(widths[0]!)}${value!.padEnd(widths[1]!)}${who}`),
  ];
}
