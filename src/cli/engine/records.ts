/**
 * The files that containers are found by. ID.json is written before anything is made and never changes; ID.sock is there
 * once the name is its own; ID.end tells of one that is over. An entry whose supervisor is gone without an end is swept.
 */
import {existsSync, linkSync, readdirSync, readlinkSync, renameSync, rmdirSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {listenerName, listeners} from './events/teller.ts';
import {cannot} from './failure.ts';
import {claimPlace, isOurs} from './places.ts';
import {slurp} from './slurp.ts';
import type {Entry} from './types.ts';

/** Ended containers that are kept; of more, the oldest go. */
export const KEPT = 50;

/** Clock ticks after boot at which a process began (proc_pid_stat(5)); undefined: it is gone, or a zombie. */
export function startOf(pid: number): string | undefined {
  const fields = slurp(`/proc/${pid}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ');
  return fields && !'ZXx'.includes(fields[0]!) ? fields[19] : undefined;
}

/** What tells this process from every other, also on another day. */
export function ownMark(): Pick<Entry, 'pid' | 'start' | 'boot' | 'pids'> {
  return {
    pid: process.pid,
    start: startOf(process.pid) ?? '',
    boot: slurp('/proc/sys/kernel/random/boot_id')?.trim() ?? '',
    pids: readlinkSync('/proc/self/ns/pid'),
  };
}

export interface Swept {
  killed: Entry[];
  /** More ended ones than are kept. */
  old: Entry[];
}

export class Records {
  readonly place: string;

  constructor(place: string) {
    this.place = place;
  }

  file(id: string, ending: 'json' | 'sock' | 'end' | 'log'): string {
    return path.join(this.place, `${id}.${ending}`);
  }

  /** Of this PID namespace; from another one nobody could say who lives. Oldest first. */
  list(): Entry[] {
    if (!isOurs(this.place)) return [];
    const {pids, boot} = ownMark();
    return readdirSync(this.place)
      .filter(name => /^[0-9a-f]{12}\.json$/.test(name))
      .flatMap(name => {
        try {
          const entry = JSON.parse(slurp(path.join(this.place, name)) ?? '') as Entry;
          const fits = entry.version === 1 && `${entry.id}.json` === name;
          return fits && (entry.pids === pids || entry.boot !== boot) ? [entry] : [];
        } catch {
          return []; // removed meanwhile
        }
      })
      .sort((a, b) => (a.created < b.created ? -1 : 1));
  }

  ended(entry: Entry): boolean {
    return existsSync(this.file(entry.id, 'end'));
  }

  alive(entry: Entry): boolean {
    return entry.boot === ownMark().boot && startOf(entry.pid) === entry.start;
  }

  /** Removes what killed supervisors left, and what is too old. */
  sweep(): Swept {
    const all = this.list();
    // The end is written before its supervisor goes: so first who lives, then what is over.
    const dead = all.filter(entry => !this.alive(entry) && !this.ended(entry));
    for (const entry of dead) this.drop(entry.id);
    const over = all.filter(entry => this.ended(entry));
    const old = over.slice(0, Math.max(0, over.length - KEPT));
    for (const entry of old) this.drop(entry.id);
    this.removeDrafts();
    return {killed: dead, old};
  }

  /** Of writers that were killed while they wrote, and of listeners that were. */
  private removeDrafts(): void {
    if (!isOurs(this.place)) return;
    for (const name of readdirSync(this.place)) {
      const writer = /^[0-9a-f]{12}\.(?:end\.)?(\d+)$/.exec(name)?.[1];
      if (writer && startOf(Number(writer)) === undefined) rmSync(path.join(this.place, name), {force: true});
    }
    const gone = listeners(this.place).filter(pid => startOf(pid) === undefined);
    for (const pid of gone) rmSync(path.join(this.place, listenerName(pid)), {force: true});
    if (gone.length > 0) this.leavePlace();
  }

  /** What is kept of an ended container: in one step, so that nobody reads half of it. */
  writeEnd(id: string, text: string): void {
    const draft = `${this.file(id, 'end')}.${process.pid}`;
    try {
      writeFileSync(draft, text, {mode: 0o600});
      renameSync(draft, this.file(id, 'end'));
    } catch (error) {
      rmSync(draft, {force: true});
      throw error;
    }
  }

  /** By name, by id, or by the beginning of an id that no other has. Throws where there is none, or several. */
  find(what: string): Entry {
    const all = this.list();
    const exact = all.find(({name, id}) => name === what || id === what);
    if (exact) return exact;
    const found = /^[0-9a-f]+$/.test(what) ? all.filter(({id}) => id.startsWith(what)) : [];
    if (found.length > 1) throw cannot('several', {name: what, ids: found.map(({id}) => id).join(', ')});
    if (!found[0]) throw cannot('none', {name: what});
    return found[0];
  }

  /**
   * Enters a container whose name nobody else has; two that want the same at once are told apart: whoever is not ready yet
   * and has the greater id gives way. `ready` makes its socket. Rejects with 'engine.name-taken'.
   */
  async claim(entry: Entry, ready: () => Promise<void>): Promise<void> {
    this.publish(entry);
    try {
      for (;;) {
        const others = this.rivals(entry);
        if (others.length === 0) break;
        const owner = others.find(other => this.isReady(other) || other.id < entry.id);
        if (owner) throw cannot('name-taken', {name: entry.name, id: owner.id});
        await delay(5);
      }
      await ready();
    } catch (error) {
      this.drop(entry.id);
      throw error;
    }
  }

  /** By a link: whoever sees the file sees all of it. */
  private publish(entry: Entry): void {
    const draft = path.join(this.place, `${entry.id}.${process.pid}`);
    for (let attempt = 1; ; attempt++) {
      claimPlace(this.place);
      try {
        writeFileSync(draft, `${JSON.stringify(entry)}\n`, {mode: 0o600});
        linkSync(draft, this.file(entry.id, 'json'));
        rmSync(draft);
        return;
      } catch (error) {
        // The last container of another process has just taken the folder with it.
        const why = (error as NodeJS.ErrnoException).code ?? 'EIO';
        if (why === 'ENOENT' && attempt < 5) continue;
        rmSync(draft, {force: true});
        this.leavePlace();
        throw cannot('place', {folder: this.place, why});
      }
    }
  }

  private rivals(entry: Entry): Entry[] {
    // A name that is another one's id would be ambiguous too.
    return this.list().filter(
      other =>
        other.id !== entry.id &&
        (other.name === entry.name || other.id === entry.name) &&
        (this.ended(other) || this.alive(other)),
    );
  }

  private isReady(entry: Entry): boolean {
    return existsSync(this.file(entry.id, 'sock')) || this.ended(entry);
  }

  /** Forgets a container; the folder goes with the last one. */
  drop(id: string): void {
    for (const ending of ['sock', 'end', 'log', 'json'] as const) rmSync(this.file(id, ending), {force: true});
    this.leavePlace();
  }
  /** Removes the folder where nobody needs it any more. */
  leavePlace(): void {
    try {
      rmdirSync(this.place);
    } catch {
      // not empty: there are others
    }
  }
}
