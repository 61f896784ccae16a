/** The course's words for codes, as the screens use them: one place that knows which table a code is in. */
import {engineWords, factLabels, type Lang, render, type WordTable, hostWords as words} from '../course/index.ts';

export {errorParts, fillText, sayErrno, sayReason} from '../course/index.ts';

const hosts: WordTable = words;
const engine: WordTable = engineWords;

/** A finding of the host report, or its cure. */
export function sayHost(lang: Lang, code: string, params: Record<string, string | number> = {}): string {
  return render(hosts, lang, code, params);
}

/** What a call is for, in one line; undefined where there are no words for it. */
export function sayPurpose(lang: Lang, purpose: string): string | undefined {
  return engine[`purpose.${purpose}`]?.[lang];
}

/** Name of a fact, at most 16 cells; a fact without words is shown by its path. */
export function factLabel(lang: Lang, path: string): string {
  return factLabels[path]?.[lang] ?? path;
}
