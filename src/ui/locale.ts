/** Language, character set and fitness of the terminal, from the environment alone. */
import type {Lang} from '../course/index.ts';

type Env = NodeJS.ProcessEnv;

/** The first of LC_ALL, LC_MESSAGES, LANG that is set and not empty (locale(7)). */
function locale(env: Env, category: 'LC_MESSAGES' | 'LC_CTYPE'): string {
  return env.LC_ALL || env[category] || env.LANG || '';
}

/** Chinese for a zh_* locale, else English (locale(7), category LC_MESSAGES). */
export function languageOf(env: Env): Lang {
  return /^zh([_.@-]|$)/i.test(locale(env, 'LC_MESSAGES')) ? 'zh' : 'en';
}

/**
 * True where the terminal cannot be trusted with more than ASCII: asked for (GLASSBOX_ASCII=1), or the locale names a
 * character set that is not UTF-8. A locale that says nothing (unset over ssh) gets the benefit of the doubt and is probed.
 */
export function asciiOnly(env: Env): boolean {
  if (env.GLASSBOX_ASCII !== undefined && env.GLASSBOX_ASCII !== '') return env.GLASSBOX_ASCII !== '0';
  const ctype = locale(env, 'LC_CTYPE');
  if (ctype === '') return false;
  return !/utf-?8/i.test(ctype);
}

/** NO_COLOR (no-color.org): set and not empty. */
export function noColor(env: Env): boolean {
  return env.NO_COLOR !== undefined && env.NO_COLOR !== '';
}

/** Why a full screen cannot be shown; undefined: it can. Words: src/ui/words.ts, 'plain.*'. */
export type NoScreen = 'not-a-tty' | 'dumb' | 'ci' | 'screen-reader';

/** What keeps the screens away: no TTY on either end, TERM=dumb or unset, CI, a screen reader asked for. */
export function whyNoScreen(env: Env, stdin: {isTTY?: boolean}, stdout: {isTTY?: boolean}): NoScreen | undefined {
  if (!stdin.isTTY || !stdout.isTTY) return 'not-a-tty';
  if (!env.TERM || env.TERM === 'dumb') return 'dumb';
  if (env.CI && env.CI !== '0' && env.CI !== 'false') return 'ci';
  if (env.INK_SCREEN_READER === 'true' || env.GLASSBOX_PLAIN === '1') return 'screen-reader';
  return undefined;
}

/** True where the screens can run; else the caller uses plain mode. */
export function canRunScreen(env: Env, stdin: {isTTY?: boolean}, stdout: {isTTY?: boolean}): boolean {
  return whyNoScreen(env, stdin, stdout) === undefined;
}
