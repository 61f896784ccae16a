/** Which generation of cgroups is mounted where, and which controllers can be used (cgroups(7)). */
import {slurp} from '../facts/proc.ts';
import type {HostReport} from '../types.ts';

export interface CgroupSetup {
  version: HostReport['cgroup'];
  /** Mount point of the v2 tree. */
  unified?: string;
  /** Controllers mounted as v1 hierarchies. */
  v1: string[];
}

/** The files of the kernel under whose names controllers are options of a v1 mount; the rest are mount options. */
export function parseControllers(procCgroups: string): string[] {
  return procCgroups
    .split('\n')
    .filter(line => line && !line.startsWith('#'))
    .map(line => line.split('\t'))
    .filter(([, , , enabled]) => enabled === '1')
    .map(([name]) => name!);
}

/** Reads the set-up out of the texts of /proc/mounts and /proc/cgroups. */
export function parseCgroups(mounts: string, procCgroups: string): CgroupSetup {
  const controllers = parseControllers(procCgroups);
  const v1 = new Set<string>();
  let unified: string | undefined;
  let hierarchies = 0;
  for (const line of mounts.split('\n')) {
    const [, where, type, options = ''] = line.split(' ');
    if (type === 'cgroup2') unified ??= where;
    if (type !== 'cgroup') continue;
    hierarchies++;
    for (const option of options.split(',')) if (controllers.includes(option)) v1.add(option);
  }
  const version = hierarchies > 0 ? (unified ? 'hybrid' : 'v1') : unified ? 'v2' : 'none';
  return {version, ...(unified && {unified}), v1: [...v1]};
}

/** Version and usable controllers of this host; on a hybrid host those of both trees. */
export function readCgroups(): {version: HostReport['cgroup']; controllers: string[]} {
  const setup = parseCgroups(slurp('/proc/mounts') ?? '', slurp('/proc/cgroups') ?? '');
  const v2 = setup.unified ? (slurp(`${setup.unified}/cgroup.controllers`) ?? '').split(/\s+/).filter(Boolean) : [];
  return {version: setup.version, controllers: [...new Set([...setup.v1, ...v2])].sort()};
}
