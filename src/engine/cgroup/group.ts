/** One group in all of its trees, from the machine's side: who is in it, freezing, killing, removing. */
import {mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {EngineError} from '../errors.ts';
import {rmdirAll} from '../native.ts';
import {killIf} from '../strays.ts';
import {patienceMs} from './plan.ts';
import type {Tree} from './trees.ts';

/** How long members of a group may take to die or to stand still: one whose CPU time is limited waits for its next period. */
const dyingMs = 10_000;

const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'EIO';

/** A folder and all below it, deepest first; empty when it is gone. */
function foldersBelow(folder: string): string[] {
  try {
    const inner = readdirSync(folder, {withFileTypes: true}).filter(entry => entry.isDirectory());
    return [...inner.flatMap(entry => foldersBelow(path.join(folder, entry.name))), folder];
  } catch {
    return [];
  }
}

/** PIDs of the processes in a group and in all groups below it (cgroup.procs). */
function pidsBelow(folder: string): number[] {
  const lines = foldersBelow(folder).flatMap(one => (read(`${one}/cgroup.procs`) ?? '').split('\n'));
  return [...new Set(lines.filter(Boolean).map(Number))];
}

/** Tries again what is not so yet, at growing intervals. @returns whether it came to be so within `ms` */
async function until(ms: number, done: () => boolean): Promise<boolean> {
  const end = performance.now() + ms;
  for (let wait = 1; !done(); wait = Math.min(wait * 2, 50)) {
    if (performance.now() > end) return false;
    await delay(wait);
  }
  return true;
}

/** Where strangers may go when the group that they were put into goes: to the one above, or beside, where that hands on. */
export function outsideOf(folder: string): string {
  const above = path.dirname(folder);
  const handsOn = (read(`${above}/cgroup.subtree_control`) ?? '').trim() !== '';
  // Only the machine's own root, which has no type, hands controllers on and holds processes.
  if (!handsOn || read(`${above}/cgroup.type`) === undefined) return above;
  const beside = path.join(above, 'outside');
  mkdirSync(beside, {recursive: true});
  return beside;
}

/** Moves whoever is in a group to another one: strangers, who must not keep it from going. Kernel threads stay. */
export function moveOut(folder: string, to: () => string): void {
  for (const pid of pidsBelow(folder)) {
    try {
      writeFileSync(`${to()}/cgroup.procs`, String(pid));
    } catch (error) {
      if (codeOf(error) !== 'ESRCH' && codeOf(error) !== 'EINVAL') throw error;
    }
  }
}

/**
 * rmdir(2) of a group and all below it. EBUSY (a process that was killed and is not reaped yet) is tried again for at most
 * 2 s. Safe when it is gone. Rejects with 'cgroup.busy' {path, pids}.
 */
export async function removeGroup(folder: string): Promise<void> {
  const gone = await until(patienceMs, () =>
    foldersBelow(folder).every(one => {
      try {
        rmdirSync(one);
        return true;
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return true;
        if (codeOf(error) === 'EBUSY' || codeOf(error) === 'ENOTEMPTY') return false;
        throw error;
      }
    }),
  );
  if (gone) return;
  const pids = pidsBelow(folder).join(', ') || '–';
  throw new EngineError({code: 'cgroup.busy', params: {path: folder, pids}});
}

export class Group<T extends Tree = Tree> {
  /** Folders, as the machine sees them, one in each tree. */
  readonly folders: readonly {tree: T; folder: string}[];

  constructor(folders: readonly {tree: T; folder: string}[]) {
    this.folders = folders;
  }

  /** Where its processes are held together: v2, else v1's freezer, else any. */
  private get holding(): {tree: T; folder: string} | undefined {
    const {folders} = this;
    return (
      folders.find(({tree}) => tree.version === 2) ??
      folders.find(({tree}) => tree.controllers.includes('freezer')) ??
      folders[0]
    );
  }

  /** PIDs in the machine's namespace, those of groups below included. */
  pids(): number[] {
    return this.holding ? pidsBelow(this.holding.folder) : [];
  }

  /**
   * Stops every process where it stands (cgroup.freeze; freezer.state on v1), and resolves when the kernel says that all
   * stand. Rejects with 'cgroup.no-freezer', 'cgroup.busy'.
   */
  freeze(): Promise<void> {
    return this.freezeOrThaw(true);
  }

  /** Safe when nothing is frozen, and where there is no freezer. */
  async thaw(): Promise<void> {
    if (this.freezer) await this.freezeOrThaw(false);
  }

  private get freezer(): {file: string; isV2: boolean; folder: string} | undefined {
    const {tree, folder} = this.holding ?? {};
    if (!tree || !folder) return undefined;
    if (tree.version === 2) return {file: 'cgroup.freeze', isV2: true, folder};
    return tree.controllers.includes('freezer') ? {file: 'freezer.state', isV2: false, folder} : undefined;
  }

  private async freezeOrThaw(on: boolean): Promise<void> {
    const {freezer} = this;
    if (!freezer) throw new EngineError({code: 'cgroup.no-freezer', params: {}});
    const {file, isV2, folder} = freezer;
    const want = isV2 ? (on ? '1' : '0') : on ? 'FROZEN' : 'THAWED';
    const isSo = (): boolean => {
      if (isV2) return (read(`${folder}/cgroup.events`) ?? 'frozen 0').includes(`frozen ${want}`);
      return (read(`${folder}/${file}`) ?? want).trim() === want;
    };
    // On thawing, groups below too, which may have been frozen by hand.
    for (const one of on ? [folder] : foldersBelow(folder).reverse()) {
      if (read(`${one}/${file}`) !== undefined) writeFileSync(`${one}/${file}`, want);
    }
    if (await until(dyingMs, isSo)) return;
    throw new EngineError({code: 'cgroup.busy', params: {path: folder, pids: this.pids().join(', ') || '–'}});
  }

  /**
   * Kills every process in the group but those in `spared`, and resolves when they are dead. Frozen ones are thawed: on v1
   * a frozen process does not even die.
   */
  async kill(spared: ReadonlySet<number> = new Set()): Promise<void> {
    await this.thaw();
    const {tree, folder} = this.holding ?? {};
    const victims = (): number[] => this.pids().filter(pid => !spared.has(pid));
    const dead = await until(dyingMs, () => {
      const pids = victims();
      const all = pids.length === this.pids().length;
      // cgroup.kill (5.14) is one act: what forks meanwhile dies too.
      if (pids.length > 0 && all && tree?.version === 2 && read(`${folder}/cgroup.events`) !== undefined) {
        try {
          writeFileSync(`${folder}/cgroup.kill`, '1');
          return victims().length === 0;
        } catch {
          // an older kernel: one by one
        }
      }
      for (const pid of pids) killIf(pid, () => victims().includes(pid));
      return victims().length === 0;
    });
    if (!dead) throw new EngineError({code: 'cgroup.busy', params: {path: folder ?? '', pids: victims().join(', ')}});
  }

  /**
   * rmdir(2) of all folders and nothing else: the short way for a group that nobody is in. False where one is busy; the
   * tree that holds its processes together is asked first, so that those of a busy group are still found there.
   */
  removeEmpty(): boolean {
    const {holding} = this;
    const rest = this.folders.filter(one => one !== holding);
    return rmdirAll([...(holding ? [holding] : []), ...rest].map(({folder}) => folder));
  }

  /** Removes the group from all trees; strangers in it go to `outside(tree)`. Rejects with 'cgroup.busy'. */
  async remove(outside: (tree: T) => string): Promise<void> {
    for (const {tree, folder} of this.folders) {
      moveOut(folder, () => outside(tree));
      await removeGroup(folder);
    }
  }
}
