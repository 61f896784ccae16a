/** Any failure of a quiz, as a person should read it. */
import {type Lang, sayQuizError} from '../../course/index.ts';
import {infoOf, wordsOf} from '../app/said.ts';
import {errorParts} from '../course-words.ts';

export function said(error: unknown, lang: Lang): string {
  const own = sayQuizError(error, lang);
  if (own !== undefined) return own;
  if ((error as {words?: unknown} | null)?.words) {
    const words = wordsOf(error);
    return words[lang] ?? words.en;
  }
  const {message, meaning} = errorParts(infoOf(error), lang);
  return [message, meaning].filter(part => part !== undefined && part !== '').join(lang === 'zh' ? '' : ' ');
}
