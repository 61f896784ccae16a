/** Labs for commands and for the home screen: found, loaded, and held against what this host can do. */
import type {Finding, Lab, LabRef, Lang} from '../course/index.ts';
import {findLabs, formatFinding, loadLab, render, resolveLab, sayUnmet} from '../course/index.ts';
import {type HostReport, hostReport, type Unmet, unmetNeeds} from '../engine/index.ts';
import {CliFailure, type Context, EXIT} from './failure.ts';
import {cliWords} from './words.ts';

export {sayUnmet} from '../course/index.ts';

/** All labs of the folder. CliFailure when there is none. */
export async function allLabs(context: Context): Promise<LabRef[]> {
  const {labs, findings} = await findLabs(context.labsDir);
  if (labs.length > 0) return labs;
  const details = findings.map(finding => formatFinding(finding, context.lang));
  throw new CliFailure(EXIT.failed, 'lab.none', {dir: context.labsDir}, details);
}

/** The lab that a person named; CliFailure with the nearest name otherwise. */
export async function findLab(context: Context, query: string): Promise<LabRef> {
  const {lab, suggestion} = resolveLab(query, await allLabs(context));
  if (lab) return lab;
  const nearest = suggestion ? render(cliWords, context.lang, 'lab.nearest', {id: suggestion}) : '';
  throw new CliFailure(EXIT.usage, 'lab.unknown', {query, nearest});
}

/** Loads a lab whose English file is sound; CliFailure that says the first finding, and carries `findings`, otherwise. */
export async function openLab(context: Context, ref: LabRef): Promise<Lab> {
  const {lab, findings} = await loadLab(ref.dir);
  const errors = findings.filter(finding => finding.severity === 'error');
  if (lab) return lab;
  throw Object.assign(brokenLab(context.lang, ref, errors), {findings: errors});
}

function brokenLab(lang: Lang, ref: LabRef, errors: Finding[]): CliFailure {
  const details = errors.slice(0, 1).map(finding => formatFinding(finding, lang));
  return new CliFailure(EXIT.failed, 'lab.broken', {number: ref.number, count: errors.length}, details);
}

export function unmetOf(lab: Pick<Lab, 'requires'>, report: HostReport): Unmet[] {
  return unmetNeeds(lab.requires, report);
}

/** CliFailure with status 3 when this host cannot run the lab. @param realHost on the machine itself no user namespace helps */
export async function demandHost(context: Context, lab: Lab, realHost = false): Promise<HostReport> {
  const report = await hostReport();
  const {requires} = lab;
  const unmet = unmetOf(realHost && requires.root ? {requires: {...requires, root: true}} : lab, report);
  if (unmet.length > 0) {
    const why = unmet.map(one => sayUnmet(one, context.lang)).join(' ');
    throw new CliFailure(EXIT.notRun, 'lab.not-run', {number: lab.number, why});
  }
  return report;
}
