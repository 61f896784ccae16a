/** One specification run by crun and by our engine: what the probe said inside, and how it ended. */
import {execFile, execFileSync, spawn} from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';
import type {ContainerSpec} from '../../../src/engine/types.ts';
import {all, namespace, type Stage, terminalText, types, until} from '../support.ts';

const here = import.meta.dirname;
const cgroups = '/sys/fs/cgroup';
/** Trees of v1 beside one of v2: crun mends nothing there and says so; it does with the second tree out of sight. */
const hybrid = existsSync(`${cgroups}/unified/cgroup.controllers`);

export interface Outcome {
  text: string;
  /** As a shell would say it: 128 and the signal's number for a death by signal. */
  code: number;
  /** Namespaces of whoever started it: "uts:[4026531838]". */
  outer: string[];
  /** Files of the container's groups, by name, where they were asked for. */
  limits?: Record<string, string>;
}

export interface Workshop {
  dir: string;
  remove(): void;
}

/** "crun version 1.8.1" → [1, 8, 1]; undefined where crun is not installed. */
export function crunVersion(): number[] | undefined {
  try {
    const [, text] = /version (\S+)/.exec(execFileSync('crun', ['--version'], {encoding: 'utf8'})) ?? [];
    return text?.split('.').map(Number);
  } catch {
    return undefined;
  }
}

/** A folder with the probe, and the root that each runtime gets a copy of. */
export function openWorkshop(): Workshop {
  const dir = mkdtempSync('/tmp/glassbox-compare-');
  chmodSync(dir, 0o755);
  execFileSync('gcc', ['-O1', '-static', '-o', `${dir}/probe`, path.join(here, 'probe.c')]);
  return {dir, remove: () => rmSync(dir, {recursive: true, force: true})};
}

/** The root of one container, always the same, in a folder of its own. */
export function makeRoot({dir}: Workshop, who: string): string {
  const root = mkdtempSync(`${dir}/${who}-`);
  chmodSync(root, 0o755);
  for (const name of ['bin', 'proc', 'dev', 'sys', 'tmp', 'data/sub', 'ro', 'etc', 'srv/sub']) {
    mkdirSync(path.join(root, name), {recursive: true});
  }
  for (const name of ['tmp', 'data', 'data/sub', 'ro']) chmodSync(path.join(root, name), 0o777);
  for (const name of ['etc/bound', 'data/file', 'srv/file']) writeFileSync(path.join(root, name), `${name}\n`);
  execFileSync('cp', [`${dir}/probe`, `${root}/bin/probe`]);
  return root;
}

/** Paths of groups of ours are told by the spec itself: below the stage's own, or at the root for crun. */
const limitFiles = [
  ['memory', 'memory.limit_in_bytes', 'memory.max'],
  ['memory', 'memory.soft_limit_in_bytes', 'memory.low'],
  ['pids', 'pids.max', 'pids.max'],
  ['cpu', 'cpu.cfs_quota_us', 'cpu.max'],
  ['cpu', 'cpu.cfs_period_us', 'cpu.max'],
  ['cpu', 'cpu.shares', 'cpu.weight'],
  ['cpuset', 'cpuset.cpus', 'cpuset.cpus'],
  ['cpuset', 'cpuset.mems', 'cpuset.mems'],
] as const;

/** Limits of the groups that a process is in, as the kernel has them. */
function limitsOf(pid: number): Record<string, string> {
  const lines = readFileSync(`/proc/${pid}/cgroup`, 'utf8').trim().split('\n');
  const found: Record<string, string> = {};
  for (const [controller, v1, v2] of limitFiles) {
    const line = lines.find(text => text.split(':')[1]!.split(',').includes(controller));
    const group = (line ?? lines.find(text => text.startsWith('0::')))!.split(':').slice(2).join(':');
    const file = line ? `${cgroups}/${controller}${group}/${v1}` : `${cgroups}${group}/${v2}`;
    found[line ? v1 : v2] = readFileSync(file, 'utf8').trim();
  }
  return found;
}

const withRoot = (spec: ContainerSpec, root: string): ContainerSpec => ({
  ...spec,
  root: {...spec.root, path: root},
  mounts: spec.mounts?.map(m => (m.source?.startsWith('ROOT') ? {...m, source: m.source.replace('ROOT', root)} : m)),
});

const last = '\nend\tend\n';
const kills: Record<string, number> = {SIGKILL: 9, SIGTERM: 15, SIGUSR1: 10, SIGSYS: 31, SIGSEGV: 11, SIGABRT: 6};

/** All that the probe says; `finished` is called when it has said everything and may still be running. */
async function read(stream: NodeJS.ReadableStream, finished?: () => void | Promise<void>): Promise<string> {
  let text = '';
  for await (const chunk of stream) {
    const before = text.includes(last);
    text += String(chunk);
    if (!before && text.includes(last)) await finished?.();
  }
  return text;
}

/** Our engine, on a stage of the caller's. With `limited`, looked at from outside while it runs, then killed. */
export async function runOurs(
  stage: Stage & {keeperPid: number},
  given: ContainerSpec,
  root: string,
  limited: boolean,
): Promise<Outcome> {
  const spec = withRoot(given, root);
  const process = {...spec.process, ...(spec.process.terminal ? {} : {stdin: true})};
  const container = await stage.run(`c${Math.random().toString(36).slice(2)}`, {...spec, process});
  try {
    const outer = types.map(type => namespace(stage.keeperPid, type));
    let limits: Record<string, string> | undefined;
    const look = (): void => {
      limits = limitsOf(container.pid);
      container.signal('SIGKILL');
    };
    container.stdin?.end();
    const text = given.process.terminal ? terminalText(container) : read(container.stdout!, limited ? look : undefined);
    const [said, complaint, status] = await Promise.all([text, all(container.stderr), container.wait()]);
    if (complaint) throw new Error(`on standard error: ${complaint}`);
    const code = status.code ?? 128 + (kills[status.signal!] ?? Number.NaN);
    return {text: said, code, outer, limits};
  } finally {
    await container.remove();
  }
}

/** crun 1.8 takes the offsets of clocks from an annotation, in the kernel's own form. */
const clocks = ({linux}: ContainerSpec): Record<string, string> => {
  const lines = Object.entries(linux?.timeOffsets ?? {}).map(
    ([clock, {secs = 0, nanosecs = 0}]) => `${clock} ${secs} ${nanosecs}`,
  );
  return lines.length > 0 ? {'run.oci.timens_offset': lines.join('\n')} : {};
};

/** What the runtime-spec calls it; our own words taken out, and what crun has to be told that we take for granted. */
function configOf(given: ContainerSpec, root: string, id: string): object {
  const {defaultDevices: _, cgroupsPath: __, ...linux} = given.linux ?? {};
  const {network: ___, ...rest} = withRoot(given, root);
  return {
    ociVersion: '1.0.2',
    ...rest,
    annotations: {...rest.annotations, ...clocks(given)},
    process: {user: {uid: 0, gid: 0}, cwd: '/', ...given.process},
    linux: {...linux, cgroupsPath: `/${id}`},
  };
}

/** Folders that crun made for a container: removed in any case. */
function removeGroups(id: string): void {
  for (const tree of [cgroups, ...readdirSync(cgroups).map(name => `${cgroups}/${name}`)]) {
    if (existsSync(`${tree}/${id}`)) rmdirSync(`${tree}/${id}`);
  }
}

/** What comes before crun's own words. */
const mending = hybrid
  ? ['unshare', '-m', 'sh', '-c', `mount -t tmpfs none ${cgroups}/unified && exec "$@"`, 'sh']
  : [];

/**
 * crun, started from the same namespaces as ours, with groups of its own that are gone afterwards. Its standard input is
 * a pipe: it gives what it finds there to the container's user, be it the machine's /dev/null.
 */
export async function runCrun(
  workshop: Workshop,
  keeper: number,
  given: ContainerSpec,
  root: string,
  limited: boolean,
): Promise<Outcome> {
  const id = `glassbox-compare-${process.pid}-${Math.random().toString(36).slice(2)}`;
  const bundle = mkdtempSync(`${workshop.dir}/bundle-`);
  writeFileSync(`${bundle}/config.json`, JSON.stringify(configOf(given, root, id)));
  const program = 'nsenter';
  const crun = [
    '-t',
    String(keeper),
    '--net',
    '--uts',
    '--ipc',
    ...mending,
    'crun',
    '--cgroup-manager=cgroupfs',
    '--root',
    `${workshop.dir}/state`,
  ];
  // Its cgroup namespace is the machine's, since the groups that it makes lie there.
  const outer = types.map(type => namespace(type === 'cgroup' ? 'self' : keeper, type));
  try {
    if (given.process.terminal)
      return {...(await runInTerminal([program, ...crun, 'run', '--bundle', bundle, id])), outer};
    const child = spawn(program, [...crun, 'run', '--bundle', bundle, '--pid-file', `${bundle}/pid`, id], {
      stdio: 'pipe',
    });
    child.stdin.end();
    let limits: Record<string, string> | undefined;
    const look = async (): Promise<void> => {
      // crun writes it when the container runs already, and may have said everything.
      const pidFile = (): string => (existsSync(`${bundle}/pid`) ? readFileSync(`${bundle}/pid`, 'utf8') : '');
      await until('the file with its PID', () => pidFile() !== '');
      const pid = Number(pidFile());
      limits = limitsOf(pid);
      process.kill(pid, 'SIGKILL');
    };
    const printed = read(child.stdout, limited ? look : undefined);
    const complaints = all(child.stderr);
    const ended = new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', status => resolve(status ?? Number.NaN));
    });
    // Together: where nobody could look, nobody ends it.
    const [code, text] = await Promise.all([ended, printed]);
    const complaint = (await complaints).replace(/^.*drop all controllers from cgroupv2.*\n/gm, '');
    if (!text.includes(last)) throw new Error(`crun: ${complaint || `status ${code}`}`);
    return {text, code, outer, limits};
  } finally {
    await promisify(execFile)(program, [...crun, 'delete', '--force', id]).catch(() => undefined);
    removeGroups(id);
  }
}

/** crun copies between its own terminal and the container's: script(1) gives it one. */
async function runInTerminal(command: string[]): Promise<{text: string; code: number}> {
  const quoted = command.map(word => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const done = await promisify(execFile)('script', ['-qec', quoted, '/dev/null']).catch((error: unknown) => error);
  const {stdout, code} = done as {stdout: string; code?: number};
  return {text: stdout, code: code ?? 0};
}
