/** `glassbox rehearse`: what would go wrong in front of a class, on this very machine, and how long it takes. */
import type {Engine, HostReport, TerminalSize} from '../../engine/index.ts';
import {unmetNeeds} from '../../engine/index.ts';
import type {Typist} from '../demo/typist.ts';
import type {LoadedLab} from '../format/load.ts';
import type {Finding, Lab} from '../lab.ts';
import {patience} from '../patience.ts';
import {hostChanges, hostSnapshot} from '../verify/host.ts';
import {type Performance, slideMs, slidesOf, stageTime} from './estimate.ts';
import {type Played, playLab} from './play.ts';
import type {LabRehearsal, Overflow, Remark, Verdict} from './types.ts';
import {left} from './witness.ts';

export interface RehearseOptions {
  /** Mean milliseconds between two keys on stage; 0: at once. */
  keyMs: number;
  /** Seconds between two deeds of a demo that runs by itself; null: by hand. */
  auto: number | null;
  /** Types the commands here too; undefined: at once. */
  typist?: Typist;
  /** Of the terminals, as the projector has them. */
  size?: TerminalSize;
  /** Texts that are larger than their slide. */
  overflows?: (lab: Lab) => readonly Overflow[];
  /** A command that runs longer hangs; default 30 s. */
  commandMs?: number;
  seed?: string;
  signal?: AbortSignal;
}

const COMMAND_MS = 30_000 * patience();

/**
 * Rehearses one lab as it was loaded. Never rejects: what goes wrong is a remark.
 * @param ref what it is called where its file cannot be read
 * @param loaded from loadLab(), with the findings of lintLab()
 * @param host from hostReport(): a lab that needs what this host lacks is not run
 */
export async function rehearseLab(
  engine: Engine,
  ref: {number: string; id: string},
  {lab, findings}: Pick<LoadedLab, 'lab' | 'findings'>,
  host: HostReport,
  options: RehearseOptions,
): Promise<LabRehearsal> {
  const said = findings.flatMap(remarkOf);
  if (!lab) return report(ref, said);
  const unmet = unmetNeeds(lab.requires, host);
  const overflows = (options.overflows?.(lab) ?? []).map(overflowing);
  if (unmet.length > 0)
    return {...report(lab, [...said, ...overflows]), steps: lab.steps.length, unmet, verdict: 'not-run'};

  const begin = performance.now();
  const before = hostSnapshot();
  const played = await playLab(engine, lab, {...options, commandMs: options.commandMs ?? COMMAND_MS});
  const {witness} = played;
  const changed = hostChanges(before, hostSnapshot()).map(left);
  const stage = timesOf(lab, played, options);
  return {
    ...report(lab, [...said, ...overflows, ...witness.remarks, ...changed, ...timing(lab, played, stage, options)]),
    steps: lab.steps.length,
    commands: witness.commands.length,
    checks: {passed: witness.passed.size, all: checksOf(lab, witness.leftOut)},
    ms: Math.round(performance.now() - begin),
    stage,
    recordBytes: witness.recordBytes,
  };
}

/** 0: all are ready; 1: one would fail on stage, or the surroundings would; 3: none fails, but some could not be run here. */
export function rehearsalStatus(labs: readonly LabRehearsal[], surroundings: readonly Remark[] = []): 0 | 1 | 3 {
  const fails = surroundings.some(one => one.severity === 'fails') || labs.some(lab => lab.verdict === 'fails');
  if (fails || labs.length === 0) return 1;
  return labs.some(lab => lab.verdict === 'not-run') ? 3 : 0;
}

/** How many of its checks count here. */
function checksOf(lab: Lab, leftOut: ReadonlyMap<string, readonly number[]>): number {
  const counted = lab.steps.flatMap(({id, blocks}) => blocks.filter((_, i) => !leftOut.get(id)?.includes(i)));
  return counted.filter(block => block.kind === 'check').length;
}

function report({number, id}: {number: string; id: string}, remarks: Remark[]): LabRehearsal {
  const verdict: Verdict = remarks.some(one => one.severity === 'fails')
    ? 'fails'
    : remarks.length > 0
      ? 'remarks'
      : 'ready';
  const nothing = {steps: 0, commands: 0, checks: {passed: 0, all: 0}, ms: 0, stage: {}, recordBytes: 0};
  return {lab: id, number, verdict, unmet: [], remarks: [...remarks].sort(byPlace), ...nothing};
}

/** As one would go through the file to mend it; what has no place there comes last. */
function byPlace({pos: a}: Remark, {pos: b}: Remark): number {
  if (!a || !b) return Number(!a) - Number(!b);
  return a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1;
}

/** Faults of the file; of its style only what a class would see: words in the wrong language. */
function remarkOf(finding: Finding): Remark[] {
  const {file, line, col, severity, code} = finding;
  const translation = code.startsWith('translation.');
  if (severity === 'warning' && !translation) return [];
  return [
    {
      severity: translation ? 'warns' : 'fails',
      code: translation ? 'rehearse.translation' : 'rehearse.file',
      params: {},
      pos: {file, line, col},
      finding,
    },
  ];
}

function overflowing({step, pos, langs, lines, room}: Overflow): Remark {
  return {severity: 'warns', code: 'rehearse.overflow', params: {lang: langs.join(', '), lines, room}, step, pos};
}

function timesOf(lab: Lab, played: Played, options: RehearseOptions): LabRehearsal['stage'] {
  return Object.fromEntries(lab.langs.map(lang => [lang, stageTime(performanceOf(lab, played, options), lang)]));
}

function performanceOf(lab: Lab, {witness, running, deeds}: Played, {keyMs, auto}: RehearseOptions): Performance {
  return {lab, leftOut: witness.leftOut, commands: witness.commands, running, deeds, keyMs, auto};
}

/** A lab that takes longer than its header plans, and slides that are gone before they are read. */
function timing(lab: Lab, {witness}: Played, stage: LabRehearsal['stage'], {auto}: RehearseOptions): Remark[] {
  const remarks: Remark[] = [];
  const [lang, longest] = Object.entries(stage).reduce((a, b) => (b[1].total > a[1].total ? b : a));
  if (longest.total > lab.minutes * 60_000) {
    const params = {minutes: Math.ceil(longest.total / 60_000), planned: lab.minutes, lang};
    remarks.push({severity: 'warns', code: 'rehearse.long', params});
  }
  if (auto === null) return remarks;
  const slides = slidesOf(lab, witness.leftOut);
  const hasty = lab.langs.map(lang => {
    const times = slides.map(slide => slideMs(slide, lang));
    return {lang, count: times.filter(ms => ms > auto * 1000).length, longest: Math.max(...times)};
  });
  const worst = hasty.reduce((a, b) => (b.count > a.count ? b : a));
  if (worst.count > 0) {
    const {count, longest: ms, lang: worstLang} = worst;
    const params = {count, slides: slides.length, auto, seconds: Math.ceil(ms / 1000), lang: worstLang};
    remarks.push({severity: 'warns', code: 'rehearse.pause', params});
  }
  return remarks;
}
