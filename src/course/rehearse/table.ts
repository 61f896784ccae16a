/** A rehearsal as text: what would go wrong, each with its place and what to do, and a table at the end. */
import stringWidth from 'string-width';
import type {Lang} from '../lab.ts';
import {sayError, sayReason} from '../words/errors.ts';
import {hostWords} from '../words/host.ts';
import {sayFinding} from '../words/lab.ts';
import {rehearseWords} from '../words/rehearse.ts';
import {type Params, render} from '../words/say.ts';
import type {LabRehearsal, Remark, StageTime} from './types.ts';

const COLUMNS = ['lab', 'steps', 'commands', 'checks', 'here', 'stage', 'verdict'] as const;
const RIGHT: readonly string[] = ['steps', 'commands', 'checks', 'here', 'stage'];

const say = (lang: Lang, code: string, params: Params = {}) =>
  render(rehearseWords, lang, code.startsWith('rehearse.') ? code : `rehearse.${code}`, params);

/** One remark: "✗ labs/01-uts/lab.md:38:1: what, and what to do". */
export function remarkLine(remark: Remark, lang: Lang, shorten: (file: string) => string = file => file): string {
  const {pos, severity, step} = remark;
  const mark = severity === 'fails' ? '✗' : '·';
  const place = pos ? `${shorten(pos.file)}:${pos.line}:${pos.col}: ` : '';
  const where = step === undefined ? '' : `${say(lang, 'step', {step})}: `;
  return `${mark} ${place}${where}${sayRemark(remark, lang)}`;
}

/** The sentence of a remark, without its place. */
export function sayRemark({code, params, reason, error, finding, host}: Remark, lang: Lang): string {
  const why = reason ? sayReason(reason, lang) : say(lang, 'check.false');
  return say(lang, code, {
    ...params,
    reason: why.replace(/[.。]$/, ''),
    ...(error && {error: sayError(error, lang)}),
    ...(finding && {finding: sayFinding(finding, lang)}),
    ...(host && {meaning: sayHost(host, params, lang)}),
  });
}

/** Why a lab was not run, one sentence for each need that is not met. */
export function unmetLines({unmet}: LabRehearsal, lang: Lang): string[] {
  return unmet.map(({code, params, cure}) =>
    say(lang, 'why', {why: sayHost({meaning: code, ...(cure !== undefined && {cure})}, params, lang)}),
  );
}

function sayHost({meaning, cure}: NonNullable<Remark['host']>, params: Params, lang: Lang): string {
  const text = render(hostWords, lang, meaning, params);
  if (cure === undefined) return text;
  const stop = /[.。]$/.test(text) ? '' : lang === 'zh' ? '。' : '.';
  return `${text}${stop}${lang === 'zh' ? '' : ' '}${render(hostWords, lang, cure, params)}`;
}

/** The table of all labs, without colours, and what the time on stage consists of. */
export function rehearsalTable(labs: readonly LabRehearsal[], lang: Lang): string[] {
  const played = labs.filter(lab => timeOf(lab, lang));
  const rows = labs.map(lab => {
    const time = timeOf(lab, lang);
    const numbers = time
      ? [lab.commands, `${lab.checks.passed}/${lab.checks.all}`, duration(lab.ms, lang), duration(time.total, lang)]
      : ['–', '–', '–', '–'];
    return [`${lab.number} ${lab.lab}`.trim(), lab.steps || '–', ...numbers, say(lang, lab.verdict)].map(String);
  });
  const sum = (of: (lab: LabRehearsal) => number) => played.reduce((all, lab) => all + of(lab), 0);
  const total = (part: keyof StageTime) => sum(lab => timeOf(lab, lang)?.[part] ?? 0);
  if (labs.length > 1) {
    const checks = `${sum(lab => lab.checks.passed)}/${sum(lab => lab.checks.all)}`;
    const times = [
      duration(
        sum(lab => lab.ms),
        lang,
      ),
      duration(total('total'), lang),
    ];
    rows.push([
      say(lang, 'sum'),
      String(labs.reduce((all, lab) => all + lab.steps, 0)),
      String(sum(lab => lab.commands)),
      checks,
      ...times,
      '',
    ]);
  }
  const lines = aligned([COLUMNS.map(name => say(lang, `column.${name}`)), ...rows]);
  if (played.length === 0) return lines;
  const pausing = total('pausing') > 0 ? say(lang, 'parts.pausing', {pausing: duration(total('pausing'), lang)}) : '';
  const parts = Object.fromEntries(
    (['reading', 'typing', 'running'] as const).map(part => [part, duration(total(part), lang)]),
  );
  return [...lines, '', say(lang, 'parts', {...parts, pausing})];
}

/** In the reader's language; a lab that does not speak it is shown in English. */
function timeOf({stage}: LabRehearsal, lang: Lang): StageTime | undefined {
  return stage[lang] ?? stage.en;
}

/** "9.4 s", "12 min 5 s". */
export function duration(ms: number, lang: Lang): string {
  if (ms < 60_000) return say(lang, 'seconds', {s: (ms / 1000).toFixed(1)});
  const seconds = Math.round(ms / 1000);
  return say(lang, 'minutes', {m: Math.floor(seconds / 60), s: seconds % 60});
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = COLUMNS.map((_, i) => Math.max(...rows.map(row => stringWidth(row[i] ?? ''))));
  return rows.map(row =>
    row
      .map((text, i) => {
        const blank = ' '.repeat(widths[i]! - stringWidth(text));
        return RIGHT.includes(COLUMNS[i]!) ? blank + text : text + blank;
      })
      .join('  ')
      .trimEnd(),
  );
}
