/** What is looked at besides the facts of sides: the stage's processes, and the one that is looked into. */
import type {Facts, ProcessRow, Stage} from '../../engine/index.ts';
import {infoOf} from './errors.ts';
import {shared} from './sharing.ts';
import type {Emit} from './stream.ts';

export type Looked = Pick<Stage, 'processes' | 'inspect'>;

/** Undefined: not looked at yet; null: it has ended, and nothing more comes of it. */
interface Target {
  pid: number;
  last: Facts | null | undefined;
}

export class Watch {
  #lists: boolean;
  #list: readonly ProcessRow[] = [];
  #target: Target | null = null;

  /** @param lists whether processes are listed at all */
  constructor(lists: boolean) {
    this.#lists = lists;
  }

  /** Looks into this process from now on, at once if there is a stage; null: into none. */
  async lookInto(pid: number | null, stage: Looked | undefined, emit: Emit): Promise<void> {
    this.#target = pid === null ? null : {pid, last: undefined};
    try {
      await this.#inspect(stage, emit);
    } catch (error) {
      emit({type: 'error', error: infoOf(error), where: 'facts', fatal: false});
    }
  }

  /** A fresh stage is on its way: nothing that was seen is there any more, even where a number comes again. */
  renew(emit: Emit): void {
    this.#list = [];
    const old = this.#target;
    if (!old || old.last === null) return;
    this.#target = {pid: old.pid, last: null};
    emit({type: 'xray', pid: old.pid, facts: null});
  }

  /** One look at all of it; says what differs from the one before. Rejects as Stage.inspect does. */
  async look(stage: Looked, emit: Emit): Promise<void> {
    if (this.#lists) {
      const list = sharedRows(this.#list, await stage.processes());
      if (list !== this.#list) {
        this.#list = list;
        emit({type: 'processes', list: [...list]});
      }
    }
    await this.#inspect(stage, emit);
  }

  async #inspect(stage: Looked | undefined, emit: Emit): Promise<void> {
    const target = this.#target;
    if (!target || target.last === null) return;
    const fresh = (await stage?.inspect(target.pid)) ?? null;
    // Meanwhile another one may have been asked for, or the stage have gone.
    if (this.#target !== target || (target.last as Facts | null | undefined) === null) return;
    const facts = shared(target.last, fresh);
    if (facts === target.last) return;
    target.last = facts;
    emit({type: 'xray', pid: target.pid, facts});
  }
}

/** Whether the keeper runs or sleeps while it is looked at says nothing. */
function sharedRows(old: readonly ProcessRow[], fresh: readonly ProcessRow[]): readonly ProcessRow[] {
  const byPid = new Map(old.map(row => [row.pid, row]));
  const rows = fresh.map(row => {
    const before = byPid.get(row.pid);
    return shared(before, row.side === 'keeper' && before ? {...row, state: before.state} : row);
  });
  return shared(old, rows);
}
