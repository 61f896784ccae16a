/** The settings in effect: command line before environment before file before what the terminal and locale suggest. */
import type {Lang} from '../../course/index.ts';
import {type ACTIONS, asciiOnly, languageOf, noColor, type Settings, type Theme} from '../../ui/index.tsx';
import type {FileSettings} from './types.ts';

/** Who had the last word on a setting. 'usual': nobody said anything. */
export type From = 'option' | 'environment' | 'file' | 'locale' | 'terminal' | 'usual';

export interface Chosen<T> {
  value: T;
  from: From;
  /** Of the option or the environment variable. */
  name?: string;
}

export interface Options {
  lang?: Lang | undefined;
  theme?: Theme | undefined;
  ascii?: Settings['ascii'] | undefined;
}

export interface Effective {
  settings: Settings;
  lang: Chosen<Lang>;
  theme: Chosen<Theme>;
  ascii: Chosen<Settings['ascii']>;
  /** Whether the file names the keys of an action. */
  keyFrom(place: keyof typeof ACTIONS, action: string): 'file' | 'usual';
}

export function effective(options: Options, env: NodeJS.ProcessEnv, file: FileSettings): Effective {
  const lang = langChosen(options.lang, env, file.lang);
  const theme = themeChosen(options.theme, env, file.theme);
  const ascii = asciiChosen(options.ascii, env, file.ascii);
  return {
    settings: {lang: lang.value, theme: theme.value, ascii: ascii.value, keys: file.keys},
    lang,
    theme,
    ascii,
    keyFrom: (place, action) => (file.keys[place]?.[action] ? 'file' : 'usual'),
  };
}

function langChosen(option: Lang | undefined, env: NodeJS.ProcessEnv, file: Lang | undefined): Chosen<Lang> {
  if (option) return {value: option, from: 'option', name: '--lang'};
  const named = env.GLASSBOX_LANG;
  if (named === 'en' || named === 'zh') return {value: named, from: 'environment', name: 'GLASSBOX_LANG'};
  if (file) return {value: file, from: 'file'};
  const name = ['LC_ALL', 'LC_MESSAGES', 'LANG'].find(one => env[one]);
  return name ? {value: languageOf(env), from: 'locale', name} : {value: languageOf(env), from: 'usual'};
}

function themeChosen(option: Theme | undefined, env: NodeJS.ProcessEnv, file: Theme | undefined): Chosen<Theme> {
  if (option) return {value: option, from: 'option', name: '--theme'};
  if (noColor(env)) return {value: 'none', from: 'environment', name: 'NO_COLOR'};
  if (file) return {value: file, from: 'file'};
  if (lightTerminal(env)) return {value: 'light', from: 'terminal', name: 'COLORFGBG'};
  return {value: 'dark', from: 'usual'};
}

function asciiChosen(
  option: Settings['ascii'] | undefined,
  env: NodeJS.ProcessEnv,
  file: Settings['ascii'] | undefined,
): Chosen<Settings['ascii']> {
  if (option) return {value: option, from: 'option', name: '--ascii'};
  if (env.GLASSBOX_ASCII) {
    // 0 takes back what the locale says; the terminal is still asked how wide it draws.
    return {value: asciiOnly(env) ? 'yes' : 'auto', from: 'environment', name: 'GLASSBOX_ASCII'};
  }
  if (file) return {value: file, from: 'file'};
  if (asciiOnly(env)) {
    return {value: 'yes', from: 'locale', name: ['LC_ALL', 'LC_CTYPE', 'LANG'].find(one => env[one]) ?? 'LANG'};
  }
  return {value: 'auto', from: 'usual'};
}

/** COLORFGBG, "foreground;background" in the terminal's palette: rxvt and Konsole set it. 7 and 9 to 15 are light. */
function lightTerminal(env: NodeJS.ProcessEnv): boolean {
  const background = /;(\d+)$/.exec(env.COLORFGBG ?? '')?.[1];
  const number = Number(background ?? 0);
  return number === 7 || (number >= 9 && number <= 15);
}
