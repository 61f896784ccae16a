/** Help for tests that run the real engine on the real kernel, as root. */
import {execFileSync, spawn} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {onTestFinished} from 'vitest';
import {patience} from '../../src/course/patience.ts';
import type {
  Container,
  ContainerSpec,
  Journal,
  JournalEntry,
  NamespaceType,
  Process,
  Stage,
  StageOptions,
} from '../../src/engine/index.ts';
import {EngineStage} from '../../src/engine/stage.ts';
import {machine} from '../support/machine.ts';

export const maps = {
  uidMappings: [{containerID: 0, hostID: 100000, size: 65536}],
  gidMappings: [{containerID: 0, hostID: 100000, size: 65536}],
};
export const types = [
  'pid',
  'network',
  'mount',
  'ipc',
  'uts',
  'user',
  'cgroup',
  'time',
] as const satisfies NamespaceType[];
export const links: Record<NamespaceType, string> = {
  pid: 'pid',
  network: 'net',
  mount: 'mnt',
  ipc: 'ipc',
  uts: 'uts',
  user: 'user',
  cgroup: 'cgroup',
  time: 'time',
};

/** A stage that is closed when the test is over, whatever came of it. */
export async function openStage(options?: StageOptions): Promise<EngineStage> {
  const stage = await EngineStage.open(options);
  onTestFinished(() => stage.close());
  return stage;
}

export async function all(stream: NodeJS.ReadableStream | undefined): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}

/** Standard output of a process without a terminal; its standard error too, where there is some. */
export async function output(process: Process): Promise<string> {
  const [out, err] = await Promise.all([all(process.stdout), all(process.stderr)]);
  await process.wait();
  return err ? `${out}[stderr] ${err}` : out;
}

/** Everything that a terminal says until its end. */
export function terminalText(process: Process): Promise<string> {
  let text = '';
  process.terminal!.onData(data => {
    text += String(data);
  });
  return new Promise(resolve => process.terminal!.onEnd(() => resolve(text)));
}

/** Resolves when a terminal has said something that matches; rejects when it ends before. */
export function said(process: Process, what: RegExp): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    const off = process.terminal!.onData(data => {
      text += String(data);
      if (!what.test(text)) return;
      off();
      resolve(text);
    });
    process.terminal!.onEnd(() => reject(new Error(`ended without ${what}: ${JSON.stringify(text)}`)));
  });
}

/** "uts:[4026531838]" */
export const namespace = (pid: number | string, type: NamespaceType): string =>
  readlinkSync(`/proc/${pid}/ns/${links[type]}`);

/** A `sleep` that can be found by its argument: a number that no other process has. */
export const uniqueSeconds = (): string => String(1e9 + Number.parseInt(randomBytes(4).toString('hex'), 16));

/** PIDs of living processes that have this word among their arguments. */
export function running(word: string): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(pid => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
          .split('\0')
          .some(arg => arg === word);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Waits until something holds. Rejects with `what` when it never does: not within `ms`, which are many. */
export async function until(what: string, holds: () => boolean, ms = 30_000 * patience()): Promise<void> {
  for (const end = Date.now() + ms; !holds(); ) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await delay(5);
  }
}

/** The machine as a value, without what other sessions of the same moment may have there. */
export function quietMachine(): Omit<ReturnType<typeof machine>, 'run'> {
  const {run: _others, mounts, cgroups, ...rest} = machine();
  const without = (text: string, what: string): string =>
    text
      .split('\n')
      .filter(line => !line.includes(what))
      .join('\n');
  return {...rest, mounts: without(mounts, ' /run/glassbox/'), cgroups: without(cgroups, '/glassbox-')};
}

/** What a session may not leave: its folder, its ledger, its mounts. */
export const leftovers = (id: string): string[] => {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter(line => line.includes(id));
  try {
    return [...mounts, ...readdirSync('/run/glassbox').filter(name => name.startsWith(id))];
  } catch {
    return mounts;
  }
};

/** A root file system with the machine's programs, on a fresh folder. */
export function rootFolder(): {
  root: {path: string};
  mounts: {destination: string; type: string; source: string; options: string[]}[];
  dir: string;
} {
  const dir = mkdtempSync('/tmp/glassbox-root-');
  onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
  chmodSync(dir, 0o755);
  const shown = ['/bin', '/lib', '/lib64', '/usr'];
  for (const name of [...shown, '/proc', '/tmp', '/etc']) mkdirSync(path.join(dir, name));
  const mounts = shown.map(source => ({destination: source, type: 'bind', source, options: ['rbind', 'ro']}));
  return {root: {path: dir}, mounts, dir};
}

/** A root in which a devpts is mounted: a terminal is one of the container's own there. */
export function rootWithTerminals(): Pick<ContainerSpec, 'root' | 'mounts' | 'linux'> {
  const {root, mounts, dir} = rootFolder();
  mkdirSync(`${dir}/dev`);
  return {
    root,
    mounts: [
      ...mounts,
      {destination: '/dev', type: 'tmpfs'},
      {destination: '/dev/pts', type: 'devpts', options: ['newinstance', 'ptmxmode=0666']},
    ],
    linux: {namespaces: [{type: 'mount'}, {type: 'pid'}], defaultDevices: true},
  };
}

/** The sources where that user can read them: the tree of the project may be closed to others. */
export function readableCopy(): string {
  const dir = mkdtempSync('/tmp/glassbox-user-');
  onTestFinished(() => rmSync(dir, {recursive: true, force: true}));
  chmodSync(dir, 0o755);
  const home = new URL('../..', import.meta.url).pathname;
  for (const name of [
    'src/engine',
    'native/build',
    'node_modules/koffi',
    'node_modules/@koromix',
    'node_modules/zod',
    'package.json',
  ]) {
    if (existsSync(home + name)) cpSync(home + name, `${dir}/${name}`, {recursive: true, dereference: true});
  }
  mkdirSync(`${dir}/runtime`);
  execFileSync('chown', ['65534:65534', `${dir}/runtime`]);
  chmodSync(`${dir}/runtime`, 0o700);
  cpSync(process.execPath, `${dir}/node`);
  return dir;
}

/** What a script says that an ordinary user runs, out of a readableCopy(). Rejects where it complains. */
export async function asNobody(dir: string, script: string): Promise<string> {
  const child = spawn(`${dir}/node`, ['--input-type=module', '-e', script], {
    uid: 65534,
    gid: 65534,
    cwd: '/',
    env: {PATH: process.env.PATH, XDG_RUNTIME_DIR: `${dir}/runtime`},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [out, err] = await Promise.all([all(child.stdout), all(child.stderr)]);
  if (err) throw new Error(err);
  return out;
}

export const call = (journal: Journal, name: string): JournalEntry | undefined => journal.find(e => e.call === name);
export type {Container, Stage};
