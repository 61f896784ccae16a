/** What one part of a specification asks of another. */
import {parseOptions, refusedOptions} from '../plan/mount-options.ts';
import {compileSeccomp, MAX_INSTRUCTIONS} from '../seccomp/compile.ts';
import type {CapabilitySet, ContainerSpec, EngineErrorInfo, NamespaceType, ProcessSpec, Seccomp} from '../types.ts';
import {shown} from './problems.ts';
import {hasOwn, ofNetwork} from './shape-network.ts';
import {sysctlNamespace} from './sysctl.ts';

type Found = EngineErrorInfo[];

/** [a set, another that has to hold all of it]: the kernel's rules of capset(2) and prctl(2). */
const within: readonly (readonly [CapabilitySet, CapabilitySet])[] = [
  ['effective', 'permitted'],
  ['ambient', 'permitted'],
  ['ambient', 'inheritable'],
];

function ofProcess(process: ProcessSpec): Found {
  const found: Found = [];
  if (process.args[0] === '') found.push({code: 'spec.empty', params: {path: 'process.args[0]'}});
  if (process.stdin && process.terminal) {
    found.push({code: 'spec.only-with', params: {path: 'process.stdin', got: 'true', expected: 'terminal: false'}});
  }
  const sets = process.capabilities;
  for (const [inner, outer] of sets ? within : []) {
    const missing = sets?.[inner]?.find(name => !sets[outer]?.includes(name));
    if (missing === undefined) continue;
    found.push({
      code: 'spec.capability-within',
      params: {path: `process.capabilities.${inner}`, got: missing, expected: `process.capabilities.${outer}`},
    });
  }
  const seen = new Set<string>();
  (process.rlimits ?? []).forEach(({type, soft, hard}, i) => {
    const path = `process.rlimits[${i}]`;
    if (seen.has(type)) found.push({code: 'spec.twice', params: {path: `${path}.type`, got: type}});
    seen.add(type);
    if (soft > hard)
      found.push({code: 'spec.range', params: {path: `${path}.soft`, expected: `<= ${hard}`, got: soft}});
  });
  return [...found, ...ofScheduler(process.scheduler)];
}

/** A value that the policy does not look at would have no effect. */
function ofScheduler(scheduler: ProcessSpec['scheduler']): Found {
  if (!scheduler) return [];
  const {policy} = scheduler;
  const takes: Readonly<Record<string, readonly string[]>> = {
    nice: ['SCHED_OTHER', 'SCHED_BATCH'],
    priority: ['SCHED_FIFO', 'SCHED_RR'],
    runtime: ['SCHED_DEADLINE'],
    deadline: ['SCHED_DEADLINE'],
    period: ['SCHED_DEADLINE'],
  };
  return Object.entries(takes).flatMap(([key, policies]) => {
    const value = scheduler[key as 'nice'];
    if (value === undefined || value === 0 || policies.includes(policy)) return [];
    return [
      {code: 'spec.only-with', params: {path: `process.scheduler.${key}`, got: value, expected: policies.join(', ')}},
    ];
  });
}

const takesErrno = (action: string): boolean => action === 'SCMP_ACT_ERRNO' || action === 'SCMP_ACT_TRACE';

function ofSeccomp(seccomp: Seccomp | undefined): Found {
  if (!seccomp) return [];
  const found: Found = [];
  const errno = (path: string, action: string, value: number | undefined): void => {
    if (value === undefined || takesErrno(action)) return;
    found.push({code: 'spec.only-with', params: {path, got: value, expected: 'SCMP_ACT_ERRNO, SCMP_ACT_TRACE'}});
  };
  errno('linux.seccomp.defaultErrnoRet', seccomp.defaultAction, seccomp.defaultErrnoRet);
  (seccomp.syscalls ?? []).forEach((rule, i) => {
    errno(`linux.seccomp.syscalls[${i}].errnoRet`, rule.action, rule.errnoRet);
    rule.args?.forEach(({op, valueTwo}, k) => {
      const path = `linux.seccomp.syscalls[${i}].args[${k}].valueTwo`;
      if (op === 'SCMP_CMP_MASKED_EQ' && valueTwo === undefined) {
        found.push({code: 'spec.missing', params: {path, got: 'nothing', expected: 'number'}});
      }
      if (op !== 'SCMP_CMP_MASKED_EQ' && valueTwo !== undefined && valueTwo !== 0) {
        found.push({code: 'spec.only-with', params: {path, got: valueTwo, expected: 'SCMP_CMP_MASKED_EQ'}});
      }
    });
  });
  const length = found.length > 0 ? 0 : compileSeccomp(seccomp).length / 8;
  if (length > MAX_INSTRUCTIONS) {
    found.push({code: 'spec.seccomp-long', params: {path: 'linux.seccomp', got: length, expected: MAX_INSTRUCTIONS}});
  }
  return found;
}

/** Options that mean nothing here: a bind mount has no file system of its own that could take them. */
function ofMounts(spec: ContainerSpec): Found {
  return (spec.mounts ?? []).flatMap(({type, options = []}, i): Found => {
    const refused = options.findIndex(option => refusedOptions.has(option));
    const path = (k: number): string => `mounts[${i}].options[${k}]`;
    if (refused >= 0) return [{code: 'spec.unsupported', params: {path: path(refused), key: options[refused]!}}];
    const {bind, data} = parseOptions(options);
    if (data === null || !(bind || type === 'bind')) return [];
    const own = options.findIndex(option => parseOptions([option]).data !== null);
    return [{code: 'spec.mount-option', params: {path: path(own), got: shown(options[own])}}];
  });
}

function ofNamespaces(spec: ContainerSpec): Found {
  const found: Found = [];
  const list = spec.linux?.namespaces ?? [];
  const linux = spec.linux ?? {};
  const seen = new Set<string>();
  list.forEach(({type}, i) => {
    if (seen.has(type)) found.push({code: 'spec.duplicate', params: {path: `linux.namespaces[${i}].type`, got: type}});
    seen.add(type);
  });
  const fresh = (type: string): boolean => list.some(n => n.type === type && n.path === undefined);
  const needs = (path: string, namespace: NamespaceType, joinedWillDo = false): void => {
    if (fresh(namespace) || (joinedWillDo && seen.has(namespace))) return;
    if (namespace === 'network' && hasOwn(spec.network)) return;
    found.push({code: 'spec.needs-namespace', params: {path, namespace}});
  };
  if (spec.root?.enter === 'chroot') {
    // A process may call chroot(2) where it is. What is mounted for it would be mounted on the stage.
    for (const key of ['readonly', 'layers'] as const) if (spec.root[key]) needs(`root.${key}`, 'mount');
    if (spec.mounts?.length) needs('mounts', 'mount');
    if (linux.devices?.length) needs('linux.devices', 'mount');
    if (linux.defaultDevices) needs('linux.defaultDevices', 'mount');
  } else if (spec.root) needs('root', 'mount');
  if (linux.rootfsPropagation) needs('linux.rootfsPropagation', 'mount');
  if (linux.uidMappings?.length) needs('linux.uidMappings', 'user');
  if (linux.gidMappings?.length) needs('linux.gidMappings', 'user');
  if (linux.maskedPaths?.length) needs('linux.maskedPaths', 'mount');
  if (linux.readonlyPaths?.length) needs('linux.readonlyPaths', 'mount');
  if (seen.has('user')) {
    // Root of such a namespace has no right over the stage's name; without one the container gives its name to the stage.
    for (const key of ['hostname', 'domainname'] as const) if (spec[key] !== undefined) needs(key, 'uts', true);
  }
  if (linux.timeOffsets) needs('linux.timeOffsets', 'time');
  for (const name of Object.keys(linux.sysctl ?? {})) {
    needs(`linux.sysctl.${name}`, sysctlNamespace(name) ?? 'ipc', true);
  }
  return found;
}

function ofRoot({root, linux}: ContainerSpec): Found {
  const found: Found = [];
  if (root && /^\/+$/.test(root.path)) found.push({code: 'spec.root-is-root', params: {path: 'root.path'}});
  if (root?.union && !root.layers) {
    found.push({code: 'spec.missing', params: {path: 'root.layers', got: 'nothing', expected: 'a list of folders'}});
  }
  if (root) return found;
  // The folder would be the machine's own /dev.
  if (linux?.devices?.length) found.push({code: 'spec.needs-root', params: {path: 'linux.devices'}});
  if (linux?.defaultDevices) found.push({code: 'spec.needs-root', params: {path: 'linux.defaultDevices'}});
  return found;
}

/** Another major version has another meaning (SemVer 2.0, as the runtime-spec asks for): nothing of it would be sure. */
function ofVersion({ociVersion}: ContainerSpec): Found {
  if (ociVersion === undefined || /^1\.\d+\.\d+([-+][\w.+-]+)?$/.test(ociVersion)) return [];
  return [{code: 'spec.value', params: {path: 'ociVersion', got: shown(ociVersion), expected: '1.x.y'}}];
}

export const contradictions = (spec: ContainerSpec): Found => [
  ...ofVersion(spec),
  ...ofNamespaces(spec),
  ...ofRoot(spec),
  ...ofNetwork(spec),
  ...ofMounts(spec),
  ...ofProcess(spec.process),
  ...ofSeccomp(spec.linux?.seccomp),
];
