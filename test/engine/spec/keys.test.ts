/** Every key of a specification: documented, shown live, and refused live or by name. A new key needs a line here. */
import {existsSync, readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import type {z} from 'zod';
import {specProblems, specShape} from '../../../src/engine/spec.ts';

interface Definition {
  type: string;
  innerType?: z.ZodType;
  element?: z.ZodType;
  out?: z.ZodType;
  shape?: Record<string, z.ZodType>;
}

/** 'linux.devices[].path' of each key whose value is no object of further ones. */
function leaves(shape: z.ZodType, at = ''): string[] {
  const {type, innerType, element, out, shape: keys} = shape.def as unknown as Definition;
  if (type === 'optional') return leaves(innerType!, at);
  if (type === 'pipe') return leaves(out!, at);
  if (type === 'array') return leaves(element!, `${at}[]`);
  if (type !== 'object') return [at.replace(/\[\]$/, '')];
  return Object.entries(keys!).flatMap(([key, value]) => leaves(value, at ? `${at}.${key}` : key));
}

const throttle = 'throttle{ReadBps,WriteBps,ReadIOPS,WriteIOPS}Device[].{major,minor,rate}';

/** [keys, file and name of a live test, file and name of one where it is refused] */
const table: [string, string, string, string, string][] = [
  ['ociVersion', 'spec/process', '1 is what this engine', 'spec/process', 'what is none, or another one'],
  [
    'process.args',
    'live/lifecycle',
    'finds its program in its own PATH',
    'live/failures',
    'a program that is a folder',
  ],
  ['process.env', 'live/lifecycle', 'has the environment that was given', 'spec', 'an environment without "="'],
  ['process.cwd', 'live/lifecycle', 'relative and absolute', 'live/failures', 'a working directory that is not there'],
  ['process.terminal', 'live/terminal', 'is the controlling terminal', 'live/stdin', 'with a terminal it is refused'],
  [
    'process.stdin',
    'live/stdin',
    'what is written there is read inside',
    'live/stdin',
    'with a terminal it is refused',
  ],
  ['process.init', 'live/init', 'reaps what is orphaned', 'live/init', "errno: 'EPERM'"],
  [
    'process.consoleSize.{height,width}',
    'live/terminal',
    'has the size that it was given',
    'spec',
    'a window without width',
  ],
  [
    'process.user.{uid,gid}',
    'live/namespaces',
    'let another mapped user run',
    'live/failures',
    'a user that the map does not hold',
  ],
  [
    'process.user.additionalGids',
    'spec/process',
    'are all that the program has',
    'spec/process',
    'setgroups(2) is not allowed',
  ],
  ['process.user.umask', 'spec/limits', 'process.user.umask', 'spec/limits', 'process.user.umask'],
  [
    'process.capabilities.{bounding,effective,inheritable,permitted,ambient}',
    'spec/capabilities',
    'are those of the program, and no others can come back',
    'spec/capabilities',
    'is refused by name',
  ],
  ['process.noNewPrivileges', 'spec/process', 'is said by the kernel', 'spec/process', 'a set-user-ID program'],
  [
    'process.rlimits[].{type,soft,hard}',
    'spec/limits',
    'hold: a file that is too large',
    'spec/limits',
    'are refused where the kernel',
  ],
  ['process.oomScoreAdj', 'spec/limits', 'is written', 'spec/limits', 'has bounds'],
  [
    'process.scheduler.{policy,nice,priority,flags,runtime,deadline,period}',
    'spec/limits',
    'priority, flags, and the times of a deadline',
    'spec/limits',
    'what has no effect is refused, and what the kernel refuses fails by name',
  ],
  ['process.ioPriority.{class,priority}', 'spec/limits', 'is set', 'spec/limits', 'has bounds'],
  ['hostname', 'live/lifecycle', 'everything is set up before the program runs', 'spec', 'an empty host name'],
  ['domainname', 'spec/namespaced', 'sets what the namespaces have', 'live/failures', 'nothing of all this'],
  ['root.path', 'live/namespaces', 'has nothing of the old one', 'live/failures', 'a root that is not there'],
  ['root.readonly', 'live/namespaces', 'read-only is read-only', 'spec/files', 'root.readonly'],
  ['root.programs', 'rootfs/rootfs', 'a root of programs', 'rootfs/rootfs', 'a missing program is an error'],
  ['root.layers', 'rootfs/rootfs', 'layers: the topmost wins', 'network/modes', 'goes together with a root'],
  ['root.union', 'rootfs/rootfs', 'a specification', 'rootfs/rootfs', 'aufs is never faked'],
  ['root.enter', 'rootfs/chroot', 'inside: none in its files', 'rootfs/chroot', 'nothing is mounted'],
  ['mounts[].{destination,type}', 'spec/files', 'gets its folder', 'live/failures', 'a file system that is none'],
  ['mounts[].source', 'live/namespaces', 'stay there, unless propagation', 'live/failures', 'a mount on nothing'],
  ['mounts[].options', 'spec/files', 'reach the mounts below', 'live/failures', 'a mount option that is none'],
  ['annotations', 'spec/unsupported', 'annotations are kept', 'spec/mutations', 'is not passed over'],
  ['network.mode', 'network/modes', 'shares devices', 'network/modes', 'of one that is not there'],
  [
    'network.{subnet,address,mtu}',
    'network/bridge',
    'with the wished addresses',
    'network/bridge',
    'an address that somebody has',
  ],
  [
    'network.nat',
    'network/nat',
    'reaches what the stage reaches',
    'network/nat',
    'a kernel that refuses is told by name',
  ],
  [
    'linux.namespaces[].type',
    'live/namespaces',
    'a new namespace',
    'live/failures',
    'a namespace file of another type',
  ],
  [
    'linux.namespaces[].path',
    'live/namespaces',
    'joined by its path',
    'live/failures',
    'a namespace file that is not there',
  ],
  [
    'linux.{uidMappings,gidMappings}[].{containerID,hostID,size}',
    'live/namespaces',
    'let another mapped user run',
    'live/failures',
    'a map with the same id twice',
  ],
  [
    'linux.rootfsPropagation',
    'live/namespaces',
    'unless propagation was asked for',
    'spec',
    'propagation without a mount namespace',
  ],
  [
    'linux.cgroupsPath',
    'cgroup/live',
    'is a member before its program runs',
    'cgroup/limits',
    'a path leads down, never up',
  ],
  [
    'linux.resources.{cpu.{shares,quota,period,burst,idle,cpus,mems},memory.{limit,swap,reservation,disableOOMKiller},pids.limit}',
    'cgroup/resources',
    'linux.resources',
    'cgroup/resources',
    'is refused by its place',
  ],
  [
    'linux.resources.blockIO.weight',
    'cgroup/resources',
    'where a scheduler of the kernel has one',
    'cgroup/resources',
    'a kernel without any',
  ],
  [
    `linux.resources.blockIO.${throttle}`,
    'cgroup/resources',
    'a rate for a device',
    'cgroup/resources',
    'a rate for a device',
  ],
  [
    'linux.resources.unified',
    'cgroup/resources',
    "name: 'unified'",
    'cgroup/resources',
    'what only the other version has',
  ],
  [
    'linux.devices[].{type,path,major,minor,fileMode,uid,gid}',
    'spec/files',
    'with number, mode and owner',
    'spec/files',
    'need a root',
  ],
  ['linux.defaultDevices', 'spec/files', 'all of the OCI default ones', 'spec/files', 'need a root'],
  ['linux.maskedPaths', 'spec/files', 'cover with the host’s /dev/null', 'spec/files', 'a path below the root'],
  ['linux.readonlyPaths', 'spec/files', 'linux.readonlyPaths', 'spec/files', 'need a mount namespace'],
  ['linux.sysctl', 'spec/namespaced', 'sets what the namespaces have', 'spec/namespaced', 'the machine’s are refused'],
  [
    'linux.seccomp.{defaultAction,defaultErrnoRet,architectures,flags,syscalls[].{names,action,errnoRet,args[].{index,value,valueTwo,op}}}',
    'spec/seccomp',
    'looks at arguments',
    'spec/seccomp',
    'what cannot be carried out is refused',
  ],
  ['linux.personality.domain', 'spec/limits', 'is what uname says', 'spec/limits', 'flags and others are refused'],
  [
    'linux.timeOffsets.{monotonic,boottime}.{secs,nanosecs}',
    'spec/namespaced',
    'set the clocks of the container alone',
    'spec/namespaced',
    'a clock before zero fails',
  ],
];

const keys = leaves(specShape);
const rows = table.flatMap(([text, ...rest]) => spread(text).map(key => [key, ...rest] as const));

/** 'a.{b,c.{d,e}}' is 'a.b', 'a.c.d' and 'a.c.e'. */
function spread(text: string): string[] {
  const open = text.indexOf('{');
  if (open < 0) return [text];
  const parts: string[] = [];
  let depth = 0;
  let from = open + 1;
  for (let at = open; ; at++) {
    if (text[at] === '{') depth++;
    if ((text[at] === ',' && depth === 1) || (text[at] === '}' && --depth === 0)) {
      parts.push(text.slice(from, at));
      from = at + 1;
      if (depth === 0) return parts.flatMap(part => spread(text.slice(0, open) + part + text.slice(from)));
    }
  }
}

const sourceOf = (name: string): string => {
  const base = new URL(name.startsWith('cli/') ? '../../' : '../', import.meta.url).pathname;
  const file = `${base}${name}.test.ts`;
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};
/** Where the maps of most tests are. */
const support = readFileSync(new URL('../support.ts', import.meta.url), 'utf8');
const last = (key: string): string => key.replaceAll('[]', '').split('.').at(-1)!;

describe('each key', () => {
  it('is in the table once, and nothing else is', () => {
    expect(rows.map(([key]) => key).sort()).toEqual([...keys].sort());
  });

  it('is documented', () => {
    const text = readFileSync(new URL('../../../docs/engine.md', import.meta.url), 'utf8');
    const missing = keys.filter(
      key =>
        !key
          .replaceAll('[]', '')
          .split('.')
          .every(word => new RegExp(`\\b${word}\\b`).test(text)),
    );
    expect(missing).toEqual([]);
  });

  it.each(table)('%s: shown in %s (%s), refused in %s (%s)', (text, live, shown, negative, refused) => {
    for (const [file, name] of [
      [live, shown],
      [negative, refused],
    ] as const)
      expect(sourceOf(file), `${file} has no '${name}'`).toContain(name);
    for (const key of spread(text)) {
      const source = sourceOf(live) + support;
      expect(new RegExp(`\\b${last(key)}\\b`).test(source), `${key} in ${live}`).toBe(true);
    }
  });
});

/** The least that may stand around a key, with `value` there. */
function around(key: string, value: unknown): object {
  const put = (path: string[]): unknown => {
    const [first, ...rest] = path;
    if (first === undefined) return value;
    const name = first.replace('[]', '');
    return {[name]: first.endsWith('[]') ? [put(rest)] : put(rest)};
  };
  const made = put(key.split('.')) as {process?: object};
  return {...made, process: {args: ['true'], ...made.process}};
}

it.each(keys)('%s of a wrong type is refused by its place', key => {
  for (const value of [Symbol.iterator, () => 1]) {
    const found = specProblems(around(key, value)).map(({params}) => params.path);
    expect(found).toContain(key.replaceAll('[]', '[0]'));
  }
});
