/** What is around the program: Node, room on the disks, memory. */
import {accessSync, constants, existsSync, statfsSync} from 'node:fs';
import {homedir} from 'node:os';
import {dirname, join} from 'node:path';
import type {HostFinding} from '../types.ts';
import {bad, good, partly} from './find.ts';
import {compareVersions} from './kernel.ts';

type Env = Readonly<Record<string, string | undefined>>;

const oldestNode = '22';
const MiB = 2 ** 20;
/** A session with both shells and a container has been seen to take less. */
const leastMemory = 192 * MiB;

export function nodeFinding(version: string): HostFinding {
  const params = {version, need: oldestNode};
  return compareVersions(version, oldestNode) >= 0
    ? good('node', version, 'host.node.ok', params)
    : bad('node', version, 'host.node.old', params, 'host.cure.node');
}

/** Where the state of the program lives (XDG Base Directory Specification). */
export function stateDir(env: Env): string {
  const base = env.XDG_STATE_HOME?.startsWith('/') ? env.XDG_STATE_HOME : join(env.HOME || homedir(), '.local/state');
  return join(base, 'glassbox');
}

/**
 * Room in `directory`, or in its nearest parent that is there; a directory that cannot be written is said.
 * @param need bytes
 */
export function diskFinding(id: string, directory: string, need: number): HostFinding {
  let there = directory;
  while (!existsSync(there) && there !== '/') there = dirname(there);
  const stat = statfsSync(there);
  const free = stat.bavail * stat.bsize;
  const found = `${directory}: ${Math.floor(free / MiB)} MiB`;
  const params = {directory, freeMiB: Math.floor(free / MiB), needMiB: need / MiB};
  // Some file systems count no inodes: 0 of 0 is no lack.
  if (free < need || (stat.files > 0 && stat.ffree === 0))
    return bad(id, found, 'host.disk.full', params, 'host.cure.disk');
  try {
    accessSync(there, constants.W_OK);
  } catch {
    return bad(id, found, 'host.disk.read-only', params, 'host.cure.disk-write');
  }
  return good(id, found, 'host.disk.ok', params);
}

/** MemAvailable of /proc/meminfo (proc_meminfo(5)); a text without it says nothing. */
export function memoryFinding(meminfo: string): HostFinding {
  const id = 'memory';
  const kib = Number(/^MemAvailable:\s+(\d+) kB/m.exec(meminfo)?.[1] ?? Number.NaN);
  if (Number.isNaN(kib)) return good(id, '?', 'host.memory.ok');
  const freeMiB = Math.floor(kib / 1024);
  const params = {freeMiB, needMiB: leastMemory / MiB};
  return kib * 1024 >= leastMemory
    ? good(id, `${freeMiB} MiB`, 'host.memory.ok', params)
    : partly(id, `${freeMiB} MiB`, 'host.memory.low', params, 'host.cure.memory');
}
