/** `glassbox doctor`: what this kernel and this user can do, and what to do about what they can't. */
import {existsSync} from 'node:fs';
import {release} from 'node:os';
import {parseStatus, slurp} from '../facts/proc.ts';
import {shellPath} from '../terminal/shell-process.ts';
import type {HostFinding, HostReport, NamespaceType} from '../types.ts';
import {readCgroups} from './cgroups.ts';
import * as kernel from './kernel.ts';
import {diskFinding, localeFinding, nodeFinding, type Screen, stateDir, terminalFinding} from './surroundings.ts';
import {installCommand, tools, which} from './tools.ts';

export interface ReportOptions {
  /** Where labs' shells look for programs. */
  path?: string;
  env?: Readonly<Record<string, string | undefined>>;
  screen?: Screen;
}

const CAP_SYS_ADMIN = 21n;
/** Controllers of the labs about cgroups. */
const wantedControllers = ['cpu', 'memory', 'pids'];

/**
 * Looks at the host, without running any program (a lying one on PATH is not asked) and without changing anything. Takes a
 * few milliseconds. Findings carry codes that src/course/words/host.ts words.
 */
export async function hostReport(options: ReportOptions = {}): Promise<HostReport> {
  const {path = shellPath, env = process.env, screen = process.stdout} = options;
  const version = release();
  const privileges = readPrivileges();
  const namespaces = kernel.namespaceKinds.map(kind => namespaceFinding(kind, privileges.root));
  const cgroups = readCgroups();
  const filesystems = kernel.readFilesystems(version);
  return {
    kernel: version,
    arch: process.arch,
    root: privileges.root,
    namespaces: Object.fromEntries(
      kernel.namespaceKinds.map((kind, index) => [kind.type, namespaces[index]!.ok === 'yes']),
    ) as Record<NamespaceType, boolean>,
    cgroup: cgroups.version,
    controllers: cgroups.controllers,
    filesystems,
    findings: [
      kernelFinding(version),
      rootFinding(privileges),
      ...namespaces,
      cgroupFinding(cgroups),
      ...filesystemFindings(filesystems),
      ptmxFinding(),
      ...Object.keys(tools).map(tool => toolFinding(tool, path)),
      nodeFinding(process.versions.node),
      localeFinding(env),
      terminalFinding(env, screen),
      diskFinding('disk.run', '/run'),
      diskFinding('disk.state', stateDir(env)),
    ],
  };
}

interface Privileges {
  uid: number;
  /** uid 0 with CAP_SYS_ADMIN. */
  root: boolean;
}

function readPrivileges(): Privileges {
  const mask = parseStatus(slurp('/proc/self/status') ?? '').get('CapEff') ?? '0';
  const uid = process.geteuid?.() ?? -1;
  return {uid, root: uid === 0 && ((BigInt(`0x${mask}`) >> CAP_SYS_ADMIN) & 1n) === 1n};
}

function kernelFinding(version: string): HostFinding {
  const params = {have: version, need: kernel.oldestKernel};
  return kernel.compareVersions(version, kernel.oldestKernel) >= 0
    ? {id: 'kernel', ok: 'yes', found: version, meaning: 'host.kernel.ok', params}
    : {id: 'kernel', ok: 'no', found: version, meaning: 'host.kernel.old', params, cure: 'host.cure.kernel'};
}

function rootFinding({uid, root}: Privileges): HostFinding {
  const found = `uid ${uid}`;
  if (root) return {id: 'root', ok: 'yes', found, meaning: 'host.root.ok'};
  return uid === 0
    ? {id: 'root', ok: 'no', found, meaning: 'host.root.no-capability', cure: 'host.cure.capability'}
    : {id: 'root', ok: 'no', found, meaning: 'host.root.no', cure: 'host.cure.sudo'};
}

function namespaceFinding(kind: kernel.NamespaceKind, root: boolean): HostFinding {
  const id = `namespace.${kind.type}`;
  const state = kernel.readNamespaceState(kind);
  const params = {name: kind.type, flag: kind.flag, labs: kind.labs, config: kind.config};
  if (!state.inKernel) {
    return {id, ok: 'no', found: '', meaning: 'host.namespace.missing', params, cure: 'host.cure.kernel-config'};
  }
  const setting = `user.max_${kind.link}_namespaces`;
  const found = `${kind.flag}, ${setting}=${state.limit ?? '?'}`;
  if (state.limit === 0) {
    const command = `sysctl -w ${setting}=10000`;
    return {
      id,
      ok: 'no',
      found,
      meaning: 'host.namespace.limit',
      params: {...params, command},
      cure: 'host.cure.command',
    };
  }
  const barrier = kind.type === 'user' && !root ? kernel.unprivilegedBarrier() : undefined;
  if (barrier) {
    const command = `sysctl -w ${barrier}`;
    return {
      id,
      ok: 'partly',
      found,
      meaning: 'host.namespace.barred',
      params: {...params, command},
      cure: 'host.cure.command',
    };
  }
  return {id, ok: 'yes', found, meaning: 'host.namespace.ok', params};
}

function cgroupFinding({version, controllers}: ReturnType<typeof readCgroups>): HostFinding {
  const found = `${version}: ${controllers.join(' ')}`;
  if (version === 'none') return {id: 'cgroup', ok: 'no', found, meaning: 'host.cgroup.none', cure: 'host.cure.cgroup'};
  const missing = wantedControllers.filter(name => !controllers.includes(name)).join(' ');
  if (missing === '') return {id: 'cgroup', ok: 'yes', found, meaning: `host.cgroup.${version}`};
  return {
    id: 'cgroup',
    ok: 'partly',
    found,
    meaning: 'host.cgroup.incomplete',
    params: {missing},
    cure: 'host.cure.controller',
  };
}

function filesystemFindings(filesystems: string[]): HostFinding[] {
  const has = (name: string) => filesystems.includes(name);
  return [
    has('overlay')
      ? {id: 'filesystem.overlay', ok: 'yes', found: 'overlay', meaning: 'host.overlay.ok'}
      : {
          id: 'filesystem.overlay',
          ok: 'no',
          found: '',
          meaning: 'host.overlay.missing',
          params: {command: 'modprobe overlay'},
          cure: 'host.cure.command',
        },
    has('aufs')
      ? {id: 'filesystem.aufs', ok: 'yes', found: 'aufs', meaning: 'host.aufs.ok'}
      : {id: 'filesystem.aufs', ok: 'partly', found: '', meaning: 'host.aufs.missing'},
  ];
}

function ptmxFinding(): HostFinding {
  const found = '/dev/ptmx';
  if (existsSync(found)) return {id: 'ptmx', ok: 'yes', found, meaning: 'host.ptmx.ok'};
  const params = {command: 'mount -t devpts devpts /dev/pts && ln -s pts/ptmx /dev/ptmx'};
  return {id: 'ptmx', ok: 'no', found: '', meaning: 'host.ptmx.missing', params, cure: 'host.cure.command'};
}

/** A tool that only development needs is no fault of a learner's machine. */
function toolFinding(tool: string, path: string): HostFinding {
  const id = `tool.${tool}`;
  const meaning = `host.tool.${tool}`;
  const file = which(tool, path);
  const params = {tool, labs: tools[tool]!.labs};
  if (file) return {id, ok: 'yes', found: file, meaning, params};
  return {id, ok: params.labs ? 'no' : 'partly', found: '', meaning, ...installCure(tool, path, params)};
}

/** Code of the cure for a missing tool, and the parameters with the command that installs it. */
export function installCure(
  tool: string,
  path: string,
  params: Record<string, string>,
): {params: Record<string, string>; cure: string} {
  const command = installCommand(tool, path);
  if (command) return {params: {...params, command}, cure: 'host.cure.install'};
  return {params: {...params, package: tools[tool]?.package ?? tool}, cure: 'host.cure.install-by-hand'};
}
