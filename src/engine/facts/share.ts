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

  /**
   * Thousandths of one CPU, over the shortest time that is at least `ms` long. Undefined until so much time is known; and
   * where it would prove nothing: others took all that the machine has, and the group was never throttled, so that its
   * share is small because of them.
   */
  share(ms: number): number | undefined {
    const last = this.counts.at(-1);
    const first = last && this.counts.findLast(count => count.ms <= last.ms - ms);
    if (!last || !first) return undefined;
    const time = last.ms - first.ms;
    const share = Math.round((last.usageUs - first.usageUs) / time);
    const left = ((last.idleMs - first.idleMs) / time) * 1000;
    const crowdedOut = left < nothingLeft && last.throttled === first.throttled && share < last.cpus * 950;
    return crowdedOut ? undefined : share;
  }
}
