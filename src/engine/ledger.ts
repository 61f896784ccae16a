/** The ledger on disk: what a session has on the machine, for the next start in case that everything of it was killed. */
import {chmodSync, lstatSync, mkdirSync, readFileSync, renameSync, type Stats, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {Switched} from './cgroup/trees.ts';
import {EngineError} from './errors.ts';
import {link, parseStat} from './facts/proc.ts';
import type {Plan} from './plan/types.ts';

/** One process for ever: a PID may be given again, but not with the same start. */
export interface ProcessMark {
  pid: number;
  /** Clock ticks after boot (proc_pid_stat(5)). */
  start: string;
}

export interface Ledger {
  version: 1;
  id: string;
  kind: 'private' | 'real-host';
  uid: number;
  boot: string;
  pidNamespace: string;
  dir: string;
  /** App, worker and guard of the keeper, as far as they have been started. While one of them lives, hands off. */
  owners: ProcessMark[];
  /** Unique ids of mount namespaces made for containers (NS_GET_MNTNS_ID), decimal. */
  mountNamespaces: string[];
  /** Processes of containers, where no namespace tells them from the machine's. */
  processes: ProcessMark[];
  /** Folders of the session's cgroups; those that strangers were put into are emptied before `undo` runs. */
  cgroups?: string[];
  /** Controllers that this session has switched on; whoever uses them too inherits the duty to switch them off. */
  switched?: Switched[];
  /** Run when the processes are gone; numbers, strings and bytes only. */
  undo: Plan;
}

const slurp = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

/** The mark of a process that lives (zombies do not); undefined when it is gone. */
export function markOf(pid: number): ProcessMark | undefined {
  const text = slurp(`/proc/${pid}/stat`);
  const stat = text === undefined ? undefined : parseStat(text);
  return stat && !'ZXx'.includes(stat.state) ? {pid, start: String(stat.start)} : undefined;
}

/** Whether that very process still lives. */
export const isAlive = (mark: ProcessMark): boolean => markOf(mark.pid)?.start === mark.start;

export const bootId = (): string => slurp('/proc/sys/kernel/random/boot_id')?.trim() ?? '';

/** The ledger of a session that begins: nothing runs yet, and this process alone answers for it. */
export function newLedger(session: Pick<Ledger, 'id' | 'kind' | 'uid' | 'dir' | 'undo'>): Ledger {
  return {
    version: 1,
    ...session,
    boot: bootId(),
    pidNamespace: link('/proc/self/ns/pid') ?? '',
    owners: [process.pid].map(markOf).filter(mark => mark !== undefined),
    mountNamespaces: [],
    processes: [],
  };
}

/**
 * Folder of the ledgers and of the stages' folders: /run/glassbox for root, else one of the user's own in /tmp. Not the user's
 * runtime folder, which is closed to others: containers of an ordinary user have ids of others (subuid(5)), and must get
 * through to the stage. Only where somebody else has taken that name it serves.
 */
export function ledgerFolder(env: NodeJS.ProcessEnv = process.env): string {
  const uid = process.getuid?.() ?? 0;
  if (uid === 0) return '/run/glassbox';
  const own = `/tmp/glassbox-${uid}`;
  const stat = lstatSync(own, {throwIfNoEntry: false});
  if (!stat || isOurs(stat)) return own;
  const runtime = env.XDG_RUNTIME_DIR;
  const usable = runtime?.startsWith('/') && statSync(runtime, {throwIfNoEntry: false})?.uid === uid;
  return usable ? path.join(runtime!, 'glassbox') : own;
}

/** Makes the folder, and checks that nobody else can put anything there. Throws 'stage.folder'. */
function makeLedgerFolder(folder: string): void {
  const wrong = (reason: string): EngineError => new EngineError({code: 'stage.folder', params: {folder, reason}});
  try {
    mkdirSync(folder, {mode: 0o755});
    chmodSync(folder, 0o755); // whatever the umask is
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'EIO';
    if (code !== 'EEXIST') throw wrong(code);
  }
  const stat = lstatSync(folder, {throwIfNoEntry: false});
  if (stat && !isOurs(stat)) throw wrong('EPERM');
}

/** A folder that only this user can write. */
export const isOurs = (stat: Stats): boolean =>
  stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0;

export const ledgerFile = (folder: string, id: string): string => path.join(folder, `${id}.json`);

/** Drafts carry their writer's PID: one whose writer is gone is rubbish. */
const draftOf = (file: string): string => `${file}.${process.pid}`;

/** Writes a ledger in one step: a reader sees the old one or the new one. Throws 'stage.folder'. */
export function writeLedger(folder: string, ledger: Ledger): void {
  const file = ledgerFile(folder, ledger.id);
  const draft = draftOf(file);
  for (let attempt = 1; ; attempt++) {
    makeLedgerFolder(folder);
    try {
      writeFileSync(draft, `${JSON.stringify(ledger)}\n`, {mode: 0o600});
      renameSync(draft, file);
      return;
    } catch (error) {
      // The last session of another process has just removed the folder.
      const reason = (error as NodeJS.ErrnoException).code ?? 'EIO';
      if (reason !== 'ENOENT' || attempt === 5) {
        throw new EngineError({code: 'stage.folder', params: {folder, reason}});
      }
    }
  }
}
