/** Findings and verdicts in sentences. */
import type {Unmet} from '../../engine/index.ts';
import type {Lang} from '../lab.ts';
import {hostWords} from '../words/host.ts';
import {type Params, render} from '../words/say.ts';
import type {CheckedFinding, LabVerdict} from './types.ts';

/** Sentences one after the other. Chinese has no space between them. */
const join = (lang: Lang, ...sentences: string[]): string => sentences.filter(Boolean).join(lang === 'zh' ? '' : ' ');

/** Why a lab does not run, and the cure. Codes of findings are sentences with a stop, those of needs are none yet. */
export function sayUnmet(unmet: Unmet, lang: Lang): string {
  const why = render(hostWords, lang, unmet.code, unmet.params).replace(/[.。]$/, '');
  const cure = unmet.cure ? render(hostWords, lang, unmet.cure, unmet.params) : '';
  return cure ? join(lang, `${why}${lang === 'zh' ? '。' : '.'}`, cure) : why;
}

/** What a finding means, with the labs that it matters to; of what no lab asks for nothing is said. */
export function sayHostFinding(finding: CheckedFinding, lang: Lang): string {
  const {labs, meaning, params, found} = finding;
  const say = (code: string, more: Params) => render(hostWords, lang, code, more);
  const to =
    labs === 'all'
      ? say('host.labs.all', {})
      : labs.length > 0
        ? say(labs.length === 1 ? 'host.labs.one' : 'host.labs', {labs: labs.join(lang === 'zh' ? '、' : ', ')})
        : '';
  // What is well and concerns everything needs no more words.
  const tail = labs === 'all' && finding.ok === 'yes' ? '' : to;
  return join(lang, say(meaning, {...params, found}), tail);
}

/** The findings as a person reads them: plain programs that are there, and of which nothing is to be said, in one line. */
export function shownFindings(findings: readonly CheckedFinding[]): CheckedFinding[] {
  const plain = findings.filter(one => one.meaning === 'host.tool.other' && one.ok === 'yes');
  const [first] = plain;
  if (!first) return [...findings];
  const names = plain.map(one => one.id.slice('tool.'.length)).join(' ');
  const whole: CheckedFinding = {
    id: 'tool.…',
    ok: 'yes',
    found: '',
    meaning: 'host.tool.others',
    params: {names},
    labs: [],
  };
  return findings.flatMap(one => (one === first ? whole : plain.includes(one) ? [] : one));
}

/** The sentence that mends a finding; undefined: nothing to mend, or nothing that would. */
export function sayCure({cure, params, found}: CheckedFinding, lang: Lang): string | undefined {
  return cure && render(hostWords, lang, cure, {...params, found});
}

/** Whether a lab runs here, and why not. */
export function sayVerdict({runs, number, unmet}: LabVerdict, lang: Lang): string {
  const why = unmet.map(one => sayUnmet(one, lang)).join(lang === 'zh' ? '；' : '; ');
  return render(hostWords, lang, `host.runs.${runs}`, {number, why});
}

export function sayRunsTitle(lang: Lang): string {
  return render(hostWords, lang, 'host.runs.title');
}
