/** Validation of a ContainerSpec. Strict: what the engine would not carry out is refused by its name, never ignored. */
import {z} from 'zod';
import {EngineError} from './errors.ts';
import type {ContainerSpec, EngineErrorInfo, ProcessSpec, Resources} from './types.ts';

const HOST_NAME_MAX = 64;
/** Overlay takes no more (OVL_MAX_STACK, fs/overlayfs). */
const MAX_LAYERS = 500;
const namespaceTypes = ['pid', 'network', 'mount', 'ipc', 'uts', 'user', 'cgroup', 'time'] as const;

/** For the kernel a string ends at its first NUL. */
const text = z.string().refine(s => !s.includes('\0'), {params: {code: 'spec.nul'}});
const word = text.min(1);
const absolute = word.refine(s => s.startsWith('/'), {params: {code: 'spec.absolute'}});
/** Absolute, or inside the stage's folder. */
const place = word.refine(s => s.startsWith('/') || !s.split('/').includes('..'), {params: {code: 'spec.place'}});
const name = word.refine(s => Buffer.byteLength(s) <= HOST_NAME_MAX, {
  params: {code: 'spec.too-long', max: HOST_NAME_MAX},
});
const id = z
  .int()
  .min(0)
  .max(2 ** 32 - 2);
const cells = z.int().min(1).max(65535);

const processShape = z.strictObject({
  args: z.array(text).min(1),
  env: z.array(text.refine(s => s.indexOf('=') > 0, {params: {code: 'spec.env'}})).optional(),
  cwd: absolute.optional(),
  terminal: z.boolean().optional(),
  consoleSize: z.strictObject({height: cells, width: cells}).optional(),
  user: z
    .strictObject({
      uid: id,
      gid: id,
      additionalGids: z.array(id).max(65536).optional(),
      umask: z.int().min(0).max(0o777).optional(),
    })
    .optional(),
  noNewPrivileges: z.boolean().optional(),
});

const mapping = z.strictObject({
  containerID: id,
  hostID: id,
  size: z
    .int()
    .min(1)
    .max(2 ** 32 - 1),
});

/** Below the stage's group: no way up, no empty names. */
const groupPath = word.refine(
  path => /^\/?[^/]+(\/[^/]+)*$/.test(path) && !path.split('/').some(s => /^\.\.?$/.test(s)),
  {
    params: {code: 'spec.cgroups-path'},
  },
);
const limit = z.int().min(-1);

/** Which values are sensible is for the kernel to say. */
const resources = z.strictObject({
  cpu: z
    .strictObject({shares: z.int().min(0).optional(), quota: limit.optional(), period: z.int().min(0).optional()})
    .optional(),
  memory: z.strictObject({limit: limit.optional()}).optional(),
  pids: z.strictObject({limit: limit.optional()}).optional(),
});

const specShape = z.strictObject({
  ociVersion: text.optional(),
  process: processShape,
  hostname: name.optional(),
  domainname: name.optional(),
  root: z
    .strictObject({
      path: place,
      readonly: z.boolean().optional(),
      programs: z.array(word).min(1).optional(),
      layers: z.array(place).min(1).max(MAX_LAYERS).optional(),
      union: z.enum(['overlay', 'aufs']).optional(),
    })
    .optional(),
  mounts: z
    .array(
      z.strictObject({
        destination: absolute,
        type: word.optional(),
        source: word.optional(),
        options: z.array(word).optional(),
      }),
    )
    .optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  linux: z
    .strictObject({
      namespaces: z.array(z.strictObject({type: z.enum(namespaceTypes), path: absolute.optional()})).optional(),
      // The kernel takes 340 lines, and one page of text in one write.
      uidMappings: z.array(mapping).max(340).optional(),
      gidMappings: z.array(mapping).max(340).optional(),
      rootfsPropagation: z.enum(['private', 'slave', 'shared', 'unbindable']).optional(),
      cgroupsPath: groupPath.optional(),
      resources: resources.optional(),
    })
    .optional(),
});

/** 'linux.namespaces[0].type' */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text ? `${text}.${String(key)}` : String(key);
  }, '');
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((v, key) => (v as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

/** What came, as JSON, short enough for one line of an error. No words: those have a language. */
function shown(value: unknown): string {
  const text = JSON.stringify(value, (_key, v: unknown) => (typeof v === 'bigint' ? String(v) : v)) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

type Issue = z.core.$ZodIssue;

function problems(issue: Issue, value: unknown): EngineErrorInfo[] {
  const path = pathText(issue.path);
  const got = shown(at(value, issue.path));
  const info = (code: string, more: Record<string, string | number>): EngineErrorInfo[] => [
    {code, params: {path: path || '.', got, ...more}},
  ];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => ({code: 'spec.unknown-key', params: {path: pathText([...issue.path, key]), key}}));
    case 'invalid_type':
      return info(at(value, issue.path) === undefined ? 'spec.missing' : 'spec.type', {expected: issue.expected});
    case 'invalid_value':
      return info('spec.value', {expected: issue.values.join(' | ')});
    case 'too_small':
      return info('spec.range', {expected: `>= ${issue.minimum}`});
    case 'too_big':
      return info('spec.range', {expected: `<= ${issue.maximum}`});
    case 'custom': {
      const {code = 'spec.value', ...more} = issue.params ?? {};
      return info(String(code), more as Record<string, string>);
    }
    default:
      return info('spec.value', {expected: issue.code});
  }
}

/** What one part of a specification asks of another. */
function contradictions(spec: ContainerSpec): EngineErrorInfo[] {
  const found: EngineErrorInfo[] = [];
  const list = spec.linux?.namespaces ?? [];
  const seen = new Set<string>();
  list.forEach(({type}, i) => {
    if (seen.has(type)) found.push({code: 'spec.duplicate', params: {path: `linux.namespaces[${i}].type`, got: type}});
    seen.add(type);
  });
  const fresh = (type: string): boolean => list.some(n => n.type === type && n.path === undefined);
  const needs = (path: string, namespace: string): void => {
    found.push({code: 'spec.needs-namespace', params: {path, namespace}});
  };
  if (spec.root && !fresh('mount')) needs('root', 'mount');
  if (spec.linux?.rootfsPropagation && !fresh('mount')) needs('linux.rootfsPropagation', 'mount');
  if (spec.linux?.uidMappings?.length && !fresh('user')) needs('linux.uidMappings', 'user');
  if (spec.linux?.gidMappings?.length && !fresh('user')) needs('linux.gidMappings', 'user');
  if (spec.root && /^\/+$/.test(spec.root.path)) found.push({code: 'spec.root-is-root', params: {path: 'root.path'}});
  if (spec.root?.union && !spec.root.layers) {
    found.push({code: 'spec.missing', params: {path: 'root.layers', got: 'nothing', expected: 'a list of folders'}});
  }
  if (spec.process.args[0] === '') found.push({code: 'spec.empty', params: {path: 'process.args[0]'}});
  return found;
}

function check(value: unknown): {spec?: ContainerSpec; problems: EngineErrorInfo[]} {
  const parsed = specShape.safeParse(value);
  if (!parsed.success) return {problems: parsed.error.issues.flatMap(issue => problems(issue, value))};
  // A copy: whoever gave the value may change it.
  const spec: ContainerSpec = parsed.data;
  return {spec, problems: contradictions(spec)};
}

/** Every problem of a value as a specification; the empty list: it is one. Paths are as in 'linux.namespaces[0].type'. */
export function specProblems(value: unknown): EngineErrorInfo[] {
  return check(value).problems;
}

const usualPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

function withDefaults(process: ProcessSpec): ProcessSpec {
  const env = process.env ?? [usualPath, ...(process.terminal ? ['TERM=xterm-256color'] : [])];
  return {...process, env, cwd: process.cwd ?? '/'};
}

/** Labs make the same containers again and again: the last ones need not be validated again. */
const known = new Map<string, ContainerSpec>();
const knownLimit = 64;

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}

/** The text of a value, where it is plain data of sensible size. */
function textOf(value: unknown): string | undefined {
  try {
    const text = JSON.stringify(value);
    return text?.length < 8192 ? text : undefined;
  } catch {
    return undefined; // a bigint, a circle: validation says what is wrong with it
  }
}

/**
 * A validated, frozen copy with its defaults (env: a PATH, and TERM on a terminal; cwd: "/"); the same object for the
 * same specification. Throws the first problem.
 */
export function parseSpec(value: unknown): ContainerSpec {
  const text = textOf(value);
  const before = text === undefined ? undefined : known.get(text);
  if (before) return before;
  const {spec, problems} = check(value);
  if (!spec || problems[0]) throw new EngineError(problems[0] ?? {code: 'spec.value', params: {path: '.'}});
  const complete = freeze({...spec, process: withDefaults(spec.process)});
  if (text !== undefined) {
    const [oldest] = known.keys();
    if (known.size >= knownLimit && oldest !== undefined) known.delete(oldest);
    known.set(text, complete);
  }
  return complete;
}

/** The same of limits alone; paths begin with "linux.resources". */
export function parseResources(value: unknown): Resources {
  return parseSpec({process: {args: ['-']}, linux: {resources: value}}).linux?.resources ?? {};
}

/** The same of a process alone; paths begin with "process". */
export function parseProcess(value: unknown): ProcessSpec {
  return parseSpec({process: value}).process;
}

/** Ids are file names and appear in messages. Throws 'container.bad-id', 'container.exists' {id}. */
export function checkId(id: string, taken: (id: string) => boolean): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(id)) throw new EngineError({code: 'container.bad-id', params: {id}});
  if (taken(id)) throw new EngineError({code: 'container.exists', params: {id}});
}

/** On the machine itself, what a container does without a namespace of its own would change the machine. */
export function checkRealHost(spec: ContainerSpec): void {
  const has = (type: string): boolean => spec.linux?.namespaces?.some(n => n.type === type) ?? false;
  const needs = (path: string, namespace: string): never => {
    throw new EngineError({code: 'spec.needs-namespace-here', params: {path, namespace}});
  };
  if (spec.hostname !== undefined && !has('uts')) needs('hostname', 'uts');
  if (spec.domainname !== undefined && !has('uts')) needs('domainname', 'uts');
  if (spec.mounts?.length && !has('mount')) needs('mounts', 'mount');
}
