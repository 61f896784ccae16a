/** Whether the kernel has killed processes of a container's group for want of memory (cgroups(7)). */

import {existsSync, type FSWatcher, watch} from 'node:fs';
import {cgroupPaths, mountsOf} from '../inspect.ts';
import {slurp} from '../slurp.ts';

/** Version 1 has no file that inotify(7) tells of. */
const EVERY_MS = 500;

interface Counter {
  file: string;
  version: 1 | 2;
}

/** The file that counts for a process's group; undefined: no group of this kind, or none that this process sees. */
export function counterOf(pid: number): Counter | undefined {
  const paths = cgroupPaths(slurp(`/proc/${pid}/cgroup`) ?? '');
  for (const {type, root, destination, superOptions} of mountsOf(slurp('/proc/self/mountinfo') ?? '')) {
    const version = type === 'cgroup2' ? 2 : type === 'cgroup' && superOptions.includes('memory') ? 1 : undefined;
    if (version === undefined) continue;
    const key = Object.keys(paths).find(name =>
      version === 2 ? name === 'unified' : name.split(',').includes('memory'),
    );
    const group = key === undefined ? undefined : paths[key];
    const below = root === '/' ? group : group?.startsWith(`${root}/`) ? group.slice(root.length) : undefined;
    if (!below || below === '/') continue;
    const file = `${destination}${below}/${version === 2 ? 'memory.events' : 'memory.oom_control'}`;
    if (existsSync(file)) return {file, version};
  }
  return undefined;
}

const countOf = (file: string): number => Number(/^oom_kill (\d+)$/m.exec(slurp(file) ?? '')?.[1] ?? 0);

export interface OomWatch {
  /** Looks once more, for the last time. */
  stop(): void;
}

/** Calls back with the number of those killed so far, each time there are more of them. */
export function watchOom(pid: number, more: (kills: number) => void): OomWatch {
  const counter = counterOf(pid);
  if (!counter) return {stop() {}};
  const {file, version} = counter;
  let known = countOf(file);
  const look = (): void => {
    const kills = countOf(file);
    if (kills <= known) return;
    known = kills;
    more(kills);
  };
  let watcher: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  if (version === 2) {
    watcher = watch(file, {persistent: false}, look);
    watcher.on('error', () => {}); // the group is gone
  } else timer = setInterval(look, EVERY_MS).unref();
  return {
    stop() {
      watcher?.close();
      clearInterval(timer);
      look();
    },
  };
}
