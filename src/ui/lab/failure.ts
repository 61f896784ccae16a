/** Why a lab could not be opened or its stage not be built: shown where the lesson would be. */
import {type Finding, sayFinding, type Words} from '../../course/index.ts';
import type {EngineErrorInfo} from '../../engine/index.ts';
import {wordsOf} from '../app/said.ts';
import {errorParts} from '../course-words.ts';
import {wrap} from '../text/wrap.ts';
import type {LabScreen} from './screen.ts';

const FINDINGS_SHOWN = 8;

export function failureLines(lab: LabScreen, width: number): string[] {
  const {style, glyphs, say, lang} = lab.app.look;
  const lines = [style.bold(style.bad(`${glyphs.error} ${say('lab.openFailed')}`)), ''];
  const error = lab.failed as {info?: EngineErrorInfo; findings?: Finding[]; words?: Words} | undefined;
  const infos = [...(error?.info ? [error.info] : []), ...(lab.state?.errors.map(one => one.error) ?? [])];
  for (const info of infos) {
    const {call, message, meaning = ''} = errorParts(info, lang);
    const rest = [message, ...(meaning ? [meaning] : [])];
    lines.push(...(call ? wrap(call, width).map(style.bold) : []), ...rest.flatMap(part => wrap(part, width)), '');
  }
  for (const finding of error?.findings?.slice(0, FINDINGS_SHOWN) ?? []) {
    lines.push(...wrap(`${finding.file}:${finding.line}:${finding.col}: ${sayFinding(finding, lang)}`, width));
  }
  if (error && !error.info && !error.findings) {
    const words = wordsOf(error);
    lines.push(...wrap(words[lang] ?? words.en, width));
  }

  return lines;
}
