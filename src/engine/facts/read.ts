/** Samples of facts: each is read from the kernel at that moment, none is remembered. */
import type {FactContext} from '../facts-context.ts';
import type {Facts} from '../types.ts';
import {namespaceInode, readStat, type Stat} from './proc.ts';
import {processFacts} from './process.ts';
import {readUts, type UtsNames} from './uts.ts';

/** A process may be renamed, unshared or replaced while it is read; then the sample is taken anew, at most this often. */
const attempts = 3;

/**
 * Makes the reader of a stage's facts. The reader takes 'host' or a container's id and gives what factTable describes; it
 * gives undefined when there is no such side, when its process has ended, or when it ended while being read.
 */
export function createFactReader(ctx: FactContext): (who: string) => Promise<Facts | undefined> {
  const {keeperPid} = ctx.stage;
  return async who => {
    if (who === 'host') return sample(ctx, keeperPid, () => true);
    const container = ctx.containers().find(one => one.id === who);
    if (!container || container.state === 'stopped' || !(container.pid > 0)) return undefined;
    // The number of a process that has just ended may be given to another one: ours is a child of the keeper.
    return sample(ctx, container.pid, stat => stat.ppid === keeperPid);
  };
}

async function sample(ctx: FactContext, pid: number, isOurs: (stat: Stat) => boolean): Promise<Facts | undefined> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = readStat(pid);
    if (!before || !isOurs(before)) return undefined;
    const facts = processFacts(before);
    if (!facts) return undefined;
    const uts = (facts.ns as Facts).uts as bigint | undefined;
    const names = await namesOf(ctx, pid, uts);
    const after = readStat(pid);
    if (after?.start !== before.start) return undefined;
    if (after.comm !== before.comm || namespaceInode(pid, 'uts') !== uts) continue;
    return {...names, ...facts};
  }
  return undefined;
}

/** Without an answer the names are absent from the sample: a check then says that it cannot judge. */
async function namesOf(ctx: FactContext, pid: number, inode: bigint | undefined): Promise<UtsNames | undefined> {
  try {
    return await readUts(ctx, pid, inode);
  } catch (error) {
    if (['call.failed', 'keeper.lost'].includes((error as {code?: string}).code ?? '')) return undefined;
    throw error;
  }
}
