/** The language of a run: --lang where it is given, else GLASSBOX_LANG, else the settings file, else the locale. */
import type {Lang} from '../course/index.ts';
import {languageOf} from '../ui/index.tsx';

let inFile: Lang | undefined;

/** What the settings file says, once it has been read: errors are worded by it too. */
export function rememberLang(lang: Lang | undefined): void {
  inFile = lang;
}

/**
 * Looks for --lang before the command line is parsed, so that usage errors already come in the right language. A value
 * that is no language is left for the parser to complain about. Locale: locale(7), LC_ALL, LC_MESSAGES, LANG.
 */
export function langOf(argv: readonly string[], env: NodeJS.ProcessEnv): Lang {
  for (const [i, word] of argv.entries()) {
    const value =
      word === '--lang' ? argv[i + 1] : word.startsWith('--lang=') ? word.slice('--lang='.length) : undefined;
    if (value === 'en' || value === 'zh') return value;
  }
  const chosen = env.GLASSBOX_LANG;
  if (chosen === 'en' || chosen === 'zh') return chosen;
  return inFile ?? languageOf(env);
}
