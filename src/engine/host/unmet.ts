/** Whether a lab can run here. */
import {shellPath} from '../terminal/shell-process.ts';
import type {HostReport, NamespaceType} from '../types.ts';
import {namespaceKinds} from './kernel.ts';
import {installCure} from './report.ts';
import {which} from './tools.ts';

/** What a lab requires of its host. */
export interface HostNeeds {
  root?: boolean;
  /** OCI names of namespaces (NamespaceType). */
  namespaces?: readonly string[];
  tools?: readonly string[];
  filesystems?: readonly string[];
  controllers?: readonly string[];
}

/** One need that this host does not meet: message codes worded by src/course/words/host.ts, both with `params`. */
export interface Unmet {
  code: string;
  params: Record<string, string | number>;
  cure?: string;
}

/** cgroup controllers that go by another name in the other version: v1 name, v2 name (cgroups(7)). */
const sameController: readonly (readonly [string, string])[] = [['blkio', 'io']];

/** The needs that `report` does not meet, in the order of HostNeeds; an empty list: the lab can run. */
export function unmetNeeds(needs: HostNeeds, report: HostReport, path: string = shellPath): Unmet[] {
  const unmet: Unmet[] = [];
  if (needs.root && !report.root) unmet.push(fromFinding(report, 'root', 'host.unmet.root', {}));
  for (const name of needs.namespaces ?? []) {
    if (report.namespaces[name as NamespaceType]) continue;
    const flag = namespaceKinds.find(kind => kind.type === name)?.flag ?? name;
    unmet.push(fromFinding(report, `namespace.${name}`, 'host.unmet.namespace', {name, flag}));
  }
  for (const tool of needs.tools ?? []) {
    if (!which(tool, path)) unmet.push({code: 'host.unmet.tool', ...installCure(tool, path, {tool})});
  }
  for (const name of needs.filesystems ?? []) {
    if (report.filesystems.includes(name)) continue;
    const command = `modprobe ${name}`;
    unmet.push({code: 'host.unmet.filesystem', params: {name, command}, cure: 'host.cure.module'});
  }
  for (const name of needs.controllers ?? []) {
    const names = sameController.find(pair => pair.includes(name)) ?? [name];
    if (names.some(one => report.controllers.includes(one))) continue;
    unmet.push({code: 'host.unmet.controller', params: {name, missing: name}, cure: 'host.cure.controller'});
  }
  return unmet;
}

function fromFinding(report: HostReport, id: string, code: string, params: Record<string, string>): Unmet {
  const finding = report.findings.find(one => one.id === id);
  return {code, params: {...finding?.params, ...params}, ...(finding?.cure && {cure: finding.cure})};
}
