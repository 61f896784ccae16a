/** What is around the program: Node, the locale, the terminal, room on the disks. */
import {accessSync, constants, existsSync, statfsSync} from 'node:fs';
import {homedir} from 'node:os';
import {dirname, join} from 'node:path';
import type {HostFinding} from '../types.ts';
import {compareVersions} from './kernel.ts';

type Env = Readonly<Record<string, string | undefined>>;

const oldestNode = '22';
const smallest = {cols: 80, rows: 24};
/** A stage's folder, a spool and a ledger fit into this. */
const leastFree = 64 * 2 ** 20;

export function nodeFinding(version: string): HostFinding {
  const ok = compareVersions(version, oldestNode) >= 0;
  const params = {version, need: oldestNode};
  return ok
    ? {id: 'node', ok: 'yes', found: version, meaning: 'host.node.ok', params}
    : {id: 'node', ok: 'no', found: version, meaning: 'host.node.old', params, cure: 'host.cure.node'};
}

/** Characters that are drawn come out only under a UTF-8 locale: LC_ALL before LC_CTYPE before LANG (locale(7)). */
export function localeFinding(env: Env): HostFinding {
  const found = env.LC_ALL || env.LC_CTYPE || env.LANG || 'C';
  if (/utf-?8/i.test(found)) return {id: 'locale', ok: 'yes', found, meaning: 'host.locale.ok'};
  return {id: 'locale', ok: 'partly', found, meaning: 'host.locale.not-utf8', cure: 'host.cure.locale'};
}

export interface Screen {
  isTTY?: boolean;
  columns?: number;
  rows?: number;
  getColorDepth?(): number;
}

export function terminalFinding(env: Env, screen: Screen): HostFinding {
  const id = 'terminal';
  if (!screen.isTTY)
    return {id, ok: 'partly', found: '', meaning: 'host.terminal.none', cure: 'host.cure.terminal-none'};
  const {columns: cols = 0, rows = 0} = screen;
  const term = env.TERM ?? '';
  const found = `${term} ${cols}×${rows}, ${2 ** (screen.getColorDepth?.() ?? 1)}`;
  if (term === '' || term === 'dumb') {
    return {id, ok: 'no', found, meaning: 'host.terminal.dumb', cure: 'host.cure.terminal-dumb'};
  }
  const params = {cols, rows, needCols: smallest.cols, needRows: smallest.rows};
  if (cols < smallest.cols || rows < smallest.rows) {
    return {id, ok: 'no', found, meaning: 'host.terminal.small', params, cure: 'host.cure.terminal-small'};
  }
  return {id, ok: 'yes', found, meaning: 'host.terminal.ok', params};
}

/** Where the state of the program lives (XDG Base Directory Specification). */
export function stateDir(env: Env): string {
  const base = env.XDG_STATE_HOME?.startsWith('/') ? env.XDG_STATE_HOME : join(env.HOME || homedir(), '.local/state');
  return join(base, 'glassbox');
}

/** Room in `directory`, or in its nearest parent that is there; a directory that cannot be written is said. */
export function diskFinding(id: string, directory: string): HostFinding {
  let there = directory;
  while (!existsSync(there) && there !== '/') there = dirname(there);
  const stat = statfsSync(there);
  const free = stat.bavail * stat.bsize;
  const found = `${directory}: ${(free / 2 ** 20).toFixed(0)} MiB`;
  const params = {directory, freeMiB: Math.floor(free / 2 ** 20), needMiB: leastFree / 2 ** 20};
  if (free < leastFree) return {id, ok: 'no', found, meaning: 'host.disk.full', params, cure: 'host.cure.disk'};
  try {
    accessSync(there, constants.W_OK);
  } catch {
    return {id, ok: 'no', found, meaning: 'host.disk.read-only', params, cure: 'host.cure.disk-write'};
  }
  return {id, ok: 'yes', found, meaning: 'host.disk.ok', params};
}
