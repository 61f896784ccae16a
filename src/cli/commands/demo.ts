/** `glassbox demo`: labs in front of a class. `--notes` opens the speaker's view of a demo that runs already. */
import {type Lab, type LabRef, PACE, plainMarkdown, render, type Words} from '../../course/index.ts';
import {type HostReport, hostReport} from '../../engine/index.ts';
import {noColor, type Settings, startUi, type Theme, type UiDeps, whyNoScreen} from '../../ui/index.tsx';
import {CliFailure, type Context, EXIT} from '../failure.ts';
import {demandHost, openLab, sayUnmet, unmetOf} from '../labs-home.ts';
import {lookOn} from '../look-on.ts';
import {parseAuto, parsePace} from '../pace.ts';
import {playlist} from '../playlist.ts';
import {openRecording, type Recording} from '../record/recording.ts';
import {Rooms, sayable} from '../rooms.ts';
import {effective} from '../settings/effective.ts';
import {openSharing} from '../sharing.ts';
import {inWords} from '../watching.ts';
import {cliWords} from '../words.ts';

type Options = Record<string, unknown>;

/**
 * Resolves to the exit status when the instructor has left and nothing is running any more.
 * @throws CliFailure: wrong usage, a lab that is broken or does not run here, a recording that cannot be written
 */
export async function demo(context: Context, args: string[], options: Options): Promise<number> {
  const theme = options.theme as Theme | undefined;
  const ascii = options.ascii as Settings['ascii'] | undefined;
  if (options.notes === true) {
    const look = {theme, ascii};
    return lookOn(context, {how: 'notes', target: args[0], look});
  }
  const {env, stdin, stdout} = context;
  const keyMs = typeof options.pace === 'string' ? parsePace(options.pace) : PACE.usual;
  const auto = typeof options.auto === 'string' ? parseAuto(options.auto) : null;
  if (whyNoScreen(env, stdin, stdout)) throw new CliFailure(EXIT.usage, 'usage.noScreen', {});
  const {labs, leftOut} = await runnable(context, await playlist(context, args));
  const recording = typeof options.record === 'string' ? record(context, options.record, labs) : undefined;
  const sharing = await openSharing(options.share === true);
  let stop = () => {};
  const rooms = new Rooms(context, session => {
    recording?.attach(session);
    stop();
    stop = sharing.hub.tell(session);
  });
  const stage = options.realHost === true ? 'real-host' : 'private';
  const {file, problems, settings} = context.settings;
  const byKey = new Map(labs.map(lab => [keyOf(lab), lab]));
  const said = [...(await inWords(file, problems)), ...sharing.problems, ...leftOut];
  if (sharing.invitation) said.push(sharing.invitation);
  const deps: UiDeps = {
    mode: {kind: 'demo', labs: labs.map(keyOf), auto, keyMs, loop: options.loop === true},
    stdin,
    stdout,
    env,
    version: context.version,
    // For a wall, whatever suits the instructor's own screen; what is switched by key is for this time only.
    settings: effective(
      {theme: theme ?? (noColor(env) ? undefined : 'contrast'), ascii, lang: context.lang},
      env,
      settings,
    ).settings,
    settingsFile: file,
    stage,
    labs: () => sayable(rooms.homeLabs()),
    hostReport: () => rooms.checkup(),
    openSession: (key, how) =>
      sayable(rooms.openSession(key, how, stage, {progress: null, ...(byKey.has(key) && {lab: byKey.get(key)!})})),
    ...(recording?.onOutput && {onOutput: recording.onOutput}),
    onNotice: listener => {
      if (said.length > 0) listener(together(said));
      return recording?.onNotice(listener) ?? (() => {});
    },
  };
  try {
    return await startUi(deps);
  } finally {
    stop();
    await Promise.all([rooms.close(), sharing.hub.close()]);
    recording?.close();
  }
}

/** A lab of another folder may have no number, or one that is taken. */
function keyOf({number, id}: Lab): string {
  return number || id;
}

/** What this machine can run. One lab alone must; of several, those that cannot are left out, and that is said. */
async function runnable(context: Context, refs: LabRef[]): Promise<{labs: Lab[]; leftOut: Words[]}> {
  const all = await Promise.all(refs.map(ref => openLab(context, ref)));
  const report = await hostReport();
  const labs = all.filter(lab => unmetOf(lab, report).length === 0);
  if (labs.length === 0) await demandHost(context, all[0]!);
  const out = [...new Set(all)].filter(lab => !labs.includes(lab));
  return {labs, leftOut: out.map(lab => leftOutWords(lab, report))};
}

function leftOutWords(lab: Lab, report: HostReport): Words {
  const say = (lang: 'en' | 'zh') => {
    const why = unmetOf(lab, report)
      .map(one => sayUnmet(one, lang))
      .join(' ');
    return render(cliWords, lang, 'demo.leftOut', {number: keyOf(lab), why: plainMarkdown(why)});
  };
  return {en: say('en'), zh: say('zh')};
}

function together(all: Words[]): Words {
  return {en: all.map(one => one.en).join(' '), zh: all.map(one => one.zh ?? one.en).join('')};
}

function record({env, lang, stdout}: Context, file: string, labs: Lab[]): Recording {
  const size = () => ({columns: stdout.columns || 80, rows: stdout.rows || 24});
  const title = `Glassbox ${labs.map(keyOf).join(' ')}`;
  return openRecording(file, {env, lang, size, title});
}
