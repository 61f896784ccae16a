/** Samples of facts: each is read from the kernel at that moment, none is remembered. */
import type {FactContext} from '../facts-context.ts';
import type {Facts} from '../types.ts';
import {createGroupReader, type GroupReader} from './cgroup.ts';
import {descends, readMembers} from './family.ts';
import {folderFacts} from './folder.ts';
import {readIpc} from './ipc.ts';
import {mapFacts, seeFromStage} from './mapped.ts';
import {readMounts, seesOwnProc} from './mounts.ts';
import {readNetwork} from './network.ts';
import {type Ids, idsOf, insideIds} from './owners.ts';
import {isLeaving, namespaceInode, readStat, type Stat} from './proc.ts';
import {processFacts} from './process.ts';
import {rootFacts} from './root.ts';
import {readUts} from './uts.ts';

/** A process may be renamed, unshared or replaced while it is read; then the sample is taken anew, at most this often. */
const attempts = 3;

export interface FactReader {
  /**
   * What factTable describes, of 'host' or of a container. Undefined when there is no such side, when its process has ended,
   * or when it ended while being read.
   */
  side(who: string): Promise<Facts | undefined>;
  /** The same of any process below the keeper, or of the keeper; without the stage's folder. Undefined: it is none of these. */
  process(pid: number): Promise<Facts | undefined>;
}

/** Whose facts, how it is known that the number is still theirs, and whether the stage's folder is walked through for them. */
interface Subject {
  pid: number;
  isOurs: (stat: Stat) => boolean;
  folder: {ownRoot: boolean} | null;
}

/** Makes the reader of a stage's facts. */
export function createFactReader(ctx: FactContext): FactReader {
  const {keeperPid} = ctx.stage;
  const groups = createGroupReader(ctx);
  // One at a time: while the keeper looks around in a container's namespaces, /proc says of the host that it is there.
  let turn: Promise<unknown> = Promise.resolve();
  const read = (subject: () => Subject | undefined): Promise<Facts | undefined> => {
    const mine = turn.then(() => {
      const now = subject();
      return now && sample(ctx, groups, now);
    });
    turn = mine.catch(() => undefined); // whoever asked is told
    return mine;
  };
  return {
    side: who => read(() => subjectOf(who)),
    process: pid => read(() => ({pid, isOurs: isBelow, folder: null})),
  };

  function subjectOf(who: string): Subject | undefined {
    if (who === 'host') return {pid: keeperPid, isOurs: () => true, folder: {ownRoot: false}};
    const container = ctx.containers().find(one => one.id === who);
    if (!container || container.state === 'stopped' || !(container.pid > 0)) return undefined;
    const folder = {ownRoot: container.spec.root !== undefined};
    // The number of a process that has just ended may be given to another one: ours is a child of the keeper.
    return {pid: container.pid, isOurs: stat => stat.ppid === keeperPid, folder};
  }

  function isBelow({pid, ppid}: Stat): boolean {
    return pid === keeperPid || ppid === keeperPid || descends(ppid, keeperPid);
  }
}

async function sample(
  ctx: FactContext,
  groups: GroupReader,
  {pid, isOurs, folder}: Subject,
): Promise<Facts | undefined> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = readStat(pid);
    if (!before || !isOurs(before)) return undefined;
    const own = processFacts(before);
    if (!own) return undefined;
    const ids = idsOf(String(own.uid_map ?? ''), String(own.gid_map ?? ''));
    const facts: Facts = {
      ...own,
      ...mapFacts(String(own.uid_map ?? '')),
      ...viewOf(pid, own, ids, before.start),
      ...groups.facts(pid, !folder),
      stage: ctx.stage.dir,
    };
    seeFromStage(facts, ctx.stage.keeperPid);
    const {uts, ipc, net, pid: pids} = facts.ns as Record<string, bigint | undefined>;
    // Asked together: each goes to a namespace of its own kind, and one way there and back is waited for, not three.
    const [names, objects, network] = await Promise.all([
      answered(readUts(ctx, pid, uts)),
      answered(readIpc(ctx, pid, ipc)),
      answered(readNetwork(ctx, pid, net)),
    ]);
    const entered = [
      ['uts', uts],
      ['ipc', ipc],
      ['net', net],
    ] as const;
    const processes = pids === undefined ? undefined : readMembers(ctx.stage.keeperPid, pids);
    const {dir, keeperPid} = ctx.stage;
    const files = folder && folderFacts({pid, keeperPid, dir, ownRoot: folder.ownRoot, ids});
    const root = rootFacts(pid);
    const after = readStat(pid);
    if (after?.start !== before.start || isLeaving(pid)) return undefined;
    if (after.comm !== before.comm || entered.some(([name, inode]) => namespaceInode(pid, name) !== inode)) continue;
    return {
      ...names,
      ...facts,
      ...root,
      ...files,
      ...(objects && {ipc: objects}),
      ...(network && {net: network}),
      ...(processes && {processes}),
    };
  }
  return undefined;
}

/** Facts of its mounts, its /proc, and who it is for itself. */
function viewOf(pid: number, own: Facts, ids: Ids, start: bigint): Facts {
  const mounts = readMounts(pid);
  return {
    ...insideIds(ids, own.uid as bigint | undefined, own.gid as bigint | undefined),
    ...(mounts ? {mounts} : {}),
    own_proc: seesOwnProc(pid, own.nspid as bigint | undefined, start),
  };
}

/** Without an answer the facts are absent from the sample: a check then says that it cannot judge. */
async function answered<T>(asking: Promise<T>): Promise<T | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (['call.failed', 'keeper.lost'].includes((error as {code?: string}).code ?? '')) return undefined;
    throw error;
  }
}
