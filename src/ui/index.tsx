/** The screens' face. Nothing here loads ink: the environment that ink reads at import is settled first. */
import type {UiDeps} from './deps.ts';

export {ACTIONS, Keymap, type KeyOverrides} from './app/actions.ts';
export type {KeyName} from './app/keys.ts';
export {type Settings, THEMES, type Theme} from './app/settings.ts';
export type {HomeLab, LabProgress, OpenOptions, UiDeps} from './deps.ts';
export {actionWords, sayAction} from './help/words.ts';
export {asciiOnly, canRunScreen, languageOf, type NoScreen, noColor, whyNoScreen} from './locale.ts';

/**
 * Shows the home screen (or `deps.startLab`) and resolves to the exit status once the learner has left: 0, or 128 + the
 * signal that ended it. The terminal is then as it was, and the session has ended. Call it only where canRunScreen().
 * @throws what crashed inside, after the terminal was given back
 */
export async function startUi(deps: UiDeps): Promise<number> {
  if (deps.settings.theme === 'none') process.env.FORCE_COLOR = '0';
  const {run} = await import('./app/start.tsx');
  return run(deps);
}
