/** Shells inside shells: which one a prompt belongs to, and which commands it ends. */

export type By = 'lab' | 'learner';

/** A command that was given to a shell and has not come back. */
export interface Running {
  text: string;
  by: By;
  /** What it printed before another shell took over. */
  printed?: {output: Buffer; truncated: boolean};
}

interface Level {
  /** `$$` in its marks; undefined for a shell without marks. */
  mark?: number;
  /** In the machine's PID namespace, where known. */
  pid?: number;
  running?: Running;
}

/** Who is asked for: by its marks, or by its process. */
export type Who = {mark: number} | {pid: number};

const maxDepth = 64;

/** The stack of shells in one terminal, outermost first. */
export class ShellLevels {
  #levels: Level[] = [];

  constructor(rootPid: number) {
    this.#levels.push({pid: rootPid});
  }

  /** The command of the innermost shell. */
  get running(): Running | undefined {
    return this.#top.running;
  }

  set running(running: Running | undefined) {
    this.#top.running = running;
  }

  get depth(): number {
    return this.#levels.length;
  }

  /**
   * A shell shows its prompt. Gives the commands that ended with it, innermost first; or `entered`, the command that
   * opened this shell, when it is a new one. `pid` is its process, where that is known.
   */
  prompt(who: Who, pid?: number): {ended: Running[]; entered?: Running} {
    const index = this.#find(who, pid);
    if (index < 0) {
      const entered = this.running;
      if (this.#levels.length === maxDepth) this.#levels.splice(1, 1);
      this.#levels.push({pid, ...who});
      return {ended: [], entered};
    }
    const left = this.#levels.splice(index + 1).reverse();
    const ended = [...left.map(level => level.running), this.running].filter(running => running !== undefined);
    this.running = undefined;
    return {ended};
  }

  #find(who: Who, pid: number | undefined): number {
    if ('pid' in who) return this.#levels.findLastIndex(level => level.pid === who.pid);
    const root = this.#levels[0]!;
    const first = root.mark === undefined && this.#levels.length === 1;
    // In a PID namespace below ours another shell may have the same `$$`: the machine's PID tells them apart.
    const same = (level: Level) => pid === undefined || level.pid === undefined || level.pid === pid;
    if (first && same(root)) root.mark = who.mark;
    return this.#levels.findLastIndex(level => level.mark === who.mark && same(level));
  }

  get #top(): Level {
    return this.#levels.at(-1)!;
  }
}
