/** The words after `scripts/vm/run.ts`. */
import {parseArgs} from 'node:util';
import type {CgroupLayout, GuestOptions} from './guest.ts';

export const USAGE = `expected: run.ts [--cgroup v2|v1|hybrid] [--memory MiB] [--cpus N] [--timeout seconds] [--writable] [--systemd]
                 [--project folder] [--root folder] [--append words] -- command [argument]...`;

export class UsageError extends Error {
  override name = 'UsageError';
}

/** @throws UsageError saying what was expected and what came */
export function parseRun(args: readonly string[]): {command: string[]; options: GuestOptions} {
  const {values, positionals} = parsed(args);
  if (positionals.length === 0) throw new UsageError(`no command was given; ${USAGE}`);
  const {cgroup, append} = values;
  if (cgroup !== undefined && !isLayout(cgroup))
    throw new UsageError(`--cgroup: expected v2, v1 or hybrid, came ${cgroup}`);
  const number = (name: 'memory' | 'cpus' | 'timeout') => {
    const text = values[name];
    if (text === undefined) return {};
    if (!/^[1-9]\d{0,6}$/.test(text)) throw new UsageError(`--${name}: expected a number of at least 1, came ${text}`);
    return {[name]: Number(text)};
  };
  return {
    command: positionals,
    options: {
      ...(cgroup !== undefined && {cgroup}),
      ...number('memory'),
      ...number('cpus'),
      ...number('timeout'),
      ...(values.writable && {writable: true}),
      ...(values.systemd && {systemd: true}),
      ...(values.project !== undefined && {project: values.project}),
      ...(values.root !== undefined && {root: values.root}),
      ...(append !== undefined && {append: append.split(' ')}),
    },
  };
}

function isLayout(text: string): text is CgroupLayout {
  return text === 'v2' || text === 'v1' || text === 'hybrid';
}

function parsed(args: readonly string[]) {
  const text = {type: 'string'} as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        cgroup: text,
        memory: text,
        cpus: text,
        timeout: text,
        project: text,
        root: text,
        append: text,
        writable: {type: 'boolean'},
        systemd: {type: 'boolean'},
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${USAGE}`);
  }
}
