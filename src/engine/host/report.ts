/** `glassbox doctor`: what this kernel and this user can do, and what to do about what they can't. */
import {existsSync} from 'node:fs';
import {release} from 'node:os';
import {dirname} from 'node:path';
import {slurp} from '../facts/proc.ts';
import {ledgerFolder} from '../ledger.ts';
import {nativeFolder} from '../native.ts';
import {shellPath} from '../terminal/shell-process.ts';
import type {HostFinding, HostReport, NamespaceType} from '../types.ts';
import {cgroupFinding, readCgroups} from './cgroups.ts';
import {delegationFinding} from './delegation.ts';
import {filesystemFindings} from './filesystems.ts';
import {bad, good} from './find.ts';
import * as kernel from './kernel.ts';
import {type MountLine, mountFindings, parseMountInfo} from './mounts.ts';
import {readRights, rootFinding} from './rights.ts';
import {initFinding, sandboxFinding, seccompFinding} from './sandbox.ts';
import {diskFinding, memoryFinding, nodeFinding, stateDir} from './surroundings.ts';
import {localeFinding, type Screen, terminalFindings} from './terminal.ts';
import {toolFindings, tools} from './tools.ts';
import {subIdsFinding, unprivilegedFinding} from './userns.ts';

export interface ReportOptions {
  /** Where labs' shells look for programs. */
  path?: string;
  env?: Readonly<Record<string, string | undefined>>;
  screen?: Screen;
  /** Programs and controllers that labs require; without them those of the labs that come with Glassbox. */
  tools?: readonly string[];
  controllers?: readonly string[];
}

const MiB = 2 ** 20;
/** What containers are limited by; labs may ask for more. */
const usualControllers = ['cpu', 'memory', 'pids'];

/**
 * Looks at the host, without running any program (a lying one on PATH is not asked) and without changing anything. Takes a
 * few milliseconds. Findings carry codes that src/course/words/host.ts words.
 */
export async function hostReport(options: ReportOptions = {}): Promise<HostReport> {
  const {path = shellPath, env = process.env, screen = process.stdout} = options;
  const version = release();
  const seccomp = await seccompFinding(async () => (await import('./probe-calls.ts')).probeCalls());
  const rights = readRights(seccomp.ok === 'no');
  const {root} = rights;
  const namespaces = kernel.namespaceKinds.map(namespaceFinding);
  const cgroups = readCgroups();
  const filesystems = kernel.readFilesystems(version);
  const mounts = parseMountInfo(slurp('/proc/self/mountinfo') ?? '');
  const stages = dirname(ledgerFolder(env as NodeJS.ProcessEnv));
  const program = nativeFolder();
  return {
    kernel: version,
    arch: process.arch,
    root,
    mapped: rights.mapped,
    namespaces: Object.fromEntries(
      kernel.namespaceKinds.map((kind, index) => [kind.type, namespaces[index]!.ok === 'yes']),
    ) as Record<NamespaceType, boolean>,
    cgroup: cgroups.version,
    controllers: cgroups.controllers,
    filesystems,
    findings: [
      kernelFinding(version),
      rootFinding(rights),
      ...namespaces,
      unprivilegedFinding(root),
      subIdsFinding(path, root),
      cgroupFinding(cgroups, [...new Set([...(options.controllers ?? []), ...usualControllers])]),
      delegationFinding(),
      ...filesystemFindings(filesystems, version, root),
      ptmxFinding(mounts),
      seccomp,
      sandboxFinding(),
      initFinding(),
      ...mountFindings(mounts, root, {
        program: program ?? process.cwd(),
        stages,
      }),
      ...toolFindings(options.tools ?? tools, path),
      nodeFinding(process.versions.node),
      localeFinding(env),
      ...terminalFindings(env, screen),
      // A ledger and some folders; what a stage holds lies on a file system of its own.
      diskFinding('disk.run', stages, MiB),
      diskFinding('disk.state', stateDir(env), 16 * MiB),
      memoryFinding(slurp('/proc/meminfo') ?? ''),
    ],
  };
}

function kernelFinding(version: string): HostFinding {
  const params = {have: version, need: kernel.oldestKernel};
  return kernel.compareVersions(version, kernel.oldestKernel) >= 0
    ? good('kernel', version, 'host.kernel.ok', params)
    : bad('kernel', version, 'host.kernel.old', params, 'host.cure.kernel');
}

function namespaceFinding(kind: kernel.NamespaceKind): HostFinding {
  const id = `namespace.${kind.type}`;
  const state = kernel.readNamespaceState(kind);
  const params = {name: kind.type, flag: kind.flag, config: kind.config};
  if (!state.inKernel) return bad(id, '', 'host.namespace.missing', params, 'host.cure.kernel-config');
  const setting = `user.max_${kind.link}_namespaces`;
  const found = `${kind.flag}, ${setting}=${state.limit ?? '?'}`;
  if (state.limit !== 0) return good(id, found, 'host.namespace.ok', params);
  const command = `sysctl -w ${setting}=10000`;
  return bad(id, found, 'host.namespace.limit', {...params, command, setting: `${setting}=10000`}, 'host.cure.sysctl');
}

function ptmxFinding(mounts: readonly MountLine[]): HostFinding {
  const id = 'ptmx';
  const found = '/dev/ptmx';
  // The node alone opens nothing: a devpts has to be mounted beside it (pts(4)).
  if (existsSync(found) && mounts.some(one => one.type === 'devpts')) return good(id, found, 'host.ptmx.ok');
  const command = 'mkdir -p /dev/pts && mount -t devpts -o ptmxmode=666 devpts /dev/pts && ln -sf pts/ptmx /dev/ptmx';
  return bad(id, '', 'host.ptmx.missing', {command}, 'host.cure.command');
}
