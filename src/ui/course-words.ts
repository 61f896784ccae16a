/** The course's words for codes, as the screens use them: one place that knows which table a code is in. */
import {engineWords, factLabels, type Lang, type WordTable} from '../course/index.ts';

export {
  errorParts,
  fillText,
  sayCure,
  sayFailure,
  sayHostFinding,
  sayReason,
  sayRunsTitle,
  sayVerdict,
  shownFindings,
} from '../course/index.ts';

const engine: WordTable = engineWords;

/** What a call is for, in one line; undefined where there are no words for it. */
export function sayPurpose(lang: Lang, purpose: string): string | undefined {
  return engine[`purpose.${purpose}`]?.[lang];
}

/** Name of a fact, at most 16 cells; a fact without words is shown by its path. */
export function factLabel(lang: Lang, path: string): string {
  return factLabels[path]?.[lang] ?? path;
}
