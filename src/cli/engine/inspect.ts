/** Everything that is known of a container, as plain data: what `glassbox engine inspect` prints. docs/engine.md. */

import {type Facts, factTable} from '../../engine/index.ts';
import type {Box} from './box.ts';
import {layersOf} from './layers.ts';
import {slurp} from './slurp.ts';
import type {BoxStatus, Entry} from './types.ts';

/** The kernel's "\040" for a blank and the like. */
const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

export interface Mount {
  destination: string;
  type: string;
  source: string;
  /** The folder of the file system that is shown there. */
  root: string;
  options: string[];
  superOptions: string[];
}

/** /proc/PID/mountinfo (proc_pid_mountinfo(5)), a covered mount before its cover. */
export function mountsOf(text: string): Mount[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map(line => {
      const [left = '', right = ''] = line.split(' - ');
      const [, , , root = '', destination = '', options = ''] = left.split(' ');
      const [type = '', source = '', superOptions = ''] = right.split(' ');
      return {
        destination: unescaped(destination),
        type,
        source: unescaped(source),
        root: unescaped(root),
        options: options.split(','),
        superOptions: superOptions.split(','),
      };
    });
}

/** /proc/PID/cgroup (cgroups(7)): the path in each tree, "unified" for v2's. */
export function cgroupPaths(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split('\n')
      .filter(Boolean)
      .map(line => {
        const [, controllers = '', ...rest] = line.split(':');
        return [controllers || 'unified', rest.join(':')];
      }),
  );
}

/** Groups of facts that have a place of their own here. */
const APART = ['ns', 'cgroup', 'cpu', 'memory', 'pids', 'mounts', 'layers', 'folder'];
const known = new Set(factTable.map(({path}) => path.split('.')[0]!));

const head = (entry: Entry, status: BoxStatus): Record<string, unknown> => {
  const {id, name, command, created, detached, rm} = entry;
  const {state, pid, started, finished, exit, lost} = status;
  return {
    format: 'glassbox-container',
    version: 1,
    id,
    name,
    created,
    command,
    detached,
    rm,
    state: {
      status: state,
      pid,
      started: started ?? null,
      finished: finished ?? null,
      exitCode: exit?.code ?? null,
      signal: exit?.signal ?? null,
      lost: lost ?? false,
      ...(exit ? {userUs: exit.userUs, systemUs: exit.systemUs, maxRssBytes: exit.maxRssBytes} : {}),
    },
  };
};

/** Of one that lives; `facts` are absent where its first process has just ended. */
export async function inspect(entry: Entry, box: Box, status: BoxStatus): Promise<Record<string, unknown>> {
  const {container, stage} = box;
  const facts: Facts = (await stage.facts(entry.id)) ?? {};
  const {pid} = container;
  const layers = layersOf(facts);
  const rest = Object.entries(facts).filter(([key]) => known.has(key) && !APART.includes(key));
  return {
    ...head(entry, status),
    supervisor: {pid: entry.pid, keeper: stage.keeperPid},
    stage: {id: stage.id, kind: stage.kind, folder: stage.dir},
    namespaces: facts.ns ?? {},
    cgroup: {
      paths: cgroupPaths(slurp(`/proc/${pid}/cgroup`) ?? ''),
      ...(facts.cgroup as Facts | undefined),
      statistics: statistics(facts),
    },
    mounts: mountsOf(slurp(`/proc/${pid}/mountinfo`) ?? ''),
    ...(layers ? {layers} : {}),
    facts: Object.fromEntries(rest),
    spec: container.spec,
    journal: container.journal,
  };
}

/** Of one that has ended: what it was, how it ended, and the calls that made it. */
export function inspectEnded(entry: Entry, box: Box, status: BoxStatus): Record<string, unknown> {
  return {...head(entry, status), spec: box.container.spec, journal: box.container.journal};
}

/** What its group has used and may use; groups of facts are absent without a group of its own. */
export function statistics(facts: Facts): Record<string, unknown> {
  const {cpu, memory, pids} = facts;
  return {...(cpu && {cpu}), ...(memory && {memory}), ...(pids && {pids})};
}
