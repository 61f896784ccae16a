/** The screens for a session that is only watched: no lab is opened, no engine is asked, nothing is remembered but looks. */
import type {Words} from '../course/index.ts';
import {startUi, type UiDeps} from '../ui/index.tsx';
import type {Context} from './failure.ts';
import {effective, type Options as Look} from './settings/effective.ts';
import {SettingsSaver} from './settings/save.ts';
import type {Problem} from './settings/types.ts';

export interface WatchScreens {
  mode: NonNullable<UiDeps['mode']>;
  /** What the command line says about the looks. */
  look?: Look;
  onNotice?: UiDeps['onNotice'];
}

/** Resolves to the exit status once the viewer has left. */
export async function watchOnScreen(context: Context, {mode, look = {}, onNotice}: WatchScreens): Promise<number> {
  const {env, stdin, stdout, version, lang} = context;
  const {file, problems, settings} = context.settings;
  const saver = new SettingsSaver();
  const nothing = () => Promise.reject(new Error('nothing is opened while something is watched'));
  try {
    return await startUi({
      mode,
      ...(onNotice && {onNotice}),
      stdin,
      stdout,
      env,
      version,
      settings: effective({...look, lang}, env, settings).settings,
      settingsFile: file,
      settingsProblems: await inWords(file, problems),
      saveSettings: (change, failed) =>
        void saver.save(change).then(async problem => {
          for (const words of await inWords(file, problem ? [problem] : [])) failed(words);
        }),
      stage: 'private',
      labs: nothing,
      hostReport: nothing,
      openSession: nothing,
    });
  } finally {
    await saver.settled();
  }
}

/** Words are loaded where there is something to say. */
export async function inWords(file: string, problems: Problem[]): Promise<Words[]> {
  if (problems.length === 0) return [];
  const {problemWords} = await import('./settings/words.ts');
  return problems.map(one => problemWords(file, one));
}
