/** Why a lab could not be opened or its stage not be built: shown where the lesson would be. */
import {type Finding, sayFinding} from '../../course/index.ts';
import type {EngineErrorInfo} from '../../engine/index.ts';
import {messageOf} from '../app/model.ts';
import {errorParts} from '../course-words.ts';
import {wrap} from '../text/wrap.ts';
import type {LabScreen} from './screen.ts';

const FINDINGS_SHOWN = 8;

export function failureLines(lab: LabScreen, width: number): string[] {
  const {style, glyphs, say, lang} = lab.app.look;
  const lines = [style.bold(style.bad(`${glyphs.error} ${say('lab.openFailed')}`)), ''];
  const error = lab.failed as {info?: EngineErrorInfo; findings?: Finding[]} | undefined;
  const infos = [...(error?.info ? [error.info] : []), ...(lab.state?.errors.map(one => one.error) ?? [])];
  for (const info of infos) {
    const {call, message} = errorParts(info, lang);
    lines.push(...(call ? wrap(call, width).map(style.bold) : []), ...wrap(message, width), '');
  }
  for (const finding of error?.findings?.slice(0, FINDINGS_SHOWN) ?? []) {
    lines.push(...wrap(`${finding.file}:${finding.line}:${finding.col}: ${sayFinding(finding, lang)}`, width));
  }
  if (error && !error.info && !error.findings) lines.push(...wrap(messageOf(error), width));
  return lines;
}
