/** Presses the key to go on after a set pause, as long as nothing else is going on. */

/** Calls `then` once after so many milliseconds. @returns calls it off */
export type Later = (ms: number, then: () => void) => () => void;

export const later: Later = (ms, then) => {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
};

export interface AutoTargets {
  /** Nothing is running, and nobody is asked anything. */
  ready(): boolean;
  next(): void;
}

export class Auto {
  /** Seconds between two deeds; null: by hand. */
  seconds: number | null = null;
  private readonly targets: AutoTargets;
  private readonly later: Later;
  private off: (() => void) | undefined;

  constructor(targets: AutoTargets, wait: Later = later) {
    this.targets = targets;
    this.later = wait;
  }

  /** Something has happened: the pause begins anew, or ends where there is nothing to wait for. */
  touch(): void {
    this.stop();
    if (this.seconds === null || !this.targets.ready()) return;
    this.off = this.later(this.seconds * 1000, () => {
      this.off = undefined;
      // What was not ready when the time came touches this again when it is.
      if (this.seconds !== null && this.targets.ready()) this.targets.next();
    });
  }

  stop(): void {
    this.off?.();
    this.off = undefined;
  }
}
