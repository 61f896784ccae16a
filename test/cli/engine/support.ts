/** `glassbox engine` as a person starts it, with a folder of its own for its sockets; all that ran there is removed. */
import {type ChildProcess, spawn} from 'node:child_process';
import {chmodSync, chownSync, mkdtempSync, readdirSync, rmSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {onTestFinished} from 'vitest';
import {glassbox, launcher, type Ran} from '../../support/glassbox.ts';

export interface Engine {
  place: string;
  env: Record<string, string>;
  (args: string[]): Ran;
  /** Without waiting for its end. */
  start(args: string[], stdin?: 'pipe' | 'ignore'): Started;
  inspect(name: string): Inspected;
  /** Files of containers. */
  files(): string[];
}

export interface Started {
  child: ChildProcess;
  /** Resolves when it has printed this. */
  said(text: string): Promise<void>;
  ended: Promise<Ran>;
}

export interface Inspected {
  id: string;
  state: {status: string; pid: number; exitCode: number | null; signal: string | null; lost: boolean};
  supervisor: {pid: number; keeper: number};
  stage: {id: string; folder: string};
  namespaces: Record<string, number>;
  cgroup: {paths: Record<string, string>; statistics: Record<string, Record<string, number>>};
  mounts: {destination: string; type: string; options: string[]}[];
  spec: {process: {args: string[]; env: string[]}; hostname: string; linux: {resources?: unknown}};
  journal: {call: string; args: string[]; result: number; durationNs: number; purpose: string}[];
}

/** Ended when the test is; `uid`: as this user. */
export function engine(uid?: number): Engine {
  // Short: the path of a socket may have 108 bytes.
  const place = mkdtempSync('/tmp/gb-engine-');
  chmodSync(place, 0o755);
  if (uid !== undefined) chownSync(place, uid, uid);
  const env = {GLASSBOX_SOCKETS: place, HOME: place, XDG_STATE_HOME: place, XDG_RUNTIME_DIR: place};
  const run = (args: string[]): Ran => glassbox(['engine', ...args], {env, ...(uid === undefined ? {} : {uid})});
  const files = (): string[] => {
    try {
      return readdirSync(path.join(place, 'glassbox-engine')).sort();
    } catch {
      return [];
    }
  };
  onTestFinished(() => {
    const ids = new Set(files().map(name => name.split('.')[0]!));
    if (ids.size > 0) run(['rm', '-f', ...ids]);
    rmSync(place, {recursive: true, force: true});
  });
  return Object.assign(run, {
    place,
    env,
    files,
    start: (args: string[], stdin: 'pipe' | 'ignore' = 'ignore') => start(args, env, stdin),
    inspect: (name: string) => JSON.parse(run(['inspect', name]).stdout) as Inspected,
  });
}

function start(args: string[], env: Record<string, string>, stdin: 'pipe' | 'ignore'): Started {
  const child = spawn(launcher, ['engine', ...args], {
    env: {PATH: process.env.PATH, LANG: 'C.UTF-8', ...env},
    stdio: [stdin, 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let heard = (): void => {};
  child.stdout?.on('data', data => {
    stdout += String(data);
    heard();
  });
  child.stderr?.on('data', data => {
    stderr += String(data);
  });
  const ended = new Promise<Ran>(resolve => {
    child.on('close', status => resolve({status, stdout, stderr}));
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = async (text: string): Promise<void> => {
    const seen = new Promise<void>(resolve => {
      heard = () => {
        if (stdout.includes(text)) resolve();
      };
      heard();
    });
    const over = ended.then(ran => Promise.reject(new Error(`ended without '${text}': ${JSON.stringify(ran)}`)));
    await Promise.race([seen, over]);
  };
  return {child, said, ended};
}

/** Waits until something holds; what never does ends the test. */
export async function until(what: string, holds: () => boolean, ms = 30_000): Promise<void> {
  for (const end = Date.now() + ms; !holds(); ) {
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await delay(10);
  }
}
