/** Which generation of cgroups is mounted where, and which controllers can be used (cgroups(7)). */
import {slurp} from '../facts/proc.ts';
import type {HostFinding, HostReport} from '../types.ts';
import {bad, good, partly} from './find.ts';

export interface CgroupSetup {
  version: HostReport['cgroup'];
  /** Mount point of the v2 tree. */
  unified?: string;
  /** Controllers mounted as v1 hierarchies. */
  v1: string[];
  /** Every tree that is mounted is mounted read-only. */
  readOnly?: boolean;
}

/** The files of the kernel under whose names controllers are options of a v1 mount; the rest are mount options. */
function parseControllers(procCgroups: string, state: '0' | '1' = '1'): string[] {
  return procCgroups
    .split('\n')
    .filter(line => line && !line.startsWith('#'))
    .map(line => line.split('\t'))
    .filter(([, , , enabled]) => enabled === state)
    .map(([name]) => name!);
}

/** Reads the set-up out of the texts of /proc/mounts and /proc/cgroups. What is mounted read-only cannot be used. */
export function parseCgroups(mounts: string, procCgroups: string): CgroupSetup {
  const controllers = parseControllers(procCgroups);
  const v1 = new Set<string>();
  let unified: string | undefined;
  let hierarchies = 0;
  let writable = 0;
  for (const line of mounts.split('\n')) {
    const [, where, type, text = ''] = line.split(' ');
    if (type !== 'cgroup' && type !== 'cgroup2') continue;
    const options = text.split(',');
    const mayWrite = !options.includes('ro');
    if (mayWrite) writable++;
    if (type === 'cgroup2') unified ??= where;
    else {
      hierarchies++;
      if (mayWrite) for (const option of options) if (controllers.includes(option)) v1.add(option);
    }
  }
  const version = hierarchies > 0 ? (unified ? 'hybrid' : 'v1') : unified ? 'v2' : 'none';
  const readOnly = version !== 'none' && writable === 0;
  return {version, ...(unified && {unified}), v1: [...v1], ...(readOnly && {readOnly})};
}

export interface Cgroups {
  version: HostReport['cgroup'];
  controllers: string[];
  readOnly: boolean;
}

/** Version and usable controllers of this host; on a hybrid host those of both trees. */
export function readCgroups(): Cgroups {
  const setup = parseCgroups(slurp('/proc/mounts') ?? '', slurp('/proc/cgroups') ?? '');
  const {version, unified, v1, readOnly = false} = setup;
  const v2 = unified && !readOnly ? (slurp(`${unified}/cgroup.controllers`) ?? '').split(/\s+/).filter(Boolean) : [];
  return {version, controllers: [...new Set([...v1, ...v2])].sort(), readOnly};
}

/** Why a controller cannot be used, with the code of the cure and its parameters. */
export function controllerCure(
  name: string,
  version: HostReport['cgroup'],
  read: (path: string) => string | undefined = slurp,
): {cure: string; params: Record<string, string>} {
  const params = {missing: name};
  const table = read('/proc/cgroups') ?? '';
  const barred = new RegExp(`(?:^|\\s)(cgroup_disable=(?:\\S*,)?${name}(?:,\\S*)?)(?:\\s|$)`).exec(
    read('/proc/cmdline') ?? '',
  )?.[1];
  if (barred) return {cure: 'host.cure.controller-barred', params: {...params, option: barred}};
  if (parseControllers(table, '0').includes(name)) return {cure: 'host.cure.controller', params};
  // The kernel has it, and no mounted tree does.
  if (parseControllers(table).includes(name) && (version === 'v1' || version === 'hybrid')) {
    const folder = `/sys/fs/cgroup/${name}`;
    const command = `mkdir -p ${folder} && mount -t cgroup -o ${name} ${name} ${folder}`;
    return {cure: 'host.cure.command', params: {...params, command}};
  }
  return {cure: 'host.cure.controller-elsewhere', params};
}

/** @param wanted the controllers that labs require */
export function cgroupFinding({version, controllers, readOnly}: Cgroups, wanted: readonly string[]): HostFinding {
  const id = 'cgroup';
  const found = `${version}: ${controllers.join(' ')}`;
  if (version === 'none') {
    const command = 'mount -t cgroup2 cgroup2 /sys/fs/cgroup';
    return bad(id, found, 'host.cgroup.none', {command}, 'host.cure.command');
  }
  if (readOnly) return bad(id, `${version}: ro`, 'host.cgroup.read-only', {}, 'host.cure.cgroup-outside');
  const missing = wanted.filter(name => !controllers.includes(name));
  if (missing.length === 0) return good(id, found, `host.cgroup.${version}`);
  const {cure, params} = controllerCure(missing[0]!, version);
  return partly(id, found, 'host.cgroup.incomplete', {...params, missing: missing.join(' '), name: missing[0]!}, cure);
}
