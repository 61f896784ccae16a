/** The built app as a user starts it. test/support/built.ts (vitest's global set-up) has built it. */
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';

export const root = path.resolve(import.meta.dirname, '../..');
export const launcher = path.join(root, 'bin/glassbox');

export interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  env?: Record<string, string | undefined>;
  /** Runs as this uid and gid (setpriv(1)). */
  uid?: number;
  cwd?: string;
  /** Ends a run that hangs; 120 s by default. */
  timeoutMs?: number;
  /** Another copy of the app. */
  launcher?: string;
}

/** A clean environment: nothing of the caller's locale, colours or progress. */
export function cleanEnv(env: Record<string, string | undefined> = {}): NodeJS.ProcessEnv {
  const state = mkdtempSync(path.join(tmpdir(), 'glassbox-state-'));
  onTestFinished(() => rmSync(state, {recursive: true, force: true}));
  return {PATH: process.env.PATH, HOME: state, XDG_STATE_HOME: state, LANG: 'C.UTF-8', TERM: 'xterm-256color', ...env};
}

/** Runs `glassbox` without a terminal and waits for its end. */
export function glassbox(
  args: string[],
  {env, uid, cwd, timeoutMs = 120_000, launcher: app = launcher}: RunOptions = {},
): Ran {
  const wrap = uid === undefined ? [] : ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups'];
  const [command, ...rest] = [...wrap, app, ...args];
  const {status, stdout, stderr} = spawnSync(command!, rest, {
    env: cleanEnv(env),
    cwd: cwd ?? root,
    encoding: 'utf8',
    timeout: timeoutMs,
  });
  return {status, stdout, stderr};
}
