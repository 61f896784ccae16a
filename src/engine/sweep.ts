/** Sweeping after sessions that were killed together with their keepers: strays, folders, mounts. */
import {closeSync, lstatSync, readdirSync, readFileSync, rmdirSync, rmSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {moveOut, outsideOf, removeGroup} from './cgroup/group.ts';
import type {Switched} from './cgroup/trees.ts';
import {EngineError, errorInfo} from './errors.ts';
import {bootId, isAlive, isOurs, type Ledger, ledgerFolder, markOf} from './ledger.ts';
import {mountNamespaceId, pidfdOpen, runPlan} from './library.ts';
import {reap} from './native.ts';
import {killIf, namespaceOf} from './strays.ts';
import type {EngineErrorInfo} from './types.ts';

export interface SweepResult {
  /** Ids of sessions that were swept. */
  swept: string[];
  /** What could not be swept, with the reason. The ledger stays, so that the next start tries again. */
  left: EngineErrorInfo[];
}

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

/** Whether a process sees the private folder of this session: mounted with a random name, so no other process does. */
function seesStage(pid: number, dir: string): boolean {
  return read(`/proc/${pid}/mountinfo`).includes(` / ${dir} `);
}

/**
 * Whether a process was left by this session. Numbers of namespaces are given again by the kernel, so none of them is
 * proof: what counts is the session's own mount, the id of a mount namespace that is never given again, a PID with its
 * start, and on the machine itself the mark in the environment.
 */
function isStray(pid: number, ledger: Ledger, machineMounts: string): boolean {
  const mark = markOf(pid);
  if (!mark) return false;
  const known = ledger.processes.some(p => p.pid === pid && p.start === mark.start);
  if (ledger.kind === 'real-host') {
    return known || read(`/proc/${pid}/environ`).split('\0').includes(`GLASSBOX_STAGE=${ledger.id}`);
  }
  const mounts = namespaceOf(pid, 'mnt');
  if (mounts === undefined || mounts === machineMounts) return false;
  if (known || seesStage(pid, ledger.dir)) return true;
  return ledger.mountNamespaces.length > 0 && ledger.mountNamespaces.includes(mountNamespaceId(pid) ?? '');
}

function processes(): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number);
}

/** An orphan may have become our own child (we are a subreaper): then nobody else reaps it. */
export function reapOwn(pid: number): void {
  try {
    const pidfd = pidfdOpen(pid);
    reap(pidfd);
    closeSync(pidfd);
  } catch {
    // gone, or somebody else's
  }
}

async function killStrays(ledger: Ledger): Promise<void> {
  const machineMounts = namespaceOf(process.pid, 'mnt') ?? '';
  const end = Date.now() + 10_000;
  for (let ms = 1; ; ms = Math.min(ms * 2, 50)) {
    const hit = processes().filter(
      pid => pid !== process.pid && killIf(pid, () => isStray(pid, ledger, machineMounts)),
    );
    if (hit.length === 0) return;
    if (Date.now() > end) throw new EngineError({code: 'sweep.stuck', params: {id: ledger.id, pids: hit.join(', ')}});
    await delay(ms);
    hit.forEach(reapOwn);
  }
}

/**
 * Kills what a dead session left and undoes what it had done; runs again without harm. Rejects with 'call.failed' or
 * 'sweep.stuck' where something stays; the ledger stays then too.
 */
export async function sweepLedger(ledger: Ledger): Promise<void> {
  await killStrays(ledger);
  // An ordinary user's folder on the machine itself is no mount: its files are really there.
  if (ledger.kind === 'real-host' && ledger.uid !== 0) rmSync(ledger.dir, {recursive: true, force: true});
  for (const folder of ledger.cgroups ?? []) {
    moveOut(folder, () => outsideOf(folder));
    await removeGroup(folder);
  }
  runPlan(ledger.undo);
}

/** Names in the folder of ledgers: none once another session, the last to end, has removed it. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Bytes come out of JSON as Buffer.toJSON() has them. */
function revived(_key: string, value: unknown): unknown {
  const {type, data} = (typeof value === 'object' && value !== null ? value : {}) as {type?: unknown; data?: unknown};
  return type === 'Buffer' && Array.isArray(data) ? Buffer.from(data as number[]) : value;
}

/** The ledgers of a folder that are ours to judge, without those that somebody else could have written. */
function readLedgers(folder: string): Ledger[] {
  return namesIn(folder)
    .filter(name => /^[0-9a-f]{8}\.json$/.test(name))
    .flatMap(name => {
      const file = path.join(folder, name);
      try {
        const ledger = JSON.parse(read(file), revived) as Ledger;
        const ours = ledger.version === 1 && `${ledger.id}.json` === name && ledger.uid === process.getuid?.();
        return ours && lstatSync(file).uid === ledger.uid ? [ledger] : [];
      } catch {
        return []; // removed by its session meanwhile
      }
    });
}

/** What other sessions of this user have switched on in cgroup.subtree_control. */
export const switchedByOthers = (folder: string, id: string): Switched[] =>
  readLedgers(folder).flatMap(ledger => (ledger.id === id ? [] : (ledger.switched ?? [])));

/** Drafts of ledgers whose writer was killed while it wrote. */
function removeDrafts(folder: string): void {
  for (const name of namesIn(folder)) {
    const writer = /^[0-9a-f]{8}\.json\.(\d+)$/.exec(name)?.[1];
    if (writer && !markOf(Number(writer))) rmSync(path.join(folder, name), {force: true});
  }
}

/** Sweeps all sessions of this user of which nothing lives any more: neither app, nor keeper, nor its guard. */
export async function sweepAll(folder = ledgerFolder()): Promise<SweepResult> {
  const result: SweepResult = {swept: [], left: []};
  const stat = lstatSync(folder, {throwIfNoEntry: false});
  if (!stat || !isOurs(stat)) return result;
  const boot = bootId();
  const pids = namespaceOf(process.pid, 'pid');
  for (const ledger of readLedgers(folder)) {
    const sameBoot = ledger.boot === boot;
    // Seen from another PID namespace, nobody can say who lives.
    if (sameBoot && (ledger.pidNamespace !== pids || ledger.owners.some(isAlive))) continue;
    try {
      await sweepLedger(sameBoot ? ledger : {...ledger, processes: [], mountNamespaces: []});
      result.swept.push(ledger.id);
    } catch (error) {
      result.left.push(errorInfo(error));
    }
  }
  if (lstatSync(folder, {throwIfNoEntry: false})) {
    removeDrafts(folder);
    removeEmpty(folder);
  }
  return result;
}

/** A session that was killed before it wrote its ledger leaves the folder only. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // not empty: a session lives
  }
}
