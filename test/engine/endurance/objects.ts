/** What processes of ours hold of the kernel's: as counts, so that two moments can be compared. */
import {readdirSync, readFileSync, readlinkSync} from 'node:fs';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import type {EngineStage} from '../../../src/engine/stage.ts';

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

const lines = (text: string): number => text.split('\n').filter(Boolean).length;
const descriptors = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;

/** Processes below this one, at any depth. */
function descendants(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap(task =>
    read(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean).map(Number),
  );
  return children.flatMap(child => {
    try {
      return [child, ...descendants(child)];
    } catch {
      return []; // it ended while we looked
    }
  });
}

/** Distinct namespaces that these processes are in, by /proc/PID/ns. */
function namespaces(pids: readonly number[]): number {
  const seen = new Set<string>();
  for (const pid of pids) {
    try {
      for (const name of readdirSync(`/proc/${pid}/ns`)) seen.add(readlinkSync(`/proc/${pid}/ns/${name}`));
    } catch {
      // it ended while we looked
    }
  }
  return seen.size;
}

/** Folders of control groups with this word in their path. */
function groups(word: string, dir = '/sys/fs/cgroup', depth = 0): number {
  if (depth > 6) return 0;
  return readdirSync(dir, {withFileTypes: true})
    .filter(entry => entry.isDirectory())
    .reduce((sum, {name}) => {
      const own = `${dir}/${name}`.includes(word) ? 1 : 0;
      try {
        return sum + own + groups(word, `${dir}/${name}`, depth + 1);
      } catch {
        return sum; // somebody else's, removed meanwhile
      }
    }, 0);
}

/** What the app, its keeper, its guard and all below them hold. */
export function held(stage: EngineStage) {
  const {keeperPid} = stage;
  const {guardPid} = stage.keeper;
  const below = descendants(guardPid);
  return {
    processes: below.length,
    namespaces: namespaces([process.pid, guardPid, ...below]),
    mounts: lines(read(`/proc/${keeperPid}/mountinfo`)),
    machineMounts: lines(
      read('/proc/self/mountinfo')
        .split('\n')
        .filter(line => line.includes(stage.id))
        .join('\n'),
    ),
    groups: groups(stage.id),
    appDescriptors: descriptors(process.pid),
    keeperDescriptors: descriptors(keeperPid),
    guardDescriptors: descriptors(guardPid),
    mappings: lines(read(`/proc/${keeperPid}/maps`)),
  };
}

/** Keyrings of the whole machine (keyrings(7)); the kernel clears them away a moment after their last user is gone. */
export const keyrings = (): number => lines(read('/proc/keys'));

const kib = (pid: number, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(read(`/proc/${pid}/status`))?.[1]);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** KiB that the keeper's two processes have as their own, and bytes that live in this process's heap. */
export function memory(stage: EngineStage): {keeper: number; guard: number; heap: number} {
  collect();
  collect();
  return {
    keeper: kib(stage.keeperPid, 'RssAnon'),
    guard: kib(stage.keeper.guardPid, 'RssAnon'),
    heap: process.memoryUsage().heapUsed,
  };
}
