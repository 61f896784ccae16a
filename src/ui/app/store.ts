/** A value that React watches. Changes from keys are shown at once; those from events are gathered. */
export class Store {
  private readonly listeners = new Set<() => void>();
  private count = 0;
  private timer: NodeJS.Timeout | undefined;
  private shownAt = 0;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  version = (): number => this.count;

  /** Shows the present state now. */
  changed(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.shownAt = performance.now();
    this.count++;
    this.beforeShow();
    for (const listener of this.listeners) listener();
  }

  /** Shows it soon: many events make one frame, at most one in 40 ms. */
  changedSoon(): void {
    if (this.timer) return;
    const wait = Math.max(4, 40 - (performance.now() - this.shownAt));
    this.timer = setTimeout(() => this.changed(), wait);
  }

  /** Drops a gathered change: nobody watches any more. */
  close(): void {
    clearTimeout(this.timer);
    this.listeners.clear();
  }

  protected beforeShow(): void {}
}
