/** Notices that the machine was asleep: the clock on the wall went on, the one that counts only waking time did not. */

/** Clocks in milliseconds. */
export interface Clocks {
  wall(): number;
  awake(): number;
}

const CLOCKS: Clocks = {wall: () => Date.now(), awake: () => performance.now()};
/** A clock that is set right over the network jumps by less. */
const LEAST_MS = 30_000;
const EVERY_MS = 2000;

export class SleepWatch {
  private readonly clocks: Clocks;
  private offset: number;
  private timer: NodeJS.Timeout | undefined;

  constructor(clocks: Clocks = CLOCKS) {
    this.clocks = clocks;
    this.offset = clocks.wall() - clocks.awake();
  }

  /** Milliseconds that it slept since the last look; 0: it did not. */
  look(): number {
    const offset = this.clocks.wall() - this.clocks.awake();
    const slept = offset - this.offset;
    this.offset = offset;
    return slept >= LEAST_MS ? slept : 0;
  }

  /** Looks every now and then. @param told how many milliseconds it slept */
  start(told: (ms: number) => void): void {
    this.timer = setInterval(() => {
      const slept = this.look();
      if (slept > 0) told(slept);
    }, EVERY_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
