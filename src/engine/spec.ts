/** Validation of a ContainerSpec. Strict: what the engine would not carry out is refused by its name, never ignored. */
import {z} from 'zod';
import {EngineError} from './errors.ts';
import {Recent} from './recent.ts';
import {absolute, hostName, place, record, text, word} from './spec/basics.ts';
import {contradictions} from './spec/contradictions.ts';
import {problems} from './spec/problems.ts';
import {linuxShape} from './spec/shape-linux.ts';
import {networkShape, withNamespace} from './spec/shape-network.ts';
import {processShape} from './spec/shape-process.ts';
import type {ContainerSpec, EngineErrorInfo, ProcessSpec, Resources} from './types.ts';

/** Overlay takes no more (OVL_MAX_STACK, fs/overlayfs). */
const MAX_LAYERS = 500;

/** Of the shape itself: what it holds is documented and tested key by key (test/engine/spec/keys.test.ts). */
export const specShape = z.strictObject({
  ociVersion: text.optional(),
  process: processShape,
  hostname: hostName.optional(),
  domainname: hostName.optional(),
  root: z
    .strictObject({
      path: place,
      readonly: z.boolean().optional(),
      programs: z.array(word).min(1).optional(),
      layers: z.array(place).min(1).max(MAX_LAYERS).optional(),
      union: z.enum(['overlay', 'aufs']).optional(),
      enter: z.enum(['pivot_root', 'chroot']).optional(),
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
  annotations: record(z.string(), z.string()).optional(),
  network: networkShape.optional(),
  linux: linuxShape.optional(),
});

function parse(value: unknown): {spec?: ContainerSpec; problems: EngineErrorInfo[]} {
  try {
    const parsed = specShape.safeParse(value);
    // A copy: whoever gave the value may change it.
    if (parsed.success) return {spec: parsed.data, problems: []};
    return {problems: parsed.error.issues.flatMap(issue => problems(issue, value))};
  } catch {
    // It can't even be read: a getter or a proxy that throws.
    return {problems: [{code: 'spec.type', params: {path: '.', expected: 'object', got: typeof value}}]};
  }
}

function check(value: unknown): {spec?: ContainerSpec; problems: EngineErrorInfo[]} {
  const {spec, problems: found} = parse(value);
  return spec ? {spec, problems: contradictions(spec)} : {problems: found};
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
const known = new Recent<string, ContainerSpec>(64);

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}

const DEPTH = 32;

/** Whether JSON says all of a value: it leaves functions out, takes a Map for {}, NaN for null and toJSON's word for the rest. */
function isPlain(value: unknown, depth = 0): boolean {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object' || depth > DEPTH || 'toJSON' in value) return false;
  const type = Object.getPrototypeOf(value);
  if (type === Array.prototype) {
    for (const item of value as unknown[]) if (!isPlain(item, depth + 1)) return false; // a hole too
    return true;
  }
  if (type !== Object.prototype && type !== null) return false;
  return Object.values(value).every(item => item === undefined || isPlain(item, depth + 1));
}

/** The text of a value, where it is plain data of sensible size. */
function textOf(value: unknown): string | undefined {
  try {
    const text = isPlain(value) ? JSON.stringify(value) : undefined;
    return text !== undefined && text.length < 8192 ? text : undefined;
  } catch {
    return undefined; // a getter that throws: validation says what is wrong with it
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
  // What is kept under a text is what that text says, whatever a getter says the next time.
  const {spec, problems} = check(text === undefined ? value : JSON.parse(text));
  if (!spec || problems[0]) throw new EngineError(problems[0] ?? {code: 'spec.value', params: {path: '.'}});
  const complete = freeze({...withNamespace(spec), process: withDefaults(spec.process)});
  if (text !== undefined) known.set(text, complete);
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
