/** Whether a lab can run here. */
import {shellPath} from '../terminal/shell-process.ts';
import type {HostReport, NamespaceType} from '../types.ts';
import {controllerCure} from './cgroups.ts';
import {namespaceKinds} from './kernel.ts';
import {installCure} from './packages.ts';
import {which} from './which.ts';

/** What a lab requires of its host. */
export interface HostNeeds {
  /** 'mapped': the root of a user namespace will do. */
  root?: boolean | 'mapped';
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
  const unmet = unmetByAll(report);
  const mapped = needs.root === 'mapped' && report.mapped;
  if (needs.root && !report.root && !mapped) unmet.push(rootless(needs.root, report));
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
    const own = fromFinding(report, `filesystem.${name}`, 'host.unmet.filesystem', {name, command});
    unmet.push(own.cure ? own : {...own, cure: 'host.cure.module'});
  }
  if (mapped) unmet.push(...unmetMapped(needs, report));
  for (const name of needs.controllers ?? []) {
    const names = sameController.find(pair => pair.includes(name)) ?? [name];
    if (names.some(one => report.controllers.includes(one))) {
      if (isKept(name, report)) unmet.push(fromFinding(report, 'cgroup.delegation', 'host.unmet.delegation', {name}));
      continue;
    }
    const {cure, params} = controllerUnmet(name, report);
    unmet.push({code: 'host.unmet.controller', params: {...params, name}, cure});
  }
  return unmet;
}

/** What every lab needs: without it no stage stands. */
const forAll = ['kernel', 'ptmx', 'seccomp', 'sandbox', 'mount.program', 'mount.run', 'disk.run'];

function unmetByAll(report: HostReport): Unmet[] {
  return forAll
    .filter(id => report.findings.some(one => one.id === id && one.ok === 'no'))
    .map(id => fromFinding(report, id, report.findings.find(one => one.id === id)!.meaning, {}));
}

/** What the root of a user namespace may not do everywhere: a /proc of its own, an overlay. */
function unmetMapped(needs: HostNeeds, report: HostReport): Unmet[] {
  const lacks = (id: string) => report.findings.some(one => one.id === id && one.ok === 'no');
  const unmet: Unmet[] = [];
  if (needs.namespaces?.includes('pid') && lacks('mount.proc')) {
    unmet.push(fromFinding(report, 'mount.proc', 'host.unmet.proc', {}));
  }
  if (needs.filesystems?.includes('overlay') && lacks('filesystem.overlay-user')) {
    unmet.push(fromFinding(report, 'filesystem.overlay-user', 'host.unmet.overlay-user', {}));
  }
  return unmet;
}

/** Where nothing is mounted at all, or read-only, no single controller is to blame. */
function controllerUnmet(name: string, report: HostReport): {cure: string; params: Unmet['params']} {
  const whole = report.findings.find(one => one.id === 'cgroup' && one.ok === 'no');
  return whole?.cure ? {cure: whole.cure, params: whole.params ?? {}} : controllerCure(name, report.cgroup);
}

/** The machine has the controller, and this user may not have groups with it. */
const isKept = (name: string, report: HostReport): boolean =>
  report.findings.some(
    one =>
      one.id === 'cgroup.delegation' &&
      String(one.params?.missing ?? '')
        .split(' ')
        .includes(name),
  );

/** Where a user namespace would do, what bars it is what has to be mended; elsewhere only root helps. */
function rootless(need: true | 'mapped', report: HostReport): Unmet {
  if (need === true) return fromFinding(report, 'root', 'host.unmet.root', {});
  const barred = fromFinding(report, 'unprivileged', 'host.unmet.mapped', {});
  return barred.cure ? barred : fromFinding(report, 'root', 'host.unmet.mapped', {});
}

function fromFinding(report: HostReport, id: string, code: string, params: Record<string, string>): Unmet {
  const finding = report.findings.find(one => one.id === id);
  return {code, params: {...finding?.params, ...params}, ...(finding?.cure && {cure: finding.cure})};
}
