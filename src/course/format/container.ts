/** `yaml container #box`: an excerpt of an OCI config.json, with the course's defaults. The engine says what is wrong. */
import {z} from 'zod';
import {type ContainerSpec, specProblems} from '../../engine/index.ts';
import type {ContainerBlock} from '../lab.ts';
import type {Findings} from './findings.ts';
import {nearest} from './nearest.ts';
import {NAMESPACES} from './schema.ts';
import {validate} from './validate.ts';
import type {Path, YamlText} from './yaml.ts';

/** Nothing is inherited by a container, so a lab's shell gets the least that it needs to be usable. */
export const DEFAULT_ENV = [
  'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'TERM=xterm-256color',
  'HOME=/root',
  'LANG=C.UTF-8',
];

/** Names that conditions use for something else. */
export const RESERVED = [
  'host',
  'before',
  'vars',
  'run',
  'has',
  'true',
  'false',
  'null',
  'in',
  'size',
  'int',
  'string',
  'dyn',
];

/** Only to guess what a mistyped key was meant to be. */
const KEYS =
  'ociVersion process args env cwd terminal stdin init consoleSize height width user uid gid additionalGids umask noNewPrivileges hostname domainname root path readonly programs layers union enter mounts destination type source options annotations linux namespaces capabilities bounding effective inheritable permitted ambient rlimits soft hard oomScoreAdj scheduler policy nice priority ioPriority class devices defaultDevices major minor fileMode maskedPaths readonlyPaths sysctl seccomp defaultAction defaultErrnoRet architectures flags syscalls names action errnoRet index value valueTwo op personality domain network mode subnet address mtu nat timeOffsets monotonic boottime secs nanosecs uidMappings gidMappings containerID hostID size rootfsPropagation cgroupsPath resources cpu shares quota period memory pids limit without lacks single'.split(
    ' ',
  );

const id = z.int().min(0);
const mappings = z.array(z.strictObject({containerID: id, hostID: id, size: z.int().min(1)})).min(1);

const beside = z.looseObject({
  without: z.array(z.enum([...NAMESPACES, 'resources'])).default([]),
  lacks: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
  single: z.strictObject({uidMappings: mappings, gidMappings: mappings}).optional(),
});

/** A specification as it stands in the lab, for the engine to look at. */
export interface WrittenSpec {
  value: unknown;
  yaml: YamlText;
}

type Loose = Record<string, unknown>;

function record(value: unknown): Loose | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : undefined;
}

/** What may be left out: the types of namespaces that the container makes new, and its limits. */
export function freshNamespaces(spec: object): string[] {
  const linux = record((spec as Loose).linux);
  const list = linux?.namespaces;
  const namespaces = Array.isArray(list) ? list.map(record) : [];
  const fresh = namespaces.flatMap(ns => (ns && ns.path === undefined ? [String(ns.type)] : []));
  return [...fresh, ...(linux?.resources ? ['resources'] : [])];
}

function withDefaults(process: Loose): Loose {
  if (process.env !== undefined && !Array.isArray(process.env)) return process;
  const own = (process.env ?? []) as unknown[];
  const names = new Set(own.map(entry => String(entry).split('=')[0]));
  const env = [...DEFAULT_ENV.filter(entry => !names.has(entry.split('=')[0])), ...own];
  return {cwd: '/', terminal: true, ...process, env};
}

/**
 * The container of a block: process.args ["sh"], a terminal, cwd "/" and DEFAULT_ENV (variables that the lab names win)
 * where the lab says nothing. Undefined, with errors, when `without` is malformed. Whether the rest is a specification
 * is for checkSpecs() to say, which must be asked before the container is used.
 */
export function readContainer(
  yaml: YamlText,
  findings: Findings,
): (Pick<ContainerBlock, 'spec' | 'without' | 'lacks' | 'single'> & {written: WrittenSpec}) | undefined {
  const data = validate(yaml, beside, findings);
  if (!data) return undefined;
  const {without, lacks, single, ...rest} = data;
  const fresh = freshNamespaces(rest);
  without.forEach((name, i) => {
    if (!fresh.includes(name))
      findings.error('container.without', yaml.placeOf(['without', i]), {came: name, fresh: fresh.join(', ') || '–'});
  });
  const process = rest.process === undefined ? {args: ['sh']} : rest.process;
  const value = {...rest, process: record(process) ? {args: ['sh'], ...record(process)} : process};
  const whole = record(process) ? {...value, process: withDefaults(value.process as Loose)} : value;
  const left = {...(lacks !== undefined && {lacks: [lacks].flat()}), ...(single && {single})};
  return {spec: whole as unknown as ContainerSpec, without, ...left, written: {value, yaml}};
}

/** 'linux.namespaces[0].type' as keys. */
function keysOf(path: string): Path {
  return [...path.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([key, index]) => (index === undefined ? key : Number(index)));
}

/** Asks the engine about each specification; what it would refuse becomes an error at its place ('spec.type' …). */
export async function checkSpecs(specs: WrittenSpec[], findings: Findings): Promise<void> {
  for (const {value, yaml} of specs) {
    for (const {code, params} of await specProblems(value)) {
      const path = keysOf(String(params.path));
      const key = path.at(-1);
      const near = code === 'spec.unknown-key' ? nearest(String(key), KEYS) : undefined;
      const at =
        code === 'spec.unknown-key' || code === 'spec.needs-namespace' ? yaml.keyPlace(path) : yaml.placeOf(path);
      findings.error(code, at, {...params, ...(near && {nearest: near})});
    }
  }
}

/** Every text in a specification. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value && typeof value === 'object' ? Object.values(value).flatMap(stringsIn) : [];
}
