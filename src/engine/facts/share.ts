/** How much of a CPU a group got lately: two counts with enough time between them, and nothing changed meanwhile. */

/** What the kernel had counted at one moment. */
export interface Count {
  /** Monotonic. */
  ms: number;
  /** CPU time of the group. */
  usageUs: number;
  /** How often it was throttled. */
  throttled: number;
  /** Idle time of all CPUs. */
  idleMs: number;
  cpus: number;
}

const keepMs = 7000;
/** Thousandths of one CPU: with less than this left over, the machine had nothing to give. */
const nothingLeft = 50;

export class ShareWindow {
  private key = '';
  private counts: Count[] = [];

  /** A further look. With another `key` all before is forgotten: it was another group, or had other limits or members. */
  note(key: string, count: Count): void {
    if (key !== this.key) this.counts = [];
    this.key = key;
    const last = this.counts.at(-1);
    if (last && count.usageUs < last.usageUs) this.counts = [];
    this.counts.push(count);
    const old = this.counts.findIndex(({ms}) => ms > count.ms - keepMs);
    if (old > 0) this.counts.splice(0, old);
  }

  /** The newest count, and the youngest that is at least `ms` older. */
  private ends(ms: number): {first: Count; last: Count; time: number} | undefined {
    const last = this.counts.at(-1);
    const first = last && this.counts.findLast(count => count.ms <= last.ms - ms);
    return last && first && {first, last, time: last.ms - first.ms};
  }

  /** Thousandths of one CPU over the shortest time that is at least `ms` long; undefined until so much is known. */
  share(ms: number): number | undefined {
    const ends = this.ends(ms);
    return ends && Math.round((ends.last.usageUs - ends.first.usageUs) / ends.time);
  }

  /**
   * The same, where it proves something. Undefined too where others took all that the machine has, and the group was never
   * throttled: then its share is small because of them.
   */
  proof(ms: number): number | undefined {
    const ends = this.ends(ms);
    const share = this.share(ms);
    if (!ends || share === undefined) return undefined;
    const {first, last, time} = ends;
    const left = ((last.idleMs - first.idleMs) / time) * 1000;
    const crowdedOut = left < nothingLeft && last.throttled === first.throttled && share < last.cpus * 950;
    return crowdedOut ? undefined : share;
  }
}
