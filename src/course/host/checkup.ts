/** Host and labs together. A lab is judged by unmetNeeds() alone, as the home screen and `glassbox labs` judge it. */
import {type HostFinding, type HostReport, hostReport, type ReportOptions, unmetNeeds} from '../../engine/index.ts';
import type {LabRef} from '../format/find.ts';
import {type LabHeader, loadHeader} from '../format/header.ts';
import type {Requires} from '../lab.ts';
import type {CheckedFinding, Checkup, LabVerdict} from './types.ts';

/** Of findings about something that labs name among their needs: whether a lab does. Others matter to all. */
function matters(id: string): ((lab: Pick<LabHeader, 'id' | 'requires'>) => boolean) | undefined {
  const [kind, name = ''] = id.split('.');
  const has = (key: 'tools' | 'namespaces' | 'filesystems', value: string) => (lab: {requires: Requires}) =>
    lab.requires[key]?.includes(value) ?? false;
  if (kind === 'tool') return has('tools', id.slice('tool.'.length));
  if (kind === 'namespace') return has('namespaces', name);
  if (kind === 'cgroup' || kind === 'init') return lab => (lab.requires.controllers?.length ?? 0) > 0;
  if (id === 'filesystem.overlay-user') return has('filesystems', 'overlay');
  if (id === 'filesystem.aufs') return lab => lab.id === 'aufs' || has('filesystems', 'aufs')(lab);
  if (kind === 'filesystem') return has('filesystems', name);
  if (id === 'mount.proc') return has('namespaces', 'pid');
  if (id === 'root') return lab => Boolean(lab.requires.root);
  if (id === 'unprivileged' || id === 'subids') return lab => lab.requires.root === 'mapped';
  return undefined;
}

/** The numbers of the labs that a finding matters to, in their order. */
export function labsOf(finding: Pick<HostFinding, 'id'>, labs: readonly LabHeader[]): string[] | 'all' {
  const test = matters(finding.id);
  if (!test) return 'all';
  const numbers = labs.filter(test).map(lab => lab.number);
  return numbers.length > 1 && numbers.length === labs.length ? 'all' : numbers;
}

/** Whether a lab runs on the reported host. */
export function verdict(
  lab: Pick<LabHeader, 'number' | 'id' | 'title' | 'requires'>,
  report: HostReport,
  path?: string,
): LabVerdict {
  const {number, id, title, requires} = lab;
  const unmet = unmetNeeds(requires, report, path);
  const without = !report.root && requires.root === 'mapped';
  return {number, id, title, runs: unmet.length > 0 ? 'no' : without ? 'mapped' : 'yes', unmet};
}

/** Examines the host for the labs of a folder. Rejects with nothing of its own: a broken lab is said to be broken. */
export async function checkup(refs: readonly LabRef[], options: ReportOptions = {}): Promise<Checkup> {
  const read = await Promise.all(refs.map(async ref => ({ref, header: (await loadHeader(ref.dir)).header})));
  const headers = read.flatMap(({header}) => header ?? []);
  const report = await hostReport({
    tools: headers.flatMap(one => one.requires.tools ?? []),
    controllers: [...new Set(headers.flatMap(one => one.requires.controllers ?? []))],
    ...options,
  });
  const findings = report.findings.map((one): CheckedFinding => ({...one, labs: labsOf(one, headers)}));
  const labs = read.map(({ref: {number, id}, header}): LabVerdict => {
    return header ? verdict(header, report, options.path) : {number, id, title: {en: id}, runs: 'broken', unmet: []};
  });
  return {...report, findings, labs};
}

/** Nothing that labs need is missing: every finding is at least in part good, and every lab runs. */
export function allRun({findings, labs}: Pick<Checkup, 'findings' | 'labs'>): boolean {
  return findings.every(one => one.ok !== 'no') && labs.every(one => one.runs === 'yes' || one.runs === 'mapped');
}
