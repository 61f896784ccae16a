/** A report of `verify` as text: a row for each check, then what is wrong and how to mend it. */
import stringWidth from 'string-width';
import type {Lang} from '../lab.ts';
import {sayError, sayReason} from '../words/errors.ts';
import {hostWords} from '../words/host.ts';
import {type Params, render} from '../words/say.ts';
import {verifyWords} from '../words/verify.ts';
import {survived} from './mutants.ts';
import type {LabReport, Rung} from './types.ts';

const COLUMNS = ['fresh', 'solved', 'again', 'extra'] as const;

/** Lines for one lab, without colours. */
export function reportLines(report: LabReport, lang: Lang): string[] {
  const say = (code: string, params: Params = {}) => render(verifyWords, lang, code, params);
  const {rungs, mutants, ms} = report;
  const ok = rungs.filter(rung => rung.ok).length;
  const lab = `${report.number} ${report.lab}`.trim();
  const lines = [say('verify.lab', {lab, outcome: say(`verify.${report.outcome}`), ok, rungs: rungs.length, ms})];
  if (report.mapped) lines.push(`  ${say('verify.mapped')}`);
  for (const {code, params} of report.unmet) {
    lines.push(`  ${say('verify.why', {why: render(hostWords, lang, code, params)})}`);
  }
  lines.push(...checkTable(rungs, say).map(line => `  ${line}`));
  for (const rung of rungs) {
    if (!rung.ok) lines.push(`  ✗ ${badRung(rung, lang, say)}`);
    else if (rung.note === 'elsewhere') {
      lines.push(`  · ${say('verify.elsewhere', {of: rung.of ?? '', mistake: rung.mistake ?? ''})}`);
    } else if (rung.note === 'already-true' && rung.name === 'solved') {
      lines.push(`  · ${say('verify.already-true', {of: rung.of})}`);
    }
  }
  if (mutants) {
    const noticed = mutants.filter(mutant => mutant.noticed.length > 0);
    const tried = mutants.filter(mutant => !mutant.untried);
    lines.push(`  ${say('verify.mutants', {noticed: noticed.length, all: tried.length})}`);
    for (const mutant of mutants) {
      if (mutant.noticed.length > 0) continue;
      const {container, what, plumbing, untried} = mutant;
      const notTried = untried === 'elsewhere' ? 'verify.untried-elsewhere' : 'verify.untried';
      const code = untried ? notTried : plumbing ? 'verify.plumbing' : 'verify.survivor';
      lines.push(`  ${survived(mutant) ? '✗' : '·'} ${say(code, {container, what})}`);
    }
  }
  return lines;
}

/** The last line: how many labs passed, failed, were not run. */
export function sumLine(reports: readonly LabReport[], lang: Lang): string {
  const count = (outcome: LabReport['outcome']) => reports.filter(one => one.outcome === outcome).length;
  const params = {passed: count('passed'), failed: count('failed'), notRun: count('not-run')};
  return render(verifyWords, lang, 'verify.sum', params);
}

function checkTable(rungs: readonly Rung[], say: (code: string) => string): string[] {
  const checks = [...new Set(rungs.filter(rung => isOfCheck(rung)).map(rung => rung.of ?? ''))];
  if (checks.length === 0) return [];
  const head = [
    say('verify.column.check'),
    ...COLUMNS.map(name => say(`verify.column.${name}`)),
    say('verify.column.mistakes'),
    say('verify.column.questions'),
  ];
  const rows = checks.map(check => {
    const own = rungs.filter(rung => rung.of === check && isOfCheck(rung));
    const cell = (name: Rung['name']) => {
      const some = own.filter(rung => rung.name === name);
      return some.length === 0 ? '–' : some.every(rung => rung.ok) ? '✓' : '✗';
    };
    const count = (name: Rung['name']) => {
      const some = own.filter(rung => rung.name === name);
      return some.length === 0 ? '–' : `${some.filter(rung => rung.ok).length}/${some.length}`;
    };
    return [check, ...COLUMNS.map(cell), count('mistake'), count('question')];
  });
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map(row => stringWidth(row[i] ?? ''))));
  const pad = (text: string, width = 0) => text + ' '.repeat(Math.max(0, width - stringWidth(text)));
  return [head, ...rows].map(row =>
    row
      .map((text, i) => pad(text, widths[i]))
      .join('  ')
      .trimEnd(),
  );
}

function isOfCheck({name}: Rung): boolean {
  return name === 'mistake' || name === 'question' || (COLUMNS as readonly string[]).includes(name);
}

function badRung(rung: Rung, lang: Lang, say: (code: string, params?: Params) => string): string {
  const {name, of, mistake, came = '', seed} = rung;
  const reason = rung.reason ? `: ${sayReason(rung.reason, lang)}` : '';
  const verdict = rung.verdict ? say(`verdict.${rung.verdict}`) : '–';
  if (name === 'error') return say('verify.bad.error', {came: errorText(of ?? '', came, lang)});
  return say(`verify.bad.${name}`, {of, mistake, came, seed, verdict, reason});
}

function errorText(code: string, params: string, lang: Lang): string {
  if (code === 'verify.aborted') return render(verifyWords, lang, code);
  return sayError({code, params: JSON.parse(params || '{}')}, lang);
}
